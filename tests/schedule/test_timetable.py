"""What makes two schedules one, and which moments are slots after a change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.schedule.timetable import HORIZON, Timetable, reach
from digest.schedule.when import parse, recalled

START = datetime(2026, 11, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["daily at 7:30"], ["daily at 07:30"]),
        (["mon at 7:30", "thu at 9:00"], ["thu at 9:00", "mon at 7:30"]),
        (["mon, thu at 7:30 and 9:00"], ["thu, mon at 9:00 and 7:30"]),
        (["every 6 hours"], ["0 0,6,12,18 * * *"]),
    ],
)
def test_a_schedule_is_known_again_in_other_words(one: list[str], other: list[str]) -> None:
    signature = parse(*one, timezone="Europe/Berlin").signature
    assert parse(*other, timezone="Europe/Berlin").signature == signature
    assert parse(*other, timezone="Europe/Paris").signature != signature


@pytest.mark.parametrize(
    "text",
    [
        "daily at 7:30",
        "first monday of the month at 09:00",
        "last weekday of the month at 8:00",
        "* 7-22 * * *",
        "every 5 minutes",
    ],
)
def test_a_signature_gives_its_schedule(text: str) -> None:
    it = parse(text, timezone="Europe/Berlin")
    again = recalled(it.signature)
    assert again
    assert again.signature == it.signature
    end = START + timedelta(days=40)
    assert list(again.between(START, end)) == list(it.between(START, end))


@pytest.mark.parametrize(
    ("noted", "known"),
    [
        ("UTC\ndaily at 7:30", True),  # as earlier versions noted it
        ("Nowhere/Else\n30 7 * * *", False),
        ("UTC\nwhenever", False),
        ("", False),
    ],
)
def test_what_was_noted_by_another_version(noted: str, known: bool) -> None:  # noqa: FBT001 - a column
    again = recalled(noted)
    assert bool(again) is known
    assert again is None or again.signature == parse("daily at 07:30", timezone="UTC").signature


def test_a_change_keeps_the_open_slots_that_both_have() -> None:
    before = Timetable(schedule=parse("every 2 hours", timezone="UTC"), since=START)
    now = START + 9 * HOUR
    open_ = before.slots(START, now)
    after = before.changed(parse("every 3 hours", timezone="Europe/Berlin"), open_, now)
    # In Berlin at 3, 6 and 9, which is 2, 5 and 8 in UTC.
    assert after.slots(START, now) == (START + 2 * HOUR, START + 8 * HOUR)
    assert {slot.utcoffset() for slot in after.slots(START, now)} == {HOUR}
    assert after.slots(START + 2 * HOUR, now + 3 * HOUR) == (START + 8 * HOUR, START + 11 * HOUR)
    assert before.changed(after.schedule, (), now).slots(START, now) == ()


def test_a_clock_that_is_set_back_behind_a_change_doubles_nothing() -> None:
    hourly = parse("every hour", timezone="UTC")
    ahead = START + 5 * HOUR
    kept = (START + HOUR, START + 4 * HOUR)
    back = Timetable(schedule=hourly, since=ahead, kept=kept).sober(START + 2 * HOUR)
    assert back.slots(START, ahead) == tuple(START + n * HOUR for n in (1, 3, 4, 5))


def test_how_far_back_slots_may_stand_open() -> None:
    half = 12 * HOUR
    assert reach(None, START, half) == START - HORIZON
    assert reach(START - HOUR, START, half) == START - half
    assert reach(START - 20 * HOUR, START, half) == START - 20 * HOUR
    assert reach(START - 2 * HORIZON, START, half) == START - HORIZON
