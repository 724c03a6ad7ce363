"""The state folder: the ledger, the lock that keeps other runs away, and the key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from digest.errors import BusyError, LedgerError
from digest.ledger.recipients import Recipients
from digest.ledger.sqlite import SqliteLedger
from digest.mail.letter import TOKEN
from digest.wiring.mail import secret_key
from digest.wiring.project import Project


@contextmanager
def open_ledger(project: Project) -> Iterator[SqliteLedger]:
    """A copy of the project's ledger, to look into."""
    with closing(SqliteLedger.rehearsal(project.state, sources=project.source_names)) as ledger:
        yield ledger


@contextmanager
def read_ledger(project: Project) -> Iterator[SqliteLedger]:
    """The project's ledger as it stands, to look into without a copy; nothing can be written."""
    with closing(SqliteLedger.reading(project.state, sources=project.source_names)) as ledger:
        yield ledger


@contextmanager
def held_ledger(project: Project, *, rehearse: bool) -> Iterator[SqliteLedger]:
    """The project's ledger, with other runs kept away, or a copy of it for a rehearsal."""
    if rehearse:
        with open_ledger(project) as ledger:
            yield ledger
        return
    names = project.source_names
    with (
        _alone(project.state),
        closing(SqliteLedger.open(project.state, sources=names)) as ledger,
    ):
        yield ledger


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    """Keep other runs off a state folder; the system frees the lock if the process is killed."""
    lock = FileLock(state / "run.lock", timeout=0)
    try:
        state.mkdir(0o700, parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        remedy = "Wait until it is done, then run again."
        raise BusyError(str(state), "another run is at work here", remedy) from error
    except OSError as error:
        why = f"cannot be written: {error.strerror or error}"
        remedy = "Name a state folder that can be written."
        raise LedgerError(str(state), why, remedy) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def open_recipients(project: Project, *, rehearse: bool = False) -> Iterator[Recipients]:
    """Who receives the newsletter; a rehearsal shows a copy."""
    if not rehearse:
        secret_key(project.state, make=True)  # of whoever has recipients
    opened = SqliteLedger.rehearsal if rehearse else SqliteLedger.open
    with closing(opened(project.state, sources=project.source_names)) as ledger:
        yield ledger.recipients(project.newsletter.id)


def key_of(project: Project, *, make: bool) -> bytes:
    """The state folder's key: a reader's own link or Message-ID needs one."""
    newsletter = project.settings.newsletter
    links = (newsletter.unsubscribe or "", newsletter.unsubscribe_by_mail or "")
    is_needed = project.settings.smtp or any(TOKEN in link for link in links)
    return secret_key(project.state, make=make and bool(is_needed))
