"""What was decided on the slots of schedules, when newsletters paused, and what alarms stand.

A slot has one row, whoever writes it first; an issue's own row, of `digest.ledger.issues`, is the
proof that it was made, also for a run that died in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.ledger.columns import as_list, moment, parsed, when, words
from digest.ledger.store import Store

MADE, SKIPPED = "made", "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """A newsletter's schedule, and since when it holds."""

    #: As `digest.schedule.when` writes it, to be known again.
    schedule: str
    #: Earlier moments are none of its slots,
    since: datetime
    #: but for these, which stood open when it came into force.
    kept: tuple[datetime, ...] = ()


class Slots:
    """The part of the ledger that keeps slots, pauses, looks at sources, and alarms."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- slots ---

    def timetable(self, newsletter: str) -> Timetable | None:
        """What was noted last of the newsletter's schedule."""
        row = self._store.row("timetable", {"newsletter": newsletter})
        if row is None:
            return None
        return Timetable(
            schedule=row["schedule"],
            since=datetime.fromisoformat(row["since"]),
            kept=tuple(map(datetime.fromisoformat, words(row["kept"]))),
        )

    def set_timetable(self, newsletter: str, timetable: Timetable) -> None:
        given = {
            "newsletter": newsletter,
            "schedule": timetable.schedule,
            "since": moment(timetable.since),
            "kept": as_list(map(moment, timetable.kept)),
        }
        with self._store.transaction() as write:
            write("set_timetable", given)

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

    def skipped(self, newsletter: str, *, now: datetime, limit: int = 10) -> Sequence[sqlite3.Row]:
        """The last slots up to ``now`` that made no issue: slot, decided, state, why."""
        return self._last(newsletter, [SKIPPED], now, limit)

    def last(self, newsletter: str, now: datetime) -> datetime | None:
        """The last slot up to ``now`` that was decided on."""
        rows = self._last(newsletter, [MADE, SKIPPED], now, 1)
        return datetime.fromisoformat(rows[0]["slot"]) if rows else None

    def _last(
        self, newsletter: str, states: Sequence[str], now: datetime, limit: int
    ) -> Sequence[sqlite3.Row]:
        given = {"newsletter": newsletter, "now": moment(now), "limit": limit}
        return self._store.rows("slots", {**given, "states": as_list(states)})

    def failure(self, newsletter: str, now: datetime) -> tuple[datetime, str] | None:
        """When the newsletter's last run failed that did, and why."""
        row = self._store.row("failure", {"newsletter": newsletter, "now": moment(now)})
        return (datetime.fromisoformat(row["at"]), row["why"]) if row else None

    def fail(self, newsletter: str, why: str, now: datetime) -> None:
        """Note that a run failed."""
        with self._store.transaction() as write:
            write("set_failure", {"newsletter": newsletter, "at": moment(now), "why": why})

    # --- pauses ---

    def pauses(
        self, newsletter: str, *, after: datetime, now: datetime
    ) -> Sequence[tuple[datetime, datetime | None]]:
        """Pauses that did not end before ``after``: since when and, if they ended, until when.

        One that lasts holds whenever it was begun, also by a clock that was ahead.
        """
        rows = self._store.rows("pauses", {"newsletter": newsletter, "after": moment(after)})
        found = ((datetime.fromisoformat(row["since"]), parsed(row["until"])) for row in rows)
        return [(after if since > now and not until else since, until) for since, until in found]

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

    def forget_looks(self, sources: Iterable[str], now: datetime) -> None:
        """Note that looks which began ``now`` were broken off, but for those that had an answer."""
        with self._store.transaction() as write:
            write("forget_gathering", {"sources": as_list(sources), "begun": moment(now)})

    # --- alarms ---

    def alarms(self) -> Sequence[sqlite3.Row]:
        """What is not mended: key, since, text, tries, and due if the operator is still to hear."""
        return self._store.rows("alarms", {})

    def alarm(
        self, key: str, text: str, now: datetime, *, tries: int, due: datetime | None
    ) -> None:
        """Note how ``key`` stands: told of in vain so often, and when next; None if it was told."""
        given = {"key": key, "since": moment(now), "text": text, "tries": tries, "due": when(due)}
        with self._store.transaction() as write:
            write("set_alarm", given)

    def calm(self, key: str) -> None:
        """Note that ``key`` is mended."""
        with self._store.transaction() as write:
            write("end_alarm", {"key": key})
