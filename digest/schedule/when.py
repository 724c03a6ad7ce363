"""When a newsletter is due: its slots, one for each time that its schedule names.

Time is real time, and the clocks of a zone are changed. A time that they skip is due at the first
instant after the gap, a time that they repeat at its first pass: so nothing is lost or doubled.
What runs in every hour follows the clock instead, through both passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from heapq import heappop, heappush, merge
from zoneinfo import ZoneInfo

from cronsim import CronSim

from digest.errors import ConfigError
from digest.schedule.words import crons

_DAY = timedelta(days=1)
#: A slot that is further away comes never, such as one that a zone's clocks will have no more.
_FURTHEST = timedelta(days=3_660)
#: A cron expression whose minutes and hours are spelled out; older signatures have the wording.
_CRON = re.compile(r"[\d,]+ (\*|[\d,]+)( \S+){3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The slots of a newsletter.

    A slot is an aware ``datetime`` of whole seconds that shows the time of its zone and holds the
    offset there as a fixed one: so two slots compare, subtract and hash as the instants they are.
    (With a ``ZoneInfo`` they would compare by the clock's face, which repeats itself.)
    """

    #: As the user wrote it.
    texts: tuple[str, ...]
    #: Cron expressions of five fields; a slot of any is a slot.
    crons: tuple[str, ...]
    #: IANA name.
    timezone: str

    @property
    def signature(self) -> str:
        """The same for all schedules with the same slots, however they are worded."""
        return "\n".join((self.timezone, *sorted(map(_sorted, self.crons))))

    def times(self) -> Iterator[time]:
        """The times of day of all slots, as the clocks show them."""
        for cron in self.crons:
            minutes, hours, *_ = cron.split()
            for hour in range(24) if hours == "*" else map(int, hours.split(",")):
                yield from (time(hour, int(minute)) for minute in minutes.split(","))

    def after(self, moment: datetime) -> Iterator[datetime]:
        """The slots later than ``moment``, in order; there is no end to them."""
        start, last, zone = moment.astimezone(UTC), moment.astimezone(UTC), ZoneInfo(self.timezone)
        for slot in merge(*(_instants(cron, start, zone) for cron in self.crons)):
            if slot > last:
                last = slot
                yield local(slot, zone)

    def next(self, moment: datetime) -> datetime | None:
        """The first slot later than ``moment``; None if there is none any more."""
        return next(self.between(moment, moment + _FURTHEST), None)

    def between(self, start: datetime, end: datetime) -> Iterator[datetime]:
        """The slots later than ``start`` up to ``end``, which is one of them if it is a slot."""
        limit = end.astimezone(UTC)
        for slot in self.after(start):
            if slot > limit:
                return
            yield slot


def parse(*texts: str, timezone: str) -> Schedule:
    """The schedule that ``texts`` name together, in the zone with that IANA name.

    Raises `ConfigError`, whose ``why`` and ``remedy`` fit whatever key the texts came from.
    """
    if not texts:
        raise ConfigError("schedule", "is empty", 'Write it like "weekdays at 07:30".')
    found = dict.fromkeys(cron for text in texts for cron in crons(text))
    return Schedule(texts=texts, crons=tuple(found), timezone=timezone)


def recalled(signature: str) -> Schedule | None:
    """The schedule with that signature; None if there can be none (any more)."""
    zone, *lines = signature.split("\n")
    try:
        ZoneInfo(zone)
        found = [it for line in lines for it in ((line,) if _CRON.match(line) else crons(line))]
    except (ConfigError, ValueError, KeyError):  # KeyError: a zone that the tables lack
        return None
    return Schedule(texts=tuple(lines), crons=tuple(found), timezone=zone)


def local(instant: datetime, zone: ZoneInfo) -> datetime:
    """``instant`` as the clocks of ``zone`` show it, with the offset there as a fixed one."""
    shown = instant.astimezone(zone)
    offset = shown.utcoffset() or timedelta()
    return shown.replace(tzinfo=timezone(offset), fold=0)


def _sorted(cron: str) -> str:
    return " ".join(",".join(sorted(field.split(","))) for field in cron.split())


def _instants(cron: str, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """What is due from ``start`` on, in UTC and in order; some may be before it, or come twice."""
    if cron.split()[1] == "*":
        return _every_pass(cron, start.astimezone(zone).replace(tzinfo=None) - _DAY, zone)
    return (slot.astimezone(UTC) for slot in CronSim(cron, start.astimezone(zone)))


def _every_pass(cron: str, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which the clocks show a time that is due: none, one or two for each.

    cronsim can follow the clock too, but loses a run where it is put back by half an hour.
    """
    waiting: list[datetime] = []
    for face in CronSim(cron, start):
        first, second = (_instant(face, zone, fold) for fold in (0, 1))
        for instant in {first, second}:
            if instant.astimezone(zone).replace(tzinfo=None) == face:
                heappush(waiting, instant)
        while waiting and waiting[0] <= first:
            yield heappop(waiting)


def _instant(face: datetime, zone: ZoneInfo, fold: int) -> datetime:
    return face.replace(tzinfo=zone, fold=fold).astimezone(UTC)
