"""When a newsletter is due: its slots, one for each time that its schedule names.

Time is real time, and the clocks of a zone are changed. A time that they skip is due at the first
instant after the gap, a time that they repeat at its first pass: so nothing is lost or doubled.
What runs in every hour follows the clock instead, through both passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from heapq import merge
from zoneinfo import ZoneInfo

from cronsim import CronSim

from digest.errors import ConfigError
from digest.schedule.words import crons

#: How far back the last slot is looked for, each time four times as far: an hour to 59 years.
_WINDOWS = tuple(timedelta(hours=4**power) for power in range(10))


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

    def after(self, moment: datetime) -> Iterator[datetime]:
        """The slots later than ``moment``, in order; there is no end to them."""
        start, last, zone = moment.astimezone(UTC), moment.astimezone(UTC), ZoneInfo(self.timezone)
        for slot in merge(*(_instants(cron, start, zone) for cron in self.crons)):
            if slot > last:
                last = slot
                yield local(slot, zone)

    def between(self, start: datetime, end: datetime) -> Iterator[datetime]:
        """The slots later than ``start`` up to ``end``, which is one of them if it is a slot."""
        limit = end.astimezone(UTC)
        for slot in self.after(start):
            if slot > limit:
                return
            yield slot

    def latest_before(self, moment: datetime) -> datetime | None:
        """The last slot that is due at ``moment``: it may be ``moment`` itself."""
        for window in _WINDOWS:
            last = None
            for last in self.between(moment.astimezone(UTC) - window, moment):
                pass
            if last:
                return last
        return None


def parse(*texts: str, timezone: str) -> Schedule:
    """The schedule that ``texts`` name together, in the zone with that IANA name.

    Raises `ConfigError`; its ``why`` and ``remedy`` fit any key, its ``where`` is the text.
    """
    if not texts:
        raise ConfigError("schedule", "is empty", 'Write it like "weekdays at 07:30".')
    found = dict.fromkeys(cron for text in texts for cron in crons(text))
    return Schedule(texts=texts, crons=tuple(found), timezone=timezone)


def local(instant: datetime, zone: ZoneInfo) -> datetime:
    """``instant`` as the clocks of ``zone`` show it, with the offset there as a fixed one."""
    shown = instant.astimezone(zone)
    offset = shown.utcoffset() or timedelta()
    return shown.replace(tzinfo=timezone(offset), fold=0)


def _instants(cron: str, start: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """What cronsim finds from ``start`` on, in UTC; some may be before it, or come twice."""
    return (slot.astimezone(UTC) for slot in CronSim(cron, start.astimezone(zone)))
