"""Dates as pages, mails and people write them.

Numbers alone are read only where one reading exists: ``03/04/2022`` is two days at once, and a
wrong date is worse than none. A time of day counts only with its zone, since a moment that could
be anywhere on earth is no moment.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

#: Languages whose months are known, by their CLDR locale. No name is two months, so the order is
#: free: each takes milliseconds to load, and only until a name is found.
LOCALES = (
    "en", "ar", "ca", "cs", "da", "de", "el", "es", "fi", "fr", "he", "hu", "id", "it", "nb", "nl",
    "pl", "pt", "ro", "ru", "sv", "tr", "uk",
)  # fmt: skip

# Zones by name, in hours: those of RFC 5322 (4.3) and of Europe. A letter code that means two
# zones in two countries is read as RFC 5322 reads it.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "cest": 2,
    "eet": 2, "eest": 3, "msk": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})(?!\d)", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_NAME = r"(?P<name>[^\W\d_]{2,15})[.׳'’]?"
_ORDINAL, _OF = r"(?:st|nd|rd|th|er|[.ºª°])?", r"(?:of\s|del?\s|d['’])?"
_NO_NUMBER_BEFORE = r"(?<![\d/.:-])"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # 2022-10-27, 2022/10/27
        rf"{_NO_NUMBER_BEFORE}(?P<year>\d{{4}})([-/.]){_MONTH}\2{_DAY}(?!\d)",
        # 2022年10月27日
        rf"(?<!\d)(?P<year>\d{{4}})\s?[年년]\s?{_MONTH}\s?[月월]\s?{_DAY}\s?[日號号일]",
        # 27 October 2022, 27. Oktober 2022, 1er octobre 2022, 27 de octubre de 2022, 27-Oct-2022
        rf"{_NO_NUMBER_BEFORE}{_DAY}{_ORDINAL}[\s-]{{0,3}}{_OF}{_NAME}[\s,-]{{1,3}}{_OF}{_YEAR}",
        # October 27, 2022
        rf"\b{_NAME}\s{{1,3}}{_DAY}(?:st|nd|rd|th)?[\s,]{{1,4}}{_YEAR}",
        # 2022. október 27
        rf"{_NO_NUMBER_BEFORE}(?P<year>\d{{4}})\.?\s{{1,3}}{_NAME}\s{{1,3}}{_DAY}(?![\d:])",
        # 27.10.2022, 27/10/2022: which is which is decided by the values
        rf"{_NO_NUMBER_BEFORE}(?P<first>\d{{1,2}})(?P<mark>[./-])\s?(?P<second>\d{{1,2}})(?P=mark)\s?{_YEAR}",
    )
)

_TIME = re.compile(
    r"(?:T|[\s,|·–—-]{0,3}(?:at |um |à |kl\.? |ore |alle |a las |às |в )?)"
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"\s?(?P<half>[apAP]\.?[mM]\b\.?)?(?:\s?(?:Uhr|h)\b)?"
    r"(?:\s?\(?(?:(?P<offset>(?:UTC|GMT)?[+-]\d{2}:?\d{2})|(?P<zone>[A-Za-z]{1,4}\b))\)?)?",
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}Z?)?")
_WORD = re.compile(r"[^\W\d_]+")
# What may follow: a zone we do not know, or "г." after a Russian year.
_TAIL = re.compile(r"\W{0,9}[^\W\d_]{0,4}\W{0,9}")

#: A line of more words than this beside its date tells something else.
_LABEL_WORDS = 2


def parse_date(text: str) -> date | None:
    """The date that ``text`` consists of, a label such as "Published on" and a weekday aside.

    A `datetime` with its zone where the text gives a time and a zone, else a plain `date`.
    """
    text = text.strip()
    if len(text) > 100:
        return None
    if match := _COMPACT.fullmatch(text):
        return _day(*map(int, match.groups()))
    found = find_date(text)
    if not found:
        return None
    published, start, end = found
    before = _WORD.findall(text[:start])
    if len(before) > _LABEL_WORDS:
        before = [word for word in before if not _is_weekday(_key(word))]
    labelled = len(before) <= _LABEL_WORDS and not re.search(r"\d", text[:start])
    return published if labelled and _TAIL.fullmatch(text, end) else None


def find_date(text: str) -> tuple[date, int, int] | None:
    """The first date inside ``text``, with its offsets; a time that follows it belongs to it."""
    found = min(filter(None, map(_first, _PATTERNS, [text] * len(_PATTERNS))), default=None)
    if not found:
        return None
    start, end, day = found
    moment, end = _moment(day, text, end)
    return moment, start, end


def _first(pattern: re.Pattern[str], text: str) -> tuple[int, int, date] | None:
    """Where ``pattern`` first gives a day of the calendar."""
    return next(_days(pattern, text), None)


def _days(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int, date]]:
    for match in pattern.finditer(text):
        parts = match.groupdict()
        if "mark" in parts:
            day = _numeric(
                parts["mark"], *map(int, (parts["first"], parts["second"], parts["year"]))
            )
        else:
            month = _month(_key(parts["name"])) if "name" in parts else int(parts["month"])
            day = _day(int(parts["year"]), month, int(parts["day"]))
        if day:
            yield match.start(), match.end(), day


def _numeric(mark: str, first: int, second: int, year: int) -> date | None:
    """Points part day, month and year; strokes do so in half of the world only."""
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if mark == "." or day_first == month_first:
        return day_first
    return None if day_first and month_first else day_first or month_first


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(day: date, text: str, end: int) -> tuple[date, int]:
    """``day`` with the time of day that stands at ``end``, and where that ends."""
    match = _TIME.match(text, end)
    if not match or not (match["minute"] or match["half"]):
        return day, end
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"][0] in "pP")
    zone = _zone(match["offset"], match["zone"])
    try:
        clock = time(hour, int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return day, end
    return (datetime.combine(day, clock, zone) if zone else day), match.end()


def _zone(offset: str | None, name: str | None) -> timezone | None:
    if offset:
        digits = re.sub(r"\D", "", offset)
        shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        if shift >= timedelta(days=1):
            return None
        return timezone(-shift if "-" in offset else shift)
    hours = _ZONES.get(name.casefold()) if name else None
    return None if hours is None else timezone(timedelta(hours=hours))


def _key(word: str) -> str:
    return unicodedata.normalize("NFC", word.casefold()).strip(".׳'’")


def _month(name: str) -> int:
    """The number of a month; 0 for what is the name of none."""
    known = (months(locale).get(name) for locale in LOCALES)
    return next(filter(None, known), 0)


def _is_weekday(name: str) -> bool:
    return any(name in _weekdays(locale) for locale in LOCALES)


@cache
def months(locale: str) -> dict[str, int]:
    """Months by name, in full and short, in every grammatical case that CLDR lists."""
    from babel.dates import get_month_names

    found = {"sept": 9} if locale == "en" else {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, context, locale).items():
                # Catalan writes "d’octubre"; Hebrew joins "in" to the month.
                bare = re.sub(r"^(?:de |d’)", "", _key(name))
                found |= {bare: number} | ({"ב" + bare: number} if locale == "he" else {})
    return found


@cache
def _weekdays(locale: str) -> frozenset[str]:
    from babel.dates import get_day_names

    return frozenset(
        _key(word)
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, "format", locale).values()
        for word in _WORD.findall(name)
    )
