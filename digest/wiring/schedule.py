"""From settings to the scheduler: a desk for each newsletter, and the operator's bells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from msgspec import structs

from digest.alerts import Alarm, Alerts
from digest.config import FILE
from digest.config.schedule import ScheduleTable
from digest.config.values import Duration
from digest.errors import BusyError, ConfigError, DigestError, StoppedError
from digest.intake import Gathered
from digest.ledger.columns import parsed
from digest.ledger.slots import Slots
from digest.ledger.sqlite import SqliteLedger
from digest.mail import FormLetter
from digest.mailing import Mailing
from digest.model import Issue, Outcome, Receipt, SendState, State
from digest.pipeline import Pipeline, Run, Sender
from digest.schedule.failures import said
from digest.schedule.service import Book, Report
from digest.schedule.slots import Decision, Skip
from digest.schedule.when import Schedule, local
from digest.sources.follow import Follow
from digest.wiring.alerts import bells
from digest.wiring.coming import barring, decision, minimum, schedule_of
from digest.wiring.outages import outages
from digest.wiring.project import Project, projects
from digest.wiring.run import pipeline
from digest.wiring.web import web


def book(config: Path | None, *, folder: Path, clock: Callable[[], datetime]) -> Book:
    """What the scheduler works by. Raises `ConfigError`."""
    found = projects(config, folder=folder)
    desks = [Desk(project=it, table=table) for it in found if (table := it.settings.schedule)]
    for desk in desks:
        desk.project.require_theme()
    if not desks:
        remedy = 'Write [schedule] with at = "weekdays at 07:30".'
        raise ConfigError(f"{config or FILE}: schedule", "no newsletter has one", remedy)
    return Book(
        state=found[0].state,
        desks=desks,
        alerts=Alerts(register=Register(project=found[0]), bells=bells(found[0], clock)),
        outages=partial(outages, [desk.project for desk in desks]),
    )


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
        with open_slots(self.project) as slots:
            return decision(self.project, slots, now)

    def skip(self, skips: Sequence[Skip], now: datetime) -> None:
        with open_slots(self.project) as slots:
            slots.decide(self.name, {skip.slot: skip.why for skip in skips}, now)

    def run(self, slot: datetime, now: datetime, *, check: Callable[[], None]) -> Report:
        """Make the issue of a slot and send it, and note what came of it."""
        with self._noting(now), self._pipeline(now, check, self.project) as work:
            with open_slots(self.project) as slots:
                slots.look(_names(self.project.follows), now)
            done = work.run(now, slot=slot, minimum=minimum(self.table), observe=check)
        why = _why(done)
        issues = (done.made.issue.id,) if done.made and not why else ()
        with _ledger(self.project) as ledger:
            ledger.slots.decide(self.name, {slot: why}, now)
            report = _report(ledger, (*done.finished, *done.receipts))
        return replace(_with(report, done.gathered), issues=issues, why=why)

    def finish(self, now: datetime, *, check: Callable[[], None]) -> Report | None:
        """Go on with issues that are not through, if anybody is to be tried now."""
        with _ledger(self.project) as ledger:
            left = tuple(issue.id for issue in ledger.claimed(self.name))
            dues = [ledger.sends.next_due(issue) for issue in left]
            held = self._held(ledger.slots, now)
        if not any(due is None or due <= now for due in dues):
            return None
        if held:
            return Report(issues=left, held=held)
        with self._pipeline(now, check, self.project) as work:
            receipts = work.finish()
        with _ledger(self.project) as ledger:
            return replace(_report(ledger, receipts), issues=left)

    def gather(self, now: datetime, *, check: Callable[[], None]) -> Report | None:
        """Look at the sources on the web that were not looked at for a while.

        What has been dropped from a feed would be lost; a folder drops nothing, and what lies in
        one may be taken out again before the slot.
        """
        due = self._due(now)
        if not due:
            return None
        here = replace(self.project, folders=(), follows=due)
        with self._pipeline(now, check, here) as work, self._looking(due, now):
            return _with(Report(), work.gather(observe=check))

    @contextmanager
    def _looking(self, follows: Sequence[Follow], now: datetime) -> Iterator[None]:
        """Note looks before they begin: what is killed or fails does not ask again at once.

        What is stopped may come back at once for the sources that it had no answer of.
        """
        with open_slots(self.project) as slots:
            slots.look(_names(follows), now)
            try:
                yield
            except StoppedError:
                slots.forget_looks(_names(follows), now)
                raise

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

    @contextmanager
    def _pipeline(
        self, now: datetime, check: Callable[[], None], project: Project
    ) -> Iterator[Pipeline]:
        """One that can be stopped while its sources are slow and before it begins to send.

        What may not go out now it leaves for later, in the middle of a mailing too.
        """
        clock = _ticking(now)
        with (
            pipeline(_impatient(project), present=now) as work,
            open_slots(project) as slots,
        ):
            hold = lambda: self._held(slots, clock())  # noqa: E731  is asked again and again
            followed = web(project, project.follows, work.ledger, clock=lambda: now, check=check)
            yield replace(
                work,
                sources=(*project.folders, followed),
                senders=tuple(partial(_send, check, hold, it) for it in work.senders),
            )

    def _held(self, slots: Slots, now: datetime) -> str:
        """Why nothing goes out now; empty if it does."""
        moment = local(now, ZoneInfo(self.project.newsletter.timezone))
        return barring(self.name, self.table, slots, now)(moment)

    @contextmanager
    def _noting(self, now: datetime) -> Iterator[None]:
        """Remember why a run failed: its slot may be given up for it."""
        try:
            yield
        except (BusyError, StoppedError):
            raise
        except Exception as failure:
            with suppress(DigestError), open_slots(self.project) as slots:
                slots.fail(self.name, said(failure), now)
            raise


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

    def alarm(self, alarm: Alarm, now: datetime) -> None:
        with open_slots(self.project) as slots:
            slots.alarm(alarm.key, alarm.text, now, tries=alarm.tries, due=alarm.due)

    def calm(self, key: str) -> None:
        with open_slots(self.project) as slots:
            slots.calm(key)


def _names(follows: Sequence[Follow]) -> list[str]:
    return [follow.name for follow in follows]


def _impatient(project: Project) -> Project:
    """With a server that is not waited for: those who were put off have their own waking."""
    if project.settings.smtp is None:
        return project
    smtp = structs.replace(project.settings.smtp, patience=Duration(0))
    return replace(project, settings=structs.replace(project.settings, smtp=smtp))


def _send(
    check: Callable[[], None],
    hold: Callable[[], str],
    sender: Sender,
    issue: Issue,
    letters: Mapping[str, FormLetter],
) -> Receipt:
    """Send an issue, unless we are to stop: it is claimed, so the next start finishes it.

    The same holds for what may not go out now.
    """
    check()
    if why := hold():
        return Receipt(issue=issue.id, state=State.DEFERRED, detail=f"held: {why}", waits=True)
    if isinstance(sender, Mailing):
        sender = replace(sender, hold=hold)
    return sender(issue, letters)


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


def _report(ledger: SqliteLedger, receipts: Sequence[Receipt]) -> Report:
    """What became of deliveries."""
    missing = [it for it in receipts if it.state is not State.ACCEPTED]
    lines = [f"{it.issue} is {it.state}: {it.detail}" for it in missing]
    faults = [line for it, line in zip(missing, lines, strict=True) if _is_fault(ledger, it)]
    return Report(undelivered=tuple(lines), faults=tuple(faults))


def _is_fault(ledger: SqliteLedger, receipt: Receipt) -> bool:
    """Whether the operator must see to it: not if some were put off, or a few were refused."""
    if receipt.state is State.DEFERRED:
        return not receipt.waits
    sends, issue = ledger.sends, receipt.issue
    return SendState.SENT not in sends.counts(issue) or sends.has_untried(issue)


def _ticking(now: datetime) -> Callable[[], datetime]:
    """A clock that shows ``now`` and goes on from there, however the machine's is set."""
    start = monotonic()
    return lambda: now + timedelta(seconds=monotonic() - start)
