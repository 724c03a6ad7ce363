"""A look in the making, in a thread of its own: neither the page nor the exit waits for its end.

A theme is a program of its author and may run for ever; a source on the web may take a minute. So
what folders and ledger give is looked at first, then the web is asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic
from types import FrameType
from typing import Protocol

from digest.errors import DigestError, RenderError
from digest.wiring.look import Look

#: Seconds that the web is waited for once there is something to show.
GRACE = 0.5
#: Seconds between two looks at what another thread does.
_MOMENT = 0.1
#: Seconds after which a theme is ended though its look is wanted: it may eat all memory.
_LONGEST = 20.0


class Maker(Protocol):
    """Makes a look; without ``web`` from what that has said before."""

    def __call__(self, *, web: bool) -> Look: ...


class _Ended(SystemExit):
    """Raised in the thread of a look that nobody wants any more; a thread ends by it silently."""


class Making:
    """One look; ``told`` is called at its end if somebody was answered before.

    It is begun at once, or once the ``earlier`` one, which is out of date, has read what there is.
    """

    def __init__(
        self,
        make: Maker,
        *,
        patience: float,
        told: Callable[[], None],
        earlier: Making | None = None,
    ) -> None:
        #: What there is to show so far.
        self.look: Look | None = None
        #: What stopped it, and what of it is a mistake of ours.
        self.fault: DigestError | None = None
        self.bug: Exception | None = None
        self.is_done = False
        self._make = make
        self._told = told
        self._is_missed = False
        self._is_left = False
        self._lock = Lock()
        self._overdue = monotonic() + patience
        self._patience = patience
        self._shown = 0.0
        self._first, self._last = Event(), Event()
        self._thread = Thread(target=self._work, args=[earlier], name="look", daemon=True)
        self._thread.start()
        Thread(target=self._guard, name="guard of a look", daemon=True).start()

    def wait(self) -> None:
        """Until it is done, or has something to show and the web is slow, or is overdue."""
        if self._first.wait(max(self._overdue - monotonic(), 0)):
            self._last.wait(max(self._shown + GRACE - monotonic(), 0))
        with self._lock:  # so that its end is either seen or told
            self._is_missed = self._is_missed or not self.is_done

    def release(self) -> None:
        """Whoever waits for it goes on."""
        self._first.set()
        self._last.set()

    def leave(self) -> None:
        """Nobody wants it any more: a theme that keeps it until it is overdue is ended."""
        self._is_left = True

    def is_reading(self) -> bool:
        """Whether it has nothing to show after a moment, and is in no theme."""
        return not self._first.wait(_MOMENT) and not self._theme

    @property
    def waits(self) -> str:
        """What is being waited for, in words; empty if it is done."""
        if self.is_done:
            return ""
        return (
            "Asking the web: what it gives is not here yet" if self.look else "Reading what is new"
        )

    @property
    def hold_up(self) -> RenderError | None:
        """The theme that it has been at work at for too long, if it has."""
        if self.is_done or self.look or monotonic() < self._overdue:
            return None
        return self._too_long()

    def _too_long(self) -> RenderError | None:
        where = self._theme
        why = f"the theme takes longer than {self._patience:g} seconds"
        return RenderError(where, why, "Save it once it is mended.") if where else None

    @property
    def _theme(self) -> str:
        """Where in a theme it is now, as ``file:line:column``; empty if it is in none."""
        return _in_theme(sys._current_frames().get(self._thread.ident or 0))  # noqa: SLF001  the documented way

    def _work(self, earlier: Making | None) -> None:
        try:
            # What that reads need not be read again; a theme may keep it for ever.
            while earlier and earlier.is_reading():
                continue
            if not self._is_left:
                self._look()
            with self._lock:
                self.is_done = True
        except _Ended:
            return
        finally:
            self.release()
        if self._is_missed:
            self._told()

    def _look(self) -> None:
        try:
            self.look = self._make(web=False)
            if self.look.is_partial:
                self._shown = monotonic()
                self._first.set()
                self.look = self._make(web=True)
        except DigestError as fault:
            self.fault = fault
        except Exception as bug:  # noqa: BLE001  told in the thread of whoever asks for the look
            self.bug = bug

    def _guard(self) -> None:
        """End a loop of a theme that is unwanted or too long; all else ends by itself."""
        since = monotonic()
        while self._thread.is_alive():
            if not self._theme:
                since = monotonic()
            elif monotonic() > (self._overdue if self._is_left else since + _LONGEST):
                self.fault = self.fault or self._too_long()
                self._end()
            self._thread.join(_MOMENT)

    def _end(self) -> None:
        from ctypes import c_ulong, py_object, pythonapi

        pythonapi.PyThreadState_SetAsyncExc(c_ulong(self._thread.ident or 0), py_object(_Ended))


def _in_theme(frame: FrameType | None) -> str:
    """Where in a theme a thread is, as ``file:line:column``; empty if it is in none."""
    is_theme = False
    while frame:
        if template := frame.f_globals.get("__jinja_template__"):
            line = template.get_corresponding_lineno(frame.f_lineno)
            return f"{template.filename}:{line}:1"
        is_theme = is_theme or str(frame.f_globals.get("__name__")).startswith("digest.render")
        frame = frame.f_back
    return "theme" if is_theme else ""
