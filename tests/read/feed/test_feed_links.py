"""Addresses: canonical, absolute, of the web."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.read.feed import canonical
from digest.read.feed.links import LONGEST, absolute, address


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/a?utm_source=b&utm_medium=c", "https://x.example/a"),
        ("https://x.example/a?z=1&fbclid=q&a=2&gclid=3&mc_cid=4", "https://x.example/a?z=1&a=2"),
        ("https://x.example/a?UTM_Source=b&id=7", "https://x.example/a?id=7"),
        ("https://x.example/a?source=b&ref=c&title=utm_x", None),
        ("https://x.example/a?b=&c&&d=%20+", None),
        ("https://x.example/a#part", "https://x.example/a"),
        ("https://x.example/a?#", "https://x.example/a"),
        ("HTTPS://X.Example:443/A/b", "https://x.example/A/b"),
        ("http://x.example:80", "http://x.example/"),
        ("http://x.example:8080/", None),
        ("http://x.example./a", "http://x.example/a"),
        ("https://user:secret@x.example/a", "https://x.example/a"),
        ("https://[2001:db8::1]:443/a", "https://[2001:db8::1]/a"),
        ("https://x.example/a/amp/?amp=1", None),
        ("https://x.example/a b", "https://x.example/a%20b"),
        ("https://x.example/é?q=ü", None),
        ("mailto:post@x.example", None),
        ("javascript:alert(1)", None),
        ("https://[::1", None),
        ("https://x.example:99999/", None),
        ("", None),
    ],
)  # fmt: skip
def test_canonical(url: str, expected: str | None) -> None:
    assert canonical(url) == (url if expected is None else expected)


@given(st.text(max_size=60).map(lambda tail: f"https://x.example/{tail}"))
def test_canonical_is_stable(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("b", "https://x.example/a/b"),
        ("../b?utm_source=x", "https://x.example/b"),
        ("//y.example/b", "https://y.example/b"),
        (" https://y.\nexample/b ", "https://y.example/b"),
        ("?page=2", "https://x.example/a/?page=2"),
        ("javascript:alert(1)", None),
        (" JavaScript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/hostname", None),
        ("ftp://x.example/", None),
        ("https://[", None),
        ("https://x.example:abc/", None),
        ("", None),
        (None, None),
        ("https://x.example/" + "a" * LONGEST, None),
        ("é " * (LONGEST // 4), None),
    ],
    ids=repr,
)
def test_absolute(href: str | None, expected: str | None) -> None:
    assert absolute(href, "https://x.example/a/") == expected


def test_an_address_keeps_what_it_was_given() -> None:
    url = "https://user:secret@x.example/feed?utm_source=x#y"
    assert address(url) == url


def test_a_relative_address_needs_a_base() -> None:
    assert absolute("/a") is None


@given(st.text(max_size=40), st.none() | st.text(max_size=20))
def test_any_text_is_an_address_or_none(href: str, base: str | None) -> None:
    found = absolute(href, base)
    assert found is None or found.startswith(("http://", "https://"))
