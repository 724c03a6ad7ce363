"""The desk: the looks that are on the page, kept until something changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Lock

from digest.errors import DigestError
from digest.preview.making import Making
from digest.wiring.look import Look, Looks

#: Seconds that a visitor waits for a look.
PATIENCE = 5.0

#: Newsletter, theme and language of a look.
Wanted = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How things stand at one version."""

    version: int
    #: The last look that went well; None if none has.
    look: Look | None
    #: What stops a run now; then ``look`` is of an earlier version.
    fault: DigestError | None
    #: What is being waited for, in words; empty if nothing is.
    waits: str = ""


class Desk:
    """Makes a look when it is asked for one, and again after each change.

    It is asked from the threads that answer requests, and told of changes in the event loop.
    """

    def __init__(
        self, looks: Looks, *, now: Callable[[], datetime], patience: float = PATIENCE
    ) -> None:
        self.looks = looks
        #: Counts what there is to tell; a page that shows another one is out of date.
        self.version = 1
        self.is_closed = False
        self._now = now
        self._patience = patience
        #: Counts changes; a look that was begun before the last one is out of date.
        self._changes = 1
        self._makings: dict[Wanted, tuple[int, Making]] = {}
        #: The last that went well.
        self._good: dict[Wanted, Look] = {}
        #: For the counters and dictionaries; nobody makes a look or waits for one while he has it.
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._next = asyncio.Event()

    def begin(self) -> None:
        """The first visitor finds the first look made, or in the making."""
        self._making(("", "", ""))

    def stand(self, newsletter: str = "", *, theme: str = "", language: str = "") -> Stand:
        """The present look, or what is in its way and the last good one."""
        wanted = (newsletter, theme, language)
        version = self.version
        making = self._making(wanted)
        making.wait()
        last = self._kept(wanted, making)
        if making.bug:
            raise making.bug
        fault = making.fault or making.hold_up
        waits = "" if fault else making.waits
        return Stand(version=version, look=last, fault=fault, waits=waits)

    def changed(self) -> None:
        """What is on the page is out of date."""
        with self._lock:
            self._changes += 1
            self.version += 1
        self._wake()

    def close(self) -> None:
        """Nobody needs to wait for a change or a look any more."""
        self.is_closed = True
        for _, making in tuple(self._makings.values()):
            making.release()
        self._wake()

    async def wait(self, *, seconds: float) -> None:
        """Until the next change, or for so long; that a slot has passed is a change."""
        self._loop = asyncio.get_running_loop()
        try:
            await asyncio.wait_for(self._next.wait(), seconds)
        except TimeoutError:
            if self._has_passed():
                self.changed()

    def _wake(self) -> None:
        waiting, self._next = self._next, asyncio.Event()
        waiting.set()

    def _tell_late(self) -> None:
        """A look that somebody could not wait for is done: tell it, from its own thread."""
        with self._lock:
            self.version += 1
        if self._loop:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._wake)

    def _has_passed(self) -> bool:
        """Whether a look is at a slot that was to come when it was made, and has come."""
        slots = (look.coming for look in tuple(self._good.values()) if look.coming)
        return any(not it.is_overdue and it.slot <= self._now() for it in slots)

    def _making(self, wanted: Wanted) -> Making:
        """The look that is made or in the making; one that is out of date is left to itself."""
        with self._lock:
            change, making = self._makings.get(wanted, (0, None))
            if making is None or change != self._changes:
                if making:
                    making.leave()
                making = self._begun(wanted, making)
                self._makings[wanted] = (self._changes, making)
            return making

    def _begun(self, wanted: Wanted, earlier: Making | None) -> Making:
        newsletter, theme, language = wanted
        make = partial(
            self.looks.look, self._now(), newsletter=newsletter, theme=theme, language=language
        )
        return Making(make, patience=self._patience, told=self._tell_late, earlier=earlier)

    def _kept(self, wanted: Wanted, making: Making) -> Look | None:
        """The last look that went well, with what ``making`` has so far."""
        with self._lock:
            if making.look:
                self._good[wanted] = making.look
            last = self._good.get(wanted)
            _, current = self._makings.get(wanted, (0, None))
            if making.is_done and last is None and current is making:
                # So that no visitor fills the desk with what is not there.
                del self._makings[wanted]
            return last
