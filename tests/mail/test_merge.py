"""Merge fields: every place is found, and every reader's words stand there whole."""

from __future__ import annotations

import quopri
from collections.abc import Mapping
from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import RenderError
from digest.mail.merge import cut
from digest.mail.quoted import decoded, quoted_printable, segment
from digest.tokens import HOST, UNSUBSCRIBE, VIEW, defused, field, field_name, places

text = st.text(st.characters(blacklist_categories=["Cs"]), max_size=120)
#: Long runs and awkward ends of lines, where soft line breaks fall.
awkward = st.lists(st.sampled_from([*"a =.é\n", "From ", "x" * 70, "\r\n", "日本", ".\n", " \n"]))
prose = text | awkward.map("".join)


def plain(content: str) -> str:
    return content.replace("\r\n", "\n").replace("\r", "\n")


def by_another(encoded: bytes) -> str:
    """What the library's own decoder, written in Python, makes of it."""
    return quopri.decodestring(encoded).decode().replace("\r\n", "\n")


@settings(deadline=None)
@given(prose)
def test_quoted_printable_gives_back_what_it_got(content: str) -> None:
    encoded = quoted_printable(content)
    assert decoded(encoded) == by_another(encoded) == plain(content)
    check_lines(encoded)


@settings(deadline=None)
@given(st.lists(prose))
def test_segments_join_to_what_they_were(pieces: list[str]) -> None:
    encoded = b"".join(map(segment, pieces))
    assert decoded(encoded) == by_another(encoded) == "".join(map(plain, pieces))
    check_lines(encoded)


def check_lines(encoded: bytes) -> None:
    lines = encoded.split(b"\r\n")
    assert max(map(len, lines)) <= 76
    assert not any(line.startswith(b"From ") or b"\n" in line or b"\r" in line for line in lines)
    assert not any(line.endswith((b" ", b"\t")) for line in lines)
    assert encoded.isascii()


#: Without lone carriage returns, which mean another thing once they are joined to a line feed.
lines = prose.map(plain)
fields = st.builds(field, st.sampled_from(["name", "Eigenes Feld", "город"]), lines)
values = st.dictionaries(st.sampled_from(["name", "eigenes_feld", "город"]), lines)


@settings(deadline=None)
@given(st.lists(lines.map(defused) | fields | st.just(UNSUBSCRIBE)), values)
def test_fields_stand_wherever_they_are_put(pieces: list[str], own: Mapping[str, str]) -> None:
    content = "".join(pieces)
    if UNSUBSCRIBE not in pieces:
        content += UNSUBSCRIBE
    everything = {**own, "UNSUBSCRIBE": "https://x.example/?a=1&b=2"}
    for markup in (False, True):
        part = cut(content, {"UNSUBSCRIBE": None}, markup=markup)
        expected = filled(content, everything, markup=markup)
        assert part.shown(everything) == expected
        check_lines(part.fill(everything))


def filled(content: str, own: Mapping[str, str], *, markup: bool) -> str:
    """The slow way: each place replaced, the last one first."""
    for place in reversed(places(content)):
        value = own.get(place.name) or place.default
        content = (
            content[: place.start] + (escape(value) if markup else value) + content[place.end :]
        )
    return content


def test_a_link_that_is_the_same_for_all_is_put_in_for_good() -> None:
    link = "https://x.example/?a=1&b=2"
    html = cut(f'<a href="{VIEW}">', {"VIEW": link}, markup=True)
    assert html.places == ()
    assert html.shown({}) == f'<a href="{escape(link)}">'
    assert cut(VIEW, {"VIEW": link}, markup=False).shown({}) == link


def test_a_value_is_no_markup() -> None:
    part = cut(f"<p>{field('name')}</p>", {}, markup=True)
    shown = part.shown({"name": "<script>\"&'"})
    assert "<script>" not in shown
    assert unescape(shown) == "<p><script>\"&'</p>"


def test_a_default_stands_for_what_is_empty_or_missing() -> None:
    part = cut(f"{field('name', 'reader')},{field('name')}", {}, markup=False)
    assert part.shown({}) == part.shown({"name": ""}) == "reader,"
    assert part.shown({"name": "Nora"}) == "Nora,Nora"


FAULTS = {
    "missing": (
        "x",
        {"VIEW": "https://x.example"},
        "HTML: the merge token https://m.invalid/__VIEW__ is missing",
    ),
    "not wanted": (
        UNSUBSCRIBE,
        {},
        "no link for the merge token https://m.invalid/__UNSUBSCRIBE__",
    ),
    "unknown": (
        f"{VIEW}{HOST}__VEIW__",
        {"VIEW": None},
        "unknown merge token 'https://m.invalid/__V",
    ),
    "cut short": (field("name")[:-1], {}, "unknown merge token 'https://m.invalid/__FIELD_6e"),
    "odd digits": (f"{HOST}__FIELD_6_6e__", {}, "unknown merge token"),
}


@pytest.mark.parametrize(("content", "links", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_tokens_is_named(
    content: str, links: Mapping[str, str | None], message: str
) -> None:
    with pytest.raises(RenderError) as error:
        cut(content, links, markup=True)
    assert message in str(error.value)


def test_a_token_holds_only_what_an_inliner_leaves_alone() -> None:
    token = field("Имя и 名前", 'dear "reader"')
    assert token.isascii()
    assert not set(token) & set("%&<>\"' ")
    assert [(place.name, place.default) for place in places(token)] == [
        ("имя_и_名前", 'dear "reader"')
    ]


@pytest.mark.parametrize("name", ["", " - "])
def test_a_field_has_a_name(name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a field"):
        field(name)


@pytest.mark.parametrize(
    ("heading", "name"),
    [("First Name", "first_name"), ("E-Mail", "e_mail"), (" straße ", "strasse"), ("", "")],
)
def test_a_field_is_called_alike_in_lists_and_themes(heading: str, name: str) -> None:
    assert field_name(heading) == name


def test_words_of_an_article_are_no_token() -> None:
    hostile = f"see {UNSUBSCRIBE} and {field('name')}"
    assert places(defused(hostile)) == []
    assert HOST not in defused(hostile)
