"""The guard against floods: a known source that suddenly has a lot of news is asked about.

A site that moves, a feed that makes up new ids, an archive that is published again: each would
fill an issue with what is old. What looks so is held until the user decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from digest.model import Entry
from digest.sources.marks import Listed
from digest.visits import Past

#: Entries that are never too many.
FEW = 20
#: How many times the usual is a flood.
TIMES = 3
#: Unknown entries from before the last look that are no accident, and how long before it.
OLD, LATE = 5, timedelta(days=2)
#: A source that is looked at more often is judged as if it were looked at so often.
RHYTHM = timedelta(days=1)
#: Days with news after which the usual is known.
DAYS = 3


def flood(unknown: Sequence[Listed], past: Past, now: datetime) -> tuple[tuple[Listed, ...], str]:
    """The unknown entries to hold back, and why."""
    if past.read is None:
        return (), ""
    before = min(past.read, now - RHYTHM) - LATE
    is_old = [(day := instant(it.entry)) is not None and day < before for it in unknown]
    old = tuple(it for it, aged in zip(unknown, is_old, strict=True) if aged)
    rest = tuple(it for it, aged in zip(unknown, is_old, strict=True) if not aged)
    if len(old) >= OLD and len(old) >= len(rest):
        if too_many(rest, past, now):
            return tuple(unknown), f"{len(unknown)} new entries at once, most of them old"
        return old, f"{len(old)} entries that are new here but older than the last look"
    if too_many(unknown, past, now):
        return tuple(unknown), f"{len(unknown)} new entries at once, far more than usual"
    return (), ""


def too_many(unknown: Sequence[Listed], past: Past, now: datetime) -> bool:
    """Whether a source has far more news than its rhythm lets expect."""
    if len(past.arrivals) < DAYS:  # no rhythm known: what has a new date may well be new
        unknown = [it for it in unknown if instant(it.entry) is None]
    return len(unknown) > max(FEW, TIMES * usual(past, now))


def usual(past: Past, now: datetime) -> float:
    """New entries to expect: as many as on the best day, or as came in so much time."""
    if not past.arrivals or past.read is None:
        return 0.0
    numbers = [number for _, number in past.arrivals]
    span = max(past.read - past.arrivals[-1][0], RHYTHM)
    return max(*numbers, sum(numbers) * ((now - past.read) / span))


def instant(entry: Entry) -> datetime | None:
    """When an entry says it was published; of a day without a time of day, its end."""
    day: date | None = entry.published or entry.updated
    if day is None:
        return None
    if not isinstance(day, datetime):
        day = datetime.combine(day, time.max)
    return day if day.tzinfo else day.replace(tzinfo=UTC)
