"""The one scheduler of a state folder: the lock that makes it the only one, and its heartbeat."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from digest.errors import BusyError, LedgerError

#: The lock, and the file that tells of its holder.
LOCK, FILE = "scheduler.lock", "scheduler.json"
#: A scheduler whose heart has not beaten for so long hangs.
SILENCE = timedelta(minutes=2)
#: A run that is at work for so long hangs too, or has far too much to do.
LONG = timedelta(hours=2)
#: Seconds in which somebody who only looks at the lock lets go of it.
_PATIENCE = 1.0


class GoneError(LedgerError):
    """The state folder was taken away from under the scheduler."""


class Pulse(msgspec.Struct, frozen=True, kw_only=True):
    """What a scheduler tells of itself."""

    pid: int
    since: datetime
    beat: datetime
    #: Each newsletter's next slot.
    coming: dict[str, datetime] = {}
    #: The newsletter that a run is at work for, and since when.
    at_work: str | None = None
    at_work_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A state folder in our hands, as long as the file of the lock is the one that we took."""

    state: Path
    #: Device and number of that file; while it is open no other file has them.
    _file: tuple[int, int]

    @property
    def is_lost(self) -> bool:
        """Whether the folder was taken away, or another scheduler may have one in its place."""
        return _identity(self.state / LOCK) != self._file

    def check(self) -> None:
        """Raise `GoneError` if it is lost: what we know of it holds no more."""
        if self.is_lost:
            why = "was removed or moved while the scheduler was at work"
            remedy = "Put it back and start again; without it all articles are new."
            raise GoneError(str(self.state), why, remedy)


@contextmanager
def sole(state: Path) -> Iterator[Hold]:
    """Be the only scheduler of a state folder; the system ends that if the process is killed.

    Raises `BusyError` that says who is.
    """
    lock = FileLock(state / LOCK, timeout=_PATIENCE)
    try:
        state.mkdir(0o700, parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise BusyError(str(state), _held_by(read(state)), "One is enough.") from error
    except OSError as error:
        why = f"cannot be written: {error.strerror or error}"
        remedy = "Name a state folder that can be written."
        raise LedgerError(str(state), why, remedy) from error
    hold = Hold(state=state, _file=_identity(state / LOCK))
    try:
        yield hold
    finally:
        if not hold.is_lost:
            with suppress(OSError):
                (state / FILE).unlink(missing_ok=True)
        lock.release()


def _identity(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def is_alive(state: Path) -> bool:
    """Whether a scheduler holds the state folder."""
    if not (state / LOCK).exists():
        return False
    lock = FileLock(state / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        return True
    lock.release()
    return False


def beat(state: Path, pulse: Pulse) -> None:
    """Write the heartbeat; readers see the old one or the new one. Raises `OSError`."""
    aside = state / f".{FILE}.{threading.get_ident()}"
    aside.write_bytes(msgspec.json.encode(pulse))
    aside.replace(state / FILE)


def read(state: Path) -> Pulse | None:
    """The last heartbeat; None if there is none."""
    try:
        return msgspec.json.decode((state / FILE).read_bytes(), type=Pulse)
    except (OSError, msgspec.MsgspecError):
        return None


def fault(pulse: Pulse | None, now: datetime, *, alive: bool) -> str:
    """What is wrong with a scheduler; empty if nothing is."""
    if not alive:
        return "no scheduler is at work"
    if pulse is None:
        return "the scheduler has not told of itself yet"
    if now - pulse.beat > SILENCE:
        return f"the scheduler hangs: process {pulse.pid} was last heard of at {_shown(pulse.beat)}"
    if pulse.at_work_since and now - pulse.at_work_since > LONG:
        since = _shown(pulse.at_work_since)
        return f"the run of {pulse.at_work} is at work since {since}"
    return ""


def _held_by(pulse: Pulse | None) -> str:
    if pulse is None:
        return "another scheduler is at work here"
    return f"another scheduler is at work here: process {pulse.pid} since {_shown(pulse.since)}"


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S %Z}"
