"""The form letter: what differs from reader to reader, and that nothing else does."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError, RenderError
from digest.mail import form_letter, read_token
from digest.model import Recipient
from digest.render.edition import render
from digest.text import squeeze
from digest.tokens import HOST, UNSUBSCRIBE
from tests.builders import issue, story
from tests.mail.sample import (
    HTML,
    KEY,
    NEWSLETTER,
    NORA,
    TEXT,
    bare,
    contents,
    edition,
    letter,
    parsed,
)
from tests.render.sample import CLASSIC
from tests.ripmime import taken_apart

LETTER = letter()


def test_headers_of_a_bulk_message() -> None:
    raw = LETTER.fill(NORA)
    found = parsed(raw)
    assert found.get_content_type() == "multipart/alternative"
    [sender], [reader] = found["From"].addresses, found["To"].addresses
    assert (sender.display_name, sender.addr_spec) == (
        "Die Übersicht",
        "neues@xn--bcher-kva.example",
    )
    assert (reader.display_name, reader.addr_spec) == ("Nora Quill", NORA.address)
    assert found["Subject"] == "Brücke gesperrt 🚧"
    assert found["Date"].datetime.isoformat() == "2026-11-22T07:30:00+01:00"
    assert re.fullmatch(r"<[0-9a-f]{32}@xn--bcher-kva\.example>", found["Message-ID"])
    assert found["List-Id"] == "Die Übersicht <digest.xn--bcher-kva.example>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"20261122:digest:digest:\w{5,15}", found["Feedback-ID"])
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Content-Language"] == "de"
    assert found["MIME-Version"] == "1.0"
    assert len(found.keys()) == len(set(found.keys()))


def test_each_reader_leaves_by_a_link_of_their_own() -> None:
    raw = LETTER.fill(NORA)
    header = str(parsed(raw)["List-Unsubscribe"])
    [page, box] = re.findall(r"<([^>]+)>", header)
    token = page.rpartition("=")[2]
    assert len(page) > 200
    assert box == f"mailto:leave@courier.example?subject={token}"
    leaver = read_token(token, key=KEY)
    assert leaver is not None
    assert leaver.newsletter == "digest"
    # On one line, and no encoded word, or one-click unsubscribing fails.
    assert f"<{page}>,\r\n <{box}>\r\n".encode() in raw
    text, html = contents(raw)
    assert page in text
    assert escape(page) in html
    assert NORA.address not in page


def test_parts_hold_the_readers_own_fields() -> None:
    text, html = contents(LETTER.fill(NORA))
    assert text.startswith("Dear Nora & Co, ein Gruß, 日本語\n")
    assert html.startswith("<p>Dear Nora &amp; Co, ein Gruß, 日本語, ")
    assert 'href="https://courier.example/issue?a=1&amp;b=2"' in html
    assert "\n.\nFrom here\n" in html
    text, html = contents(LETTER.fill(replace(NORA, fields=())))
    assert text.startswith("Dear reader,")
    assert HOST not in text + html


def test_what_is_shown_is_what_is_sent() -> None:
    html, text = LETTER.shown(NORA)
    assert (text, html) == contents(LETTER.fill(NORA))


def test_the_same_reader_gets_the_same_bytes_and_another_their_own() -> None:
    raw = LETTER.fill(NORA)
    assert letter().fill(NORA) == raw
    ada = parsed(LETTER.fill(replace(NORA, address="ada@post.example")))
    for name in ("To", "Message-ID", "List-Unsubscribe"):
        assert ada[name] != parsed(raw)[name]
    respelt = parsed(LETTER.fill(replace(NORA, address="Nora.Quill@post.example")))
    assert respelt["Message-ID"] == parsed(raw)["Message-ID"]
    assert respelt["List-Unsubscribe"] == parsed(raw)["List-Unsubscribe"]


def test_a_message_id_is_of_issue_and_reader_and_made_with_the_key() -> None:
    def message_id(**changes: str) -> str:
        other = form_letter(edition(), issue(newsletter=NEWSLETTER, **changes), key=KEY)
        return str(parsed(other.fill(NORA))["Message-ID"])

    assert message_id() == parsed(LETTER.fill(NORA))["Message-ID"]
    assert message_id(id="digest/other") != message_id()
    assert parsed(letter(key=b"another").fill(NORA))["Message-ID"] != message_id()


def test_the_digest_tells_whether_two_letters_say_the_same() -> None:
    assert LETTER.digest == letter().digest == letter(key=b"another").digest
    others = [
        letter(subject="Another"),
        letter(html=HTML + "x"),
        letter(text=TEXT + "x"),
        letter(replace(NEWSLETTER, view="https://courier.example/")),
        letter(replace(NEWSLETTER, unsubscribe="https://courier.example/")),
        letter(replace(NEWSLETTER, sender="a@b.example")),
    ]
    digests = {LETTER.digest, *(other.digest for other in others)}
    assert len(digests) == len(others) + 1


def test_lines_are_short_and_end_in_crlf_only() -> None:
    raw = LETTER.fill(NORA)
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line or b"\r" in line or b"\0" in line for line in lines)
    assert raw.isascii()


def test_an_address_outside_ascii_is_the_only_thing_that_needs_smtputf8() -> None:
    raw = LETTER.fill(replace(NORA, address="jörg@post.example", name="Jörg"))
    assert [line for line in raw.split(b"\r\n") if not line.isascii()] == [
        "To: =?utf-8?b?SsO2cmc=?= <jörg@post.example>".encode()
    ]


ONE_CLICK = {
    "of the reader": ("https://c.example/{token}", None, "List-Unsubscribe=One-Click"),
    "the same for all": ("https://c.example/leave", None, None),
    "not encrypted": ("http://c.example/{token}", None, None),
    "by mail": ("mailto:leave@c.example?subject={token}", None, None),
    "by mail, the page in the header": (
        "mailto:leave@c.example",
        "https://c.example/{token}",
        "List-Unsubscribe=One-Click",
    ),
}


@pytest.mark.parametrize(("link", "second", "post"), ONE_CLICK.values(), ids=ONE_CLICK)
def test_one_click_needs_a_page_that_knows_the_reader(
    link: str, second: str | None, post: str | None
) -> None:
    newsletter = bare(unsubscribe=link)
    body = f"<p>{UNSUBSCRIBE}</p>"
    made = form_letter(
        edition(html=body, text=body), issue(newsletter=newsletter), key=KEY, mailto=second
    )
    found = parsed(made.fill(NORA))
    assert found["List-Unsubscribe-Post"] == post
    assert found["List-Unsubscribe"].count("<") == 1 + bool(second)


def test_without_links_there_is_no_header() -> None:
    made = form_letter(edition(html="<p>x", text="x"), issue(newsletter=bare()))
    found = parsed(made.fill(NORA))
    assert found["List-Unsubscribe"] is None
    assert found["List-Unsubscribe-Post"] is None
    assert contents(made.fill(NORA)) == ("x", "<p>x")


FAULTS = {
    "sender": ({"sender": "nobody"}, ConfigError, "newsletter.from: 'nobody' has no @"),
    "sender with a header": ({"sender": "a@b.example\nBcc: c"}, ConfigError, "newsletter.from"),
    "link with a blank": ({"unsubscribe": "https://a b"}, ConfigError, "newsletter.unsubscribe"),
    "link with a bracket": ({"unsubscribe": "https://a>,<b"}, ConfigError, "is not a link"),
    "language with a header": ({"language": "de\r\nBcc: a"}, RenderError, "Content-Language"),
    "no token for the view": (
        {"view": None},
        RenderError,
        "text: the newsletter has no link for the merge token https://m.invalid/__VIEW",
    ),
}


@pytest.mark.parametrize(("changes", "kind", "message"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_before_anything_is_sent(
    changes: dict[str, str | None], kind: type[Exception], message: str
) -> None:
    newsletter = replace(NEWSLETTER, **changes)  # type: ignore[arg-type]  # a test's changes
    with pytest.raises(kind) as error:
        letter(newsletter)
    assert message in str(error.value)


def test_an_edition_without_its_token_is_no_letter() -> None:
    with pytest.raises(RenderError, match=r"text: the merge token .*__UNSUBSCRIBE__ is missing"):
        letter(text="nothing")


def test_secrets_do_not_show() -> None:
    assert repr(KEY) not in repr(LETTER)
    assert KEY.decode() not in repr(LETTER)


words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)


@settings(deadline=None)
@given(words, words, words)
def test_any_subject_name_and_field_survives(subject: str, name: str, own: str) -> None:
    reader = Recipient(address=NORA.address, name=name, fields=(("first_name", own),))
    raw = letter(subject=subject).fill(reader)
    found = parsed(raw)
    assert found["Subject"] == squeeze(subject)
    [box] = found["To"].addresses
    assert box.addr_spec == NORA.address
    assert "".join(box.display_name.split()) == "".join(squeeze(name).split())
    text, html = contents(raw)
    kept = own.replace("\r\n", "\n").replace("\r", "\n") or "reader"
    assert text.startswith(f"Dear {kept},")
    assert html.startswith(f"<p>Dear {escape(kept)},")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def theme(folder: Path) -> Path:
    """The classic theme, with a greeting."""
    for file in CLASSIC.glob("*.j2"):
        content = file.read_text("utf-8")
        greeting = "{{ ('Dear (' ~ field('First Name', 'reader') ~ ').')|wrap }}\n"
        if file.name == "issue.txt.j2":
            content = greeting + content
        else:
            content = content.replace(
                "{{ page.date }}", "{{ field('First Name') }} {{ page.date }}"
            )
        (folder / file.name).write_text(content, "utf-8")
    for file in CLASSIC.glob("*.css"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_a_theme_places_fields_and_an_article_cannot(tmp_path: Path) -> None:
    hostile = f"{UNSUBSCRIBE} {HOST}__FIELD_6e_6e__ {HOST}"
    told = story(1, title=hostile, text=f"{hostile}.\n\n{hostile}", site=hostile, byline=hostile)
    other = story(2, url=f"{HOST}x")
    made = issue(told, other, newsletter=NEWSLETTER)
    drawn = render(made, theme=theme(tmp_path))
    text, html = contents(form_letter(drawn, made, key=KEY).fill(NORA))
    assert text.startswith("Dear (Nora & Co).\n")
    assert "Nora &amp; Co" in html
    assert HOST not in text + html


def test_another_program_takes_the_message_apart(tmp_path: Path) -> None:
    text, html = taken_apart(LETTER.fill(NORA), tmp_path)
    assert "Dear Nora & Co, ein Gruß, 日本語" in text
    assert "<p>" not in text
    assert "<p>Dear Nora &amp; Co, ein Gruß, 日本語" in html
