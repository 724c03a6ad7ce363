"""The pure parts: states as links, modes, marks, headers, the lines around a fault."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Quote, Span, Summary
from digest.preview.excerpt import excerpt
from digest.preview.explained import marked
from digest.preview.message import Shown, in_mode
from digest.preview.view import PANES, View
from tests.builders import article as read_article

VIEWS = st.builds(
    View,
    pane=st.sampled_from(list(PANES)),
    issue=st.text(max_size=40),
    to=st.text(max_size=40),
    theme=st.text(max_size=20),
    language=st.sampled_from(["", "ar", "en"]),
    width=st.sampled_from([0, 240, 375, 2400]),
    mode=st.sampled_from(["auto", "light", "dark"]),
    images=st.booleans(),
    story=st.integers(0, 999),
    article=st.text(max_size=64),
    find=st.text(max_size=20).map(str.strip),
)


@given(VIEWS)
@settings(max_examples=60, deadline=None)
def test_every_state_is_its_link(view: View) -> None:
    query = dict(parse_qsl(view.query().removeprefix("?"), keep_blank_values=True))
    assert View.parse(query) == view


@given(st.dictionaries(st.sampled_from(list(View.__slots__)), st.text()))
@settings(max_examples=60, deadline=None)
def test_whatever_a_query_says_is_a_state(query: dict[str, str]) -> None:
    view = View.parse(query)
    assert view.pane in PANES
    assert view.width == 0 or 240 <= view.width <= 2400


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ({"pane": "evil"}, View()),
        ({"width": "9"}, View(width=240)),
        ({"width": "99999"}, View()),
        ({"width": "³"}, View()),
        ({"mode": "dark", "images": "on"}, View(mode="dark", images=True)),
        ({"story": "-1"}, View()),
    ],
)
def test_what_is_said_wrongly_is_not_said(query: dict[str, str], view: View) -> None:
    assert View.parse(query) == view


CSS = b"@media (prefers-color-scheme: dark) { a {} } @media ( prefers-color-scheme:LIGHT ) { b {} }"


@pytest.mark.parametrize(
    ("mode", "css"),
    [
        ("auto", CSS),
        ("dark", b"@media (min-width:0) { a {} } @media (max-width:0) { b {} }"),
        ("light", b"@media (max-width:0) { a {} } @media (min-width:0) { b {} }"),
    ],
)
def test_a_mode_answers_the_question_for_it(mode: str, css: bytes) -> None:
    assert in_mode(CSS, mode) == css


def test_marks_cut_paragraphs_and_lose_nothing() -> None:
    text = "Ada Low spoke. “We won,” she said.\n\nNo more."
    story = read_article(1, text=text)
    quote = Quote(words=(Span(16, 22),), speaker=Span(0, 7), role=Span(4, 7))
    summary = Summary(lead=Span(0, 14), quote=quote)
    first, second = marked(story, summary)
    assert "".join(piece.words for piece in first) == text.partition("\n\n")[0]
    assert [(piece.words, piece.marks) for piece in first][:4] == [
        ("Ada ", ("lead", "speaker")),
        ("Low", ("lead", "speaker", "role")),
        (" spoke.", ("lead",)),
        (" “", ()),
    ]
    assert [piece.marks for piece in second] == [()]


@given(
    st.text(alphabet="ab \n“”", max_size=60), st.lists(st.integers(0, 60), min_size=6, max_size=6)
)
@settings(max_examples=80, deadline=None)
def test_marks_never_change_a_word(text: str, edges: list[int]) -> None:
    cuts = sorted(min(edge, len(text)) for edge in edges)
    spans = [Span(cuts[n], cuts[n + 1]) for n in (0, 2, 4)]
    summary = Summary(lead=spans[0], quote=Quote(words=(spans[1],), speaker=spans[2]))
    pieces = list(marked(read_article(1, text=text), summary))
    assert "\n\n".join("".join(piece.words for piece in some) for some in pieces) == text


def test_headers_are_decoded_and_what_is_damaged_stays() -> None:
    message = b"Subject: =?utf-8?q?Caf=C3=A9?=\r\nTo: <<>\r\nX-Odd: \xff\xfe\r\n\r\nbody"
    shown = Shown(issue="", html=b"", text=b"", message=message)
    assert shown.header("subject") == "Café"
    assert [name for name, _ in shown.headers] == ["Subject", "To", "X-Odd"]
    assert shown.header("nothing") == ""


@given(st.binary(max_size=300))
@settings(max_examples=80, deadline=None)
def test_no_header_is_a_crash(message: bytes) -> None:
    assert isinstance(Shown(issue="", html=b"", text=b"", message=message).headers, tuple)


def test_the_lines_around_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "issue.mjml.j2"
    file.write_text("one\ntwo\nthree {{ name }}\nfour\nfive\nsix\n", "utf-8")
    lines = excerpt(f"{file}:3:10", [tmp_path])
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert (lines[2].before, lines[2].at, lines[2].after) == ("three {{ ", "name", " }}")
    assert [line.is_wrong for line in lines] == [False, False, True, False, False]


@pytest.mark.parametrize("place", ["{}/secret:1:1", "{}/theme/../secret:1:1", "issue:1", "", ":::"])
def test_no_other_file_is_shown(tmp_path: Path, place: str) -> None:
    (tmp_path / "secret").write_text("a secret", "utf-8")
    (tmp_path / "theme").mkdir()
    assert excerpt(place.format(tmp_path), [tmp_path / "theme"]) == ()
