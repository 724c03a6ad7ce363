"""What became of every recipient's copy of an issue.

    planned -> leased -> sending -> sent | refused | deferred | expired | uncertain | skipped

A block of rows is leased by a durable commit before its first message; the intent stands before
the first byte of a body may leave; the result follows the reply. So after a kill the rows that
were ``sending`` are all that can be in doubt. After a power cut the intents of the last moments
may be gone too: then the whole leased block is in doubt, which the boot's id tells.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from digest.errors import LedgerError
from digest.ledger.columns import as_list, moment, parsed, when
from digest.ledger.recipients import PAGE, recipient
from digest.ledger.store import Store, Writer
from digest.model import Edition, Send, SendState

#: What a kill in the middle of a message says of it.
CUT_SHORT = "the run was cut short while the server was being told"

#: What the user calls where a copy stands, if not by the state's name. What a killed run left in
#: the middle of a message is in doubt.
WORDS = {
    SendState.PLANNED: "remaining",
    SendState.LEASED: "remaining",
    SendState.SENDING: SendState.UNCERTAIN.value,
}

_READY = (SendState.PLANNED, SendState.DEFERRED)


class Sends:
    """The part of the ledger that keeps the frozen editions and each recipient's copy."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._settled: list[dict[str, object]] = []

    # --- frozen ---

    def freeze(self, editions: Mapping[str, Edition]) -> None:
        """Keep the rendered editions of an issue by their sections' keys; the first ones stay."""
        with self._store.transaction() as write:
            for sections, edition in editions.items():
                write("add_edition", _edition_row(sections, edition))

    def editions(self, issue: str) -> dict[str, Edition]:
        """The frozen editions of an issue by their sections' keys; empty if none was frozen."""
        rows = self._store.rows("editions", {"issue": issue})
        return {row["sections"]: self._edition(row) for row in rows}

    # --- planned ---

    def plan(
        self,
        issue: str,
        newsletter: str,
        choices: Mapping[tuple[str, ...], str | None],
        *,
        now: datetime,
    ) -> datetime | None:
        """A row for each recipient of the newsletter, all at once; when that was.

        ``choices`` leads from their topics to the edition they get; None is for those who want no
        section of this issue. An issue that is planned already stays as it is, and one that has
        nobody to go to is not planned yet: None.
        """
        planned = 0
        with self._store.transaction() as write:
            if begun := self._store.row("began", {"issue": issue}):
                return parsed(begun["began"])
            for topics, sections in choices.items():
                state = SendState.SKIPPED if sections is None else SendState.PLANNED
                words = "no section of this issue is theirs" if sections is None else ""
                row = {"issue": issue, "newsletter": newsletter, "sections": sections or ""}
                row |= {"topics": as_list(topics), "state": state, "words": words}
                planned += write("plan", row)
            if planned:
                write("begin", {"issue": issue, "began": moment(now)})
        return now if planned else None

    # --- leased ---

    def recover(self, issue: str, *, boot: str, resend: bool) -> None:
        """Settle what a killed run left behind; ``resend`` plans again what is in doubt."""
        lease = self._store.row("lease", {"issue": issue})
        if lease is None:
            return
        doubtful = [SendState.SENDING]
        if lease["boot"] != boot:
            doubtful.append(SendState.LEASED)
        after = SendState.PLANNED if resend else SendState.UNCERTAIN
        with self._store.transaction() as write:
            for state in doubtful:
                _move(write, issue, state, after, words=CUT_SHORT, doubt=1)
            _move(write, issue, SendState.LEASED, SendState.PLANNED)
            write("end_lease", {"issue": issue})

    def lease(self, issue: str, *, boot: str, now: datetime, limit: int) -> Sequence[Send]:
        """The next rows that are due, taken into this run's hands by a durable commit."""
        self.flush()
        with self._store.transaction() as write:
            write("take_lease", {"issue": issue, "boot": boot})
            given = {"issue": issue, "now": moment(now), "limit": limit}
            rows = self._store.rows("ready", given)
            leased = as_list(row["recipient"] for row in rows)
            write("mark_leased", {"issue": issue, "recipients": leased})
        return [_send(row) for row in rows]

    def intend(self, issue: str, send: Send) -> None:
        """The body of this message may leave now. Commits what was settled before, too."""
        with self._store.transaction(durable=False) as write:
            self._write_settled(write)
            write("mark", _named(issue, send.id, state=SendState.SENDING))

    def settle(
        self,
        issue: str,
        send: Send,
        state: SendState,
        *,
        code: int | None = None,
        words: str = "",
        due: datetime | None = None,
        doubt: bool = False,
        tried: bool = True,
    ) -> None:
        """What became of a message; committed by the next `intend`, `lease` or `flush`."""
        row = _named(issue, send.id, state=state)
        row |= {"code": code, "words": words, "due": when(due) or "", "doubt": int(doubt)}
        self._settled.append({**row, "attempts": send.attempts + tried})

    def flush(self) -> None:
        """Commit what was settled."""
        if self._settled:
            with self._store.transaction(durable=False) as write:
                self._write_settled(write)

    def expire(self, issue: str) -> None:
        """Give up on who is left: the issue is too old to go out."""
        with self._store.transaction() as write:
            for state in _READY:
                _move(write, issue, state, SendState.EXPIRED, words="the issue grew too old")

    # --- told ---

    def counts(self, issue: str) -> dict[SendState, int]:
        """How many recipients stand where; their sum is all who were planned."""
        rows = self._store.rows("counts", {"issue": issue})
        return {SendState(row["state"]): row["number"] for row in rows}

    def tally(self, issue: str) -> dict[str, int]:
        """The same in the user's words: remaining, sent, refused, deferred and so on."""
        counts = self.counts(issue)
        told: Counter[str] = Counter()
        for state in SendState:
            if state in counts:
                told[WORDS.get(state, state.value)] += counts[state]
        return dict(told)

    def doubted(self, issue: str) -> Iterator[sqlite3.Row]:
        """Each recipient whose copy was or is in doubt, even if it was sent again since."""
        return self._pages("doubted", {"issue": issue})

    def standing(self, issue: str, states: Iterable[SendState]) -> Iterator[sqlite3.Row]:
        """Each recipient in one of these states: address, state, attempts, due, code, words."""
        return self._pages("sends", {"issue": issue, "states": as_list(states)})

    def to(self, issue: str, newsletter: str, address: str) -> sqlite3.Row | None:
        """One recipient's copy: recipient, sections, state, words; None if none was planned."""
        given = {"issue": issue, "newsletter": newsletter, "key": address.casefold()}
        return self._store.row("send_to", given)

    def reasons(self, issue: str, *, limit: int = 10) -> Sequence[sqlite3.Row]:
        """What was said most of those who have not got it: state, code, words, number."""
        return self._store.rows("reasons", {"issue": issue, "limit": limit})

    def next_due(self, issue: str) -> datetime | None:
        """When somebody may be tried who was put off; None if somebody may at once, or nobody."""
        row = self._store.row("next_due", {"issue": issue})
        return parsed(row["due"]) if row else None

    def has_untried(self, issue: str) -> bool:
        """Whether the issue grew too old before everybody's copy was tried once."""
        return self._store.row("untried", {"issue": issue}) is not None

    # --- inside ---

    def _write_settled(self, write: Writer) -> None:
        for row in self._settled:
            write("set_send", row)
        self._settled.clear()

    def _pages(self, query: str, given: dict[str, object]) -> Iterator[sqlite3.Row]:
        after = 0
        while rows := self._store.rows(query, {**given, "after": after, "limit": PAGE}):
            yield from rows
            after = rows[-1]["recipient"]

    def _edition(self, row: sqlite3.Row) -> Edition:
        names = ("issue", "subject", "preheader", "html", "text")
        edition = Edition(**{name: row[name] for name in names})
        if fingerprint(edition) != row["fingerprint"]:
            why = f"holds a damaged edition of {edition.issue}"
            raise LedgerError(self._store.where, why, "Restore a copy of it.")
        return edition


def fingerprint(edition: Edition) -> str:
    """SHA-256 of what readers see of an edition."""
    parts = (edition.subject, edition.preheader, edition.html, edition.text)
    return sha256("\0".join(parts).encode()).hexdigest()


def _edition_row(sections: str, edition: Edition) -> dict[str, object]:
    return {
        "issue": edition.issue,
        "sections": sections,
        "subject": edition.subject,
        "preheader": edition.preheader,
        "html": edition.html,
        "text": edition.text,
        "fingerprint": fingerprint(edition),
    }


def _named(issue: str, recipient: int, *, state: SendState) -> dict[str, object]:
    return {"issue": issue, "recipient": recipient, "state": state}


def _move(
    write: Writer, issue: str, state: SendState, to: SendState, *, words: str = "", doubt: int = 0
) -> None:
    write("move", {"issue": issue, "state": state, "to": to, "words": words, "doubt": doubt})


def _send(row: sqlite3.Row) -> Send:
    known = row["address"] is not None
    return Send(
        id=row["recipient"],
        recipient=recipient(row) if known else None,
        sections=row["sections"],
        attempts=row["attempts"],
    )
