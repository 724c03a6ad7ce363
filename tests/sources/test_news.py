"""What is new on a list: identity, first looks, edits and floods, against a real ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from digest.ledger.sqlite import SqliteLedger
from digest.model import Entry
from digest.read.feed import canonical
from digest.sources.marks import Listed, mark
from digest.sources.news import UNDATED, News, news
from digest.visits import Noted, Past, Stand, Visit, VisitState

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
DAY = timedelta(days=1)


class Source:
    """A source and what the ledger keeps of it, look after look."""

    def __init__(self, ledger: SqliteLedger) -> None:
        self.ledger = ledger
        self.now = NOW

    def look(self, *entries: Entry, start: timedelta = 7 * DAY, later: timedelta = DAY) -> News:
        """Look at a list, and remember it as a run does."""
        past = self.ledger.past("wire", "https://wire.example/feed")
        listed = [Listed(entry=entry, mark=mark(entry, canonical)) for entry in entries]
        known = self.ledger.known("wire", [it.mark for it in listed])
        found = news(listed, known, past, start=start, now=self.now)
        taken = [Noted(mark=it.mark, stand=Stand.TAKEN) for it in (*found.new, *found.edited)]
        self.ledger.visit(
            Visit(
                source="wire",
                address="https://wire.example/feed",
                at=self.now,
                state=VisitState.OK,
                new=len(found.new),
                noted=(*found.noted, *taken),
            )
        )
        self.now += later
        return found

    def titles(self, *entries: Entry, **how: timedelta) -> list[str]:
        """The titles of what is new or edited on a list."""
        found = self.look(*entries, **how)
        return [it.entry.title for it in (*found.new, *found.edited)]


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Source]:
    ledger = SqliteLedger.open(tmp_path, sources=["wire"])
    yield Source(ledger)
    ledger.close()


def entry(number: int = 1, **changes: object) -> Entry:
    values: dict[str, object] = {
        "id": f"tag:wire.example,{number}",
        "url": f"https://wire.example/{number}",
        "title": f"Story {number}",
        "description": f"What happened in town {number}.",
        "published": NOW - timedelta(hours=number),
    }
    return Entry(**(values | changes))  # type: ignore[arg-type]  # a test's changes


def entries(numbers: Sequence[int], **changes: object) -> list[Entry]:
    return [entry(number, **changes) for number in numbers]


KNOWN_AGAIN = {
    "as it was": {},
    "with another id": {"id": "https://wire.example/?p=1"},
    "with another address": {"url": "https://wire.example/2026/story-1"},
    "with a tracking parameter": {"url": "https://wire.example/1?utm_source=rss"},
    "at another host, with another id": {"id": "new", "url": "https://www.wire.test/1"},
    "with id and address made up anew": {"id": "new", "url": "https://wire.example/a/b"},
    "with other markup": {"description": "What <b>happened</b>\n in town 1."},
    "with a new date": {"published": NOW},
    "without a date": {"published": None},
}


@pytest.mark.parametrize("changes", KNOWN_AGAIN.values(), ids=KNOWN_AGAIN)
def test_an_entry_is_known_again(source: Source, changes: dict[str, object]) -> None:
    assert source.titles(entry(1), entry(2)) == ["Story 1", "Story 2"]
    assert source.titles(entry(1, **changes), entry(2)) == []
    assert source.titles(entry(1), entry(2)) == []


def test_each_alias_is_remembered(source: Source) -> None:
    source.look(entry(1))
    assert source.titles(entry(1, id="second")) == []
    assert source.titles(entry(1, id="second", url="https://other.example/x")) == []
    assert source.titles(entry(1, id="third", url="https://other.example/x", published=None)) == []


def test_an_id_that_is_used_again_for_something_else_is_new(source: Source) -> None:
    source.look(entry(1))
    other = entry(2, id=entry(1).id)
    assert source.titles(other) == ["Story 2"]
    assert source.titles(other) == []


@pytest.mark.parametrize(
    "shared",
    [{"url": "https://wire.example/"}, {"id": "wire"}, {"url": None}],
    ids=["one address", "one id", "no address"],
)
def test_what_many_items_share_is_no_identity(source: Source, shared: dict[str, object]) -> None:
    assert len(source.titles(entry(1, **shared), entry(2, **shared))) == 2
    assert source.titles(entry(3, **shared), entry(2, **shared), entry(1, **shared)) == ["Story 3"]
    assert source.titles(entry(4, **shared)) == ["Story 4"]


@pytest.mark.parametrize(
    "changes",
    [{}, {"id": "new"}, {"url": "https://wire.test/1"}],
    ids=["under its id and address", "with another id", "at another host"],
)
def test_changed_words_are_an_edit_once(source: Source, changes: dict[str, object]) -> None:
    source.look(entry(1))
    words = "It happened in town 1 after all."
    found = source.look(entry(1, description=words, **changes))
    assert [it.entry.description for it in found.edited] == [words]
    assert found.new == ()
    assert source.titles(entry(1, description=words, **changes)) == []


def test_an_edit_in_the_back_catalogue_is_no_news(source: Source) -> None:
    old = entry(1, published=NOW - 30 * DAY)
    assert source.titles(old) == []
    assert source.titles(replace(old, description="Now with a footer.")) == []


def test_nothing_is_forgotten_because_one_look_lacked_it(source: Source) -> None:
    source.look(entry(1), entry(2))
    assert source.titles(entry(2)) == []
    assert source.titles() == []
    assert source.titles(entry(1), entry(2)) == []


def test_an_item_that_is_listed_twice_is_one(source: Source) -> None:
    assert source.titles(entry(1), entry(1), entry(1, id="in another section")) == ["Story 1"]
    assert source.titles(entry(1), entry(1, id="in another section")) == []


START = [
    ("now", timedelta(0), []),
    ("36 hours", timedelta(hours=36), ["hours", "a day", "undated"]),
    ("7 days", 7 * DAY, ["hours", "a day", "days", "undated"]),
    ("all", timedelta.max, ["hours", "a day", "days", "months", "centuries", "undated"]),
]


@pytest.mark.parametrize(("start", "taken"), [s[1:] for s in START], ids=[s[0] for s in START])
def test_where_the_first_look_begins(source: Source, start: timedelta, taken: list[str]) -> None:
    ages: dict[str, date | None] = {
        "hours": NOW - timedelta(hours=3),
        "a day": (NOW - DAY).date(),
        "days": NOW - 5 * DAY,
        "months": NOW - 90 * DAY,
        "centuries": date(1, 1, 1),
        "undated": None,
    }
    listed = [entry(n, title=name, published=day) for n, (name, day) in enumerate(ages.items())]
    assert source.titles(*listed, start=start) == taken
    assert source.titles(*listed, start=start) == []


def test_of_undated_entries_the_first_look_takes_those_on_top(source: Source) -> None:
    listed = entries(range(1, 31), published=None)
    assert source.titles(*listed) == [f"Story {n}" for n in range(1, UNDATED + 1)]
    assert source.titles(*entries([31, 32], published=None), *listed) == ["Story 31", "Story 32"]


def test_a_date_in_the_future_says_nothing(source: Source) -> None:
    [it] = source.look(entry(1, published=NOW + 300 * DAY)).new
    assert it.entry.published is None
    [soon] = source.look(entry(2, published=NOW + DAY)).new
    assert soon.entry.published == NOW + DAY


def steady(source: Source, days: int = 5, each: int = 4) -> int:
    """Looks with a few new entries each; the number of the last entry."""
    source.look()
    for number in range(days):
        new = range(1 + number * each, 1 + (number + 1) * each)
        assert len(source.titles(*entries(new, published=source.now))) == each
    return days * each


@pytest.mark.parametrize(
    ("number", "changes", "held"),
    [
        (20, {"published": NOW + 6 * DAY}, 0),
        (21, {"published": NOW + 6 * DAY}, 21),
        (21, {"published": None}, 21),
        (4, {"published": NOW - 90 * DAY}, 0),
        (5, {"published": NOW - 90 * DAY}, 5),
    ],
    ids=["few", "too many", "too many, undated", "a few old ones", "an archive"],
)
def test_a_flood_is_held(
    source: Source, number: int, changes: dict[str, object], held: int
) -> None:
    last = steady(source)
    found = source.look(*entries(range(last + 1, last + 1 + number), **changes))
    assert found.held == held
    assert len(found.new) == number - held
    assert bool(found.why) == bool(held)
    assert source.ledger.held() == ({"wire": held} if held else {})


def test_new_entries_beside_an_archive_are_taken(source: Source) -> None:
    last = steady(source)
    archive = entries(range(100, 110), published=NOW - 90 * DAY)
    fresh = entry(last + 1, published=source.now)
    assert source.titles(fresh, *archive) == [fresh.title]
    assert source.ledger.held() == {"wire": 10}
    assert source.titles(fresh, *archive) == []


def test_after_a_long_pause_much_news_is_expected(source: Source) -> None:
    last = steady(source)
    source.now += 20 * DAY
    new = entries(range(last + 1, last + 61), published=source.now - DAY)
    assert len(source.titles(*new)) == 60


def test_a_source_without_a_rhythm_may_bring_much_that_is_dated_now(source: Source) -> None:
    source.look(entry(1))
    assert source.titles(*entries(range(100, 130), published=None)) == []
    assert len(source.titles(*entries(range(2, 62), published=source.now))) == 60


def test_what_was_held_is_released_or_discarded(source: Source) -> None:
    steady(source)
    archive = entries(range(100, 110), published=NOW - 90 * DAY)
    source.look(*archive)
    assert source.ledger.waiting("wire") == []
    assert source.ledger.release("wire") == 10
    waiting = source.ledger.waiting("wire")
    assert sorted((it.entry for it in waiting if it.entry), key=lambda e: e.id) == archive
    assert source.ledger.release("wire") == 0
    more = entries(range(200, 206), published=NOW - 90 * DAY)
    source.look(*archive, *more)
    assert source.ledger.discard("wire") == 6
    assert source.titles(*archive, *more) == []
    assert source.ledger.held() == {}


def test_a_list_of_many_thousands_is_decided_on_quickly(source: Source) -> None:
    listed = entries(range(5_000), published=NOW - 90 * DAY)
    assert source.titles(*listed) == []
    assert source.titles(*listed, entry(30_000, published=source.now)) == ["Story 30000"]


def test_a_first_look_that_was_cut_short_begins_again() -> None:
    """Killed after some documents were kept: what they were known by is, and no visit."""
    first, second = (Listed(entry=e, mark=mark(e, canonical)) for e in entries([1, 2]))
    known = [Noted(mark=first.mark, stand=Stand.TAKEN)]
    found = news([first, second], known, Past(), start=7 * DAY, now=NOW)
    assert found.new == (second,)


HOUR = timedelta(hours=1)


def hourly(source: Source, days: int, *, batch: int = 0) -> int:
    """Looks every hour at a paper with an article each time and a ``batch`` on the first day."""
    source.look(later=HOUR)
    number = 0
    for hour in range(24 * days):
        size = batch if hour == 12 else 1
        new = entries(range(number + 1, number + 1 + size), published=source.now)
        assert source.look(*new, later=HOUR).held == 0
        number += size
    return number


def test_the_rhythm_is_the_same_however_often_a_source_is_looked_at(source: Source) -> None:
    last = hourly(source, days=7, batch=60)
    weekly = entries(range(last + 1, last + 61), published=source.now)
    assert source.look(*weekly).held == 0
    flood = entries(range(last + 61, last + 361), published=source.now + DAY)
    assert source.look(*flood).held == 300


def test_late_entries_are_late_by_the_day_however_often_a_source_is_looked_at(
    source: Source,
) -> None:
    last = hourly(source, days=4)
    backdated = entries(range(last + 1, last + 9), published=source.now - 2.5 * DAY)
    assert source.look(*backdated, later=HOUR).held == 0
    archive = entries(range(last + 9, last + 17), published=source.now - 3.5 * DAY)
    assert source.look(*archive).held == 8
