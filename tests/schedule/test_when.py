"""The slots of a schedule: in order, each once, and instants that compare."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.schedule.when import Schedule, parse
from tests.schedule.test_when_clocks import FORMS, ZONES

BERLIN = ZoneInfo("Europe/Berlin")


def test_slots_show_the_time_of_the_zone_and_keep_its_offset() -> None:
    schedule = parse("weekdays at 07:30", timezone="Europe/Berlin")
    slots = islice(schedule.after(datetime(2027, 3, 25, 12, tzinfo=UTC)), 2)
    assert [slot.isoformat() for slot in slots] == [
        "2027-03-26T07:30:00+01:00", "2027-03-29T07:30:00+02:00"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("crons", "following"),
    [
        (("30 7 29 2 *",), "2028-02-29T07:30:00+00:00"),
        (("30 7 * 2 mon#5",), None),  # of 2044
        ((), None),
    ],
)
def test_what_is_too_far_away_comes_never(crons: tuple[str, ...], following: str | None) -> None:
    slot = Schedule(texts=(), crons=crons, timezone="UTC").next(datetime(2026, 11, 20, tzinfo=UTC))
    assert (slot.isoformat() if slot else None) == following


def test_slots_of_a_repeated_hour_compare_as_instants() -> None:
    schedule = parse("every 30 minutes", timezone="Europe/Berlin")
    slots = list(islice(schedule.after(datetime(2026, 10, 24, 23, 45, tzinfo=UTC)), 4))
    assert [slot.strftime("%H:%M%z") for slot in slots] == [
        "02:00+0200", "02:30+0200", "02:00+0100", "02:30+0100"
    ]  # fmt: skip
    assert len(set(slots)) == 4
    assert {later - sooner for sooner, later in pairwise(slots)} == {timedelta(minutes=30)}
    assert slots == [slot.astimezone(UTC) for slot in slots]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (("daily at 02:15, 02:30 and 03:00",), ["28T03:00", "29T02:15", "29T02:30", "29T03:00"]),
        (("daily at 02:30", "every day at 2:30", "30 2 * * *"), ["28T03:00", "29T02:30"]),
        (("daily at 23:00", "sundays at 04:00"), ["27T23:00", "28T04:00", "28T23:00"]),
    ],
    ids=["in one gap", "said thrice", "two schedules"],
)
def test_times_that_coincide_are_one_slot(texts: tuple[str, ...], wanted: list[str]) -> None:
    schedule = parse(*texts, timezone="Europe/Berlin")
    slots = islice(schedule.after(datetime(2027, 3, 27, 12, tzinfo=UTC)), len(wanted))
    assert [slot.strftime("%dT%H:%M") for slot in slots] == wanted


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        ("2027-03-28T00:59:59+00:00", "2027-03-28T03:00:00+02:00"),
        ("2027-03-28T01:00:00+00:00", "2027-03-29T02:30:00+02:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"),
        ("2026-10-25T02:10:00+01:00", "2026-10-26T02:30:00+01:00"),
        ("2026-10-25T02:29:59.999999+02:00", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:30:00.000001+02:00", "2026-10-26T02:30:00+01:00"),
    ],
    ids=["before a gap", "at its end", "first pass", "second pass", "just before", "just after"],
)
def test_the_next_slot_is_later_than_the_moment(moment: str, wanted: str) -> None:
    schedule = parse("daily at 02:30", timezone="Europe/Berlin")
    assert next(schedule.after(datetime.fromisoformat(moment))).isoformat() == wanted


def test_between_leaves_out_its_begin_and_takes_its_end() -> None:
    schedule = parse("daily at 07:30", timezone="Europe/Berlin")
    start, end = (datetime(2026, 11, day, 7, 30, tzinfo=BERLIN) for day in (20, 22))
    assert [slot.day for slot in schedule.between(start, end)] == [21, 22]
    assert [slot.day for slot in schedule.between(start, end - timedelta(seconds=1))] == [21]
    assert not list(schedule.between(end, start))


@settings(max_examples=150, deadline=None)
@given(
    text=st.sampled_from([*FORMS, "every hour", "*/15 * * * sun"]),
    zone=st.sampled_from(ZONES),
    minutes=st.integers(0, 3 * 365 * 24 * 60),
)
def test_nothing_is_due_before_the_next_slot(text: str, zone: str, minutes: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    schedule = parse(text, timezone=zone)
    following = next(schedule.after(moment))
    assert moment < following
    assert list(schedule.between(moment, following)) == [following]


def test_a_schedule_without_a_text_is_refused() -> None:
    with pytest.raises(ConfigError, match="is empty"):
        parse(timezone="UTC")
