"""What an entry is known by, made of what its source says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from html import unescape
from urllib.parse import urlsplit

from digest.model import Entry, Mark

#: Takes out of an address what does not matter for what it leads to.
Canonical = Callable[[str], str]

_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry of a list with what it is known by."""

    entry: Entry
    mark: Mark


def mark(entry: Entry, canonical: Canonical, *, teaser: bool = True) -> Mark:
    """The hashes that `digest.sources.recall` knows an entry again by.

    Without ``teaser`` only the title counts as its words: what a page's list says beside it,
    such as "3 hours ago", is another thing at every look.
    """
    url = canonical(entry.url) if entry.url else ""
    title = _words(entry.title)
    said = (entry.content or entry.description or "") if teaser else ""
    words = f"{title}\n{_words(said)}".strip()
    place = _place(url)
    published = entry.published.isoformat() if entry.published else ""
    return Mark(
        id=_hash(entry.id),
        url=_hash(url),
        words=_hash(words),
        place=_hash(f"{place}\n{title}") if place and title else "",
        dated=_hash(f"{published}\n{words}") if published and words else "",
    )


def _place(url: str) -> str:
    """An address without its host; empty for a site's front page, which many entries may share."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no address
        return ""
    place = parts.path.rstrip("/")
    return f"{place}?{parts.query}" if parts.query else place


def _words(text: str) -> str:
    """What a reader reads of it: a change of markup or of spacing is no edit."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join((unescape(text) if "&" in text else text).split())


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest() if text else ""
