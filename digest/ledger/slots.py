"""What was decided on the slots of schedules, when newsletters paused, and what alarms stand.

A slot has one row, whoever writes it first; an issue's own row, of `digest.ledger.issues`, is the
proof that it was made, also for a run that died in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from digest.ledger.columns import as_list, moment
from digest.ledger.store import Store

MADE, SKIPPED = "made", "skipped"


class Slots:
    """The part of the ledger that keeps slots, pauses, looks at sources, and alarms."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- slots ---

    def since(self, newsletter: str, schedule: str, now: datetime) -> datetime:
        """Since when ``schedule`` holds: ``now``, noted, if it is another than before."""
        row = self._store.row("timetable", {"newsletter": newsletter})
        if row and row["schedule"] == schedule:
            return datetime.fromisoformat(row["since"])
        given = {"newsletter": newsletter, "schedule": schedule, "since": moment(now)}
        with self._store.transaction() as write:
            write("set_timetable", given)
        return now

    def undecided(
        self, newsletter: str, slots: Sequence[datetime], now: datetime
    ) -> Sequence[datetime]:
        """Of ``slots``, in order and none after ``now``, those that nothing was decided on."""
        if not slots:
            return ()
        given = {"newsletter": newsletter, "from": moment(slots[0]), "now": moment(now)}
        decided = {row["moment"] for row in self._store.rows("decided", given)}
        return tuple(slot for slot in slots if moment(slot) not in decided)

    def decide(self, newsletter: str, reasons: Mapping[datetime, str], now: datetime) -> None:
        """Note why each slot makes no issue, or by an empty reason that it has made one."""
        with self._store.transaction() as write:
            for slot, why in reasons.items():
                given = {
                    "newsletter": newsletter,
                    "moment": moment(slot),
                    "slot": slot.isoformat(),
                    "decided": moment(now),
                    "state": SKIPPED if why else MADE,
                    "why": why,
                }
                write("decide_slot", given)

    def skipped(self, newsletter: str, *, limit: int = 10) -> Sequence[sqlite3.Row]:
        """The last slots that made no issue: slot, decided, state, why."""
        given = {"newsletter": newsletter, "states": as_list([SKIPPED]), "limit": limit}
        return self._store.rows("slots", given)

    def last(self, newsletter: str) -> sqlite3.Row | None:
        """The last slot that was decided on: slot, decided, state, why."""
        given = {"newsletter": newsletter, "states": as_list([MADE, SKIPPED]), "limit": 1}
        return self._store.row("slots", given)

    # --- pauses ---

    def pauses(
        self, newsletter: str, *, after: datetime
    ) -> Sequence[tuple[datetime, datetime | None]]:
        """Pauses that did not end before ``after``: since when and, if they ended, until when."""
        rows = self._store.rows("pauses", {"newsletter": newsletter, "after": moment(after)})
        return [
            (
                datetime.fromisoformat(row["since"]),
                datetime.fromisoformat(row["until"]) if row["until"] else None,
            )
            for row in rows
        ]

    def paused(self, newsletter: str) -> datetime | None:
        """Since when the newsletter makes no issues; None if it does."""
        row = self._store.row("paused", {"newsletter": newsletter})
        return datetime.fromisoformat(row["since"]) if row else None

    def pause(self, newsletter: str, now: datetime) -> bool:
        """Make no issues from ``now`` on; False if that holds already."""
        if self.paused(newsletter):
            return False
        with self._store.transaction() as write:
            write("add_pause", {"newsletter": newsletter, "since": moment(now)})
        return True

    def resume(self, newsletter: str, now: datetime) -> bool:
        """Make issues again from ``now`` on; False if there was no pause."""
        with self._store.transaction() as write:
            return bool(write("end_pause", {"newsletter": newsletter, "until": moment(now)}))

    # --- looks at sources between slots ---

    def looked(self, sources: Iterable[str]) -> Mapping[str, datetime]:
        """When the scheduler last began to look at each source, if it ever did."""
        rows = self._store.rows("gathering", {"sources": as_list(sources)})
        return {row["source"]: datetime.fromisoformat(row["begun"]) for row in rows}

    def look(self, sources: Iterable[str], now: datetime) -> None:
        """Note that a look at each source begins."""
        with self._store.transaction() as write:
            for source in sources:
                write("begin_gathering", {"source": source, "begun": moment(now)})

    # --- alarms ---

    def alarms(self) -> Sequence[sqlite3.Row]:
        """What is not mended: key, since, text, tries, and due if the operator is still to hear."""
        return self._store.rows("alarms", {})

    def alarm(self, key: str, text: str, now: datetime) -> None:
        """Note that the operator is to be told of ``key``."""
        with self._store.transaction() as write:
            write("add_alarm", {"key": key, "since": moment(now), "text": text})

    def told(self, key: str) -> None:
        """Note that the operator was told of ``key``."""
        with self._store.transaction() as write:
            write("told_alarm", {"key": key})

    def put_off(self, key: str, due: datetime) -> None:
        """Note that the operator could not be told of ``key``, and when to try again."""
        with self._store.transaction() as write:
            write("put_off_alarm", {"key": key, "due": moment(due)})

    def calm(self, key: str) -> None:
        """Note that ``key`` is mended."""
        with self._store.transaction() as write:
            write("end_alarm", {"key": key})
