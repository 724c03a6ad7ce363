"""When an article was published, and what says so.

What a page declares comes first, then what its feed says, then what stands beside its headline.
Dates that merely stand somewhere on a page are as often today's or another story's: none of those
is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import islice
from typing import NamedTuple

from digest.model import Entry
from digest.read import jsonld
from digest.read.dates import find_date, parse_date
from digest.read.facts import Said, words_of

_METAS = (
    "article:published_time", "datepublished", "og:published_time", "og:article:published_time",
    "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "published-date",
    "publication_date", "pubdate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "citation_publication_date", "date",
)  # fmt: skip
_DAY_IN_PATH = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=/|-|\Z)")
#: A line that tells of a later change, not of the day it was published.
_CHANGED = re.compile(
    r"\b(?:updated?|modified|revised|reviewed|edited|verified|checked|aktualisiert|geändert"
    r"|mis à jour|actualizado|actualización|aggiornato|atualizado|bijgewerkt|обновлено"
    r"|zaktualizowano)\b|更新",
    re.IGNORECASE,
)
#: A line that tells the day it was published.
_PUBLISHED = re.compile(
    r"\b(?:published|posted|veröffentlicht|publié|publicad[oa]|pubblicat[oa]|gepubliceerd"
    r"|opublikowano|опубликован\w?)\b",
    re.IGNORECASE,
)
# Claims and elements that are looked at.
_MOST, _TIMES = 20, 3
# A moment that pages give in universal time may be the next day already where they are written.
_ONE_DAY = timedelta(days=1)


class Dated(NamedTuple):
    """A day or a moment, and what it was taken from."""

    day: date
    #: For `digest.model.Article.dated_by`.
    by: str
    #: In words that a user understands.
    found: str


def published(said: Said) -> Dated | None:
    """When the article was published, by what page and feed declare.

    Of two days the earlier counts: an edit moves a date on, and none moves it back.
    """
    own, told = next(_declared(said), None), by_feed(said.entry)
    if own and told:
        return told if _day(told.day) < _day(own.day) - _ONE_DAY else _fuller(own, told)
    return own or told or next(_marked(said), None)


def by_feed(entry: Entry | None) -> Dated | None:
    """What a feed says of its entry."""
    return Dated(entry.published, "feed", "feed") if entry and entry.published else None


def shown(declared: Dated | None, above: Sequence[str], below: Sequence[str]) -> Dated | None:
    """``declared``, unless the lines around the headline show readers another day.

    The lines ``below`` the text count only if they say what day it is, and the day of a change
    only where no other is known.
    """
    own = next(filter(None, map(_printed, above)), None)
    if declared and declared.by not in {"feed", "updated"}:
        return own if own and abs(_day(own.day) - _day(declared.day)) > _ONE_DAY else declared
    lines = [*above, *filter(_PUBLISHED.search, below)]
    found = own or next(_mentioned(lines), None)
    return found if found and (not declared or declared.by == "updated") else declared


def _printed(line: str) -> Dated | None:
    """The day that a line consists of."""
    day = None if _CHANGED.search(line) else parse_date(line)
    return Dated(day, "text", "line beside the headline") if day else None


def _mentioned(lines: Sequence[str]) -> Iterator[Dated]:
    """The days that stand in the lines, those of a change last."""
    for by, rule in (("text", "line beside the headline"), ("updated", "line that tells a change")):
        for line in lines:
            found = find_date(line)
            if found and (by == "updated") == bool(_CHANGED.search(line[: found[1]])):
                yield Dated(found[0], by, rule)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _fuller(one: Dated, other: Dated) -> Dated:
    """``one`` with the time of day that the other knows for the same day."""
    timed = not isinstance(one.day, datetime) and isinstance(other.day, datetime)
    return Dated(other.day, *one[1:]) if timed and _day(other.day) == one.day else one


def _declared(said: Said) -> Iterator[Dated]:
    """What data inside the page say, with the time of day that any of them knows."""
    claims = (Dated(day, by, how) for text, by, how in _claims(said) if (day := parse_date(text)))
    found = list(islice(claims, _MOST))
    if found:
        yield reduce(_fuller, found)


def _claims(said: Said) -> Iterator[tuple[str, str, str]]:
    for node in (said.article, *said.graph):
        for value in jsonld.strings(node.get("datePublished")):
            yield value, "json-ld", "JSON-LD datePublished"
    for fact in said.meta(*_METAS):
        yield fact.value, "meta", fact.found
    for element in islice(said.tree.xpath("//*[@itemprop='datePublished']"), 1):
        value = element.get("datetime") or element.get("content") or words_of(element)
        yield value, "meta", "itemprop datePublished"


def _marked(said: Said) -> Iterator[Dated]:
    """What elements for times, and the page's own address, say."""
    changed = []
    for time in islice(said.tree.xpath("//time[@pubdate]|//article//time|//time"), _TIMES):
        words = words_of(time)
        day = parse_date(time.get("datetime") or "") or parse_date(words)
        if day and _CHANGED.search(words):
            changed.append(Dated(day, "updated", "time element of a change"))
        elif day:
            yield Dated(day, "page", "time element")
    match = _DAY_IN_PATH.search(said.url or "")
    if match and (day := parse_date("-".join(match.groups()))):
        yield Dated(day, "address", "address of the page")
    yield from changed
