"""The operator hears of an outage once: when it begins. That it is over is written to the log.

What nobody could be told of is tried again, after a pause that grows, until it is told or mended.
It is noted before the bell is rung: a kill loses nothing, and rings twice only if it comes
between the ringing and the note of it. What cannot be noted is kept in mind until it can.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Protocol

from digest.errors import DigestError, StoppedError
from digest.schedule.logs import tell

#: Raises `StoppedError` if we are to stop.
Check = Callable[[], None]
#: The pause after a first attempt in vain; it doubles with each further one.
PAUSE, LONGEST = timedelta(minutes=5), timedelta(hours=2)
#: What is no state that can be mended has keys that begin so.
EVENTS = "missed:"
#: Seconds that a command may take, and between two looks at whether we are to stop.
PATIENCE, _STEP = 10.0, 0.05


def _go_on() -> None:
    """The check of somebody who cannot be stopped."""


class Bell(Protocol):
    """A way to the operator."""

    def __call__(self, text: str, *, check: Check = _go_on) -> None:
        """Take a text, of a line for each problem, to the operator.

        Raises `DigestError` if it cannot, `StoppedError` if ``check`` does meanwhile.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A problem that is not mended yet."""

    key: str
    text: str
    #: How often the operator could not be told.
    tries: int = 0
    #: When to try next; None once the operator was told.
    due: datetime | None = None

    @property
    def is_untold_event(self) -> bool:
        """Whether it has happened and stays so, and the operator is still to hear of it."""
        return self.key.startswith(EVENTS) and self.due is not None

    def is_due(self, now: datetime) -> bool:
        """Whether to tell of it; a clock that was set back makes no pause longer."""
        return self.due is not None and not now < self.due <= now + LONGEST


class Register(Protocol):
    """Where problems are kept until they are mended, see `digest.ledger.slots`."""

    def alarms(self) -> Sequence[Alarm]: ...

    def alarm(self, alarm: Alarm, now: datetime) -> None:
        """Note a problem as it stands now."""
        ...

    def calm(self, key: str) -> None:
        """Note that a problem is mended."""
        ...


@dataclass(slots=True, kw_only=True)
class Alerts:
    """Rings for what is new among the problems."""

    register: Register
    bells: Sequence[Bell]
    #: What the register held when it could last be read.
    _noted: dict[str, Alarm] = field(default_factory=dict)
    #: What is still to be noted in it, also by who takes over; None: that a problem is mended.
    unnoted: dict[str, Alarm | None] = field(default_factory=dict)
    #: When nobody could be told, lately: who waits in vain for each newsletter sends none.
    _in_vain: datetime | None = None

    def update(
        self, scope: str, problems: Mapping[str, str], now: datetime, *, check: Check = _go_on
    ) -> None:
        """``problems`` are all that there are now of those whose keys begin with ``scope``.

        Of one that stands already the newest words are kept; it rings no more.
        """
        known, found = self._known(), {key: _line(text) for key, text in problems.items()}
        fresh = {key: text for key, text in found.items() if key not in known}
        for key, text in fresh.items():
            tell("alert", logging.ERROR, problem=text)
            self.unnoted[key] = Alarm(key=key, text=text, due=now)
        for key, alarm in known.items():
            if key in found and found[key] != alarm.text:
                self.unnoted[key] = replace(alarm, text=found[key])
            elif key.startswith(scope) and key not in found and not alarm.is_untold_event:
                tell("mended", problem=alarm.text)
                self.unnoted[key] = None
        if fresh:
            self.retry(now, check=check)
        else:
            self._note(now)

    def retry(self, now: datetime, *, check: Check = _go_on) -> None:
        """Tell what is still to be told, all at once; if nobody can be, it is put off."""
        can_note = self._note(now)
        due = [alarm for alarm in self._known().values() if alarm.is_due(now)]
        if not due or (self._in_vain and self._in_vain <= now < self._in_vain + PAUSE):
            return
        try:
            is_told = self._ring("\n".join(alarm.text for alarm in due), check)
        except StoppedError as stop:  # it stays due: the next start rings
            tell("alert not delivered", logging.ERROR, why=str(stop))
            return
        self._in_vain = None if is_told else now
        for it in due:
            later = replace(it, tries=it.tries + 1, due=now + _pause(it.tries))
            self.unnoted[it.key] = replace(it, due=None) if is_told else later
        if can_note:  # a ledger that is locked was waited for once
            self._note(now)

    def forget(self, newsletters: Sequence[str], now: datetime) -> None:
        """Drop what is known of newsletters other than these: it can never be mended."""
        for key in self._known():
            kind, _, rest = key.partition(":")
            if rest and rest.partition(":")[0] not in newsletters:
                tell("forgotten", problem=f"{kind} of {rest}")
                self.unnoted[key] = None
        self._note(now)

    def _known(self) -> Mapping[str, Alarm]:
        """What is not mended, also what is not noted yet."""
        with suppress(DigestError):
            self._noted = {alarm.key: alarm for alarm in self.register.alarms()}
        now = {**self._noted, **self.unnoted}
        return {key: alarm for key, alarm in now.items() if alarm}

    def _note(self, now: datetime) -> bool:
        """Write down what is still to be noted; False if that waits for the next time."""
        try:
            for key, alarm in tuple(self.unnoted.items()):
                self._write(key, alarm, now)
                del self.unnoted[key]
        except DigestError as failure:
            tell("alerts not noted", logging.ERROR, why=str(failure))
            return False
        return True

    def _write(self, key: str, alarm: Alarm | None, now: datetime) -> None:
        if alarm:
            self.register.alarm(alarm, now)
        else:
            self.register.calm(key)

    def _ring(self, text: str, check: Check) -> bool:
        """Tell everybody; False, to be tried again, if nobody could be told."""
        rung = [_rings(bell, text, check) for bell in self.bells]
        return any(rung) or not rung


def command(arguments: Sequence[str], *, patience: float = PATIENCE) -> Bell:
    """Tells by a program, which gets the text on its standard input.

    What it prints goes nowhere, and errors tell no more of it than its name: it may be given a
    password.
    """

    def ring(text: str, *, check: Check = _go_on) -> None:
        where, name = "alerts.command", repr(arguments[0])
        try:
            process = _begun(arguments, f"{text}\n")
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or "it is not written as programs are"
            raise DigestError(where, f"{name} cannot be run: {why}") from None
        try:
            code = _ended(process, moments(where, name, patience, check))
        finally:
            _end(process)
        if code:
            raise DigestError(where, f"{name} ended with code {code}")

    return ring


def moments(where: str, name: str, patience: float, check: Check) -> Iterator[float]:
    """Short times to wait, in seconds, for something at work, until it takes too long.

    Raises `DigestError`; `StoppedError` if ``check`` does.
    """
    end = time.monotonic() + patience
    while time.monotonic() < end:
        check()
        yield _STEP
    raise DigestError(where, f"{name} took more than {patience:g} seconds")


def _begun(arguments: Sequence[str], text: str) -> subprocess.Popen[bytes]:
    """A program at work, in a session of its own. Raises `OSError` or `ValueError`."""
    with TemporaryFile() as letter:  # a pipe that is not read from would be waited for
        letter.write(text.encode())
        letter.seek(0)
        return subprocess.Popen(  # noqa: S603  the user's own command, run without a shell
            arguments, stdin=letter, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip


def _ended(process: subprocess.Popen[bytes], pauses: Iterator[float]) -> int | None:
    """The code that a program ends with."""
    for pause in pauses:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(pause)
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing behind of a program that is still at work, or of what it has started."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _line(text: str) -> str:
    """``text`` in one line that can be written anywhere, whatever names it quotes."""
    return " ".join(text.split()).encode(errors="backslashreplace").decode()


def _pause(tries: int) -> timedelta:
    doubled: int = 2 ** min(tries, 9)
    return min(PAUSE * doubled, LONGEST)


def _rings(bell: Bell, text: str, check: Check) -> bool:
    try:
        bell(text, check=check)
    except StoppedError:
        raise
    except DigestError as failure:
        tell("alert not delivered", logging.ERROR, why=str(failure))
        return False
    return True
