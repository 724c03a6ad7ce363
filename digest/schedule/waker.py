"""APScheduler, with nothing to do but to wake: at each slot, and at each beat of the heart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Self

from apscheduler.schedulers.background import (  # type: ignore[import-untyped] # has no types
    BackgroundScheduler,
)

from digest.schedule.trigger import CronsimTrigger
from digest.schedule.when import Schedule

#: However late a waking comes, it comes; several that are late are one.
_ALWAYS = {"misfire_grace_time": None, "coalesce": True}


class Waker:
    """A context in which ``wake`` is called at each slot and ``beat`` at each interval.

    Both are called in threads of APScheduler's.
    """

    def __init__(
        self,
        schedules: Iterable[Schedule],
        *,
        wake: Callable[[], None],
        beat: Callable[[], None],
        every: timedelta,
    ) -> None:
        # Memory is enough: which slots are done is for the ledger to say.
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._scheduler.add_job(beat, "interval", seconds=every.total_seconds(), **_ALWAYS)
        for schedule in schedules:
            self._scheduler.add_job(wake, CronsimTrigger(schedule), **_ALWAYS)

    def __enter__(self) -> Self:
        self._scheduler.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._scheduler.shutdown()
