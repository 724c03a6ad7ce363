"""Markup to plain words, for titles and teasers: cheap, and never wrong by much.

An article's text is not read here: that is the work of the page reader, on a parsed tree.
"""

from __future__ import annotations

import re
from html import escape, unescape
from unicodedata import is_normalized

from digest.text import clean, shorten, squeeze

#: Longest title and teaser, in characters.
TITLE, TEASER = 300, 500

# As much of a teaser's markup as is looked at.
_LOOKED_AT = 8 * TEASER
_UNSEEN = re.compile(
    r"<(script|style|template)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|t[dh]|blockquote|figure|figcaption|section|hr|pre)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?:[a-z/!?][^<>]*)>|<[a-z/!][^<>]*\Z", re.IGNORECASE)
# In a title only these are markup: "How <video> came to be" is about a tag.
_FORMATTING = re.compile(
    r"</?(?:a|abbr|b|big|bdi|bdo|br|cite|code|del|div|dfn|em|font|h[1-6]|i|img|ins|kbd|mark|p|q"
    r"|s|small|span|strong|strike|sub|sup|time|tt|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_DOUBLE = re.compile(r"&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_HAS_TAGS = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_PARTED = re.compile(r"\n\s*\n")


def title(text: str) -> str:
    """A title as plain text: without formatting tags, its entities resolved, on one line."""
    text = text[:_LOOKED_AT]
    if "&" in text:
        text = _resolved(text)
    if "<" in text:
        text = _FORMATTING.sub("", _BLOCK.sub(" ", _UNSEEN.sub(" ", text)))
    return shorten(line(text), TITLE)


def plain(markup: str) -> str:
    """All words of a piece of HTML, on one line."""
    if "<" in markup:
        markup = _TAG.sub("", _BLOCK.sub(" ", _UNSEEN.sub(" ", markup)))
    return line(_resolved(markup) if "&" in markup else markup)


def teaser(markup: str) -> str | None:
    """The first words of a piece of HTML, cut at `TEASER` characters; None if there are none."""
    return shorten(plain(markup[:_LOOKED_AT]), TEASER) or None


def as_html(text: str) -> str:
    """``text`` as a piece of HTML; without a tag in it, its paragraphs are marked up."""
    if _HAS_TAGS.search(text) or not text:
        return text
    paragraphs = _PARTED.split(clean(_resolved(text)).strip())
    return "".join(f"<p>{escape(part.strip(), quote=False)}</p>" for part in paragraphs if part)


def from_plain(text: str) -> str:
    """Plain text, in which a tag means itself, as a piece of HTML."""
    return as_html(escape(clean(text), quote=False))


def line(text: str) -> str:
    """What `squeeze` gives, at once for the many texts that are in order."""
    if text.isprintable() and "  " not in text and is_normalized("NFC", text):
        return text.strip()
    return squeeze(text)


def _resolved(text: str) -> str:
    """``text`` without entities, also where they were escaped twice."""
    text = unescape(text)
    return unescape(text) if _DOUBLE.search(text) else text
