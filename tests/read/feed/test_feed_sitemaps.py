"""Sitemaps of every kind, and what is none."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.model import Feed
from digest.read.feed import read_sitemap
from tests.read.feed.pairs import attempt, document

NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
PAGES = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NAMESPACES}>
<url><loc>https://x.example/old</loc><lastmod>2025-01-02</lastmod><priority>0.5</priority></url>
<url><loc> https://x.example/new?utm_source=map </loc><lastmod>2026-11-20T10:00:00+00:00</lastmod>
  <image:image><image:loc>/i.jpg</image:loc><image:title>A boat</image:title></image:image></url>
<url><loc>https://x.example/new#part</loc><lastmod>2026-11-20T10:00:00+00:00</lastmod></url>
<url><loc>javascript:alert(1)</loc></url>
<url><lastmod>2026-11-20</lastmod></url>
</urlset>"""
NEWS = f"""<urlset {NAMESPACES}>
<url><loc>https://x.example/1</loc><news:news><news:publication><news:name>The Post</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2026-11-19T08:00:00+01:00</news:publication_date>
<news:title>Salt &amp;amp; pepper</news:title>
<news:keywords>salt, pepper</news:keywords></news:news></url>
<url><loc>https://x.example/2</loc><news:news><news:publication><news:name>The Post</news:name>
<news:language>en</news:language></news:publication>
<news:publication_date>2026-11-20</news:publication_date><news:title>Sugar</news:title></news:news></url>
</urlset>"""
INDEX = f"""<sitemapindex {NAMESPACES}>
<sitemap><loc>https://x.example/a.xml.gz</loc><lastmod>2025-01-01</lastmod></sitemap>
<sitemap><loc>https://x.example/b.xml</loc><lastmod>2026-01-01</lastmod></sitemap>
<sitemap><loc>https://x.example/b.xml</loc><lastmod>2026-01-01</lastmod></sitemap>
</sitemapindex>"""


def read(text: str | bytes) -> Feed:
    return read_sitemap(document(text.encode() if isinstance(text, str) else text))


def test_pages_come_latest_first() -> None:
    feed = read(PAGES)
    assert feed.dialect == "sitemap"
    assert [entry.url for entry in feed.entries] == [
        "https://x.example/new",
        "https://x.example/old",
    ]
    newest, oldest = feed.entries
    assert newest.updated == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert (newest.published, newest.title, newest.id) == (None, "", newest.url)
    assert newest.image == "https://x.example/i.jpg"
    assert oldest.updated == date(2025, 1, 2)


def test_a_page_without_a_date_keeps_its_place() -> None:
    urls = "".join(f"<url><loc>https://x.example/{n}</loc></url>" for n in (3, 1, 2))
    feed = read(f"<urlset {NAMESPACES}>{urls}</urlset>")
    assert [entry.id[-1] for entry in feed.entries] == ["3", "1", "2"]


def test_a_front_page_is_no_article() -> None:
    front = ["https://x.example/", "https://x.example"]
    urls = "".join(f"<url><loc>{url}</loc></url>" for url in (*front, "https://x.example/?p=1"))
    lines = "\n".join((*front, "https://x.example/?p=1"))
    for sitemap in (f"<urlset {NAMESPACES}>{urls}</urlset>", lines):
        assert [entry.url for entry in read(sitemap).entries] == ["https://x.example/?p=1"]


def test_news_give_titles_dates_and_the_name_of_the_paper() -> None:
    feed = read(NEWS)
    assert (feed.dialect, feed.title, feed.language) == ("news sitemap", "The Post", "en")
    second, first = feed.entries
    assert (second.title, second.published) == ("Sugar", date(2026, 11, 20))
    assert (first.title, first.language) == ("Salt & pepper", "en")
    assert (first.site, first.tags) == ("The Post", ("salt", "pepper"))
    assert first.published
    assert first.published.isoformat() == "2026-11-19T08:00:00+01:00"


def test_an_index_names_its_parts_latest_first() -> None:
    feed = read(INDEX)
    assert feed.parts == ("https://x.example/b.xml", "https://x.example/a.xml.gz")
    assert feed.entries == ()


def test_packed_sitemaps_are_unpacked() -> None:
    assert read(gzip.compress(PAGES.encode())) == read(PAGES)


def test_lines_are_a_sitemap() -> None:
    feed = read("\ufeffhttps://x.example/1\r\nhttps://x.example/2\n\nhttps://x.example/1\n")
    assert [entry.url for entry in feed.entries] == ["https://x.example/1", "https://x.example/2"]


def test_a_feed_in_the_place_of_a_sitemap_is_read() -> None:
    feed = read("<rss version='2.0'><channel><item><title>A</title></item></channel></rss>")
    assert [entry.title for entry in feed.entries] == ["A"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"<html><body>404</body></html>", "is no sitemap"),
        (b"Not found", "is no sitemap"),
        (gzip.compress(PAGES.encode())[:-20], "ends in the middle"),
        (b"\x1f\x8b" + b"x" * 40, "is broken"),
        (gzip.compress(bytes(60_000_000), 9), "more than 52,428,800 bytes"),
        (gzip.compress(gzip.compress(PAGES.encode())), "gzip data"),
    ],
    ids=["empty", "page", "words", "cut off", "broken", "a bomb", "packed twice"],
)
def test_what_is_no_sitemap_is_named(data: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read(data)


def test_a_sitemap_may_be_large() -> None:
    urls = "".join(
        f"<url><loc>https://x.example/{n}</loc><lastmod>2026-01-01</lastmod></url>"
        for n in range(50_050)
    )
    assert len(read(f"<urlset {NAMESPACES}>{urls}</urlset>").entries) == 50_000


@settings(max_examples=80, deadline=None)
@given(st.sampled_from([PAGES, NEWS, INDEX]), st.data())
def test_a_torn_sitemap_gives_a_feed_or_an_error(sample: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, len(sample)))
    torn = sample[:start].encode() + data.draw(st.binary(max_size=9)) + sample[end:].encode()
    packed = data.draw(st.booleans())
    feed = attempt(lambda: read(gzip.compress(torn) if packed else torn))
    assert feed is None or all(e.url for e in feed.entries if feed.dialect.endswith("sitemap"))
