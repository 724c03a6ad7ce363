"""The desk: the looks that are on the page, kept until something changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from digest.errors import DigestError
from digest.wiring.look import Look, Looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How things stand at one version."""

    version: int
    #: The last look that went well; None if none has.
    look: Look | None
    #: What stops a run now; then ``look`` is of an earlier version.
    fault: DigestError | None


class Desk:
    """Makes a look when it is asked for one, and again after each change.

    It is asked from the threads that answer requests, and told of changes in the event loop.
    """

    def __init__(self, looks: Looks, *, now: Callable[[], datetime]) -> None:
        self.looks = looks
        #: Counts changes; a page that shows another one is out of date.
        self.version = 1
        self.is_closed = False
        self._now = now
        self._stands: dict[tuple[str, str, str], Stand] = {}
        self._lock = Lock()
        self._next = asyncio.Event()

    def stand(self, newsletter: str = "", *, theme: str = "", language: str = "") -> Stand:
        """The present look, or what is in its way and the last good one."""
        wanted = (newsletter, theme, language)
        with self._lock:
            stand = self._stands.get(wanted)
            if stand is None or stand.version != self.version:
                stand = self._stand(self.version, stand, *wanted)
                if stand.look:  # so that no visitor fills the desk with what is not there
                    self._stands[wanted] = stand
            return stand

    def changed(self) -> None:
        """What is on the page is out of date."""
        self.version += 1
        self._wake()

    def close(self) -> None:
        """Nobody needs to wait for a change any more."""
        self.is_closed = True
        self._wake()

    async def wait(self, *, seconds: float) -> None:
        """Until the next change, or for so long; that a slot has passed is a change."""
        try:
            await asyncio.wait_for(self._next.wait(), seconds)
        except TimeoutError:
            if self._has_passed():
                self.changed()

    def _wake(self) -> None:
        waiting, self._next = self._next, asyncio.Event()
        waiting.set()

    def _has_passed(self) -> bool:
        """Whether a look is at a slot that was to come when it was made, and has come."""
        looks = (stand.look for stand in tuple(self._stands.values()))
        slots = (look.coming for look in looks if look and look.coming)
        return any(not it.is_overdue and it.slot <= self._now() for it in slots)

    def _stand(
        self, version: int, last: Stand | None, newsletter: str, theme: str, language: str
    ) -> Stand:
        try:
            look = self.looks.look(
                self._now(), newsletter=newsletter, theme=theme, language=language
            )
        except DigestError as fault:
            return Stand(version=version, look=last.look if last else None, fault=fault)
        return Stand(version=version, look=look, fault=None)
