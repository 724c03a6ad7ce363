"""Front pages without a feed: their articles and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.read.feed import read_listing
from tests.read.feed.pairs import DATA, attempt, differences, document, expected

PAGES = sorted((DATA / "pages").glob("*.html"))
CARDS = (DATA / "pages" / "cards.html").read_bytes()


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_the_articles_of_a_front_page(file: Path) -> None:
    feed = read_listing(document(file.read_bytes()))
    assert list(differences(feed, expected(file))) == []
    assert feed.dialect == "page"
    assert [entry.id for entry in feed.entries] == [entry.url for entry in feed.entries]


@pytest.mark.parametrize(
    ("select", "count"),
    [
        ("main h3 a", 3),
        ("section.grid article", 3),
        ("aside li", 2),
        (".card > a:first-child", 4),
        ("main a", 6),
    ],
)
def test_a_selector_decides(select: str, count: int) -> None:
    assert len(read_listing(document(CARDS), select=select).entries) == count


def test_a_selected_link_brings_what_stands_around_it() -> None:
    first, *_ = read_listing(document(CARDS), select="section.grid h3 a").entries
    assert first.title == "Gulls lose again, and nobody is surprised"
    assert (
        first.description == "The fourth defeat in a row leaves the club two points above the drop."
    )
    assert first.image == "https://news.example/img/gulls.jpg"
    assert first.published


@pytest.mark.parametrize(
    ("select", "why"),
    [
        ("main >", "is wrong"),
        ("a[", "is wrong"),
        ("a:no-such-thing", "is wrong"),
        ("table a", "fits no link"),
    ],
)
def test_a_wrong_selector_is_named(select: str, why: str) -> None:
    with pytest.raises(ReadError, match=why) as caught:
        read_listing(document(CARDS), select=select)
    assert repr(select) in caught.value.why


@pytest.mark.parametrize(
    "page",
    [
        "<p>Only words.</p>",
        "<nav><a href='/a'>Home</a><a href='/b'>News</a><a href='/c'>About us</a></nav>",
        "<a href='javascript:x()'>A very long headline in a script</a>" * 5,
        "<a href='#one'>A very long headline on this page</a>" * 5,
        "<p>Words that go before <a href='/old-story-of-the-gulls'>a link to a story</a>.</p>" * 3,
    ],
    ids=["no links", "a menu", "scripts", "jumps", "links in prose"],
)
def test_a_page_without_a_list_is_named(page: str) -> None:
    with pytest.raises(ReadError, match="no list of articles"):
        read_listing(document(page.encode()))


def test_an_empty_page_is_an_error() -> None:
    with pytest.raises(ReadError, match="is empty"):
        read_listing(document(b""))


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "<a href='/a-b-c-d'>One two three four</a>",
        "<a href='/a-b-c-d'>" * 20_000,
        "<p>" + "<a href='/a-b-c-{}'>One two three four</a> and ".format("x") * 5_000,
        "".join(
            f"<li><a href='/story-number-{n}-of-many'>Story {n} of many</a>" for n in range(5000)
        ),
        "<a href='/x-y-z'>" + "word " * 100_000 + "</a><a href='/x-y-w'>b c d e f</a>",
        "<table>" + "<tr><td><a href='/a-b-c-1'>A b c d e</a></td></tr>" * 8_000,
    ],
    ids=["deep", "open anchors", "a long paragraph", "a long list", "a long label", "a long table"],
)
def test_bulk_on_a_page_is_borne(page: str) -> None:
    feed = attempt(lambda: read_listing(document(page.encode())))
    assert feed is None or 0 < len(feed.entries) <= 300


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([file.read_bytes() for file in PAGES]), st.data())
def test_a_torn_page_gives_a_feed_or_an_error(sample: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, len(sample)))
    torn = sample[:start] + data.draw(st.binary(max_size=9)) + sample[end:]
    feed = attempt(lambda: read_listing(document(torn)))
    assert feed is None or all(entry.url and entry.title for entry in feed.entries)
