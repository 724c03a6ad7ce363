"""What sources on the web gave: the looks at them, and every entry they ever listed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest.ledger.columns import as_list, moment, parsed, when
from digest.ledger.entries import mark, note, noted
from digest.ledger.store import Store
from digest.model import Mark
from digest.visits import Noted, Outage, Past, Stand, Visit, VisitState

#: Failed visits in a row that make an outage.
OUTAGE = 3
#: How long visits are kept, but for the few that older ones are known by.
KEPT = timedelta(weeks=8)

_READ = (VisitState.OK, VisitState.UNCHANGED)


class Visits:
    """The part of the ledger that keeps sources on the web, their visits and entries."""

    def __init__(self, store: Store, *, sources: Sequence[str]) -> None:
        self._store = store
        self._sources = as_list(sources)

    def past(self, source: str, address: str) -> Past:
        row = self._store.row("past", {"source": source})
        if row is None:
            return Past()
        arrivals = self._store.rows("arrivals", {"source": source})
        came = tuple((datetime.fromisoformat(a["at"]), int(a["new"])) for a in arrivals)
        past = Past(read=parsed(row["read"]), arrivals=came)
        # What was learnt of another address does not hold for this one.
        return _remembered(past, row) if row["address"] == address else past

    def known(self, source: str, marks: Sequence[Mark]) -> Sequence[Noted]:
        keys = ("id", "url", "place", "dated")
        given = {key: as_list(filter(None, {getattr(m, key) for m in marks})) for key in keys}
        rows = self._store.rows("known", {"source": source, **given})
        return [Noted(mark=mark(row), stand=Stand(row["stand"])) for row in rows]

    def waiting(self, source: str) -> Sequence[Noted]:
        return [noted(row) for row in self._store.rows("waiting", {"source": source})]

    def visit(self, visit: Visit) -> None:
        with self._store.transaction(durable=False) as write:
            for it in visit.noted:
                note(write, visit.source, it)
            if visit.state is not VisitState.RESTING:
                row = _visit_row(visit)
                write("add_visit", row)
                write("read_source" if visit.state in _READ else "missed_source", row)
                write("prune_visits", {"source": visit.source, "before": moment(visit.at - KEPT)})

    def outages(self) -> Sequence[Outage]:
        found = self._outages(again=False)
        with self._store.transaction(durable=False) as write:
            for outage in found:
                write("told_source", {"source": outage.source})
        return found

    def down(self) -> Sequence[Outage]:
        """Sources that have failed for a while, whether or not they were given before."""
        return self._outages(again=True)

    def _outages(self, *, again: bool) -> Sequence[Outage]:
        given = {"failures": OUTAGE, "sources": self._sources, "again": again}
        return [_outage(row) for row in self._store.rows("outages", given)]

    def retired(self) -> Sequence[str]:
        return [row["name"] for row in self._store.rows("retired", {"sources": self._sources})]

    def held(self) -> Mapping[str, int]:
        rows = self._store.rows("held", {"sources": self._sources})
        return {row["source"]: row["entries"] for row in rows}

    def release(self, source: str) -> int:
        """Let the next run take the entries of a source that are held; how many they are."""
        with self._store.transaction() as write:
            return write("release", {"source": source})

    def discard(self, source: str) -> int:
        """Pass over the entries of a source that are held; how many they are."""
        with self._store.transaction() as write:
            return write("discard", {"source": source})

    def visits(self, source: str, *, since: datetime) -> Sequence[Visit]:
        """The visits to a source, oldest first, without the entries that they brought."""
        return self._visits("visits", source, since)

    def last_visits(self, source: str, *, since: datetime) -> Sequence[Visit]:
        """Of the visits to a source the last that was read, and then the last if it is another."""
        return self._visits("last_visits", source, since)

    def _visits(self, query: str, source: str, since: datetime) -> Sequence[Visit]:
        given = {"source": source, "since": moment(since)}
        return [_visit(row) for row in self._store.rows(query, given)]

    def given(self, source: str, *, since: datetime) -> Sequence[datetime]:
        """When a source, a folder too, gave articles: a moment for each, in order."""
        rows = self._store.rows("given", {"source": source, "since": moment(since)})
        return [datetime.fromisoformat(row["fetched"]) for row in rows]


def _visit_row(visit: Visit) -> dict[str, object]:
    columns = {name: getattr(visit, name) for name in Visit.__slots__ if name != "noted"}
    gone = visit.state is VisitState.GONE
    return {**columns, "at": moment(visit.at), "retry_at": when(visit.retry_at), "gone": gone}


def _visit(row: sqlite3.Row) -> Visit:
    columns = dict(zip(row.keys(), row, strict=True))
    columns["at"] = datetime.fromisoformat(row["at"])
    return Visit(**{**columns, "state": VisitState(row["state"]), "address": ""})


def _remembered(past: Past, row: sqlite3.Row) -> Past:
    return replace(
        past,
        moved=row["moved"],
        etag=row["etag"],
        modified=row["modified"],
        body=row["body"],
        retry_at=parsed(row["retry_at"]),
        failures=row["failures"],
        gone=bool(row["gone"]),
        told=bool(row["told"]),
    )


def _outage(row: sqlite3.Row) -> Outage:
    return Outage(
        source=row["name"],
        since=datetime.fromisoformat(row["failing"]),
        failures=row["failures"],
        detail=row["detail"] or "",
    )
