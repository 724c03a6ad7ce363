"""Feeds in XML that is broken beyond mending: feedparser reads them as if they were HTML.

It sanitises nothing and resolves no address here: `items` does, for all dialects alike. It is
given text without a document type, so that there is no entity to expand.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from digest.read.feed.items import Channel, Item

#: Characters; it takes a second for a million of them.
LONGEST = 2_000_000

# What a second opinion on hostile data may raise inside; it is then none.
_STUMBLES = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


def read_loosely(text: str) -> Channel | None:
    """The channel of a feed as feedparser understands it; None if it stumbles."""
    import feedparser  # type: ignore[import-untyped]  # it has no types

    # From a stream, since it takes other input for the name of a file or an address to open.
    try:
        found = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _STUMBLES:
        return None
    return Channel(
        dialect=_DIALECTS.get(found.get("version", ""), "RSS"),
        title=_text(found.feed, "title"),
        site=_text(found.feed, "link"),
        language=_text(found.feed, "language"),
        items=map(_item, found.entries),
    )


_DIALECTS = {
    "rss090": "RSS 0.90", "rss091n": "RSS 0.91", "rss091u": "RSS 0.91", "rss092": "RSS 0.92",
    "rss10": "RSS 1.0", "rss20": "RSS 2.0", "atom03": "Atom 0.3", "atom10": "Atom 1.0",
    "atom": "Atom 1.0",
}  # fmt: skip


def _item(found: dict[str, Any]) -> Item:
    entry = dict(found)  # its own kind of dict answers one key for another, and warns of it
    return Item(
        id=_text(entry, "id"),
        links=(_text(entry, "feedburner_origlink"), _text(entry, "link")),
        title=_text(entry, "title"),
        teaser=_text(entry, "summary"),
        body=max((_text(each, "value") for each in _list(entry, "content")), key=len, default=""),
        authors=tuple(_text(each, "name") for each in _list(entry, "authors")),
        published=(_text(entry, "published"), _text(entry, "created")),
        updated=(_text(entry, "updated"),),
        language=_text(entry, "language"),
        images=tuple(_images(entry)),
        tags=tuple(_text(each, "label") or _text(each, "term") for each in _list(entry, "tags")),
    )


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _list(entry: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = entry.get(key)
    return value if isinstance(value, list) else []


def _images(entry: dict[str, Any]) -> Iterator[str]:
    for media in (*_list(entry, "media_content"), *_list(entry, "enclosures")):
        if "image" in {_text(media, "medium"), _text(media, "type").partition("/")[0]}:
            yield _text(media, "url") or _text(media, "href")
    yield from (_text(media, "url") for media in _list(entry, "media_thumbnail"))
