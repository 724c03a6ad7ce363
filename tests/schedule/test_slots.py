"""What is decided on slots that are due, and how long an issue waits for more stories."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from digest.issue.minimum import ANYTHING, Minimum, lacking
from digest.schedule.slots import CatchUp, Decision, Failure, Pause, Policy, Quiet, decide
from digest.schedule.when import parse
from tests.builders import candidate, issue, story

DAILY = parse("daily at 07:30", timezone="UTC")
START = datetime(2026, 11, 20, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def due(now: datetime) -> list[datetime]:
    return list(DAILY.between(START, now))


@pytest.mark.parametrize(
    ("policy", "now", "run", "skipped"),
    [
        (Policy(), at(20, 7, 29), [], []),
        (Policy(), at(20, 7, 30), [20], []),
        (Policy(), at(22, 8), [22], [20, 21]),
        (Policy(), at(22, 19, 30), [22], [20, 21]),
        (Policy(), at(22, 19, 31), [], [20, 21, 22]),
        (Policy(stale=timedelta(days=2)), at(22, 8), [22], [20, 21]),
        (Policy(catch_up=CatchUp.ALL, stale=timedelta(days=2)), at(22, 8), [21, 22], [20]),
        (Policy(catch_up=CatchUp.ALL), at(22, 8), [22], [20, 21]),
        (Policy(catch_up=CatchUp.SKIP), at(22, 8), [], [20, 21, 22]),
        (Policy(catch_up=CatchUp.SKIP), at(22, 7, 34), [22], [20, 21]),
    ],
    ids=str,
)
def test_slots_that_nobody_was_there_for(
    policy: Policy, now: datetime, run: list[int], skipped: list[int]
) -> None:
    decision = decide(due(now), now, policy)
    assert [slot.day for slot in decision.run] == run
    assert [skip.slot.day for skip in decision.skip] == skipped
    assert all(skip.missed and skip.why.startswith("missed") for skip in decision.skip)


def test_every_slot_is_run_or_skipped_but_for_the_one_that_waits() -> None:
    for catch_up in CatchUp:
        for hour in range(24):
            now = at(23, hour)
            decision = decide(due(now), now, Policy(catch_up=catch_up))
            decided = [*decision.run, *(skip.slot for skip in decision.skip)]
            assert sorted(decided) == due(now)


def test_slots_in_a_pause_are_skipped_also_when_it_is_over() -> None:
    pauses = [Pause(since=at(20, 6), until=at(21, 6)), Pause(since=at(22, 7), until=at(22, 8))]
    policy = Policy(stale=timedelta(days=2))
    decision = decide(due(at(22, 8)), at(22, 8), policy, pauses=pauses)
    assert [slot.day for slot in decision.run] == [21]
    told = {skip.slot.day: (skip.why, skip.missed) for skip in decision.skip}
    assert told[20] == ("paused since 2026-11-20 06:00", False)
    assert told[22] == ("paused since 2026-11-22 07:00", False)


def test_a_slot_that_stands_open_waits_for_the_end_of_a_pause() -> None:
    lasts = [Pause(since=at(20, 8))]
    for hour in (8, 19):
        assert decide(due(at(20, hour)), at(20, hour), Policy(), pauses=lasts) == Decision()
    [skip] = decide(due(at(20, 20)), at(20, 20), Policy(), pauses=lasts).skip
    assert (skip.why, skip.missed) == ("paused since 2026-11-20 08:00", False)
    over = [Pause(since=at(20, 8), until=at(20, 9))]
    assert decide(due(at(20, 9)), at(20, 9), Policy(), pauses=over).run == (at(20, 7, 30),)


@pytest.mark.parametrize("catch_up", CatchUp)
def test_a_slot_whose_run_failed_was_not_missed(catch_up: CatchUp) -> None:
    policy, failure = Policy(catch_up=catch_up), Failure(at=at(21, 7, 31), why="no theme")
    decision = decide(due(at(22, 20)), at(22, 20), policy, failure=failure)
    told = {skip.slot.day: (skip.why[:22], skip.missed) for skip in decision.skip}
    assert told[20] == told[21] == ("the run failed: no the", False)
    assert told[22] == ("missed: nobody was the", True)


def test_nothing_goes_out_in_quiet_hours() -> None:
    quiet = Policy(quiet=(Quiet.parse("22:00-07:00"),))
    night = parse("every 6 hours", timezone="Europe/Berlin")
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    slots = list(night.between(now - timedelta(days=1), now))
    decision = decide(slots, now, quiet)
    quietly = {skip.slot.hour for skip in decision.skip if "quiet hours 22:00-07:00" in skip.why}
    assert quietly == {0, 6}


def test_a_late_slot_waits_for_the_end_of_quiet_hours() -> None:
    policy = Policy(quiet=(Quiet.parse("20:00-07:00"),), stale=timedelta(days=1))
    waits = decide(due(at(20, 23)), at(20, 23), policy)
    assert (waits.run, waits.skip) == ((), ())
    assert decide(due(at(21, 7)), at(21, 7), policy).run == (at(20, 7, 30),)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("22:00-06:00", [time(22), time(23, 59), time(0), time(5, 59)], [time(6), time(21, 59)]),
        ("12:00–13:30", [time(12), time(13, 29)], [time(11, 59), time(13, 30), time(0)]),
    ],
)
def test_quiet_hours(text: str, inside: list[time], outside: list[time]) -> None:
    hours = Quiet.parse(text)
    assert all(moment in hours for moment in inside)
    assert not any(moment in hours for moment in outside)


@pytest.mark.parametrize("text", ["", "22-6", "24:00-06:00", "22:00", "22:60-06:00"])
def test_what_names_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="names no hours"):
        Quiet.parse(text)


NOW = at(22, 7, 30)


@pytest.mark.parametrize(
    ("minimum", "leftovers", "said"),
    [
        (ANYTHING, [], ""),
        (Minimum(stories=2), [], ""),
        (Minimum(stories=3), [], "2 stories of the 3"),
        (Minimum(stories=3, max_wait=timedelta(days=1)), [], ""),
        (Minimum(stories=3, max_wait=timedelta(days=2)), [], "2 stories of the 3"),
        (Minimum(only_if_new=True), ["article-0001"], ""),
        (Minimum(only_if_new=True), ["article-0001", "article-0002"], "nothing new"),
        (Minimum(), ["article-0001", "article-0002"], ""),
    ],
    ids=str,
)
def test_an_issue_waits_for_more_stories(minimum: Minimum, leftovers: list[str], said: str) -> None:
    seen = NOW - timedelta(days=1)
    candidates = [candidate(number, seen=seen) for number in (1, 2)]
    made = issue(story(1), story(2))
    why = lacking(made, candidates, (), minimum, leftovers=leftovers, now=NOW)
    assert why.startswith(said)
    assert bool(why) is bool(said)
