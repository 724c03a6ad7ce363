"""How much of a time nothing could go out in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.schedule.held import held
from digest.schedule.slots import Pause, Quiet

NIGHT = Quiet.parse("22:00-06:00")
NOON = Quiet.parse("12:00-13:00")


def at(day: int, hour: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def pause(since: datetime, until: datetime | None = None) -> Pause:
    return Pause(since=since, until=until)


@pytest.mark.parametrize(
    ("since", "until", "quiet", "pauses", "hours"),
    [
        (at(20, 7), at(20, 9), [], [], 0),
        (at(20, 7), at(20, 9), [NIGHT, NOON], [], 0),
        (at(20, 21), at(22, 21), [NIGHT], [], 16),
        (at(20, 23), at(21, 1), [NIGHT], [], 2),
        (at(20, 1), at(20, 12), [NIGHT, NOON], [], 5),
        (at(20), at(21), [NIGHT, NOON], [], 9),
        (at(20), at(23), [], [pause(at(21), at(22))], 24),
        (at(20), at(23), [], [pause(at(19), at(21)), pause(at(22))], 48),
        (at(20), at(21), [NIGHT], [pause(at(20, 5), at(20, 23))], 24),
        (at(20), at(21), [], [pause(at(18), at(19)), pause(at(22))], 0),
    ],
    ids=[
        "nothing",
        "by day",
        "two nights",
        "part of a night",
        "to its edge",
        "two a day",
        "a pause",
        "pauses that overlap its ends",
        "a pause and a night at once",
        "before and after",
    ],
)
def test_what_is_covered(
    since: datetime, until: datetime, quiet: list[Quiet], pauses: list[Pause], hours: int
) -> None:
    covered = held(since, until, quiet=quiet, pauses=pauses, timezone="UTC")
    assert covered == timedelta(hours=hours)


def test_a_night_in_which_clocks_go_back_is_longer() -> None:
    start, end = at(24, 12, month=10), at(25, 12, month=10)
    covered = held(start, end, quiet=[NIGHT], pauses=[], timezone="Europe/Berlin")
    assert covered == timedelta(hours=9)
