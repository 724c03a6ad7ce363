"""How entries are written down: by what they are known by, and whole while they are to come."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict

import msgspec

from digest.ledger.columns import published
from digest.ledger.store import Writer
from digest.model import Entry, Mark
from digest.visits import Noted, Stand


def note(write: Writer, source: str, it: Noted) -> None:
    """Remember an entry of a source, or where the ledger stands with it now."""
    entry = msgspec.json.encode(it.entry).decode() if it.entry else None
    row = {**asdict(it.mark), "stand": it.stand, "entry": entry, "tries": it.tries}
    write("note", {"source": source, **row})


def mark(row: sqlite3.Row) -> Mark:
    return Mark(**{name: row[name] for name in Mark.__slots__})


def noted(row: sqlite3.Row) -> Noted:
    entry = _entry(row["entry"]) if row["entry"] else None
    return Noted(mark=mark(row), stand=Stand(row["stand"]), entry=entry, tries=row["tries"])


def _entry(text: str) -> Entry:
    columns = msgspec.json.decode(text)
    columns |= {name: published(columns[name]) for name in ("published", "updated")}
    return Entry(**{**columns, "tags": tuple(columns["tags"])})
