"""How an issue's delivery stands, recipient by recipient where somebody must know."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice

from digest.cli.fates import unknown
from digest.cli.lines import bold, count, table
from digest.ledger.sends import WORDS, Sends
from digest.ledger.sqlite import SqliteLedger
from digest.model import SendState

#: Recipients named before the rest is counted only.
_MOST = 50
#: SQLite's word for no limit.
_ALL = -1
#: Where recipients stand whom somebody may want to do something about.
_TOLD = (
    SendState.REFUSED,
    SendState.DEFERRED,
    SendState.EXPIRED,
    SendState.UNCERTAIN,
    SendState.SENDING,
    SendState.SKIPPED,
)


def summary(sends: Sends, issue: str) -> Iterator[str]:
    """All recipients of an issue by where they stand; nothing if it was sent to nobody."""
    if counts := sends.tally(issue):
        standing = ", ".join(f"{number:,} {word}" for word, number in counts.items())
        yield f"{count(sum(counts.values()), 'recipient')}: {standing}"


def report(sends: Sends, issue: str) -> Iterator[str]:
    """The counts, what the server said, who was not reached, and who may have it twice."""
    yield from summary(sends, issue)
    if said := sends.reasons(issue):
        yield bold("\nWhy")
        yield from table((f"{row['number']:,} {_word(row['state'])}", row["words"]) for row in said)
    yield from _named("Not reached", sends.standing(issue, _TOLD))
    yield from _named("In doubt: cut off before the answer came", sends.doubted(issue))


def record(ledger: SqliteLedger, newsletter: str, issue: str | None) -> list[dict[str, object]]:
    """The last issues, or the one that was named with all who were not reached, as plain data.

    Raises `ConfigError` for an issue that the ledger does not know.
    """
    sends = ledger.sends
    if issue is None:
        return [
            {**dict(row), "recipients": sends.tally(row["id"])} for row in ledger.issues(newsletter)
        ]
    found = [row for row in ledger.issues(newsletter, limit=_ALL) if row["id"] == issue]
    if not found:
        raise unknown(issue)
    told = {
        "recipients": sends.tally(issue),
        "not_reached": [_row(row) for row in sends.standing(issue, _TOLD)],
        "doubted": [_row(row) for row in sends.doubted(issue)],
    }
    return [{**dict(row), **told} for row in found]


def _word(state: str) -> str:
    """What the user calls where a copy stands."""
    return WORDS.get(SendState(state), state)


def _named(heading: str, rows: Iterator[sqlite3.Row]) -> Iterator[str]:
    first = list(islice(rows, _MOST))
    if first:
        yield bold(f"\n{heading}")
        yield from table((row["address"] or "(removed)", _standing(row)) for row in first)
    if more := sum(1 for _ in rows):
        yield f"  and {more:,} more: --json lists all"


def _standing(row: sqlite3.Row) -> str:
    tries = count(row["attempts"], "try", "tries")
    return " ".join(filter(None, (f"{_word(row['state'])} after {tries}:", row["words"])))


def _row(row: sqlite3.Row) -> dict[str, object]:
    names = ("address", "state", "attempts", "due", "doubted", "code", "words")
    return {**{name: row[name] for name in names}, "state": _word(row["state"])}
