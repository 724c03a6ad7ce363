"""Dates of feeds: the two standard forms quickly, all others as pages write them.

A date that cannot be is no date: feeds give the epoch, the year 1 or the year 9999 where their
software had none to give. A near future stays, since clocks and embargoes differ; whoever selects
decides on it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from digest.read.dates import parse_date

# Earlier ones come from software that has none to give.
_EARLIEST = 1900
_AHEAD = timedelta(days=366)
_EPOCH = date(1970, 1, 1)

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# Hours east of Greenwich: the names of RFC 5322 (4.3), and those that mean one zone only.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2,
    "met": 1, "mest": 2, "eet": 2, "eest": 3, "sast": 2, "cat": 2, "eat": 3, "msk": 3, "trt": 3,
    "pkt": 5, "wib": 7, "hkt": 8, "sgt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5,
    "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "nst": -3.5, "ndt": -2.5,
    "brt": -3, "art": -3, "clt": -4, "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6,
    "mst": -7, "pdt": -7, "pst": -8, "akdt": -8, "akst": -9, "hst": -10,
}  # fmt: skip

_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s)?(\d{1,2})[\s-]([A-Za-z]{3})[a-z]{0,6}\.?,?[\s-](\d{4}|\d\d)"
    r"(?:[\sT,]{1,2}(\d{1,2}:\d\d.*))?"
)
# What C's asctime and Unix' date write: "Fri Nov 20 10:00:00 UTC 2026".
_UNIX_DATE = re.compile(
    r"([A-Za-z]{3}),? ([A-Za-z]{3}) (\d{1,2}) (\d\d:\d\d:\d\d(?: \S{1,6})?) (\d{4})"
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T\s]\s?(\d{1,2}:\d\d.*))?", re.IGNORECASE)
_CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(?:([ap])\.?m\.?\s?)?"
    r"(?:(?:UTC|GMT)?([+-])(\d\d):?(\d\d)?|([a-z]{1,5}))?(?:[\s\[(].*)?",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"\d{9,10}")


def moment(text: str, now: datetime) -> date | None:
    """The date that ``text`` gives, with its own zone; ``now`` is when the feed was fetched.

    A plain `date` where it gives no time or no zone. None where it gives none that can be.
    """
    text = " ".join(text.split())
    if not text or len(text) > 100:
        return None
    try:
        found = _iso(text) or _written(text) or _counted(text)
    except (ValueError, OverflowError):
        return None
    return found if found and can_be(found, now) else None


def instant(day: date) -> datetime:
    """``day`` as a moment to sort by; a plain date stands for its first second."""
    if isinstance(day, datetime):
        return day.astimezone(UTC)
    return datetime.combine(day, time(), UTC)


def _iso(text: str) -> date | None:
    """RFC 3339 and its relatives."""
    match = _ISO.fullmatch(text)
    return _at(date(*map(int, match.groups()[:3])), match[4]) if match else None


def _written(text: str) -> date | None:
    """RFC 822 in English, else what `parse_date` reads."""
    text = _UNIX_DATE.sub(r"\1 \3 \2 \5 \4", text)
    match = _RFC_822.fullmatch(text)
    month = _MONTHS.get(match[2].lower()) if match else None
    if not match or not month:
        return parse_date(text)
    year = int(match[3])
    if len(match[3]) == 2:
        year += 2000 if year < 70 else 1900
    return _at(date(year, month, int(match[1])), match[4])


def _counted(text: str) -> date | None:
    """Seconds since 1970."""
    return datetime.fromtimestamp(int(text), UTC) if _SECONDS.fullmatch(text) else None


def _at(day: date, clock: str | None) -> date:
    """``day`` at the time of day in ``clock``, where that has a zone."""
    match = _CLOCK.fullmatch(clock) if clock else None
    zone = _zone(match) if match else None
    if not match or not zone:
        return day
    hour, minute = int(match[1]), int(match[2])
    if hour > 24 or minute > 59:
        return day
    if match[4]:
        hour = hour % 12 + 12 * (match[4] in "pP")
    second = min(int(match[3] or 0), 59)  # a leap second
    midnight = datetime.combine(day, time(), zone)
    # The hour 24 is the first of the next day.
    return midnight + timedelta(hours=hour, minutes=minute, seconds=second)


def _zone(match: re.Match[str]) -> timezone | None:
    if match[5]:
        shift = timedelta(hours=int(match[6]), minutes=int(match[7] or 0))
        known = shift <= timedelta(hours=14)
        return timezone(-shift if match[5] == "-" else shift) if known else None
    hours = _ZONES.get(match[8].lower()) if match[8] else None
    return None if hours is None else timezone(timedelta(hours=hours))


def can_be(day: date, now: datetime) -> bool:
    """Whether something can have been published on ``day``, as seen from ``now``."""
    if day.year < _EARLIEST or day.year >= 9999:
        return False
    when = instant(day)
    return when.date() != _EPOCH and when <= now.astimezone(UTC) + _AHEAD
