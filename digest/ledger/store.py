"""One SQLite file and how it is worked on: opened, brought up to date, written in transactions.

No transaction stays open while anything is waited for: whoever else has something to write, such
as a reader who leaves, is never kept from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from digest.errors import LedgerError
from digest.ledger.faults import explained

FILE = "ledger.sqlite3"
#: Of a new file and its folder: readers' addresses are for their owner's eyes only.
_OWNER, _OWNERS_FOLDER = 0o600, 0o700


class Store:
    """The connection that all parts of the ledger share.

    Every method raises `LedgerError` if the file is locked, damaged or cannot be written.
    """

    def __init__(self, connection: sqlite3.Connection, *, where: str) -> None:
        self._db = connection
        self._db.row_factory = sqlite3.Row
        self.where = where
        self._durable = True

    @classmethod
    def open(cls, folder: Path, *, timeout: float = 5.0) -> Store:
        """The store of a state folder, made if it is not there. ``timeout`` is in seconds."""
        file = folder / FILE
        with explained(str(file)):
            folder.mkdir(_OWNERS_FOLDER, parents=True, exist_ok=True)
            if not file.exists():  # SQLite's own files beside it follow its mode
                file.touch(_OWNER)
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

    @classmethod
    def reading(cls, folder: Path) -> Store:
        """A state folder's store as it stands, only to be read, also while a run is at work.

        One that is not there, or that an older version wrote, is shown by a `rehearsal`.
        """
        file = folder / FILE
        if not file.exists():
            return cls.rehearsal(folder)
        with (
            explained(str(file)),
            _closed_on_failure(sqlite3.connect(file, isolation_level=None)) as connection,
        ):
            connection.execute("PRAGMA query_only = ON")
            if _version(connection) == len(_steps()):
                return cls(connection, where=str(file))
            connection.close()
        return cls.rehearsal(folder)

    def close(self) -> None:
        """Close the file."""
        with explained(self.where):
            self._db.close()

    def row(self, query: str, given: Mapping[str, object]) -> sqlite3.Row | None:
        """The first row that the named query finds."""
        return next(iter(self.rows(query, given)), None)

    def rows(self, query: str, given: Mapping[str, object]) -> list[sqlite3.Row]:
        """All rows that the named query finds."""
        with explained(self.where):
            return self._db.execute(_sql(query), given).fetchall()

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[Writer]:
        """Writes that are committed at once, all or none.

        What is not ``durable`` does not wait for the disk: it outlives the process, but a power cut
        may undo it (SQLite's WAL with ``synchronous = NORMAL``), the last such commits first; a
        durable commit after it makes it durable too.
        """
        with explained(self.where):
            if durable != self._durable:
                self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._durable = durable
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield Writer(self._db)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # a full disk has ended it already
                    self._db.execute("ROLLBACK")
                raise


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


@cache
def _steps() -> list[Traversable]:
    """The files in ``migrations/``, in their order."""
    folder = files("digest.ledger").joinpath("migrations")
    found = (file for file in folder.iterdir() if file.name.endswith(".sql"))
    return sorted(found, key=lambda file: file.name)


def _version(db: sqlite3.Connection) -> int:
    """How many of the steps the tables have gone."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _migrate(db: sqlite3.Connection, where: str) -> None:
    """Bring the tables up to date, one numbered file after the other, each in a transaction."""
    steps, version = _steps(), _version(db)
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
