"""The ledger in SQLite: what was seen, chosen and delivered, and why not.

Two-phase: an issue is claimed, with the fate of every candidate, in one transaction before
anything is delivered; what became of it is recorded after. Between the two it can be rebuilt
from its rows, so a run that was killed is finished by the next one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from digest.errors import DigestError, LedgerError
from digest.model import (
    Article,
    Candidate,
    Document,
    Fate,
    Headline,
    Issue,
    Newsletter,
    Outcome,
    Receipt,
    Section,
    State,
    Story,
    Summary,
)
from digest.text import sketch

FILE = "ledger.sqlite3"

#: Documents kept per transaction. A kill loses at most these readings, which are then made again.
BATCH = 100


class SqliteLedger:
    """A ledger in one file, or in memory for a rehearsal that leaves no trace.

    Every method raises `LedgerError` if the file is locked, damaged or cannot be written.
    """

    def __init__(
        self, connection: sqlite3.Connection, *, where: str, sources: Sequence[str]
    ) -> None:
        self._db = connection
        self._db.row_factory = sqlite3.Row
        self._where = where
        self._sources = msgspec.json.encode(list(sources)).decode()
        self._unsaved = 0

    @classmethod
    def open(cls, folder: Path, *, sources: Sequence[str], timeout: float = 5.0) -> SqliteLedger:
        """The ledger of a state folder, made if it is not there. ``timeout`` is in seconds."""
        file = folder / FILE
        with _explained(str(file)):
            folder.mkdir(parents=True, exist_ok=True)
            plain = sqlite3.connect(file, timeout=timeout, isolation_level=None)
            with _closed_on_failure(plain) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                _migrate(connection, str(file))
        return cls(connection, where=str(file), sources=sources)

    @classmethod
    def rehearsal(cls, folder: Path, *, sources: Sequence[str]) -> SqliteLedger:
        """A copy in memory of a state folder's ledger; an empty one if there is none."""
        file = folder / FILE
        with (
            _explained(str(file)),
            _closed_on_failure(sqlite3.connect(":memory:", isolation_level=None)) as connection,
        ):
            if file.exists():
                with closing(sqlite3.connect(file)) as real:
                    real.backup(connection)
            _migrate(connection, str(file))
        return cls(connection, where=str(file), sources=sources)

    def close(self) -> None:
        """Commit what is open and close the file."""
        with _explained(self._where):
            self._save()
            self._db.close()

    # --- seen ---

    def unseen(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            known = {"source": document.source, "fingerprint": document.fingerprint}
            if self._row("is_known", known) is None:
                yield document

    def keep(self, document: Document, read: Story | DigestError) -> bool:
        story = None if isinstance(read, DigestError) else read
        with _explained(self._where):
            if not self._unsaved:
                self._db.execute("BEGIN IMMEDIATE")
            self._unsaved += 1
            added = 0
            if story:
                row = _article_row(story, document.fetched)
                added = self._db.execute(_sql("add_article"), row).rowcount
            self._db.execute(
                _sql("add_document"),
                {
                    "source": document.source,
                    "fingerprint": document.fingerprint,
                    "origin": document.origin,
                    "fetched": _moment(document.fetched),
                    "article": story.article.id if story else None,
                    "failure": None if story else str(read),
                },
            )
            if self._unsaved >= BATCH:
                self._save()
        return added == 1

    # --- chosen ---

    def pending(self, newsletter: str) -> Sequence[Candidate]:
        given = {"newsletter": newsletter, "sources": self._sources}
        return [_candidate(row) for row in self._rows("pending", given)]

    def history(self, newsletter: str) -> Sequence[Candidate]:
        return [_candidate(row) for row in self._rows("history", {"newsletter": newsletter})]

    def stories(self, articles: Iterable[str]) -> Iterator[Story]:
        for article in articles:
            row = self._row("article", {"id": article})
            if row is None:
                raise LedgerError(self._where, f"holds no article {article}")
            yield _story(row)

    def claim(self, issue: Issue, fates: Iterable[Fate]) -> None:
        with self._transaction() as db:
            db.execute(
                _sql("add_issue"),
                {
                    "id": issue.id,
                    "newsletter": issue.newsletter.id,
                    "slot": issue.slot.isoformat(),
                    "moment": _moment(issue.slot),
                    "held": issue.held,
                    "state": "claimed" if issue.sections else "empty",
                    "masthead": msgspec.json.encode(issue.newsletter).decode(),
                },
            )
            places = _places(issue)
            for fate in fates:
                position, section = places.get(fate.article, (None, None))
                row = {**asdict(fate), "issue": issue.id, "position": position, "section": section}
                db.execute(_sql("add_fate"), row)

    def claimed(self, newsletter: str) -> Sequence[Issue]:
        return [self._issue(row) for row in self._rows("claimed", {"newsletter": newsletter})]

    def free_slot(self, newsletter: str, moment: datetime) -> datetime:
        slot = moment.replace(microsecond=0)
        while self._row("is_taken", {"newsletter": newsletter, "moment": _moment(slot)}):
            slot = (slot.astimezone(UTC) + timedelta(seconds=1)).astimezone(moment.tzinfo)
        return slot

    # --- delivered ---

    def record(self, receipt: Receipt) -> None:
        with self._transaction() as db:
            db.execute(_sql("add_receipt"), asdict(receipt))
            if receipt.state in (State.ACCEPTED, State.REFUSED):
                db.execute(_sql("set_state"), {"issue": receipt.issue, "state": receipt.state})

    # --- told ---

    def issues(self, newsletter: str, *, limit: int = 10) -> Sequence[sqlite3.Row]:
        """The last issues: id, slot, state, printed, listed, others, detail."""
        return self._rows("issues", {"newsletter": newsletter, "limit": limit})

    def fates(self, issue: str) -> Sequence[Fate]:
        """What became of each candidate of an issue, in the order of print."""
        return [_fate(row) for row in self._rows("fates", {"issue": issue})]

    def failures(self, *, limit: int = 10) -> Sequence[sqlite3.Row]:
        """The last documents that could not be read: origin, failure."""
        return self._rows("failures", {"limit": limit})

    # --- inside ---

    def _issue(self, row: sqlite3.Row) -> Issue:
        """An issue rebuilt from its rows, equal to the one that was claimed."""
        masthead = msgspec.json.decode(row["masthead"], type=Newsletter)
        fates = [f for f in self._rows("fates", {"issue": row["id"]}) if f["position"] is not None]
        return Issue(
            id=row["id"],
            newsletter=masthead,
            slot=_slot(row["slot"], masthead.timezone),
            sections=tuple(
                self._section(name, list(places))
                for name, places in groupby(fates, key=lambda fate: fate["section"])
            ),
            held=row["held"],
        )

    def _section(self, name: str | None, places: Sequence[sqlite3.Row]) -> Section:
        stories = list(self.stories(place["article"] for place in places))
        by_outcome = [
            (Outcome(p["outcome"]), p["other"], s) for p, s in zip(places, stories, strict=True)
        ]
        return Section(
            name=name,
            stories=tuple(
                replace(
                    story,
                    also=tuple(
                        other.article.headline
                        for outcome, main, other in by_outcome
                        if outcome is Outcome.FOLDED and main == story.article.id
                    ),
                )
                for outcome, _, story in by_outcome
                if outcome is Outcome.PRINTED
            ),
            headlines=tuple(s.article.headline for o, _, s in by_outcome if o is Outcome.LISTED),
        )

    def _row(self, query: str, given: Mapping[str, object]) -> sqlite3.Row | None:
        return next(iter(self._rows(query, given)), None)

    def _rows(self, query: str, given: Mapping[str, object]) -> list[sqlite3.Row]:
        with _explained(self._where):
            return self._db.execute(_sql(query), given).fetchall()

    def _save(self) -> None:
        if self._unsaved:
            self._db.execute("COMMIT")
            self._unsaved = 0

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _explained(self._where):
            self._save()
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


@cache
def _queries() -> dict[str, str]:
    """The blocks of ``queries.sql`` by name."""
    text = files("digest.ledger").joinpath("queries.sql").read_text("utf-8")
    blocks = (block.partition("\n") for block in text.split("-- name: ")[1:])
    return {name.strip(): sql for name, _, sql in blocks}


def _sql(name: str) -> str:
    return _queries()[name]


def _migrate(db: sqlite3.Connection, where: str) -> None:
    """Bring the tables up to date, one numbered file after the other, each in a transaction."""
    folder = files("digest.ledger").joinpath("migrations")
    steps = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda f: f.name
    )
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(steps):
        raise LedgerError(where, "was written by a newer version of digest", "Upgrade digest.")
    for number, step in enumerate(steps[version:], start=version + 1):
        script = step.read_text("utf-8")
        db.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")


