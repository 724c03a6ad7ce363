"""What SQLite and the file system say, as what the user can do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from digest.errors import LedgerError


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn every failure of the file ``where`` into a `LedgerError` with a way out."""
    try:
        yield
    except sqlite3.ProgrammingError:  # ours, and no fault of the file
        raise
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
