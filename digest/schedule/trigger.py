"""What wakes APScheduler: the slots of a schedule, and nothing of its own."""

from __future__ import annotations

from datetime import datetime

from apscheduler.triggers.base import BaseTrigger  # type: ignore[import-untyped] # has no types

from digest.schedule.when import Schedule


class CronsimTrigger(BaseTrigger):  # type: ignore[misc] # its base has no types
    """Fires at each slot of a schedule.

    What fired before plays no part: which slots were missed or are done is for the ledger to say,
    and a clock that stood wrong for a while leaves nothing behind here.
    """

    __slots__ = ("_schedule",)

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule

    def get_next_fire_time(
        self, previous_fire_time: datetime | None, now: datetime
    ) -> datetime | None:
        """The first slot after ``now``."""
        del previous_fire_time
        return self._schedule.next(now)
