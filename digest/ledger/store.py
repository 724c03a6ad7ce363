"""One SQLite file and how it is worked on: opened, brought up to date, written in transactions.

What is gathered is written in batches, so that a thousand small readings do not cost a thousand
waits for the disk; all else is written at once, after what is open in the batch.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

from digest.errors import LedgerError
from digest.ledger.faults import explained

FILE = "ledger.sqlite3"

#: Things kept per transaction. A kill loses at most these readings, which are then made again.
BATCH = 100


class Store:
    """The connection that all parts of the ledger share.

    Every method raises `LedgerError` if the file is locked, damaged or cannot be written.
    """

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._db = connection
        self._db.row_factory = sqlite3.Row
        self.where = where
        self._unsaved = 0
        self._durable = True

    @classmethod
    def open(cls, folder: Path, *, timeout: float = 5.0) -> Store:
        """The store of a state folder, made if it is not there. ``timeout`` is in seconds."""
        file = folder / FILE
        with explained(str(file)):
            folder.mkdir(parents=True, exist_ok=True)
            plain = sqlite3.connect(file, timeout=timeout, isolation_level=None)
            with _closed_on_failure(plain) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                _migrate(connection, str(file))
        return cls(connection, where=str(file))

    @classmethod
    def rehearsal(cls, folder: Path) -> Store:
        """A copy in memory of a state folder's store; an empty one if there is none."""
        file = folder / FILE
        with (
            explained(str(file)),
            _closed_on_failure(sqlite3.connect(":memory:", isolation_level=None)) as connection,
        ):
            if file.exists():
                with closing(sqlite3.connect(file)) as real:
                    real.backup(connection)
            _migrate(connection, str(file))
        return cls(connection, where=str(file))

    def close(self) -> None:
        """Commit what is open and close the file."""
        with explained(self.where):
            self._save()
            self._db.close()

    def row(self, query: str, given: Mapping[str, object]) -> sqlite3.Row | None:
        """The first row that the named query finds."""
        return next(iter(self.rows(query, given)), None)

    def rows(self, query: str, given: Mapping[str, object]) -> list[sqlite3.Row]:
        """All rows that the named query finds."""
        with explained(self.where):
            return self._db.execute(_sql(query), given).fetchall()

    @contextmanager
    def batch(self) -> Iterator[Writer]:
        """Writes that belong together, committed with up to `BATCH` others."""
        with explained(self.where):
            if not self._unsaved:
                self._db.execute("BEGIN IMMEDIATE")
            self._unsaved += 1
            yield Writer(self._db)
            if self._unsaved >= BATCH:
                self._save()

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[Writer]:
        """Writes that are committed at once, all or none.

        What is not ``durable`` outlives the process, but a power cut may undo it (SQLite's WAL
        with ``synchronous = NORMAL``); a durable commit after it makes it durable too.
        """
        with explained(self.where):
            self._save()
            if durable != self._durable:
                self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._durable = durable
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield Writer(self._db)
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _save(self) -> None:
        if self._unsaved:
            self._db.execute("COMMIT")
            self._unsaved = 0


class Writer:
    """What stands open to be written in a transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __call__(self, query: str, given: Mapping[str, object]) -> int:
        """Run the named query; the number of rows that it changed."""
        return self._db.execute(_sql(query), given).rowcount


@cache
def _queries() -> dict[str, str]:
    """The blocks of all files in ``queries/`` by name."""
    folder = files("digest.ledger").joinpath("queries")
    text = "\n".join(file.read_text("utf-8") for file in folder.iterdir())
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
