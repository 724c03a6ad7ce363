"""The operator hears of an outage once: when it begins. That it is over is written to the log."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from digest.errors import DigestError
from digest.schedule.logs import tell

#: Takes an alert's text to the operator. Raises `DigestError` if it cannot.
Bell = Callable[[str], None]
#: Seconds that a command may take.
_PATIENCE = 30


class Register(Protocol):
    """Where it is kept what the operator was told of, see `digest.ledger.slots`."""

    def told(self) -> Mapping[str, str]:
        """What is not mended yet: key, text."""
        ...

    def alarm(self, key: str, text: str, now: datetime) -> None: ...

    def calm(self, key: str) -> None: ...


@dataclass(slots=True, kw_only=True)
class Alerts:
    """Rings for what is new among the problems."""

    register: Register
    bells: Sequence[Bell]
    #: What was told while the register could not be used.
    _unwritten: set[str] = field(default_factory=set)

    def update(self, scope: str, problems: Mapping[str, str], now: datetime) -> None:
        """``problems`` are all that there are now of those whose keys begin with ``scope``."""
        try:
            told = self.register.told()
        except DigestError:
            told = {}
        for key, text in problems.items():
            if key not in told and key not in self._unwritten and self._ring(text):
                self._note(key, text, now)
        known = {*told, *self._unwritten}
        for key in sorted(key for key in known if key.startswith(scope) and key not in problems):
            tell("mended", problem=told.get(key, key))
            self._unwritten.discard(key)
            if key in told:
                self.register.calm(key)

    def forget(self, newsletters: Sequence[str]) -> None:
        """Drop what was told of newsletters other than these: it can never be mended."""
        for key in self.register.told():
            kind, _, rest = key.partition(":")
            if rest and rest.partition(":")[0] not in newsletters:
                tell("forgotten", problem=f"{kind} of {rest}")
                self.register.calm(key)

    def _ring(self, text: str) -> bool:
        """Tell everybody; False, to be tried again, if nobody could be told."""
        tell("alert", logging.ERROR, problem=text)
        rung = [_rings(bell, text) for bell in self.bells]
        return any(rung) or not rung

    def _note(self, key: str, text: str, now: datetime) -> None:
        try:
            self.register.alarm(key, text, now)
        except DigestError:
            self._unwritten.add(key)


def command(arguments: Sequence[str]) -> Bell:
    """Tells by a program, which gets the text on its standard input."""

    def ring(text: str) -> None:
        try:
            subprocess.run(  # noqa: S603  the user's own command, run without a shell
                arguments, input=f"{text}\n", text=True, encoding="utf-8", check=True,
                timeout=_PATIENCE, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise DigestError("alerts.command", f"{arguments[0]!r} failed: {error}") from error

    return ring


def _rings(bell: Bell, text: str) -> bool:
    try:
        bell(text)
    except DigestError as failure:
        tell("alert not delivered", logging.ERROR, why=str(failure))
        return False
    return True
