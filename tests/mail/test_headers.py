"""Header lines: any words come back, and nothing that was put in becomes another header."""

from __future__ import annotations

import re
from email.header import decode_header, make_header

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.addresses import Address, Mailbox
from digest.errors import RenderError
from digest.mail.headers import mailbox, phrase, structured, unstructured
from digest.text import squeeze
from tests.mail.sample import parsed

SUBJECTS = {
    "short": "Short",
    "empty": "",
    "long": "Harbour barrier: " + "a very long subject line indeed " * 6,
    "no blanks": "x" * 1_500,
    "long word among short ones": "a " * 20 + "x" * 80 + " b" * 20,
    "Japanese": "日本語の件名がとても長いときにどうなるかを確かめるための一行です" * 3,
    "emoji and right to left": "👩‍🚀 in orbit — עברית و العربية",
    "direction marks": "\u200fעברית\u200e and more",
    "Devanagari": "क्षेत्रीय समाचार: " + "नदी का जलस्तर बढ़ा " * 5,
    "looks encoded": "=?utf-8?q?already?= encoded",
    "injection": "a\tb\nBcc: everyone@evil.example",
    "injection by carriage return": "a\r\rBcc: everyone@evil.example",
    "NUL": "a\0b",
    "looks structured": '"a" <b@c.example>, (d); e=f',
}

NAMES = {
    "atoms": "Nora Quill",
    "umlaut": "Jürgen Groß",
    "Arabic": "ليلى عبد الرحمن",
    "Devanagari": "आरती देशपांडे",
    "emoji": "Ferry 🛳️ News",
    "direction marks": "\u200fליאור\u200e",
    "marks": 'Nora "Inky" Quill',
    "backslash": "a\\b\\",
    "comma": "Quill, Nora",
    "address": "boss@post.example",
    "two boxes": "A <a@b.example>, B",
    "looks encoded": "=?utf-8?b?QQ==?=",
    "long and quoted": "Office of Quays, Locks, and Weirs, " * 6,
    "one letter": "X",
}

no_surrogates = st.characters(blacklist_categories=["Cs"])


def decoded(header: str) -> str:
    """A header's words by the library's other decoder.

    Its parser of mailboxes keeps the blank between two encoded words, which RFC 2047 (6.2) says
    to drop.
    """
    return str(make_header(decode_header(header)))


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_any_subject_survives(subject: str) -> None:
    raw = unstructured("Subject", subject)
    found = parsed(raw + b"\r\n")
    assert found["Subject"] == squeeze(subject)
    assert found.keys() == ["Subject"]
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert raw.isascii()


@settings(deadline=None)
@given(st.text(no_surrogates, max_size=120))
def test_any_text_survives(words: str) -> None:
    found = parsed(unstructured("Subject", words) + b"\r\n")
    assert found["Subject"] == squeeze(words)
    assert found.keys() == ["Subject"]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_display_name_survives(name: str) -> None:
    raw = mailbox("To", Mailbox(name, Address("nora", "post.example")))
    [found] = parsed(raw + b"\r\n")["To"].addresses
    assert (found.display_name, found.addr_spec) == (name.strip(), "nora@post.example")
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert raw.isascii()


@settings(deadline=None)
@given(st.text(no_surrogates, max_size=80))
def test_any_display_name_survives(name: str) -> None:
    parts = phrase("To", name)
    found = parsed(structured("To", *parts, "<a@b.example>") + b"\r\n")
    [box] = found["To"].addresses
    assert (found.keys(), box.addr_spec) == (["To"], "a@b.example")
    if any(part.startswith("=?") for part in parts):
        assert decoded(" ".join(parts)) == squeeze(name)
    else:
        assert box.display_name == squeeze(name)


def test_encoded_words_are_short_and_whole() -> None:
    words = phrase("From", "ब" * 200)
    assert len(words) > 10
    for word in words:
        assert len(word) <= 75
        assert set(decoded(word)) == {"ब"}
    raw = structured("From", *words)
    assert max(map(len, raw.split(b"\r\n"))) <= 76


def test_a_box_without_a_name() -> None:
    raw = mailbox("From", Mailbox("", Address("news", "courier.example")))
    assert raw == b"From: news@courier.example\r\n"


def test_an_address_outside_ascii_stands_as_it_is() -> None:
    raw = mailbox("To", Mailbox("Jörg", Address("jörg", "xn--bcher-kva.example")))
    assert raw == "To: =?utf-8?b?SsO2cmc=?= <jörg@xn--bcher-kva.example>\r\n".encode()


def test_folding_is_at_blanks_only() -> None:
    long = f"<https://courier.example/{'x' * 300}>,"
    raw = structured("List-Unsubscribe", long, "<mailto:leave@courier.example>")
    assert raw == f"List-Unsubscribe: {long}\r\n <mailto:leave@courier.example>\r\n".encode()


@pytest.mark.parametrize("part", ["a\r\nBcc: b", "a\nb", "a\0b", "a\rb", "x" * 999])
def test_a_structured_header_refuses_what_would_break_it(part: str) -> None:
    with pytest.raises(RenderError, match="List-Id header: holds"):
        structured("List-Id", "fine", part)


@settings(deadline=None)
@given(
    st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1), min_size=1)
)
def test_unfolding_gives_back_the_parts(parts: list[str]) -> None:
    raw = structured("X-Parts", *parts).decode()
    assert re.sub("\r\n(?=.)", "", raw) == f"X-Parts: {' '.join(parts)}\r\n"
