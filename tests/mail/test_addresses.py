"""Addresses: what people write, and what attackers do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.mail import parse_address, parse_mailbox

GOOD = {
    "plain": ("nora.quill@post.example", "nora.quill@post.example"),
    "spaces around": (" nora@post.example\u00a0\n", "nora@post.example"),
    "tag and signs": ("o'hara+news=1{x}@post.example", "o'hara+news=1{x}@post.example"),
    "case": ("Nora.Quill@Post.EXAMPLE", "Nora.Quill@post.example"),
    "one label": ("root@localhost", "root@localhost"),
    "umlaut": ("kontakt@Bücher.example", "kontakt@xn--bcher-kva.example"),
    "sharp s, not as IDNA 2003 has it": ("a@straße.example", "a@xn--strae-oqa.example"),
    "full-width": ("a@ｐｏｓｔ．ｅｘａｍｐｌｅ", "a@post.example"),
    "ideographic dot": ("a@例え。テスト", "a@xn--r8jz45g.xn--zckzah"),
    "Devanagari": ("संपर्क@डाक.example", "संपर्क@xn--11bx1g.example"),
    "A-label": ("a@XN--BCHER-KVA.example", "a@xn--bcher-kva.example"),
    "decomposed": ("Jo\u0308rg@post.example", "J\u00f6rg@post.example"),
    "needless marks": ('"nora"@post.example', "nora@post.example"),
    "needed marks": ('"nora..q."@post.example', '"nora..q."@post.example'),
    "longest": (f"{'a' * 64}@{'b' * 63}.example", f"{'a' * 64}@{'b' * 63}.example"),
}

BAD = {
    "empty": "",
    "no at": "nora.post.example",
    "no local part": "@post.example",
    "no domain": "nora@",
    "two of them": "a@b.example,c@d.example",
    "two at": "a@b@c.example",
    "another header": "a@b.example\r\nBcc: c@d.example",
    "line feed": "a\n@b.example",
    "line separator": "a\u2028b@c.example",
    "next line": "a\x85b@c.example",
    "NUL": "a\0@b.example",
    "NUL behind": "a@b.example\0.d.example",
    "a command": "a@b.example> NOTIFY=NEVER",
    "brackets": "<a@b.example>",
    "blank": "a b@c.example",
    "blank in marks": '"a b"@c.example',
    "bracket in marks": '"a>b"@c.example',
    "at in marks": '"a@b.example"@c.example',
    "comment": "a(b)@c.example",
    "encoded word": "=?utf-8?q?=61=40b.example=3e=00?=a@c.example",
    "right to left": "a\u202eb@c.example",
    "zero width": "a\u200bb@c.example",
    "dots": "a..b@c.example",
    "dot in front": ".a@c.example",
    "source route": "@x.example:a@b.example",
    "domain literal": "a@[192.0.2.1]",
    "number": "a@192.0.2.1",
    "empty label": "a@b..example",
    "trailing dot": "a@b.example.",
    "hyphen": "a@-b.example",
    "underscore": "a@b_c.example",
    "slash by mapping": "a@b／c.example",
    "emoji": "a@❤.example",
    "long local part": f"{'a' * 65}@b.example",
    "long in octets": f"{'ü' * 33}@b.example",
    "long label": f"a@{'b' * 64}.example",
    "long domain": f"a@{'b.' * 130}example",
    "long in all": f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.example",
    "long without end": "a" * 1_000_000,
    "not decoded": "J\ufffdrg@b.example",
    "lone surrogate": "\ud800@b.example",
}


@pytest.mark.parametrize(("written", "expected"), GOOD.values(), ids=GOOD)
def test_an_address_is_normalised_once_and_for_all(written: str, expected: str) -> None:
    address = parse_address(written)
    assert str(address) == expected
    assert parse_address(str(address)) == address


@pytest.mark.parametrize("written", BAD.values(), ids=BAD)
def test_what_is_no_address_is_refused_with_a_reason_on_one_short_line(written: str) -> None:
    with pytest.raises(ValueError, match=r"(?s)^['\"].* has |^['\"].* is longer ") as error:
        parse_address(written)
    assert str(error.value).isprintable()
    assert len(str(error.value)) < 700


MAILBOXES = {
    "address": ("a@b.example", "", "a@b.example"),
    "brackets": ("<a@b.example>", "", "a@b.example"),
    "name": ("Nora Quill <a@b.example>", "Nora Quill", "a@b.example"),
    "comma": ("Quill, Nora <a@b.example>", "Quill, Nora", "a@b.example"),
    "marks": (r'"Quill, \"N\" \\ x" <a@b.example>', 'Quill, "N" \\ x', "a@b.example"),
    "bracket": ("A <b> c<a@b.example>", "A <b> c", "a@b.example"),
    "Arabic": ("ليلى عبد الرحمن <a@b.example>", "ليلى عبد الرحمن", "a@b.example"),
    "address for a name": ("c@d.example <a@b.example>", "c@d.example", "a@b.example"),
}


@pytest.mark.parametrize(("written", "name", "address"), MAILBOXES.values(), ids=MAILBOXES)
def test_a_mailbox(written: str, name: str, address: str) -> None:
    found = parse_mailbox(written)
    assert (found.name, str(found.address)) == (name, address)


@pytest.mark.parametrize(
    "written",
    ["Nora", "a@b.example>", "A\nBcc: x@y.example <a@b.example>", "A\0 <a@b.example>", "A <b>"],
)
def test_what_is_no_mailbox(written: str) -> None:
    with pytest.raises(ValueError, match="has"):
        parse_mailbox(written)


@settings(deadline=None)
@given(st.text(max_size=80) | st.from_regex(r"[\w.\"+-]{1,8}@[\w.\u3002-]{1,12}"))
def test_whatever_is_taken_is_safe_in_a_header_and_a_command(written: str) -> None:
    try:
        address = parse_address(written)
    except ValueError:
        return
    assert not re.search(r"[\s<>()\[\]\\,;:\x00-\x20\x7f]", str(address))
    assert address.domain.isascii()
    assert str(address).count("@") == 1
    assert len(str(address).encode()) <= 254
