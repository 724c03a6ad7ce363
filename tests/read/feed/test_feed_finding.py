"""The feeds that a page names, and where one may be looked for."""

from __future__ import annotations

import pytest

from digest.errors import ReadError
from digest.read.feed import FeedLink, find_feeds, guess_feeds
from tests.read.feed.pairs import document

PAGE = """<!DOCTYPE html><html><head><base href="/blog/">
<link rel="stylesheet" type="text/css" href="/feed.css">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/"
  title="Ansel &raquo; Comments Feed">
<link rel="alternate" type="application/rss+xml" title="Ansel &raquo; Feed"
  href="/feed/?token=a&amp;utm_source=b">
<link rel="alternate" type="application/atom+xml; charset=utf-8" href="atom.xml">
<link rel="Alternate Feed" type="application/feed+json" title="JSON" href="feed.json">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">
<link rel="alternate" type="application/json+oembed" href="/wp-json/oembed/1.0/embed?format=json">
<link rel="alternate" hreflang="de" href="/de/">
<link rel="alternate" type="text/xml" href="/index.rss">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
</head><body>
<p><a href="/feed/?token=a&amp;utm_source=b">RSS</a> <a href="/podcast.rss">Podcast</a>
<a href="https://pod.example/feeds/show.xml"><img src="/rss.png" alt="RSS"></a>
<a href="/subscribe">News feed</a> <a href="/cattle-feed-prices">Cattle feed prices</a>
<a href="/feeding-the-gulls">Feeding the gulls</a></p></body></html>"""


def test_the_feeds_of_a_page_come_likeliest_first() -> None:
    found = find_feeds(document(PAGE.encode()))
    assert [(link.url, link.how) for link in found] == [
        ("https://news.example/feed/?token=a&utm_source=b", "link"),
        ("https://news.example/blog/atom.xml", "link"),
        ("https://news.example/blog/feed.json", "link"),
        ("https://news.example/index.rss", "link"),
        ("https://news.example/podcast.rss", "anchor"),
        ("https://pod.example/feeds/show.xml", "anchor"),
        ("https://news.example/subscribe", "anchor"),
        ("https://news.example/comments/feed/", "link"),
    ]
    assert found[0] == FeedLink(
        url="https://news.example/feed/?token=a&utm_source=b",
        title="Ansel » Feed",
        media_type="application/rss+xml",
        how="link",
    )


@pytest.mark.parametrize(
    "page", ["<p>Hello</p>", "plain words", "<link rel=alternate type=application/rss+xml>"]
)
def test_a_page_may_name_none(page: str) -> None:
    assert find_feeds(document(page.encode())) == ()


def test_an_empty_page_is_an_error() -> None:
    with pytest.raises(ReadError, match="is empty"):
        find_feeds(document(b""))


def test_guesses_begin_below_the_page_and_end_on_top() -> None:
    guesses = guess_feeds("https://x.example/blog/2026/post.html?utm_source=a")
    assert guesses[0] == "https://x.example/blog/2026/feed"
    assert guesses.index("https://x.example/feed") < guesses.index("https://x.example/?feed=rss2")
    assert len(set(guesses)) == len(guesses) <= 30


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("https://x.example", "https://x.example/feed"),
        ("https://x.example/news", "https://x.example/news/feed"),
        ("https://x.example/news/", "https://x.example/news/feed"),
        ("https://x.example/news/index.php", "https://x.example/news/feed"),
    ],
)
def test_the_first_guess(url: str, first: str) -> None:
    assert guess_feeds(url)[0] == first


@pytest.mark.parametrize("url", ["", "mailto:a@x.example", "file:///etc", "x.example"])
def test_no_guess_without_a_site(url: str) -> None:
    assert guess_feeds(url) == ()
