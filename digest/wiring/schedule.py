"""From settings to the scheduler: a desk for each newsletter, and the operator's bells."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import structs

from digest.alerts import Alarm, Alerts
from digest.config import source_name
from digest.config.schedule import ScheduleTable
from digest.config.values import Duration
from digest.errors import ConfigError
from digest.intake import Gathered
from digest.issue.minimum import Minimum
from digest.ledger.columns import parsed
from digest.ledger.slots import Slots
from digest.ledger.sqlite import SqliteLedger
from digest.mail import FormLetter
from digest.model import Issue, Outcome, Receipt, SendState, State
from digest.pipeline import Pipeline, Run, Sender
from digest.schedule.service import Book, Report
from digest.schedule.slots import CatchUp, Decision, Pause, Policy, Quiet, Skip, decide
from digest.schedule.when import Schedule, parse
from digest.sources.follow import Follow
from digest.sources.health import HealthState
from digest.wiring.alerts import bells
from digest.wiring.project import Project, projects
from digest.wiring.run import pipeline
from digest.wiring.web import health, web

#: How far back slots are looked for that nobody was there for.
HORIZON = timedelta(days=31)
#: How long a source must have failed to be down: looked at every hour, it has soon failed often.
_DOWN = timedelta(hours=6)


def book(config: Path | None, *, folder: Path, clock: Callable[[], datetime]) -> Book:
    """What the scheduler works by. Raises `ConfigError`."""
    found = projects(config, folder=folder)
    desks = [Desk(project=it, table=table) for it in found if (table := it.settings.schedule)]
    if not desks:
        remedy = 'Write [schedule] with at = "weekdays at 07:30".'
        raise ConfigError("schedule", "no newsletter has one", remedy)
    alerts = Alerts(register=Register(project=found[0]), bells=bells(found[0], clock))
    return Book(state=found[0].state, desks=desks, alerts=alerts)


def schedule_of(project: Project) -> Schedule:
    """When the newsletter is due. Raises `ConfigError` if nothing says it."""
    table = project.settings.schedule
    if table is None:
        remedy = 'Write [schedule] with at = "weekdays at 07:30".'
        raise ConfigError("schedule", f"{project.newsletter.id} has none", remedy)
    return parse(*table.texts, timezone=project.newsletter.timezone)


@contextmanager
def open_slots(project: Project) -> Iterator[Slots]:
    """The slots in the project's ledger, also while a run is at work on it."""
    with _ledger(project) as ledger:
        yield ledger.slots


