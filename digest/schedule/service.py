"""The process that people leave running: it wakes, asks what is due, and sees to it.

APScheduler only wakes it. What is due is reckoned anew at each waking from the schedule, the ledger
and the clock; so it makes no difference whether the process, the machine or the clock stood still,
or how often it is woken. Runs are made one after the other in the main thread, where signals are
heard; what falls due meanwhile waits, and counts as one if the newsletter wants it so.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Any, Protocol

from msgspec import structs

from digest.errors import BusyError, ConfigError, DigestError, StoppedError
from digest.schedule import pulse
from digest.schedule.failures import Failures, said
from digest.schedule.logs import tell
from digest.schedule.slots import Decision, Skip
from digest.schedule.when import Schedule

#: Seconds between two wakings at most, and between two beats of the heart.
POLL, BEAT = 20.0, timedelta(seconds=15)
#: So short a time before its slot a newsletter's sources are left to the run, which looks at all.
NEAR = timedelta(minutes=5)

#: In the keys of problems it stands where others have a newsletter's id, which is never empty.
ALL = ""
#: Of all problems with sources their keys begin so.
SOURCES = "source:"
#: What is done for a newsletter, and how it is told of if it fails.
_WORDS = {"run": "the run failed", "gather": "gathering failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run for one slot, for issues that were left over, or a look at sources came to."""

    #: The issues that were made or taken up again.
    issues: tuple[str, ...] = ()
    #: Why no issue was made for the slot; empty if one was.
    why: str = ""
    #: What did not go out, or not to everybody yet.
    undelivered: tuple[str, ...] = ()
    #: What of it somebody must see to.
    faults: tuple[str, ...] = ()
    #: How many articles are new, and what could not be read.
    new: int = 0
    unread: tuple[str, ...] = ()
    #: Why the issues wait though it would be time to go on with them; empty if they do not.
    held: str = ""


class Desk(Protocol):
    """One newsletter's place of work."""

    @property
    def name(self) -> str:
        """The newsletter's id."""
        ...

    @property
    def schedule(self) -> Schedule: ...

    def decide(self, now: datetime) -> Decision:
        """What is to be done about the slots that are due."""
        ...

    def skip(self, skips: Sequence[Skip], now: datetime) -> None:
        """Note that these slots make no issue."""
        ...

    def run(self, slot: datetime, now: datetime, *, check: Callable[[], None]) -> Report:
        """Make the issue of a slot and send it; ``check`` raises if the run is to be stopped."""
        ...

    def finish(self, now: datetime, *, check: Callable[[], None]) -> Report | None:
        """Go on with issues that are not through; None if none is to be tried now."""
        ...

    def gather(self, now: datetime, *, check: Callable[[], None]) -> Report | None:
        """Look at the sources that it is time for; None if there are none."""
        ...


