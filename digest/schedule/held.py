"""How much of a time nothing could go out in: it was paused, or in its quiet hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from digest.schedule.slots import Pause, Quiet

_DAY = timedelta(days=1)


def held(
    since: datetime,
    until: datetime,
    *,
    quiet: Sequence[Quiet],
    pauses: Iterable[Pause],
    timezone: str,
) -> timedelta:
    """What pauses and quiet hours cover of the time from ``since`` to ``until``, in all."""
    start, end = since.astimezone(UTC), until.astimezone(UTC)
    spans = [(it.since.astimezone(UTC), (it.until or until).astimezone(UTC)) for it in pauses]
    covered = timedelta(0)
    for first, last in sorted((*spans, *_nights(start, end, quiet, ZoneInfo(timezone)))):
        if (upto := min(last, end)) > start:
            covered += max(timedelta(0), upto - max(first, start))
            start = upto
    return covered


def _nights(
    start: datetime, end: datetime, quiet: Sequence[Quiet], zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """The quiet hours of each day that may reach into a time, by the clocks of ``zone``."""
    day, last = start.astimezone(zone).date() - _DAY, end.astimezone(zone).date()
    while quiet and day <= last:
        for hours in quiet:
            morrow = day + _DAY if hours.end < hours.start else day
            first = datetime.combine(day, hours.start, zone)
            yield first.astimezone(UTC), datetime.combine(morrow, hours.end, zone).astimezone(UTC)
        day += _DAY
