"""Exactly one run a day, whatever is done to the clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from digest.schedule.changes import ClockChange, changes
from digest.schedule.when import Schedule, parse
from tests.schedule.clocks import Clock, days

#: Gaps at midnight, before it and at night, of 30, 60 and 120 minutes; whole and odd offsets.
ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Los_Angeles",
    "America/New_York", "America/Nuuk", "America/Santiago", "America/St_Johns",
    "Antarctica/Troll", "Asia/Beirut", "Asia/Kolkata", "Asia/Tokyo", "Atlantic/Azores",
    "Australia/Lord_Howe", "Europe/Berlin", "Europe/London", "Pacific/Chatham", "UTC",
)  # fmt: skip
TIMES = tuple(time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45))
YEARS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


def test_one_run_a_day_at_every_time_around_every_change() -> None:
    """Under the zones' rules of 2026 these are 60 changes, and 5,760 cases."""
    around = [
        (zone, days(change.at.date() - timedelta(days=2), 5))
        for zone in ZONES
        for change in changes(zone, *YEARS)
    ]
    cases = [
        (zone, moment, clock.first(on, [moment]))
        for zone, on in around
        for clock in [Clock(zone, on[0], len(on))]
        for moment in TIMES
    ]
    wrong = [case for case in cases if not _is_right(*case)]
    assert not wrong, f"{len(cases) - len(wrong):,} of {len(cases):,} are right"
    assert len(cases) > 5_000


def _is_right(zone: str, moment: time, due: list[datetime]) -> bool:
    return _around(parse(f"daily at {moment:%H:%M}", timezone=zone), due) == due


def _around(schedule: Schedule, wanted: list[datetime]) -> list[datetime]:
    second = timedelta(seconds=1)
    return list(schedule.between(wanted[0] - second, wanted[-1] + second))


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles"])
def test_monday_at_midnight_never_loses_a_week(zone: str) -> None:
    schedule = parse("0 0 * * mon", timezone=zone)
    start, end = (datetime(year, 1, 1, tzinfo=ZoneInfo(zone)) for year in (2020, 2040))
    slots = list(schedule.between(start, end))
    mondays = [day for day in days(date(2020, 1, 1), 7305) if day.weekday() == 0]
    assert [slot.date() for slot in slots] == mondays
    assert {slot.time() for slot in slots} == {time(0)}


#: Each form with the days it means, told without cron, and its times of day.
FORMS: dict[str, tuple[Callable[[date], bool], tuple[time, ...]]] = {
    "daily at 02:30": (lambda _: True, (time(2, 30),)),
    "every day at 0:00": (lambda _: True, (time(0),)),
    "daily at 7:00 and 18:15": (lambda _: True, (time(7), time(18, 15))),
    "weekdays at 02:00": (lambda day: day.weekday() < 5, (time(2),)),
    "weekends at 00:30": (lambda day: day.weekday() > 4, (time(0, 30),)),
    "mon, thu at 18:00": (lambda day: day.weekday() in (0, 3), (time(18),)),
    "friday to monday at 2:15, 02:45": (
        lambda day: day.weekday() in (4, 5, 6, 0), (time(2, 15), time(2, 45))
    ),
    "first monday of the month at 09:00": (
        lambda day: day.weekday() == 0 and day.day <= 7, (time(9),)
    ),
    "second and fourth sunday of every month at 02:30": (
        lambda day: day.weekday() == 6 and (day.day - 1) // 7 in (1, 3), (time(2, 30),)
    ),
    "last friday of the month at 09:00": (
        lambda day: day.weekday() == 4 and (day + timedelta(days=7)).month != day.month,
        (time(9),),
    ),
    "1st and 15th of the month at 09:00": (lambda day: day.day in (1, 15), (time(9),)),
    "last day of the month at 00:00": (
        lambda day: (day + timedelta(days=1)).day == 1, (time(0),)
    ),
    "every 6 hours": (lambda _: True, tuple(time(hour) for hour in (0, 6, 12, 18))),
    "0 */2 * * *": (lambda _: True, tuple(time(hour) for hour in range(0, 24, 2))),
    "*/30 2 * * 0": (lambda day: day.weekday() == 6, (time(2), time(2, 30))),
    "30 7 * * 1-5": (lambda day: day.weekday() < 5, (time(7, 30),)),
    "0 9 13 * fri": (lambda day: day.day == 13 or day.weekday() == 4, (time(9),)),
    "15 3 29 feb,mar *": (lambda day: day.month in (2, 3) and day.day == 29, (time(3, 15),)),
}  # fmt: skip
YEAR_ZONES = (
    "Africa/Casablanca", "America/Havana", "America/Santiago", "Australia/Lord_Howe",
    "Europe/Berlin", "UTC",
)  # fmt: skip


@cache
def _year(zone: str) -> Clock:
    return Clock(zone, date(2027, 1, 1), 365)


@pytest.mark.parametrize("zone", YEAR_ZONES)
@pytest.mark.parametrize("text", FORMS)
def test_a_year_of_every_form(text: str, zone: str) -> None:
    means, times = FORMS[text]
    wanted = _year(zone).first(filter(means, days(date(2027, 1, 1), 365)), times)
    assert _around(parse(text, timezone=zone), wanted) == wanted


@pytest.mark.parametrize("zone", YEAR_ZONES)
@pytest.mark.parametrize(
    ("text", "minutes"),
    [("every hour", {0}), ("every 30 minutes", {0, 30}), ("30 * * * *", {30})],
)
def test_what_runs_in_every_hour_follows_the_clock(text: str, minutes: set[int], zone: str) -> None:
    clock = _year(zone)
    faces = zip(clock.instants, clock.faces, strict=True)
    wanted = [instant for instant, face in faces if face.minute in minutes]
    assert _around(parse(text, timezone=zone), wanted) == wanted


def test_every_hour_of_some_days_begins_after_a_gap_at_midnight() -> None:
    schedule = parse("0 * * * sun", timezone="America/Santiago")
    slots = schedule.after(datetime(2027, 9, 4, 12, tzinfo=UTC))
    assert next(slots).isoformat() == "2027-09-05T01:00:00-03:00"
    assert next(slots).isoformat() == "2027-09-05T02:00:00-03:00"


def test_changes_are_told_with_their_first_instant() -> None:
    found = list(changes("Australia/Lord_Howe", *YEARS))[:2]
    assert found == [
        ClockChange(at=datetime(2026, 4, 4, 15, tzinfo=UTC), by=timedelta(minutes=-30)),
        ClockChange(at=datetime(2026, 10, 3, 15, 30, tzinfo=UTC), by=timedelta(minutes=30)),
    ]
    assert [change.at.isoformat() for change in found] == [
        "2026-04-05T01:30:00+10:30", "2026-10-04T02:30:00+11:00"
    ]  # fmt: skip


def test_a_change_belongs_to_the_time_that_ends_with_it() -> None:
    instant, second = datetime(2027, 3, 28, 1, tzinfo=UTC), timedelta(seconds=1)
    assert [it.at for it in changes("Europe/Berlin", instant - second, instant)] == [instant]
    assert not list(changes("Europe/Berlin", instant, instant + second))
    assert not list(changes("Europe/Berlin", instant - 2 * second, instant - second))
