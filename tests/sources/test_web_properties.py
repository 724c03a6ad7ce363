"""Whatever a feed does with ids, addresses and words: nothing is taken twice, all is decided."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.ledger.sqlite import SqliteLedger
from digest.model import Entry, Mark
from digest.read.feed import canonical
from digest.sources.marks import Listed, mark
from digest.sources.news import News, news
from digest.visits import Noted, Stand, Visit, VisitState

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
NOWHERE = Path("/nowhere")

MOMENTS = st.one_of(
    st.none(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.integers(-90, 3).map(lambda days: NOW + timedelta(days=days)),
)
#: Few of each, so that they meet.
ENTRIES = st.builds(
    Entry,
    id=st.sampled_from(["1", "2", "3", "https://post.example/a"]),
    url=st.sampled_from(
        [None, "https://post.example/", "https://post.example/a", "https://b.test/a"]
    ),
    title=st.sampled_from(["", "Harbour", "Bridge"]),
    description=st.sampled_from([None, "It opens.", "It closes.", "<p>It opens."]),
    published=MOMENTS,
    updated=MOMENTS,
)
LISTS = st.lists(ENTRIES, max_size=9)


def look(ledger: SqliteLedger, entries: list[Entry], *, number: int, start: timedelta) -> News:
    """One look, remembered as a run does it."""
    now = NOW + timedelta(days=number)
    listed = [Listed(entry=entry, mark=mark(entry, canonical)) for entry in entries]
    known = ledger.known("post", [it.mark for it in listed])
    past = ledger.past("post", "feed")
    found = news(listed, known, past, start=start, now=now)
    taken = tuple(Noted(mark=it.mark, stand=Stand.TAKEN) for it in (*found.new, *found.edited))
    ledger.visit(
        Visit(
            source="post",
            address="feed",
            at=now,
            state=VisitState.OK,
            new=len(found.new),
            noted=(*found.noted, *taken),
        )
    )
    return found


@settings(deadline=None, max_examples=150)
@given(
    lists=st.lists(LISTS, min_size=1, max_size=5),
    start=st.sampled_from([timedelta(0), timedelta(days=7), timedelta.max]),
)
def test_nothing_is_taken_twice_and_all_is_decided(
    lists: list[list[Entry]], start: timedelta
) -> None:
    with closing(SqliteLedger.rehearsal(NOWHERE, sources=["post"])) as ledger:
        taken: set[Mark] = set()
        for number, entries in enumerate(lists):
            found = look(ledger, entries, number=number, start=start)
            marks = [it.mark for it in (*found.new, *found.edited)]
            assert taken.isdisjoint(marks)
            assert len(set(marks)) == len(marks)
            taken.update(marks)
            again = look(ledger, entries, number=number, start=start)
            assert (again.new, again.edited, again.held) == ((), (), 0)


TEXT = st.one_of(st.text(max_size=40), st.sampled_from(["\ud800", "<" * 99, "&#0;", "http://[::1"]))


@settings(deadline=None, max_examples=200)
@given(TEXT, TEXT, TEXT, TEXT, MOMENTS)
def test_any_entry_has_a_mark(
    name: str, url: str, title: str, content: str, published: date | None
) -> None:
    entry = Entry(id=name, url=url, title=title, content=content, published=published)
    assert mark(entry, canonical) == mark(entry, canonical)
