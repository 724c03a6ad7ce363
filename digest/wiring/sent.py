"""Issues that went out, as a list shows them, and what became of one reader's copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.ledger.sends import WORDS
from digest.ledger.sqlite import SqliteLedger
from digest.model import SendState
from digest.wiring.project import Project
from digest.wiring.state import read_ledger

#: The newest issues that are listed.
MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An issue that was made."""

    id: str
    #: None where nothing says it.
    slot: datetime | None
    #: Empty if no edition was frozen.
    subject: str
    #: In a few words, such as "312 sent, 2 refused".
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What became of one reader's copy."""

    #: Name of its file, where it was written to one.
    key: str
    #: Key of the letter that it was made of.
    sections: str
    is_skipped: bool
    #: In words: where it stands, and what the server said.
    standing: str


def sent(ledger: SqliteLedger, newsletter: str) -> tuple[Sent, ...]:
    """The last issues of a newsletter, the newest first."""
    return tuple(
        Sent(
            id=row["id"],
            slot=datetime.fromisoformat(row["slot"]),
            subject=row["subject"] or "",
            standing=_standing(row["state"], row["detail"] or "", mailed=bool(row["mailed"])),
        )
        for row in ledger.issues(newsletter, limit=MOST)
    )


def handed(project: Project, issue: str, address: str) -> Handed | None:
    """What became of the copy of the reader with that address; None if none was meant for it."""
    with read_ledger(project) as ledger:
        row = ledger.sends.to(issue, project.newsletter.id, address)
    if row is None:
        return None
    state = SendState(row["state"])
    word = WORDS.get(state, state.value).capitalize()
    return Handed(
        key=str(row["recipient"]),
        sections=row["sections"],
        is_skipped=state is SendState.SKIPPED,
        standing=f"{word}: {row['words']}" if row["words"] else word,
    )


def is_at_work(project: Project) -> bool:
    """Whether a run is at work now, as far as the system tells it; False where it does not.

    Its lock is not tried: one that is taken for an instant turns away a run that begins then.
    """
    try:
        number = (project.state / "run.lock").stat().st_ino
        locks = Path("/proc/locks").read_text("ascii").splitlines()
    except OSError:
        return False
    # "1: FLOCK ADVISORY WRITE 4925 fe:00:2621575 0 EOF", see proc_locks(5)
    return any(f":{number} " in line and " FLOCK " in line for line in locks)


def _standing(state: str, detail: str, *, mailed: bool) -> str:
    if state == "empty":
        return "nothing was printed"
    if not mailed:
        return "not sent yet" if state == "claimed" else "written to the outbox"
    return detail.partition(". ")[0]  # what follows is a fault
