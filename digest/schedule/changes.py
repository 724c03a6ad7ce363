"""When the clocks of a zone are changed, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from digest.schedule.when import local

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """The clocks of a zone are put forward or back."""

    #: The first instant after it, in the new offset.
    at: datetime
    #: Positive if they go forward.
    by: timedelta


def changes(timezone: str, start: datetime, end: datetime) -> Iterator[ClockChange]:
    """The changes in the zone with that IANA name later than ``start``, up to ``end``.

    Two within a day that undo each other are not seen.
    """
    zone, limit = ZoneInfo(timezone), end.astimezone(UTC)
    before = start.astimezone(UTC)
    while before < limit:
        after = min(before + _DAY, limit)
        by = _offset(after, zone) - _offset(before, zone)
        if by:
            yield ClockChange(at=local(_first(before, after, zone), zone), by=by)
        before = after


def _first(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second with the offset of ``after``: by halves, and ``before`` has another."""
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if _offset(middle, zone) == _offset(after, zone):
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()
