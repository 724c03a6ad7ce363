"""Addresses: taken apart once, spelt in ASCII, or refused in plain words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.sources.http import Fault, FetchError
from digest.sources.http.address import Address, follow, read_address


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("https://elsby.example", "https://elsby.example/"),
        (" HTTP://Elsby.Example:80/a#b ", "http://elsby.example/a"),
        ("https://elsby.example:443/?q=1", "https://elsby.example/?q=1"),
        ("http://elsby.example:8080/x", "http://elsby.example:8080/x"),
        ("http://elsby.example/a b/ü", "http://elsby.example/a%20b/%C3%BC"),
        ("http://elsby.example/50%/%41?q=5%&r=ä", "http://elsby.example/50%25/%41?q=5%25&r=%C3%A4"),
        ("http://elsby.example/a;b=c,d@e!$'()*+~?f[]=/?:@", None),
        ("http://elsby.example/\\..\\x", "http://elsby.example/%5C..%5Cx"),
        ('http://elsby.example/"<x>`{|}^', "http://elsby.example/%22%3Cx%3E%60%7B%7C%7D%5E"),
        ("http://elsby.exam\nple/\ta", "http://elsby.example/a"),
        ("http://münchen.example/", "http://xn--mnchen-3ya.example/"),
        ("http://MÜNCHEN。example/", "http://xn--mnchen-3ya.example/"),
        ("http://пример.example/", "http://xn--e1afmkfd.example/"),
        ("http://xn--mnchen-3ya.example/", None),
        ("http://news_desk.example/", None),
        ("http://[2606:4700:0::1111]:8080/", "http://[2606:4700::1111]:8080/"),
        ("http://192.0.2.1/", None),
        ("http://elsby.example?q", "http://elsby.example/?q"),
    ],
)
def test_an_address_is_read(text: str, read: str | None) -> None:
    assert str(read_address(text)) == (read or text)


def test_the_parts_of_an_address() -> None:
    assert read_address("http://[::1]:8080/a?b#c") == Address(
        scheme="http", host="::1", port=8080, target="/a?b"
    )
    assert read_address("http://[::1]:8080/").netloc == "[::1]:8080"
    assert read_address("https://elsby.example/").port == 443


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no address of http"),
        ("elsby.example/feed", "no address of http"),
        ("file:///etc/passwd", "no address of http"),
        ("ftp://elsby.example/", "no address of http"),
        ("javascript:alert(1)", "no address of http"),
        ("data:text/html,hello", "no address of http"),
        ("http://", "no host"),
        ("http:///feed", "no host"),
        ("http://-a.example/", "no host"),
        ("http://a..example/", "no host"),
        ("http://elsby.example./", "no host"),
        (f"http://{'a' * 64}.example/", "no host"),
        (f"http://{'a.' * 130}example/", "no host"),
        ("http://els by.example/", "no host"),
        ("http://%31%32%37.0.0.1/", "no host"),
        ("http://elsby.example\\@inner.example/", "password"),
        ("http://elsby.example\\inner.example/", "no host"),
        ("http://user@elsby.example/", "password"),
        ("http://user:key@elsby.example/", "password"),
        ("http://:@elsby.example/", "password"),
        ("http://user:a/key@elsby.example/", "no web address"),
        ("http://☃☃.example/", "no registry"),
        ("http://xn--.ü.example/", "no registry"),
        ("http://2130706433/", "odd way"),
        ("http://0x7f000001/", "odd way"),
        ("http://0x7f.0.0.0x1/", "odd way"),
        ("http://0177.0.0.1/", "odd way"),
        ("http://127.1/", "odd way"),
        ("http://127.0.0.1.2/", "odd way"),
        ("http://300.0.0.1/", "odd way"),
        ("http://a.0x/", "odd way"),
        ("http://[::1/", "no web address"),
        ("http://[v1.x]/", "no IPv6 address"),
        ("http://[fe80::1%25eth0]/", "no IPv6 address"),
        ("http://elsby.example[::1]/", "no IPv6 address"),
        ("http://[::1]elsby.example/", "no IPv6 address"),
        ("http://elsby.example:port/", "no web address"),
        ("http://elsby.example:99999/", "no web address"),
        ("http://elsby.example:0/", "port 0"),
        ("http://elsby.example:25/", "port 25"),
        ("http://elsby.example:1023/", "port 1023"),
        ("http://elsby.example/a\x00b", "control"),
        ("http://elsby.example/" + "a" * 2000, "2,021 characters"),
    ],
    ids=lambda value: value[:30],
)
def test_an_address_is_refused(text: str, why: str) -> None:
    with pytest.raises(FetchError) as caught:
        read_address(text)
    assert caught.value.kind is Fault.BLOCKED
    assert why in caught.value.why
    assert "key" not in str(caught.value)
    assert len(str(caught.value)) < 600


def test_a_private_source_may_use_system_ports() -> None:
    assert read_address("http://elsby.example:631/", private=True).port == 631
    with pytest.raises(FetchError, match="port 0"):
        read_address("http://elsby.example:0/", private=True)


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("/b?c", "https://elsby.example/b?c"),
        ("b", "https://elsby.example/x/b"),
        ("?q", "https://elsby.example/x/a?q"),
        ("//other.example", "https://other.example/"),
        ("http://other.example/ä", "http://other.example/%C3%A4"),
        ("#part", "https://elsby.example/x/a"),
    ],
)
def test_a_redirect_starts_where_it_is(location: str, there: str) -> None:
    assert str(follow(read_address("https://elsby.example/x/a"), location)) == there


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.text(max_size=80),
        st.text(max_size=60).map("http://".__add__),
        st.from_regex(r"https?://[^/]{0,20}(:[0-9]{1,6})?[/?#@\\].{0,20}"),
    )
)
def test_an_address_is_read_or_refused(text: str) -> None:
    try:
        address = read_address(text)
    except FetchError:
        return
    again = str(address)
    assert again.isascii()
    assert not set(again) & set(" \t\r\n\\\x00#")
    assert address.netloc == again.split("/")[2]
    assert len(again) > 2000 or read_address(again) == address
