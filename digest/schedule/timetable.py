"""Which moments are slots: those of a schedule since it came into force, and few from before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.schedule.when import Schedule, local

#: How far back slots are looked for that nobody was there for.
HORIZON = timedelta(days=31)
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """A schedule, and since when it holds."""

    schedule: Schedule
    #: Earlier moments are none of its slots,
    since: datetime
    #: but for these, which stood open when it came into force.
    kept: tuple[datetime, ...] = ()

    def slots(self, start: datetime, now: datetime) -> tuple[datetime, ...]:
        """The slots later than ``start`` up to ``now``."""
        zone, end = ZoneInfo(self.schedule.timezone), min(self.since, now)
        kept = (local(slot, zone) for slot in self.kept if start < slot <= end)
        return (*kept, *self.schedule.between(max(start, self.since), now))

    def sober(self, now: datetime) -> Timetable:
        """Without a beginning in the future, which a clock that was ahead has noted."""
        return replace(self, since=min(self.since, now))

    def changed(self, schedule: Schedule, open_: Sequence[datetime], now: datetime) -> Timetable:
        """``schedule`` in its place; of the slots that stand ``open_`` it keeps those it has."""
        own = schedule.between(open_[0] - _MOMENT, now) if open_ else ()
        return Timetable(
            schedule=schedule, since=now, kept=tuple(slot for slot in own if slot in {*open_})
        )


def reach(last: datetime | None, now: datetime, stale: timedelta) -> datetime:
    """From when on slots may stand open, if ``last`` is the last one that was decided on.

    Before that nothing is open, but for what may still be tried again.
    """
    horizon = now - HORIZON
    return max(horizon, min(last, now - stale)) if last else horizon