@contextmanager
def _ledger(project: Project) -> Iterator[SqliteLedger]:
    with closing(SqliteLedger.open(project.state, sources=project.source_names)) as ledger:
        yield ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One newsletter's place of work, see `digest.schedule.service`."""

    project: Project
    table: ScheduleTable

    @property
    def name(self) -> str:
        return self.project.newsletter.id

    @property
    def schedule(self) -> Schedule:
        return schedule_of(self.project)

    def decide(self, now: datetime) -> Decision:
        """What is to be done about the slots that are due and that nothing was decided on."""
        schedule, policy = self.schedule, self._policy
        signature = "\n".join((schedule.timezone, *schedule.texts))
        with open_slots(self.project) as slots:
            since = slots.since(self.name, signature, now)
            last = slots.last(self.name)
            # Before the last decision nothing is open, but for what may still be tried again.
            known = datetime.fromisoformat(last["slot"]) if last else since
            start = max(since, now - HORIZON, min(known, now - policy.stale))
            due = slots.undecided(self.name, tuple(schedule.between(start, now)), now)
            pauses = [
                Pause(since=begun, until=over)
                for begun, over in slots.pauses(self.name, after=start)
            ]
        return decide(due, _local(now, schedule), policy, pauses=pauses)

    def skip(self, skips: Sequence[Skip], now: datetime) -> None:
        with open_slots(self.project) as slots:
            slots.decide(self.name, {skip.slot: skip.why for skip in skips}, now)

    def run(self, slot: datetime, now: datetime, *, check: Callable[[], None]) -> Report:
        """Make the issue of a slot and send it, and note what came of it."""
        with _pipeline(self.project, now, check) as work:
            with open_slots(self.project) as slots:
                slots.look(_names(self.project.follows), now)
            done = work.run(now, slot=slot, minimum=self._minimum, observe=check)
        why = _why(done)
        issues = (done.made.issue.id,) if done.made and not why else ()
        with _ledger(self.project) as ledger:
            ledger.slots.decide(self.name, {slot: why}, now)
            report = self._report(ledger, now, (*done.finished, *done.receipts))
        return replace(_with(report, done.gathered), issues=issues, why=why)

    def finish(self, now: datetime, *, check: Callable[[], None]) -> Report | None:
        """Go on with issues that are not through, if anybody is to be tried now."""
        with _ledger(self.project) as ledger:
            left = [issue.id for issue in ledger.claimed(self.name)]
            dues = [ledger.sends.next_due(issue) for issue in left]
        if not any(due is None or due <= now for due in dues):
            return None
        with _pipeline(self.project, now, check) as work:
            receipts = work.finish()
        with _ledger(self.project) as ledger:
            return replace(self._report(ledger, now, receipts), issues=tuple(left))

    def gather(self, now: datetime, *, check: Callable[[], None]) -> Report | None:
        """Look at the sources on the web that were not looked at for a while.

        What has been dropped from a feed would be lost; a folder drops nothing, and what lies in
        one may be taken out again before the slot.
        """
        due = self._due(now)
        if not due:
            return None
        with _pipeline(replace(self.project, folders=(), follows=due), now, check) as work:
            # Noted before: what is cut off, or fails, does not ask the servers again at once.
            with open_slots(self.project) as slots:
                slots.look(_names(due), now)
            gathered = work.gather(observe=check)
        with _ledger(self.project) as ledger:
            return _with(self._report(ledger, now, ()), gathered)

    def _due(self, now: datetime) -> tuple[Follow, ...]:
        every, follows = self.table.gather, self.project.follows
        if not (every and follows):
            return ()
        with open_slots(self.project) as slots:
            looked = slots.looked(_names(follows))
        # A look in the future was noted by a clock that was ahead.
        return tuple(
            it
            for it in follows
            if it.name not in looked or not looked[it.name] <= now < looked[it.name] + every
        )

    @property
    def _policy(self) -> Policy:
        return Policy(
            catch_up=CatchUp(self.table.catch_up),
            stale=self.table.stale,
            quiet=tuple(map(Quiet.parse, self.table.quiet)),
        )

    @property
    def _minimum(self) -> Minimum:
        return Minimum(
            stories=self.table.min_stories,
            max_wait=self.table.max_wait,
            only_if_new=self.table.only_if_new,
        )

    def _report(self, ledger: SqliteLedger, now: datetime, receipts: Sequence[Receipt]) -> Report:
        """What became of deliveries, and what stands open with the sources."""
        missing = [it for it in receipts if it.state is not State.ACCEPTED]
        told = [f"{it.issue} is {it.state}: {it.detail}" for it in missing]
        faults = [t for it, t in zip(missing, told, strict=True) if _is_fault(ledger, it)]
        problems = self._problems(ledger, now)
        return Report(undelivered=tuple(told), faults=tuple(faults), problems=problems)

    def _problems(self, ledger: SqliteLedger, now: datetime) -> Mapping[str, str]:
        """Sources that are down, gone or silent: key, text."""
        down = {it.source: it.detail for it in ledger.down() if now - it.since >= _DOWN}
        found: dict[str, str] = {}
        for it in health(self.project, ledger, now):
            where = f"digest: {self.name}: source {it.source}"
            if it.state is HealthState.RETIRED:
                found[f"{it.source}:down"] = f"{where} is gone for good"
            elif it.source in down:
                found[f"{it.source}:down"] = f"{where} is down: {down[it.source] or 'it fails'}"
            elif it.state is HealthState.QUIET and it.quiet_since:
                found[f"{it.source}:quiet"] = f"{where} is silent since {it.quiet_since:%Y-%m-%d}"
        return {**found, **self._lost_folders()}

    def _lost_folders(self) -> Mapping[str, str]:
        """Folders that are not there, such as those of a disk that was taken away."""
        lost = [
            source_name(it)
            for it in self.project.settings.sources
            if it.kind == "folder" and not (self.project.base / it.place).is_dir()
        ]
        where = f"digest: {self.name}: source"
        return {f"{it}:down": f"{where} {it} is down: there is no such folder" for it in lost}


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What the operator was told of, in the project's ledger."""

    project: Project

    def alarms(self) -> Sequence[Alarm]:
        with open_slots(self.project) as slots:
            return [
                Alarm(key=it["key"], text=it["text"], tries=it["tries"], due=parsed(it["due"]))
                for it in slots.alarms()
            ]

    def alarm(self, key: str, text: str, now: datetime) -> None:
        with open_slots(self.project) as slots:
            slots.alarm(key, text, now)

    def told(self, key: str) -> None:
        with open_slots(self.project) as slots:
            slots.told(key)

    def put_off(self, key: str, due: datetime) -> None:
        with open_slots(self.project) as slots:
            slots.put_off(key, due)

    def calm(self, key: str) -> None:
        with open_slots(self.project) as slots:
            slots.calm(key)


