"""APScheduler asks the schedule, and nothing else decides."""

from __future__ import annotations

from datetime import UTC, datetime

from apscheduler.schedulers.background import (  # type: ignore[import-untyped] # has no types
    BackgroundScheduler,
)

from digest.schedule.trigger import CronsimTrigger
from digest.schedule.when import parse

SCHEDULE = parse("daily at 02:30", timezone="Europe/Berlin")


def test_it_fires_at_the_first_slot_after_the_present() -> None:
    now = datetime(2027, 3, 27, 12, tzinfo=UTC)
    fires = CronsimTrigger(SCHEDULE).get_next_fire_time(None, now)
    assert fires
    assert fires.isoformat() == "2027-03-28T03:00:00+02:00"


def test_what_fired_while_the_clock_was_wrong_is_forgotten() -> None:
    now = datetime(2027, 3, 27, 12, tzinfo=UTC)
    trigger = CronsimTrigger(SCHEDULE)
    for wrong in (datetime(2031, 1, 1, tzinfo=UTC), datetime(1999, 1, 1, tzinfo=UTC)):
        assert trigger.get_next_fire_time(wrong, now) == trigger.get_next_fire_time(None, now)


def test_apscheduler_takes_it() -> None:
    scheduler = BackgroundScheduler(timezone=UTC)
    job = scheduler.add_job(SCHEDULE.after, CronsimTrigger(SCHEDULE), args=[datetime.now(UTC)])
    before = datetime.now(UTC)
    scheduler.start(paused=True)
    try:
        assert job.next_run_time in SCHEDULE.between(
            before, next(SCHEDULE.after(job.next_run_time))
        )
    finally:
        scheduler.shutdown()
