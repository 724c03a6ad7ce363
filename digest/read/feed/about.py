"""What a card on a front page says of its article: when it came out, how it begins, its picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.model import Entry
from digest.read.dates import find_date
from digest.read.feed import words
from digest.read.feed.cards import Card
from digest.read.feed.links import absolute
from digest.read.feed.moments import can_be, moment
from digest.read.feed.teaser import says_more
from digest.text import shorten, squeeze
from digest.text import words as words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = ("p", "div", "ul", "ol", "table", "section", "article", "header", "footer", "figure")
_PROSE = ("p", "dd", "div", "span", "blockquote", "td")
_FEWEST_WORDS, _LONGEST_TEASER, _LONGEST_DATE = 6, 1500, 80
_DAY_IN_PATH = re.compile(r"/(20\d\d)[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?=[/-]|\Z)")
_DECORATION = re.compile(r"avatar|icon|logo|pixel|spacer|emoji", re.IGNORECASE)
_SMALL = re.compile(r"[0-9]{1,2}")
_SOURCES = ("data-src", "data-lazy-src", "data-original", "src")


def entry(card: Card, base: str | None, now: datetime, language: str | None) -> Entry:
    """The entry of a card on a page in ``language`` that was fetched at ``now``."""
    return Entry(
        id=card.url,
        url=card.url,
        title=card.title,
        published=published(card, now),
        language=language,
        description=_teaser(card),
        image=next(filter(None, (absolute(found, base) for found in _images(card))), None),
    )


def published(card: Card, now: datetime) -> date | None:
    """The date in the card: of a ``<time>``, in its words, else in the address."""
    return next((day for day in _dates(card, now) if day and can_be(day, now)), None)


def _dates(card: Card, now: datetime) -> Iterator[date | None]:
    for element in card.element.iter("time"):
        yield moment(element.get("datetime", ""), now)
        yield moment("".join(element.itertext()), now)
    for text in (*card.element.itertext(), _before(card.element)):
        if text.strip() and len(text) < _LONGEST_DATE and text.strip() not in card.title:
            found = find_date(text)
            yield found[0] if found else None
    if match := _DAY_IN_PATH.search(urlsplit(card.url).path):
        yield moment("-".join(match.groups()), now)


def _before(element: HtmlElement) -> str:
    """The words just before an element, as in a list of dates and what happened then."""
    previous = element.getprevious()
    if previous is None or next(previous.iter("a"), None) is not None:
        return ""
    return squeeze(" ".join(previous.itertext()))


def _teaser(card: Card) -> str | None:
    """The longest run of words in the card that is not its headline."""
    claims = (_prose(element, card.title) for element in card.element.iter(*_PROSE))
    found = max(claims, key=len, default="")
    return shorten(found, words.TEASER) or None


def _prose(element: HtmlElement, title: str) -> str:
    if next(element.iterdescendants(*_BLOCKS), None) is not None:
        return ""
    text = squeeze(" ".join(element.itertext()))
    is_prose = len(words_of(text)) >= _FEWEST_WORDS and len(text) <= _LONGEST_TEASER
    return text if is_prose and text not in title and not says_more(text) else ""


def _images(card: Card) -> Iterator[str]:
    for image in card.element.iter("img"):
        small = any(_SMALL.fullmatch(image.get(side, "")) for side in ("width", "height"))
        if not small and not _DECORATION.search(image.get("class", "") + image.get("src", "")):
            sets = (image.get(name, "") for name in ("data-srcset", "srcset"))
            yield from filter(None, map(_largest, sets))
            yield from (image.get(name, "") for name in _SOURCES)


def _largest(srcset: str) -> str:
    """The last address of a ``srcset``, which lists them by size as all software writes it."""
    return srcset.rstrip(", ").rpartition(", ")[2].strip().partition(" ")[0]
