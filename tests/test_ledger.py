"""The ledger: two-phase, rebuilt equal, and clear about what is wrong with its file."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import digest.ledger as ledger_package
from digest.errors import LedgerError, ReadError
from digest.issue.rules import Rules
from digest.issue.select import select
from digest.ledger.sqlite import FILE, SqliteLedger
from digest.ledger.visits import KEPT
from digest.model import (
    Document,
    Entry,
    Fate,
    Issue,
    Mark,
    Outcome,
    Quote,
    Receipt,
    Section,
    Span,
    State,
    Story,
)
from digest.sources.health import WEEKS
from digest.visits import Noted, Stand, Visit, VisitState
from tests.builders import body, document, issue, now_in_berlin, story

SOURCES = ["seeds"]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    it = SqliteLedger.open(tmp_path, sources=SOURCES)
    yield it
    it.close()


def fates(made: Issue) -> list[Fate]:
    printed = [Fate(article=s.article.id, outcome=Outcome.PRINTED, why="") for s in made.stories]
    listed = [Fate(article=h.article, outcome=Outcome.LISTED, why="") for h in made.headlines]
    folded = [
        Fate(article=line.article, outcome=Outcome.FOLDED, why="", other=main.article.id)
        for main in made.stories
        for line in main.also
    ]
    return printed + folded + listed


def fill(ledger: SqliteLedger, *stories: Story) -> None:
    for number, it in enumerate(stories):
        assert ledger.keep(document(f"{it.article.id} {number}".encode()), it)


def test_bytes_are_seen_once_for_each_source(ledger: SqliteLedger) -> None:
    one = document(b"one")
    assert list(ledger.unseen([one])) == [one]
    assert ledger.keep(one, story(1))
    assert list(ledger.unseen([one, replace(one, origin="seeds/renamed.txt")])) == []
    elsewhere = replace(one, source="other")
    assert list(ledger.unseen([elsewhere])) == [elsewhere]


def test_an_article_in_two_files_is_one_article(ledger: SqliteLedger) -> None:
    assert ledger.keep(document(b"one"), story(1))
    assert not ledger.keep(document(b"one in other bytes"), story(1))
    assert len(ledger.pending("digest")) == 1


def test_what_could_not_be_read_is_remembered_with_its_reason(ledger: SqliteLedger) -> None:
    bad = document(b"")
    assert not ledger.keep(bad, ReadError("seeds/a.txt", "is empty"))
    assert list(ledger.unseen([bad])) == []
    assert ledger.pending("digest") == []
    [row] = ledger.failures()
    assert row["failure"] == "seeds/a.txt: is empty"


@pytest.mark.parametrize(
    "published",
    [
        None,
        date(2026, 11, 20),
        datetime(2026, 11, 20, 9, 5, tzinfo=UTC),
        datetime(2026, 11, 20, 0, 0, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    ],
)
def test_a_story_comes_back_as_it_was(ledger: SqliteLedger, published: date | None) -> None:
    it = story(
        1,
        published=published,
        section="World",
        byline="Nora Quill",
        image=None,
        tags=("Ports", "Häfen"),
        links=("https://other.example/source",),
        dated_by="feed",
    )
    quote = Quote(words=(Span(3, 9), Span(12, 20)), speaker=Span(0, 2), found="cue", confidence=0.9)
    it = replace(it, summary=replace(it.summary, quote=quote))
    fill(ledger, it)
    assert list(ledger.stories([it.article.id])) == [it]
    [candidate] = ledger.pending("digest")
    assert candidate.headline == it.article.headline
    assert candidate.length == len(it.article.text)
    assert candidate.opening == it.article.text[:800]
    assert (candidate.byline, candidate.tags) == ("Nora Quill", it.article.tags)
    assert candidate.links == it.article.links


def test_a_stock_body_under_two_titles_is_two_articles(ledger: SqliteLedger) -> None:
    stock = "Read the full story on our site."
    fill(
        ledger,
        story(1, title="Bridge closes on Monday", text=f"{stock}\n"),
        story(2, title="Mayor resigns over the lease", text=f"{stock}\n"),
    )
    waiting = ledger.pending("digest")
    selection = select(waiting, [], Rules(), now_in_berlin(), stories=ledger.stories)
    assert len(selection.places) == 2


def test_only_the_newsletters_own_sources_are_pending(tmp_path: Path) -> None:
    ledger = SqliteLedger.open(tmp_path, sources=["theirs"])
    fill(ledger, story(1))
    assert ledger.pending("digest") == []
    ledger.keep(document(b"also there", source="theirs"), story(1))
    assert len(ledger.pending("digest")) == 1
    ledger.close()


def big_issue() -> tuple[Issue, list[Story]]:
    stories = [story(n) for n in range(1, 8)]
    one, two, three, four, five, six, seven = stories
    made = issue(
        sections=(
            Section(
                name=None,
                stories=(replace(two, also=(seven.article.headline, one.article.headline)),),
            ),
            Section(name="World", stories=(five, three), headlines=(six.article.headline,)),
            Section(name="Art", headlines=(four.article.headline,)),
        ),
        held=3,
    )
    return made, stories


def test_a_claimed_issue_is_rebuilt_equal(ledger: SqliteLedger) -> None:
    made, stories = big_issue()
    fill(ledger, *stories)
    ledger.claim(made, fates(made))
    [again] = ledger.claimed("digest")
    assert again == made
    assert again.slot.tzinfo == made.slot.tzinfo


def test_two_phases_claimed_then_delivered(ledger: SqliteLedger) -> None:
    made, stories = big_issue()
    fill(ledger, *stories)
    ledger.claim(made, fates(made))
    assert ledger.pending("digest") == []
    assert len(ledger.pending("another")) == 7
    ledger.record(Receipt(issue=made.id, state=State.DEFERRED, detail="disk full"))
    assert len(ledger.claimed("digest")) == 1
    ledger.record(Receipt(issue=made.id, state=State.ACCEPTED, detail="outbox"))
    assert ledger.claimed("digest") == []
    assert len(ledger.history("digest")) == 7
    [row] = ledger.issues("digest")
    assert (row["printed"], row["listed"], row["others"], row["detail"]) == (3, 2, 2, "outbox")


def test_what_was_held_is_pending_again(ledger: SqliteLedger) -> None:
    fill(ledger, story(1), story(2))
    made = issue(story(1))
    held = Fate(article="article-0002", outcome=Outcome.HELD, why="no room")
    ledger.claim(made, [*fates(made), held])
    assert [c.id for c in ledger.pending("digest")] == ["article-0002"]


def test_an_empty_issue_decides_but_waits_for_no_delivery(ledger: SqliteLedger) -> None:
    fill(ledger, story(1))
    stale = Fate(article="article-0001", outcome=Outcome.STALE, why="old")
    ledger.claim(issue(sections=()), [stale])
    assert ledger.pending("digest") == []
    assert ledger.claimed("digest") == []


def test_a_slot_is_taken_once(ledger: SqliteLedger) -> None:
    fill(ledger, story(1))
    made = issue(story(1))
    assert ledger.free_slot("digest", made.slot) == made.slot
    ledger.claim(made, [])
    assert ledger.free_slot("digest", made.slot) == made.slot + timedelta(seconds=1)
    assert ledger.free_slot("digest", made.slot.astimezone(UTC)) > made.slot
    with pytest.raises(LedgerError):
        ledger.claim(replace(made, id="digest/other"), [])


def test_a_claim_is_whole_or_not_at_all(ledger: SqliteLedger) -> None:
    fill(ledger, story(1))
    unknown = Fate(article="never read", outcome=Outcome.PRINTED, why="")
    with pytest.raises(LedgerError):
        ledger.claim(issue(story(1)), [*fates(issue(story(1))), unknown])
    assert ledger.claimed("digest") == []
    assert len(ledger.pending("digest")) == 1


def test_a_rehearsal_leaves_no_trace(tmp_path: Path) -> None:
    ledger = SqliteLedger.open(tmp_path / "state", sources=SOURCES)
    fill(ledger, story(1))
    ledger.close()
    before = sorted((p.name, p.read_bytes()) for p in (tmp_path / "state").iterdir())
    copy = SqliteLedger.rehearsal(tmp_path / "state", sources=SOURCES)
    assert len(copy.pending("digest")) == 1
    copy.claim(issue(story(1)), fates(issue(story(1))))
    assert copy.pending("digest") == []
    copy.close()
    assert sorted((p.name, p.read_bytes()) for p in (tmp_path / "state").iterdir()) == before
    SqliteLedger.rehearsal(tmp_path / "none", sources=SOURCES).close()
    assert not (tmp_path / "none").exists()


def test_a_locked_ledger_says_so(tmp_path: Path) -> None:
    ledger = SqliteLedger.open(tmp_path, sources=SOURCES, timeout=0.05)
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerError, match="locked by another program"):
        ledger.keep(document(), story(1))
    other.execute("ROLLBACK")
    other.close()
    assert ledger.keep(document(), story(1))
    ledger.close()


@pytest.mark.parametrize("damage", ["not a database", "a torn page"])
def test_a_damaged_ledger_says_so(tmp_path: Path, damage: str) -> None:
    ledger = SqliteLedger.open(tmp_path, sources=SOURCES)
    fill(ledger, *(story(n) for n in range(1, 40)))
    ledger.close()
    file = tmp_path / FILE
    if damage == "not a database":
        file.write_bytes(b"This is no database at all. " * 100)
    else:
        data = file.read_bytes()
        file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with (
        pytest.raises(LedgerError, match="is damaged") as error,
        closing(SqliteLedger.open(tmp_path, sources=SOURCES)) as damaged,
    ):
        damaged.pending("digest")
    assert str(file) in str(error.value)


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    SqliteLedger.open(tmp_path, sources=SOURCES).close()
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LedgerError, match="newer version"):
        SqliteLedger.open(tmp_path, sources=SOURCES)


def test_a_state_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(LedgerError, match="state"):
        SqliteLedger.open(tmp_path / "state", sources=SOURCES)


def test_no_two_queries_have_one_name() -> None:
    folder = Path(ledger_package.__file__ or "").parent / "queries"
    text = "".join(file.read_text("utf-8") for file in folder.iterdir())
    names = re.findall(r"^-- name: (\w+)$", text, re.MULTILINE)
    assert len(names) == text.count("-- name: ") == len(set(names)) > 30


def test_the_migrated_tables_know_their_version(tmp_path: Path) -> None:
    SqliteLedger.open(tmp_path, sources=SOURCES).close()
    with sqlite3.connect(tmp_path / FILE) as db:
        steps = Path(ledger_package.__file__ or "").parent.glob("migrations/*.sql")
        assert db.execute("PRAGMA user_version").fetchone() == (len(list(steps)),)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def test_slots_keep_their_zone(ledger: SqliteLedger) -> None:
    fill(ledger, story(1))
    made = issue(story(1), slot=now_in_berlin())
    ledger.claim(made, fates(made))
    [again] = ledger.claimed("digest")
    assert again.slot.isoformat() == "2026-11-22T07:30:00+01:00"
    assert str(again.slot.tzinfo) == "Europe/Berlin"


def visit(state: VisitState = VisitState.OK, **changes: object) -> Visit:
    values: dict[str, object] = {
        "source": "seeds",
        "address": "https://post.example/feed",
        "at": datetime(2026, 11, 22, 7, 30, tzinfo=UTC),
    }
    return Visit(state=state, **(values | changes))  # type: ignore[arg-type]  # a test's changes


def marked(word: str) -> Mark:
    return Mark(id=word, url=f"{word} url", words=f"{word} words", place="", dated="")


def noted(word: str, stand: Stand, **changes: object) -> Noted:
    entry = Entry(id=word) if stand in (Stand.HELD, Stand.WAITING) else None
    return replace(Noted(mark=marked(word), stand=stand, entry=entry), **changes)  # type: ignore[arg-type]  # a test's changes


def test_a_documents_entry_is_known_as_soon_as_its_article_is(ledger: SqliteLedger) -> None:
    ledger.keep(document(b"one", mark=marked("one")), story(1))
    ledger.keep(document(b"two", mark=marked("two")), ReadError("two", "is a wall"))
    known = ledger.known("seeds", [marked("one"), marked("two"), marked("three")])
    assert sorted((it.mark.id, it.stand) for it in known) == [
        ("one", Stand.TAKEN),
        ("two", Stand.TAKEN),
    ]
    assert ledger.known("other", [marked("one")]) == []


def test_an_empty_key_is_no_key(ledger: SqliteLedger) -> None:
    bare = Mark(id="a", url="", words="w", place="", dated="")
    ledger.visit(visit(noted=(Noted(mark=bare, stand=Stand.TAKEN),)))
    assert ledger.known("seeds", [replace(bare, id="b")]) == []


@pytest.mark.parametrize(
    "published",
    [None, date(2026, 11, 20), datetime(2026, 11, 20, 9, 5, tzinfo=timezone(timedelta(hours=2)))],
)
def test_an_entry_that_waits_comes_back_as_it_was(
    ledger: SqliteLedger, published: date | None
) -> None:
    entry = Entry(
        id="1",
        url="https://post.example/1",
        title="Häfen & Brücken",
        byline="Nora Quill",
        published=published,
        updated=published,
        language="de",
        description="Kurz.",
        content="<p>Lang.</p>",
        image="https://post.example/1.jpg",
        tags=("Hafen", "Brücke"),
    )
    waits = noted("1", Stand.WAITING, entry=entry, tries=2)
    ledger.visit(visit(VisitState.RESTING, noted=(waits,)))
    assert ledger.waiting("seeds") == [waits]
    ledger.keep(document(b"one", mark=waits.mark), story(1))
    assert ledger.waiting("seeds") == []


def test_a_look_that_rests_leaves_the_past_alone(ledger: SqliteLedger) -> None:
    ledger.visit(visit(etag='"a"', modified="then", body="b", moved="https://post.example/new"))
    before = ledger.past("seeds", "https://post.example/feed")
    assert (before.etag, before.modified, before.body) == ('"a"', "then", "b")
    assert before.moved == "https://post.example/new"
    later = visit().at + timedelta(hours=1)
    ledger.visit(visit(VisitState.RESTING, at=later))
    assert ledger.past("seeds", "https://post.example/feed") == before
    assert len(ledger.visits("seeds", since=visit().at)) == 1


def test_what_was_learnt_of_an_address_holds_for_it_alone(ledger: SqliteLedger) -> None:
    ledger.visit(visit(etag='"a"'))
    ledger.visit(visit(VisitState.GONE, at=visit().at + timedelta(hours=1)))
    assert ledger.past("seeds", "https://post.example/feed").gone
    assert ledger.retired() == ["seeds"]
    other = ledger.past("seeds", "https://post.example/other")
    assert (other.gone, other.etag, other.read) == (False, None, visit().at)
    ledger.visit(visit(VisitState.FAILED, address="https://post.example/other"))
    assert ledger.past("seeds", "https://post.example/other").etag is None
    assert ledger.retired() == []


def test_an_outage_is_told_once_and_to_its_own_newsletter(tmp_path: Path) -> None:
    with closing(SqliteLedger.open(tmp_path, sources=["seeds"])) as ledger:
        for hour in range(3):
            at = visit().at + timedelta(hours=hour)
            ledger.visit(visit(VisitState.FAILED, at=at, detail=f"failure {hour}"))

    def told(*sources: str) -> list[tuple[str, int, str]]:
        with closing(SqliteLedger.open(tmp_path, sources=sources)) as ledger:
            return [(o.source, o.failures, o.detail) for o in ledger.outages()]

    assert told("other") == []
    with closing(SqliteLedger.rehearsal(tmp_path, sources=["seeds"])) as copy:
        assert len(copy.outages()) == 1
    assert told("seeds", "other") == [("seeds", 3, "failure 2")]
    assert told("seeds", "other") == []


def test_visits_come_back_without_their_entries(ledger: SqliteLedger) -> None:
    first = visit(status=200, latency=0.25, size=900, listed=3, new=2, edited=1, held=0)
    second = visit(VisitState.FAILED, at=first.at + timedelta(days=1), detail="was not found")
    for it in (first, second):
        ledger.visit(replace(it, noted=(noted("1", Stand.PASSED),)))
    bare = [replace(it, address="") for it in (first, second)]
    assert ledger.visits("seeds", since=first.at) == bare
    assert ledger.visits("seeds", since=second.at) == bare[1:]
    assert ledger.visits("other", since=first.at) == []


def test_when_a_source_gave_articles(ledger: SqliteLedger) -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (3, 1, 2)]
    for number, day in enumerate(days):
        ledger.keep(document(b"%d" % number, fetched=day), story(number))
    ledger.keep(document(b"bad", fetched=days[0]), ReadError("bad", "is empty"))
    assert ledger.given("seeds", since=days[2]) == [days[2], days[0]]


def online(data: bytes, **changes: object) -> Document:
    """A document that a feed has led to."""
    url = "https://post.example/1"
    return document(data, **({"origin": url, "url": url, "entry": Entry(id="1")} | changes))


SEEN = online(b"").fetched
UPDATED = {"entry": Entry(id="1", updated=SEEN - timedelta(minutes=9))}
REWORDED = body(1) + "\n\nA correction."


@pytest.mark.parametrize(
    ("earlier", "now", "words", "changed"),
    [
        (None, {}, body(1), None),
        (None, UPDATED, body(1), SEEN - timedelta(minutes=9)),
        (None, {"entry": Entry(id="1", updated=SEEN + timedelta(hours=2))}, body(1), SEEN),
        (None, {"entry": Entry(id="1", updated=SEEN.date())}, body(1), None),
        ({}, {}, REWORDED, SEEN),
        ({}, UPDATED, REWORDED, SEEN),
        ({}, {}, body(2), None),
        ({"origin": "https://post.example/2"}, {}, REWORDED, None),
        ({"url": None, "entry": None}, {"url": None, "entry": None}, REWORDED, None),
    ],
    ids=[
        "seen first",
        "by its feed",
        "by a feed whose clock is ahead",
        "on a day",
        "between two looks",
        "between two looks, and by its feed",
        "another item under one address",
        "another address",
        "a file",
    ],
)
def test_when_the_words_of_an_article_changed(
    ledger: SqliteLedger,
    earlier: dict[str, object] | None,
    now: dict[str, object],
    words: str,
    changed: datetime | None,
) -> None:
    if earlier is not None:
        first = online(b"first", fetched=SEEN - timedelta(hours=1), **earlier)
        ledger.keep(first, story(1, id="first", origin=first.origin))
    it = online(b"now", **now)
    ledger.keep(it, story(1, id="now", text=words, origin=it.origin))
    found = {candidate.id: candidate.changed for candidate in ledger.pending("digest")}
    assert found.pop("now") == changed
    assert list(found.values()) == [None] * len(found)


def test_what_is_still_changing_stays_pending_and_is_no_leftover(ledger: SqliteLedger) -> None:
    fill(ledger, story(1), story(2))
    waits = Fate(article=story(2).article.id, outcome=Outcome.CHANGING, why="still changing")
    made = issue(story(1))
    ledger.claim(made, [*fates(made), waits])
    assert [candidate.id for candidate in ledger.pending("digest")] == [waits.article]
    assert waits.article not in ledger.leftovers("digest")
    assert waits in ledger.fates(made.id)


def test_a_source_is_down_as_long_as_it_fails(ledger: SqliteLedger) -> None:
    for hour in range(3):
        ledger.visit(visit(VisitState.FAILED, at=visit().at + timedelta(hours=hour)))
    for _ in range(2):
        assert [(it.source, it.since) for it in ledger.down()] == [("seeds", visit().at)]
    assert len(ledger.outages()) == 1
    assert len(ledger.down()) == 1
    ledger.visit(visit(at=visit().at + timedelta(hours=4)))
    assert ledger.down() == []


def test_nobody_is_kept_from_writing_while_articles_come_in(
    ledger: SqliteLedger, tmp_path: Path
) -> None:
    fill(ledger, story(1))
    ledger.visit(visit())
    ledger.learnt("seeds", ["Menu"])
    ledger.outages()
    with closing(SqliteLedger.open(tmp_path, sources=SOURCES, timeout=0)) as other:
        assert other.slots.pause("digest", visit().at)
        assert len(other.pending("digest")) == 1
    assert ledger.slots.paused("digest")


def test_a_visit_that_cannot_be_kept_whole_is_not_kept(ledger: SqliteLedger) -> None:
    wrong = noted("1", Stand.TAKEN, tries=None)
    with pytest.raises(LedgerError):
        ledger.visit(visit(noted=(noted("0", Stand.TAKEN), wrong)))
    assert ledger.known("seeds", [marked("0")]) == []
    ledger.visit(visit(noted=(noted("0", Stand.TAKEN),)))
    assert len(ledger.known("seeds", [marked("0")])) == 1


def test_the_ledger_is_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with closing(SqliteLedger.open(tmp_path / "state", sources=SOURCES)) as ledger:
            fill(ledger, story(1))
            modes = {it.name: it.stat().st_mode & 0o777 for it in (tmp_path / "state").iterdir()}
    finally:
        os.umask(before)
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_a_ledger_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    SqliteLedger.open(tmp_path, sources=SOURCES).close()
    (tmp_path / FILE).chmod(0o640)
    tmp_path.chmod(0o750)
    SqliteLedger.open(tmp_path, sources=SOURCES).close()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o640
    assert tmp_path.stat().st_mode & 0o777 == 0o750


def test_old_visits_are_pruned(ledger: SqliteLedger) -> None:
    first, hours = visit(new=50), 24 * 7 * 40
    for hour in range(hours):
        at = first.at + timedelta(hours=hour)
        if hour == 0 or hour % (24 * 7) in (2, 3):  # news once a week
            ledger.visit(visit(at=at, new=1 if hour else 50))
        else:
            ledger.visit(visit(VisitState.UNCHANGED, at=at))
    last = first.at + timedelta(hours=hours - 1)
    kept = ledger.visits("seeds", since=first.at)
    assert kept[0].at == first.at
    assert len([it for it in kept if it.at >= last - KEPT]) == KEPT // timedelta(hours=1) + 1
    assert len(kept) <= KEPT // timedelta(hours=1) + 1 + 2 * 31 + 1
    past = ledger.past("seeds", first.address)
    assert past.read == last
    assert [number for _, number in past.arrivals] == [2] * 30


def test_the_last_visit_that_was_read_stays_however_old(ledger: SqliteLedger) -> None:
    ledger.visit(visit())
    read = visit(VisitState.UNCHANGED, at=visit().at + timedelta(days=1))
    ledger.visit(read)
    for day in range(2, 90):
        ledger.visit(visit(VisitState.FAILED, at=visit().at + timedelta(days=day)))
    assert ledger.past("seeds", read.address).read == read.at
    assert len(ledger.visits("seeds", since=visit().at)) == KEPT // timedelta(days=1) + 1 + 2


def test_the_visits_that_a_source_is_judged_by(ledger: SqliteLedger) -> None:
    first = visit().at
    assert ledger.last_visits("seeds", since=first) == []
    states = (VisitState.OK, VisitState.UNCHANGED, VisitState.FAILED, VisitState.FAILED)
    for day, state in enumerate(states):
        ledger.visit(visit(state, at=first + timedelta(days=day)))
    days = [(it.at - first).days for it in ledger.last_visits("seeds", since=first)]
    assert days == [1, 3]
    late = ledger.last_visits("seeds", since=first + timedelta(days=2))
    assert [(it.at - first).days for it in late] == [3]
    ledger.visit(visit(at=first + timedelta(days=4)))
    assert [(it.at - first).days for it in ledger.last_visits("seeds", since=first)] == [4]


def test_alarms_of_sources_become_those_of_all_newsletters(tmp_path: Path) -> None:
    before = ["source:b:wire:down", "source:a:wire:down", "source:a:silo:post:quiet", "run:a:"]
    folder = Path(ledger_package.__file__ or "").parent / "migrations"
    with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        for step in sorted(folder.iterdir())[:7]:
            db.executescript(step.read_text("utf-8"))
        db.execute("PRAGMA user_version = 7")
        rows = [(key, "2026-11-20T07:30:00.000000+00:00", key) for key in before]
        db.executemany("INSERT INTO alarm (key, since, text) VALUES (?, ?, ?)", rows)
    with closing(SqliteLedger.open(tmp_path, sources=SOURCES)) as ledger:
        alarms = {row["key"]: row["due"] for row in ledger.slots.alarms()}
    told = ["run:a:", "source::silo:post:quiet", "source::wire:down"]
    assert alarms == dict.fromkeys(told)


def test_visits_are_kept_as_long_as_anything_reads_them() -> None:
    assert timedelta(weeks=WEEKS) <= KEPT