class Alerts(Protocol):
    """Where problems are told, see `digest.alerts`."""

    #: What is still to be noted, which who takes over does.
    unnoted: dict[str, Any]

    def update(
        self, scope: str, problems: Mapping[str, str], now: datetime, *, check: Callable[[], None]
    ) -> None: ...

    def retry(self, now: datetime, *, check: Callable[[], None]) -> None: ...

    def forget(self, newsletters: Sequence[str], now: datetime) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What the configuration makes of the process."""

    state: Path
    desks: Sequence[Desk]
    alerts: Alerts
    #: What stands open with the sources of all newsletters: key, text.
    outages: Callable[[datetime], Mapping[str, str]]


@dataclass(slots=True, kw_only=True)
class Service:
    """The scheduler of one state folder; ``load`` reads the configuration."""

    load: Callable[[], Book]
    clock: Callable[[], datetime]
    poll: float = POLL
    #: Who wakes it; may hold a "reload" that was asked for before it was there.
    calls: SimpleQueue[str] = field(default_factory=SimpleQueue)
    _book: Book = field(init=False)
    _pulse: pulse.Pulse = field(init=False)
    _is_stopping: bool = False
    #: Of newsletters, by the kind of work.
    _failures: Failures = field(default_factory=Failures)
    #: Why each newsletter's issues wait, as it was told last.
    _held: dict[str, str] = field(default_factory=dict)
    #: What we hold of the state folder while we serve.
    _place: pulse.Hold | None = None

    def __post_init__(self) -> None:
        now = self.clock()
        self._book = self.load()
        self._pulse = pulse.Pulse(pid=os.getpid(), since=now, beat=now)

    def serve(self) -> None:
        """Work until SIGTERM or SIGINT.

        Raises `BusyError` if there is a scheduler already, and `GoneError` if the state folder
        is taken away: with a new one everything would be printed again.
        """
        with pulse.sole(self._book.state) as self._place:
            self._listen()
            self._tidy()
            tell("started", pid=os.getpid(), newsletters=[desk.name for desk in self._book.desks])
            self._work()
            tell("stopped", pid=os.getpid())

    # --- woken ---

    def _work(self) -> None:
        """Work until the configuration is to be read again, or there is an end of it."""
        from digest.schedule.waker import Waker

        while not self._is_stopping:
            schedules = [desk.schedule for desk in self._book.desks]
            wake = partial(self.calls.put, "slot")
            with Waker(schedules, wake=wake, beat=self.beat, every=BEAT):
                calls: set[str] = set()
                while not (self._is_stopping or "reload" in calls):
                    self._check_place()
                    self.beat()
                    for desk in self._book.desks:
                        self.see_to(desk)
                    self.gather()
                    self.retry_alerts()
                    calls = self._woken()
            if not self._is_stopping:
                self._reload()

    def _woken(self) -> set[str]:
        """Sleep until somebody calls, but no longer than ``poll``; who called."""
        calls: set[str] = set()
        with suppress(Empty):
            calls.add("" if self._is_stopping else self.calls.get(timeout=self.poll))
            while True:
                calls.add(self.calls.get_nowait())
        return calls

    def _listen(self) -> None:
        """Hear signals. A queue may be written to in a handler, which an event may not."""

        def stop(number: int, _: FrameType | None) -> None:
            self._is_stopping = True
            self.calls.put(signal.Signals(number).name)

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, lambda *_: self.calls.put("reload"))

    def _reload(self) -> None:
        """Read the configuration again; if it is wrong the one in force stays."""
        try:
            book = self.load()
            if book.state != self._book.state:
                why, remedy = "cannot change while the scheduler is at work", "Start it anew."
                raise ConfigError("folders.state", why, remedy)
        except Exception as failure:  # noqa: BLE001  a bug in reading it does not end us
            why, is_bug = said(failure), not isinstance(failure, DigestError)
            tell("configuration refused, the old one stays", logging.ERROR, trace=is_bug, why=why)
            problems = {"config": f"digest: the new configuration is refused: {why}"}
            self._book.alerts.update("config", problems, self.clock(), check=self._check)
            return
        book.alerts.unnoted.update(self._book.alerts.unnoted)
        self._book = book
        self._failures.forget()
        self._tidy()
        tell("configuration read", newsletters=[desk.name for desk in book.desks])

    def _tidy(self) -> None:
        """The configuration in force is right, and newsletters that it lacks have no problems."""
        now = self.clock()
        self._book.alerts.forget([ALL, *(desk.name for desk in self._book.desks)], now)
        self._book.alerts.update("config", {}, now, check=self._check)

    # --- at work ---

    def see_to(self, desk: Desk) -> None:
        """Do what is due for one newsletter; whatever happens, the others have their turn."""
        self._attempt("run", desk, self._do)

    def gather(self) -> None:
        """Look at the sources that it is time for, until any slot is due."""
        coming = self._coming()
        first = min(coming.values(), default=None)
        for desk in self._book.desks:
            now, own = self.clock(), coming.get(desk.name)
            is_near = own is not None and own - now <= NEAR
            if not (is_near or (first and first <= now)):
                self._attempt("gather", desk, partial(self._gather, until=first))

    def retry_alerts(self) -> None:
        """Tell the operator what could not be told so far."""
        self._book.alerts.retry(self.clock(), check=self._check)

    def _attempt(self, kind: str, desk: Desk, work: Callable[[Desk], None]) -> None:
        if self._is_stopping or self._failures.rests(f"{kind}:{desk.name}"):
            return
        self._check_place()
        try:
            with self._at_work(desk):
                work(desk)
        except BusyError as failure:
            tell("waits", newsletter=desk.name, why=failure.why)
        except StoppedError as failure:
            self._is_stopping = True
            tell("interrupted", newsletter=desk.name, why=str(failure))
        except DigestError as failure:
            self._failed(kind, desk, str(failure))
        except Exception as failure:  # noqa: BLE001  a bug in one run does not stop the others
            self._failed(kind, desk, said(failure), trace=True)
        else:
            self._failures.went_well(f"{kind}:{desk.name}")

    def _do(self, desk: Desk) -> None:
        decision = desk.decide(self.clock())
        self._skip(desk, decision.skip)
        for slot in decision.run:
            self._check()
            tell("run", newsletter=desk.name, slot=slot.isoformat())
            self._told(desk, desk.run(slot, self.clock(), check=self._check), slot)
            self._update(desk, "missed", {})
            self._update(desk, "gather", {})
        if decision.run or self._failures.rests(f"left:{desk.name}"):
            return
        report = desk.finish(self.clock(), check=self._check)
        held = report.held if report else ""
        if report and not held:
            self._told(desk, report, None)
        elif report and held != self._held.get(desk.name):
            tell("held", newsletter=desk.name, issues=report.issues, why=held)
        self._held[desk.name] = held

    def _gather(self, desk: Desk, until: datetime | None) -> None:
        try:
            report = desk.gather(self.clock(), check=partial(self._check, until))
        except StoppedError:
            if self._is_stopping:
                raise
            tell("gathering gives way to a slot", newsletter=desk.name)
            return
        if report:
            tell("gathered", newsletter=desk.name, new=report.new, unread=report.unread)
            self._update(desk, "gather", {})
            self._update_outages()

    def _skip(self, desk: Desk, skips: Sequence[Skip]) -> None:
        if skips:
            desk.skip(skips, self.clock())
        for skip in skips:
            tell("skipped", newsletter=desk.name, slot=skip.slot.isoformat(), why=skip.why)
        if missed := [skip for skip in skips if skip.missed]:
            first = f"{missed[0].slot:%Y-%m-%d %H:%M %Z}"
            text = f"digest: {desk.name}: slots missed: {len(missed)}, the first {first}"
            slot = missed[0].slot.isoformat()
            self._update(desk, "missed", {slot: f"{text}: {missed[-1].why}"})

    def _told(self, desk: Desk, report: Report, slot: datetime | None) -> None:
        """Tell of a run, and of what it met."""
        level = logging.ERROR if report.faults else logging.INFO
        note = self._failures.failed if report.faults else self._failures.went_well
        note(f"left:{desk.name}")
        tell(
            "done",
            level,
            newsletter=desk.name,
            slot=slot.isoformat() if slot else None,
            issues=report.issues,
            why=report.why,
            undelivered=report.undelivered,
            unread=report.unread,
        )
        faults = f"digest: {desk.name}: not delivered: {'; '.join(report.faults)}"
        self._update(desk, "run", {"": faults} if report.faults else {})
        self._update_outages()

    def _failed(self, kind: str, desk: Desk, why: str, *, trace: bool = False) -> None:
        if self._is_stopping:  # on Ctrl-C the processes that read for us were told to stop as well
            tell("interrupted", newsletter=desk.name, why=why)
            return
        self._check_place()
        tell("failed", logging.ERROR, trace=trace, newsletter=desk.name, work=kind, why=why)
        self._failures.failed(f"{kind}:{desk.name}")
        self._update(desk, kind, {"": f"digest: {desk.name}: {_WORDS[kind]}: {why}"})

    def _update(self, desk: Desk, kind: str, problems: Mapping[str, str]) -> None:
        """Tell of a newsletter's problems of one kind; without any, those before are mended."""
        scope = f"{kind}:{desk.name}:"
        found = {f"{scope}{key}": text for key, text in problems.items()}
        self._book.alerts.update(scope, found, self.clock(), check=self._check)

    def _update_outages(self) -> None:
        """Tell of sources, once for all newsletters."""
        now = self.clock()
        try:
            problems = self._book.outages(now)
        except DigestError as failure:
            tell("sources not looked up", logging.ERROR, why=str(failure))
            return
        self._book.alerts.update(SOURCES, problems, now, check=self._check)

    def _check_place(self) -> None:
        """Raise `GoneError` if the state folder is not ours any more."""
        if self._place:
            self._place.check()

    def _check(self, until: datetime | None = None) -> None:
        """Raise `StoppedError` if we are to stop, or if it is ``until``."""
        if self._is_stopping:
            raise StoppedError("digest schedule", "was asked to stop")
        if until and self.clock() >= until:
            raise StoppedError("digest schedule", "a slot is due")

    def _coming(self) -> dict[str, datetime]:
        """Each newsletter's next slot, if it has one."""
        now = self.clock()
        found = {desk.name: desk.schedule.next(now) for desk in self._book.desks}
        return {name: slot for name, slot in found.items() if slot}

    # --- heart ---

    def beat(self) -> None:
        """Show that we are there; a full disk is no reason to stop."""
        if self._place and self._place.is_lost:
            return
        now, coming = self.clock(), self._coming()
        try:
            pulse.beat(self._book.state, structs.replace(self._pulse, beat=now, coming=coming))
        except OSError as error:
            tell("heartbeat failed", logging.WARNING, why=str(error))

    @contextmanager
    def _at_work(self, desk: Desk) -> Iterator[None]:
        before = self._pulse
        self._pulse = structs.replace(before, at_work=desk.name, at_work_since=self.clock())
        try:
            yield
        finally:
            self._pulse = before
