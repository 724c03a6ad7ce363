"""Sitemaps: of pages, of news, of sitemaps, as XML or as lines, packed or not.

https://www.sitemaps.org/protocol.html, and the news and image extensions of it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.errors import ReadError
from digest.model import Document, Entry, Feed
from digest.read.encoding import decode
from digest.read.feed import words
from digest.read.feed.items import MOST_ENTRIES, newest_first
from digest.read.feed.links import absolute
from digest.read.feed.moments import moment
from digest.read.feed.reading import read_feed
from digest.read.feed.syndication import is_feed
from digest.read.feed.trees import Tree, local, parse_xml
from digest.read.feed.trees import words as text_of
from digest.read.language import normalise

if TYPE_CHECKING:
    from lxml.etree import _Element

    Facts = dict[str, list[str]]

_GZIP = b"\x1f\x8b"
#: What the protocol allows, unpacked, in bytes.
LARGEST = 52_428_800

_LINE = re.compile(r"https?://\S{4,2048}", re.IGNORECASE)


def read_sitemap(document: Document) -> Feed:
    """The pages that a sitemap lists, latest first; of an index, the sitemaps as ``parts``.

    A feed in the place of a sitemap is read as a feed. Raises `ReadError` for what is neither,
    and for packed data that is broken or larger than `LARGEST`.
    """
    if document.data.startswith(_GZIP):
        document = replace(document, data=_unpacked(document))
    tree = parse_xml(document)
    if tree and is_feed(tree.root):
        return read_feed(document)
    if tree and local(tree.root.tag) == "sitemapindex":
        return _index(tree, document)
    if tree and local(tree.root.tag) == "urlset":
        return _pages(tree, document)
    return _lines(document)


def _unpacked(document: Document) -> bytes:
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        data = inflate.decompress(document.data, LARGEST + 1)
    except zlib.error as error:
        raise ReadError(document.origin, "is gzip data that is broken") from error
    if len(data) > LARGEST:
        why = f"unpacks to more than {LARGEST:,} bytes, which no sitemap may have"
        raise ReadError(document.origin, why)
    if not inflate.eof:
        raise ReadError(document.origin, "is gzip data that ends in the middle")
    return data


def _index(tree: Tree, document: Document) -> Feed:
    found = list(_entries(tree.root, "sitemap", document))
    parts = dict.fromkeys(entry.url for entry in newest_first(found) if entry.url)
    return Feed(dialect="sitemap index", parts=tuple(parts))


def _pages(tree: Tree, document: Document) -> Feed:
    entries: dict[str, Entry] = {}
    for entry in _entries(tree.root, "url", document):
        entries.setdefault(entry.id, entry)
    site = next(tree.root.iter("{*}publication"), None)
    facts = _facts(site) if site is not None else {}
    return Feed(
        dialect="news sitemap" if facts else "sitemap",
        title=words.title(_one(facts, "name")) or None,
        language=normalise(_one(facts, "language")),
        entries=newest_first(tuple(entries.values())),
    )


def _entries(root: _Element, name: str, document: Document) -> Iterator[Entry]:
    places = (e for e in root if isinstance(e.tag, str) and local(e.tag) == name)
    for place in islice(places, MOST_ENTRIES):
        facts = _facts(place)
        url = absolute(_one(facts, "loc"), document.url)
        if url and not (name == "url" and _is_front(url)):
            yield _entry(url, facts, document.fetched)


def _is_front(url: str) -> bool:
    """Whether it is a site's front page: every sitemap lists it, and it is no article."""
    parts = urlsplit(url)
    return not (parts.path.strip("/") or parts.query)


def _facts(place: _Element) -> Facts:
    """The words below ``place`` by their names; those of a picture or a film after a colon."""
    facts: Facts = {}
    for element in place.iterdescendants():
        if isinstance(element.tag, str) and not len(element):
            parent = local(element.getparent().tag)
            prefix = f"{parent}:" if parent in {"image", "video"} else ""
            facts.setdefault(prefix + local(element.tag), []).append(text_of(element).strip())
    return facts


def _one(facts: Facts, name: str) -> str:
    return next(iter(facts.get(name, ())), "")


def _entry(url: str, facts: Facts, now: datetime) -> Entry:
    return Entry(
        id=url,
        url=url,
        title=words.title(_one(facts, "title")),
        published=moment(_one(facts, "publication_date"), now),
        updated=moment(_one(facts, "lastmod"), now),
        language=normalise(_one(facts, "language")),
        site=words.title(_one(facts, "name")) or None,
        image=absolute(_one(facts, "image:loc"), url),
        tags=tuple(filter(None, map(words.title, _one(facts, "keywords").split(",")))),
    )


def _lines(document: Document) -> Feed:
    """A sitemap as text: an address on each line, and nothing else."""
    text = decode(document.data, document.charset, where=document.origin)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not all(map(_LINE.fullmatch, lines)):
        remedy = "Look at it in a browser: a sitemap has a root named urlset or sitemapindex."
        raise ReadError(document.origin, "is no sitemap", remedy)
    urls = dict.fromkeys(filter(None, map(absolute, lines[:MOST_ENTRIES])))
    entries = (Entry(id=url, url=url) for url in urls if not _is_front(url))
    return Feed(dialect="sitemap", entries=tuple(entries))