@contextmanager
def _closed_on_failure(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


@contextmanager
def _explained(where: str) -> Iterator[None]:
    """Turn what SQLite and the file system say into what the user can do about it."""
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        why, remedy = _explanation(str(error))
        raise LedgerError(where, why, remedy) from error


def _explanation(message: str) -> tuple[str, str]:
    text = message.lower()
    if "locked" in text or "busy" in text:
        return "is locked by another program", "Wait until that is done, then run again."
    if "full" in text or "no space" in text:
        return "cannot be written: the disk is full", "Make room, then run again; nothing is lost."
    if "not a database" in text or "malformed" in text:
        remedy = (
            "Restore a copy of it, or move it away: the next issue then holds all articles anew."
        )
        return "is damaged", remedy
    return f"cannot be used: {message}", "The state folder must be a folder that can be written."


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _published(value: str | None) -> date | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def _slot(value: str, zone: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(ZoneInfo(zone))


def _places(issue: Issue) -> dict[str, tuple[int, str | None]]:
    """Position and section of every article that the issue prints, lists or folds."""
    order = [
        (article, section.name)
        for section in issue.sections
        for article in (
            *(
                part
                for story in section.stories
                for part in (story.article.id, *(line.article for line in story.also))
            ),
            *(line.article for line in section.headlines),
        )
    ]
    return {article: (position, name) for position, (article, name) in enumerate(order)}


def _article_row(story: Story, seen: datetime) -> dict[str, Any]:
    article = story.article
    return {
        **asdict(article),
        "published": article.published.isoformat() if article.published else None,
        "tags": msgspec.json.encode(article.tags).decode(),
        "seen": _moment(seen),
        # With the title: under a stock body, such as "read the full story", it is all there is.
        "sketch": sketch(f"{article.title}\n{article.text}"),
        "summary": msgspec.json.encode(story.summary).decode(),
    }


def _story(row: sqlite3.Row) -> Story:
    columns = {name.name: row[name.name] for name in fields(Article)}
    columns["published"] = _published(row["published"])
    columns["tags"] = tuple(msgspec.json.decode(row["tags"], type=list[str]))
    summary = msgspec.json.decode(row["summary"], type=Summary)
    return Story(article=Article(**columns), summary=summary)


def _candidate(row: sqlite3.Row) -> Candidate:
    return Candidate(
        headline=Headline(
            article=row["id"],
            title=row["title"],
            url=row["url"],
            site=row["site"],
            published=_published(row["published"]),
            language=row["language"],
        ),
        seen=datetime.fromisoformat(row["seen"]),
        section=row["section"],
        source=row["source"],
        origin=row["origin"],
        length=row["length"],
        sketch=row["sketch"],
    )


def _fate(row: sqlite3.Row) -> Fate:
    return Fate(
        article=row["article"], outcome=Outcome(row["outcome"]), why=row["why"], other=row["other"]
    )
