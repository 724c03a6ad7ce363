"""Links that open the source at the very words that the digest quotes.

Source: WICG, "URL Fragment Text Directives" (scroll-to-text-fragment). A browser that does not
know them opens the page at its top.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

# Lengths are in bytes of UTF-8, which say about the same in every script.
#: A quote up to this long is named whole, a longer one by its first and last words.
_WHOLE = 80
#: The first and the last words are at least this long, so that they are hardly repeated.
_END = 20
#: A longer term would be no words of any language.
_LONGEST = 400

# Where a term may be cut: browsers match whole words, and only between these is it certain, in a
# script without blanks too, that one ends.
_BOUNDARY = re.compile(r"\s+|(?<=[、。，！？；：…])")


def to_words(url: str, pieces: Sequence[str]) -> str:
    """``url`` with a directive that finds the quote whose ``pieces`` stand apart in the text.

    A directive follows the page's own fragment, if there is one, and replaces a former one.
    """
    directive = _directive(pieces)
    if not directive:
        return url
    page, _, fragment = url.partition("#")
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={directive}"


def _directive(pieces: Sequence[str]) -> str:
    """``start,end``, or the words themselves if they are few; empty if they make no term."""
    if not pieces:
        return ""
    terms: tuple[str, ...] = (pieces[0],)
    if len(pieces) > 1 or _size(pieces[0]) > _WHOLE:
        terms = (_first(pieces[0]), _last(pieces[-1]))
    return ",".join(map(_encode, terms)) if max(map(_size, terms)) <= _LONGEST else ""


def _first(text: str) -> str:
    heads = (text[: cut.start()] for cut in _BOUNDARY.finditer(text))
    return next((head for head in heads if _size(head) >= _END), text)


def _last(text: str) -> str:
    tail = text
    for cut in _BOUNDARY.finditer(text, max(0, len(text) - _LONGEST)):
        if _size(text[cut.end() :]) < _END:
            break
        tail = text[cut.end() :]
    return tail


def _size(text: str) -> int:
    return len(text.encode())


def _encode(term: str) -> str:
    # A hyphen marks a prefix or suffix, so it is encoded too; `quote` leaves it.
    return quote(term, safe="").replace("-", "%2D")
