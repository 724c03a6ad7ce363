"""Bytes to a feed: which dialect they are in is told by what they hold, whatever they are called.

A JSON Feed by its brace; else XML by its root, read by lxml. Where the XML is broken and too much
of it is lost, feedparser is asked too, and who finds more articles is believed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from digest.errors import ReadError
from digest.model import Document, Feed
from digest.read.encoding import decode
from digest.read.feed.items import feed
from digest.read.feed.jsonfeed import read_json
from digest.read.feed.loose import LONGEST, read_loosely
from digest.read.feed.syndication import is_feed, read_tree
from digest.read.feed.trees import Tree, local, mend, parse_xml

_BOM = b"\xef\xbb\xbf"
_LOOKS_LIKE_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_LOOKS_LIKE_FEED = re.compile(r"<(?:rss|feed|rdf:rdf|channel|item|entry)\b", re.IGNORECASE)
_SWALLOWED = re.compile(r"<(?:item|entry)\b")
_HEAD = 16_384

_FIND = "Its feed is found by: digest sources add"
# What else a document may be, by its root.
_OTHERS = {
    "html": ("is a web page and no feed", f"{_FIND} ADDRESS; or name it as page ="),
    "urlset": ("is a sitemap and no feed", "Name it as sitemap = and not as feed ="),
    "sitemapindex": ("is a sitemap and no feed", "Name it as sitemap = and not as feed ="),
    "opml": ("is a list of feeds and no feed", "Import it by: digest sources import FILE"),
}


def read_feed(document: Document) -> Feed:
    """The feed in a document: RSS, Atom, RDF or JSON Feed.

    Raises `ReadError` for what is none, saying what it is instead. A feed without entries is one.
    """
    if document.data.removeprefix(_BOM).lstrip()[:1] in {b"{", b"["}:
        text = decode(document.data, document.charset, where=document.origin)
        return feed(read_json(text, document.origin), document)
    tree = parse_xml(document)
    if tree and is_feed(tree.root):
        found = feed(read_tree(tree.root), document)
        return found if tree.sound else _better(found, document)
    second = _read_loosely(document)
    if second and second.entries:
        return second
    raise _no_feed(document, tree)


def _better(found: Feed, document: Document) -> Feed:
    """``found``, or what feedparser makes of the same broken XML if that is more."""
    second = _read_loosely(document)
    if not second or _worth(second) <= _worth(found):
        return found
    return replace(found, entries=second.entries)


def _worth(found: Feed) -> tuple[int, int]:
    """How many entries have a title and a link, and how many have words of their own.

    A tag that was left open draws the entries behind it into its own.
    """
    whole = sum(bool(entry.title and entry.url) for entry in found.entries)
    told = (entry.content or "" for entry in found.entries)
    return whole, sum(bool(words) and not _SWALLOWED.search(words) for words in told)


def _read_loosely(document: Document) -> Feed | None:
    text = mend(decode(document.data, document.charset, where=document.origin))
    if len(text) > LONGEST or not _LOOKS_LIKE_FEED.search(text):
        return None
    channel = read_loosely(text)
    return feed(channel, document) if channel else None


def _no_feed(document: Document, tree: Tree | None) -> ReadError:
    kind = local(tree.root.tag) if tree else ""
    if kind not in _OTHERS and _LOOKS_LIKE_HTML.search(document.data[:_HEAD]):
        kind = "html"
    why, remedy = _OTHERS.get(kind, ("holds no feed that can be read", "Look at it in a browser"))
    return ReadError(document.origin, why, f"{remedy}.")