def _names(follows: Sequence[Follow]) -> list[str]:
    return [follow.name for follow in follows]


@contextmanager
def _pipeline(project: Project, now: datetime, check: Callable[[], None]) -> Iterator[Pipeline]:
    """One that can be stopped while its sources are slow, and before it begins to send."""
    with pipeline(_impatient(project), present=now) as work:
        followed = web(project, project.follows, work.ledger, clock=lambda: now, check=check)
        yield replace(
            work,
            sources=(*project.folders, followed),
            senders=tuple(partial(_send, check, sender) for sender in work.senders),
        )


def _impatient(project: Project) -> Project:
    """With a server that is not waited for: those who were put off have their own waking."""
    if project.settings.smtp is None:
        return project
    smtp = structs.replace(project.settings.smtp, patience=Duration(0))
    return replace(project, settings=structs.replace(project.settings, smtp=smtp))


def _send(
    check: Callable[[], None], sender: Sender, issue: Issue, letters: Mapping[str, FormLetter]
) -> Receipt:
    """Send an issue, unless we are to stop: it is claimed, so the next start finishes it.

    A delivery hears signals itself and leaves the system's own handlers behind, which would end
    us in the middle of what comes after it.
    """
    check()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        return sender(issue, letters)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _with(report: Report, gathered: Gathered) -> Report:
    return replace(report, new=gathered.new, unread=tuple(map(str, gathered.failures)))


def _why(done: Run) -> str:
    """Why a run made no issue; empty if it made one."""
    if done.made is None:
        return "nothing new"
    if done.made.lacks or done.made.edition:
        return done.made.lacks
    outcomes = {fate.outcome for _, fate in done.made.fates}
    waits = " or is still changing" if Outcome.CHANGING in outcomes else ""
    return f"nothing to print: every article was left out{waits}"


def _is_fault(ledger: SqliteLedger, receipt: Receipt) -> bool:
    """Whether the operator must see to it: not if some were put off, or a few were refused."""
    if receipt.state is State.DEFERRED:
        return ledger.sends.next_due(receipt.issue) is None
    return SendState.SENT not in ledger.sends.counts(receipt.issue)


def _local(now: datetime, schedule: Schedule) -> datetime:
    return now.astimezone(ZoneInfo(schedule.timezone))
