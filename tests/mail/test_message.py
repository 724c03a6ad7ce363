"""Messages: the bytes that leave, parsed by others."""

from __future__ import annotations

import email
import email.policy
import quopri
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.mail.headers import mailbox, phrase, structured, unstructured
from digest.mail.message import compose, merge, quoted_printable
from digest.model import Edition, Newsletter
from digest.tokens import UNSUBSCRIBE, VIEW
from tests.builders import issue
from tests.ripmime import taken_apart

HTML = f'<p>Ein Gruß, 日本語, {"x" * 3_000}</p>\n<a href="{UNSUBSCRIBE}">leave</a>\n.\nFrom here\n'
TEXT = f"Ein Gruß, 日本語\n\n{VIEW}\n\n-- \nThe Digest\n"
NEWSLETTER = Newsletter(
    title="Die Übersicht",
    sender="Die Übersicht <neues@bücher.example>",
    timezone="Europe/Berlin",
    language="de",
    unsubscribe="https://courier.example/leave?list=1&reader=a%2Bb&why=" + "x" * 120,
    view="https://courier.example/issue?a=1&b=2",
)


def edition(**changes: str) -> Edition:
    values = {"subject": "Brücke gesperrt", "preheader": "", "html": HTML, "text": TEXT}
    return Edition(issue="digest/2026-11-22T073000+0100", **(values | changes))


def message(newsletter: Newsletter = NEWSLETTER, **changes: str) -> bytes:
    return compose(edition(**changes), issue(newsletter=newsletter), record={"id": 1}).message


def parsed(raw: bytes) -> EmailMessage:
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    return found


def content(part: object) -> str:
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def test_the_message_holds_both_parts_and_all_its_headers() -> None:
    found = parsed(message())
    assert found.get_content_type() == "multipart/alternative"
    text, html = found.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert content(text) == merge(TEXT, NEWSLETTER, markup=False)
    assert content(html) == merge(HTML, NEWSLETTER, markup=True)
    assert found["Subject"] == "Brücke gesperrt"
    assert found["From"].addresses[0].display_name == "Die Übersicht"
    assert found["From"].addresses[0].addr_spec == "neues@xn--bcher-kva.example"
    assert found["Date"].datetime.isoformat() == "2026-11-22T07:30:00+01:00"
    assert found["List-Id"].endswith("<digest.xn--bcher-kva.example>")
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["MIME-Version"] == "1.0"


def test_the_same_issue_gives_the_same_bytes_and_another_gives_another_id() -> None:
    assert message() == message()
    other = compose(edition(), issue(id="digest/other", newsletter=NEWSLETTER), record={})
    assert parsed(other.message)["Message-ID"] != parsed(message())["Message-ID"]


def test_lines_are_short_and_end_in_crlf_only() -> None:
    raw = message()
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert not any(b"\n" in line or b"\r" in line or b"\0" in line for line in lines)
    assert raw.isascii()


def test_a_long_unsubscribe_link_is_never_an_encoded_word() -> None:
    raw = message()
    header = raw[raw.index(b"List-Unsubscribe:") :].split(b"\r\nContent-Language", 1)[0]
    assert b"=?" not in header
    assert NEWSLETTER.unsubscribe is not None
    assert NEWSLETTER.unsubscribe.encode() in header


def test_without_links_there_is_no_header_and_no_token() -> None:
    bare = replace(NEWSLETTER, unsubscribe=None, view=None)
    assert parsed(message(bare))["List-Unsubscribe"] is None


def test_links_are_escaped_where_they_are_markup() -> None:
    merged = merge(HTML, NEWSLETTER, markup=True)
    assert "list=1&amp;reader=a%2Bb" in merged
    assert UNSUBSCRIBE not in merged
    assert "a=1&b=2" in merge(TEXT, NEWSLETTER, markup=False)


def test_html_and_text_files_are_the_parts_of_the_message() -> None:
    envelope = compose(edition(), issue(newsletter=NEWSLETTER), record={})
    text, html = parsed(envelope.message).iter_parts()
    assert envelope.html.decode() == content(html)
    assert envelope.text.decode() == content(text)


@pytest.mark.parametrize(
    "subject",
    [
        "Short",
        "Harbour barrier: " + "a very long subject line indeed " * 6,
        "日本語の件名がとても長いときにどうなるかを確かめるための一行です" * 3,
        "👩‍🚀 in orbit — עברית و العربية",
        "=?utf-8?q?already?= encoded",
        "a\tb\nBcc: everyone@evil.example",
    ],
)
def test_any_subject_survives(subject: str) -> None:
    found = parsed(unstructured("Subject", subject) + b"\r\n")
    assert found["Subject"] == " ".join(subject.split())
    assert found["Bcc"] is None
    assert all(len(line) <= 78 for line in unstructured("Subject", subject).split(b"\r\n"))


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_display_name_survives(name: str) -> None:
    words = " ".join(name.split())
    parts = phrase(words)
    # Not by the parser of the standard library: it keeps the blank between two encoded words,
    # which RFC 2047 (6.2) says to drop.
    if any(part.startswith("=?") for part in parts):
        assert str(make_header(decode_header(" ".join(parts)))) == words
    else:
        found = parsed(structured("From", *parts, "<a@b.example>") + b"\r\n")["From"].addresses[0]
        assert (found.display_name, found.addr_spec) == (words, "a@b.example")


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=400))
def test_quoted_printable_gives_back_what_it_got(content: str) -> None:
    encoded = quoted_printable(content)
    lines = encoded.split(b"\r\n")
    assert all(len(line) <= 76 for line in lines)
    assert (
        quopri.decodestring(encoded).replace(b"\r\n", b"\n")
        == content.replace("\r\n", "\n").encode()
    )


def test_a_sender_without_a_name() -> None:
    assert mailbox("From", "news@courier.example") == b"From: news@courier.example\r\n"


def test_another_program_takes_the_message_apart(tmp_path: Path) -> None:
    text, html = taken_apart(message(), tmp_path)
    assert "Ein Gruß, 日本語" in text
    assert "<p>" not in text
    assert "<p>Ein Gruß, 日本語" in html
