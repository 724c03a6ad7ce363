"""The words that a feed gives of an article, as a document in place of the article's page."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape, unescape

from digest.model import Document, Entry

#: Characters without which they are no article: a link that says "Comments" is none.
_LEAST = 80

_TAG = re.compile(r"<[^<>]*>")


def feed_words(document: Document) -> Document | None:
    """``document`` with what its entry says for data; None if that is too little."""
    entry = document.entry
    if document.fragment or entry is None or _length(entry) < _LEAST:
        return None
    return in_feed_words(document, entry)


def in_feed_words(document: Document, entry: Entry) -> Document:
    """``document`` with what ``entry`` says for data, however little."""
    words = entry.content or f"<p>{escape(entry.description or '')}</p>"
    return replace(
        document,
        data=words.encode("utf-8", "replace"),
        media_type="text/html",
        charset="utf-8",
        url=entry.url,
        fragment=True,
    )


def _length(entry: Entry) -> int:
    if entry.content:
        return len(unescape(_TAG.sub("", entry.content)).strip())
    return len((entry.description or "").strip())
