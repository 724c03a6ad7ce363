"""Addresses in print, and links to the words of a quote."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from digest.render.fragment import to_words
from digest.render.links import host, printable

PRINTABLE = {
    "as it is": ("https://a.example/b?c=d&e=%20#f", "https://a.example/b?c=d&e=%20#f"),
    "beyond ascii": ("https://a.example/ü?q=é#ñ", "https://a.example/%C3%BC?q=%C3%A9#%C3%B1"),
    "host beyond ascii": ("http://bücher.example:81/", "http://xn--bcher-kva.example:81/"),
    "host that older rules misread": ("https://faß.example/", "https://xn--fa-hia.example/"),
    "host that newer rules refuse": ("https://☃.example/", "https://xn--n3h.example/"),
    "quotation marks": ('https://a.example/"<x>', "https://a.example/%22%3Cx%3E"),
    "braces and backslash": ("https://a.example/{{x}}\\y", "https://a.example/%7B%7Bx%7D%7D%5Cy"),
    "blanks and line ends": (" https://a.example/a b\n", "https://a.example/a%20b"),
    "upper-case scheme": ("HTTPS://A.example/", "https://A.example/"),
    "ipv6": ("http://[::1]/x", "http://[::1]/x"),
    "script": ("javascript:alert(1)", None),
    "no scheme": ("//a.example", None),
    "no host": ("https:///x", None),
    "broken": ("http://[x/", None),
    "host that is none": ("http://\u3002\u3002.é/", None),
    "mail": ("mailto:a@b.example", None),
    "none": (None, None),
}


@pytest.mark.parametrize(("url", "expected"), PRINTABLE.values(), ids=PRINTABLE.keys())
def test_printable(url: str | None, expected: str | None) -> None:
    assert printable(url) == expected


def test_printable_does_not_change_its_own_work() -> None:
    for _, expected in PRINTABLE.values():
        assert printable(expected) == expected


@pytest.mark.parametrize(
    ("url", "name"), [("https://www.a.example/x", "a.example"), ("http://b.example", "b.example")]
)
def test_host(url: str, name: str) -> None:
    assert host(url) == name
    assert host(None) is None


PAGE = "https://a.example/x"
LONG = "We shall mend the old boat first, and only when it floats shall we talk about a new one"

FRAGMENTS = {
    "short": (PAGE, ["Bread first"], f"{PAGE}#:~:text=Bread%20first"),
    "signs of the syntax": (
        PAGE,
        ["half-built, half&half"],
        f"{PAGE}#:~:text=half%2Dbuilt%2C%20half%26half",
    ),
    "long": (
        PAGE,
        [LONG],
        f"{PAGE}#:~:text=We%20shall%20mend%20the%20old,talk%20about%20a%20new%20one",
    ),
    "in pieces": (PAGE, ["We came,", "we left"], f"{PAGE}#:~:text=We%20came%2C,we%20left"),
    "own fragment": (f"{PAGE}#top", ["Go"], f"{PAGE}#top:~:text=Go"),
    "own directive": (f"{PAGE}#top:~:text=a", ["Go"], f"{PAGE}#top:~:text=Go"),
    "only a directive": (f"{PAGE}#:~:text=a", ["Go"], f"{PAGE}#:~:text=Go"),
    "one long word": (PAGE, ["x" * 10_000], PAGE),
    "no words": (PAGE, [], PAGE),
}


@pytest.mark.parametrize(("url", "pieces", "expected"), FRAGMENTS.values(), ids=FRAGMENTS.keys())
def test_fragment(url: str, pieces: list[str], expected: str) -> None:
    assert to_words(url, pieces) == expected


def test_a_script_without_blanks_is_cut_behind_its_punctuation() -> None:
    said = (
        "汽笛を聞いたとき、父の声を思い出しました。またこの駅に灯りがともるとは、思いませんでした。"
    )
    start, end = unquote(to_words(PAGE, [said])).partition("text=")[2].split(",")
    assert start == "汽笛を聞いたとき、"
    assert end == "思いませんでした。"
