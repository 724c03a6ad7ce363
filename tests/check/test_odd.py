"""Messages that are beyond any mail program: they are told, never a traceback, and soon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from digest.check import Level, inspect, open_proof
from digest.check.reading import ELEMENTS
from digest.check.selectors import Matcher, selectors
from digest.cli.commands import cli
from tests.check.sample import HTML, TEXT, faults, message, swapped


def nested(count: int) -> bytes:
    kind = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    return b"From: a@post.example\r\n" + b"".join(kind % (n, n) for n in range(count)) + b"\r\nx"


def forwarded(count: int) -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" * count + b"\r\nx"


def with_html(what: str) -> bytes:
    return message(html=swapped(HTML, ("<h3>", f"{what}<h3>")))


def with_style(sheet: str) -> bytes:
    return message(html=swapped(HTML, ("</style>", f"{sheet}</style>")))


def odd() -> Iterator[tuple[str, str, bytes]]:
    """A name, what is said not to be read, and the message."""
    yield "nested", "the first 10 parts that hold parts", nested(2_000)
    yield "forwarded", "the first 10 parts that hold parts", forwarded(2_000)
    parts = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 50_000
    yield "parts", "the first 1,000 parts", parts
    yield "bytes", "the first 10,240,000 bytes", message(text="word " * 4_000_000)
    yield "lines", "the first 250,000 lines", message(text="\n" * 300_000)
    people = ", ".join(f"p{number}@post.example" for number in range(50_000))
    yield "addresses", "To behind its first 8,192 characters", message(headers={"To": people})
    yield "headers", "headers behind the first 1,000", b"X: y\r\n" * 20_000 + message()
    yield "tables", "stand in 250 others", with_html("<table><tr><td>" * 20_000)
    yield "elements", "elements behind the first 20,000", with_html("<i>x</i>" * 50_000)
    yield "html", "HTML behind its first 1,000,000", with_html(f"<p>{'word ' * 300_000}</p>")
    names = " ".join(f"a{number}=1" for number in range(100_000))
    yield "attributes", "a tag of more than 4,000 words", with_html(f"<p {names}>x</p>")
    yield "text", "text behind its first 1,000,000", message(text=TEXT + "word " * 300_000)
    yield "styles", "style sheets behind", with_style("p { color: red; " * 3_000 + "}" * 3_000)


ODD = tuple(odd())


@pytest.mark.parametrize(("what", "raw"), [it[1:] for it in ODD], ids=[it[0] for it in ODD])
def test_what_is_beyond_reading_is_told(what: str, raw: bytes) -> None:
    found = [it for it in inspect(raw).findings if it.rule == "unread"]
    assert [it.level for it in found] == [Level.ERROR]
    assert any(what in it for it in found[0].where)


@pytest.mark.parametrize("raw", [nested(2_000), forwarded(2_000)], ids=["nested", "forwarded"])
def test_the_command_tells_it_and_fails(
    raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd.eml").write_bytes(raw)
    done = CliRunner().invoke(cli, ["check", "odd.eml", "--json"])
    assert done.exit_code == 1
    assert not isinstance(done.exception, RecursionError)
    told = json.loads(done.stdout)["findings"]
    assert "unread" in {it["rule"] for it in told}
    assert "parts" not in {it["rule"] for it in told}


def test_sizes_are_true_where_not_all_is_read() -> None:
    raw = with_html(f"<style>{'a{color:red}' * 10_000}</style>{'<i>x</i>' * 200_000}")
    sizes = inspect(raw).gauge
    assert sizes.html == len(HTML) + 120_000 + len("<style></style>") + 1_600_000
    assert sizes.styles > 120_000
    assert len(open_proof(raw).elements) <= ELEMENTS + 1


def test_selectors_that_would_take_the_square_are_left() -> None:
    sheet = " ".join(f"{'* ' * (n + 2)}{{ color: #222 }}" for n in range(60))
    deep = ("<div>" * 200 + "x" + "</div>" * 200) * 30
    raw = message(html=swapped(HTML, ("</style>", f"{sheet}</style>"), ("<h3>", f"{deep}<h3>")))
    assert "style-unread" in {it.rule for it in faults(raw)}


PAGE = etree.fromstring(
    "<html><body id='b'><div class='a c'><p>1</p><p class='c'>2</p><i><p>3</p></i></div>"
    "<p lang='de'>4</p><ul><li>5</li><li class='c'>6</li><li>7</li></ul></body></html>",
    etree.HTMLParser(),
)
SELECTORS = [
    "*", "p", "P", ".c", "p.c", "#b", "body#b", ".a.c", "#b #b", "div p", "div > p", "* * p",
    "div p + p", "p + i", "li ~ li", "li ~ .c", "div .c", "body > * > p", "p[lang]", "[lang] , i p",
    "li:first-child", "li:last-child + li", "p:not(.c)", "html div", "i > p, ul > li", "a:hover",
    "div ~ p", "div ~ ul li", "* > li", ".none p", "p .c",
]  # fmt: skip


@pytest.mark.parametrize("written", SELECTORS)
def test_selectors_match_what_xpath_matches(written: str) -> None:
    from cssselect import HTMLTranslator

    elements = tuple(PAGE.iter(etree.Element))
    matcher = Matcher(elements)
    found = {element for it in selectors(written) for element in matcher.match(it)}
    assert found == set(PAGE.xpath(HTMLTranslator().css_to_xpath(written)))


@pytest.mark.parametrize(
    "written",
    ["p:nope", ":is(" * 5_000, "p{", "", "p " * 5_000, ".a" * 5_000, "ns|p", "ns|p:hover"],
)
def test_what_is_no_selector_matches_nothing_or_little(written: str) -> None:
    matcher = Matcher(tuple(PAGE.iter(etree.Element)))
    assert not any(matcher.match(it) for it in selectors(written))
