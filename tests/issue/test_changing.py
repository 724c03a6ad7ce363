"""Articles on the web that are still changing wait, and stand in nobody's way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from digest.config.filters import FilterTable, WordsTable
from digest.config.patterns import Pattern
from digest.config.tables import SourceTable
from digest.config.values import Duration
from digest.issue.changing import changing
from digest.issue.minimum import ANYTHING, Minimum, lacking
from digest.issue.rules import Rules
from digest.issue.select import assemble, select
from digest.model import Candidate, Newsletter, Outcome, Story
from tests.builders import body, candidate, story

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WIRE = SourceTable(feed="https://post.example/feed", settle=Duration(minutes=30))


def rules(table: FilterTable = WIRE, **more: object) -> Rules:
    values: dict[str, object] = {"sources": {"wire": table}, "timezone": "UTC"}
    return Rules(**(values | more))  # type: ignore[arg-type]  # a test's changes


def wired(number: int = 1, **changes: object) -> Candidate:
    """A candidate from the web without a date, seen in this very run."""
    values: dict[str, object] = {"source": "wire", "published": None, "seen": NOW}
    return candidate(number, **(values | changes))


def texts(articles: Iterable[str]) -> Iterator[Story]:
    return (story(1, id=article) for article in articles)


def outcomes(*candidates: Candidate, by: Rules | None = None) -> dict[str, Outcome]:
    found = select(candidates, [], by or rules(), NOW, stories=texts)
    return {fate.article: fate.outcome for fate in found.fates}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"changed": NOW - 9 * MINUTE}, "still changing: changed at 07:21, waits 30 minutes"),
        ({"changed": NOW - 30 * MINUTE}, ""),
        ({"changed": NOW + MINUTE, "seen": NOW + MINUTE}, "changed at 07:31"),
        ({"changed": NOW + timedelta(days=2), "seen": NOW + timedelta(days=2)}, ""),
        ({"changed": NOW + timedelta(hours=5)}, "changed at 07:30"),
        ({"published": NOW - 9 * MINUTE}, "changed at 07:21"),
        ({"published": NOW - 9 * MINUTE, "changed": NOW - 5 * MINUTE}, "changed at 07:25"),
        ({"published": NOW - 90 * MINUTE, "changed": NOW - 5 * MINUTE}, "changed at 07:25"),
        ({"published": NOW.date()}, ""),
    ],
    ids=[
        "seen first",
        "changed",
        "settled",
        "changed while the run gathered",
        "by a clock that was wrong",
        "later than it was seen",
        "just out",
        "just out and changed",
        "out and changed",
        "a day without a time",
    ],
)
def test_what_waits(changes: dict[str, object], why: str) -> None:
    told = changing(wired(1, **changes), rules(), NOW)
    assert why in told
    assert bool(told) is bool(why)


@pytest.mark.parametrize(
    "table",
    [
        SourceTable(feed="https://post.example/feed"),
        SourceTable(feed="https://post.example/feed", settle=Duration(0)),
        SourceTable(folder="seeds", settle=Duration(days=1)),
    ],
    ids=["by default", "when told so", "files"],
)
def test_who_did_not_ask_is_not_held_up(table: SourceTable) -> None:
    for at in (NOW, NOW + MINUTE):  # what changes while a run gathers lies ahead of its present
        assert changing(wired(changed=at, published=at, seen=at), rules(table), NOW) == ""


@pytest.mark.parametrize(
    ("settle", "said"),
    [
        (Duration(hours=36), "changed at 2026-11-21 23:30, waits 36 hours"),
        (Duration(days=1), "waits 1 day"),
        (Duration(seconds=90 * 3600), "waits 90 hours"),
    ],
)
def test_the_reason_is_written_as_people_write(settle: Duration, said: str) -> None:
    table = SourceTable(feed="https://post.example/feed", settle=settle)
    it = wired(changed=NOW - timedelta(hours=8))
    assert said in changing(it, rules(table), NOW)


def test_it_takes_nobodys_place() -> None:
    waits, others = wired(1, changed=NOW), [wired(n) for n in (2, 3)]
    found = outcomes(waits, *others, by=rules(max_stories=2))
    assert found == {
        waits.id: Outcome.CHANGING,
        others[0].id: Outcome.PRINTED,
        others[1].id: Outcome.PRINTED,
    }


def test_another_paper_tells_the_story_meanwhile() -> None:
    waits = wired(1, changed=NOW, text=body(1))
    other = candidate(2, text=body(1), site="The Mail", title="Other words", published=None)
    assert outcomes(waits, other) == {waits.id: Outcome.CHANGING, other.id: Outcome.PRINTED}


def test_of_its_versions_the_last_one_waits() -> None:
    old = wired(1, article="v1", seen=NOW - 60 * MINUTE, text=body(1))
    new = wired(1, article="v2", changed=NOW, text=body(1) + " Corrected.")
    assert outcomes(old, new) == {"v1": Outcome.REPLACED, "v2": Outcome.CHANGING}


def test_what_nobody_wants_does_not_wait() -> None:
    table = SourceTable(
        feed="https://post.example/feed",
        settle=Duration(hours=1),
        max_age=Duration(days=1),
        exclude=WordsTable(title=(Pattern.parse("live"),)),
    )
    live = wired(1, title="Live: the harbour", changed=NOW)
    old = wired(2, published=date(2026, 11, 1), changed=NOW)
    found = outcomes(live, old, by=rules(table))
    assert found == {live.id: Outcome.FILTERED, old.id: Outcome.STALE}


def waiting_for(minimum: Minimum, *candidates: Candidate, table: FilterTable = WIRE) -> str:
    found = select(candidates, [], rules(table), NOW, stories=texts)
    printed = texts(place.candidate.id for place in found.places)
    made = assemble(found, printed, newsletter=Newsletter(), slot=NOW)
    return lacking(made, candidates, found.fates, minimum, leftovers=(), now=NOW)


def test_it_does_not_count_for_an_issue() -> None:
    table = SourceTable(feed="https://post.example/feed", settle=Duration(days=10))
    before = NOW - timedelta(days=9)
    waits = wired(1, changed=before, seen=before)
    for minimum in (Minimum(stories=2), Minimum(stories=2, max_wait=timedelta(days=7))):
        why = waiting_for(minimum, waits, wired(2), table=table)
        assert why == "1 story of the 2 that are wanted"


def test_nothing_is_kept_of_an_issue_in_which_nothing_is_decided() -> None:
    one, two = wired(1, changed=NOW), wired(2, changed=NOW)
    assert waiting_for(ANYTHING, one) == "nothing to print: 1 article is still changing"
    assert waiting_for(ANYTHING, one, two) == "nothing to print: 2 articles are still changing"
    old = wired(1, article="v1", seen=NOW - 60 * MINUTE)
    assert waiting_for(ANYTHING, one, old) == ""
