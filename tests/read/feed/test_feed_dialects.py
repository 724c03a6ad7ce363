"""Feeds of every dialect and with every common fault, beside what they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.read.feed import read_feed
from tests.read.feed.pairs import DATA, differences, document, expected

FEEDS = sorted(file for file in DATA.iterdir() if file.suffix in {".xml", ".rdf", ".json"})


@pytest.mark.parametrize("file", FEEDS, ids=lambda file: file.name)
def test_a_feed_is_read(file: Path) -> None:
    feed = read_feed(document(file.read_bytes(), url=None))
    assert list(differences(feed, expected(file))) == []


@pytest.mark.parametrize("file", FEEDS, ids=lambda file: file.name)
def test_the_same_feed_twice_gives_the_same(file: Path) -> None:
    data = document(file.read_bytes())
    assert read_feed(data) == read_feed(data)


def test_a_feed_names_the_paper_of_what_lies_on_its_own_host() -> None:
    links = ("https://www.wire.example/1", "https://other.example/2", "")
    items = "".join(
        f"<item><title>{n}</title><link>{url}</link></item>" for n, url in enumerate(links)
    )
    head = "<title>The Wire</title><link>https://wire.example/</link>"
    feed = f"<rss version='2.0'><channel>{head}{items}</channel></rss>"
    found = read_feed(document(feed.encode(), url="https://feeds.example/wire"))
    assert [entry.site for entry in found.entries] == ["The Wire", None, None]
