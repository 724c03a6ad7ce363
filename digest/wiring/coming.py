"""What is due for a newsletter, and what comes: for its scheduler, and for who only looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from digest.config.schedule import ScheduleTable
from digest.errors import ConfigError
from digest.issue.minimum import Minimum
from digest.ledger.slots import Slots
from digest.ledger.slots import Timetable as Noted
from digest.schedule.slots import CatchUp, Decision, Failure, Pause, Policy, Quiet, barred, decide
from digest.schedule.timetable import Timetable, reach
from digest.schedule.when import Schedule, local, parse, recalled
from digest.wiring.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """The slot that the scheduler sees to next."""

    slot: datetime
    #: The present that its run will have: the slot itself, or now if it has passed.
    moment: datetime
    #: Why it makes no issue, whatever is pending; empty if nothing speaks against it.
    why: str = ""

    @property
    def is_overdue(self) -> bool:
        return self.moment > self.slot


def coming(project: Project, slots: Slots, now: datetime) -> Coming | None:
    """The coming slot; None without a schedule, or if it has none any more.

    ``slots`` is a copy: since when the schedule holds is noted in it, as the scheduler would.
    """
    table = project.settings.schedule
    if table is None:
        return None
    if late := decision(project, slots, now).run:
        return Coming(slot=late[0], moment=now)
    slot = schedule_of(project).next(now)
    if slot is None:
        return None
    bars = barring(project.newsletter.id, table, slots, now)
    return Coming(slot=slot, moment=slot, why=bars(slot))


def decision(project: Project, slots: Slots, now: datetime) -> Decision:
    """What is to be done about the slots that are due and that nothing was decided on.

    Raises `ConfigError` if the newsletter has no schedule.
    """
    schedule, rules = schedule_of(project), policy(_table(project))
    timetable = _timetable(project, slots, schedule, rules, now)
    due = _open(project, slots, timetable, rules, now)
    failure = slots.failure(project.newsletter.id, now)
    return decide(
        due,
        local(now, ZoneInfo(schedule.timezone)),
        rules,
        pauses=pauses(project.newsletter.id, slots, now, after=_reach(project, slots, rules, now)),
        failure=Failure(at=failure[0], why=failure[1]) if failure else None,
    )


def barring(
    newsletter: str, table: ScheduleTable, slots: Slots, now: datetime
) -> Callable[[datetime], str]:
    """Tells of a moment from ``now`` on, in the newsletter's zone, why no issue goes out then."""
    return partial(barred, policy=policy(table), pauses=pauses(newsletter, slots, now, after=now))


def schedule_of(project: Project) -> Schedule:
    """When the newsletter is due. Raises `ConfigError` if nothing says it."""
    return parse(*_table(project).texts, timezone=project.newsletter.timezone)


def policy(table: ScheduleTable) -> Policy:
    """The rules for slots."""
    return Policy(
        catch_up=CatchUp(table.catch_up),
        stale=table.stale,
        quiet=tuple(map(Quiet.parse, table.quiet_texts)),
    )


def minimum(table: ScheduleTable) -> Minimum:
    """What an issue must hold to be made."""
    return Minimum(
        stories=table.min_stories, max_wait=table.max_wait, only_if_new=table.only_if_new
    )


def pauses(newsletter: str, slots: Slots, now: datetime, *, after: datetime) -> list[Pause]:
    """The newsletter's pauses that did not end before ``after``."""
    found = slots.pauses(newsletter, after=after, now=now)
    return [Pause(since=since, until=until) for since, until in found]


def _table(project: Project) -> ScheduleTable:
    table = project.settings.schedule
    if table is None:
        remedy = 'Write [schedule] with at = "weekdays at 07:30".'
        raise ConfigError("schedule", f"{project.newsletter.id} has none", remedy)
    return table


def _timetable(
    project: Project, slots: Slots, schedule: Schedule, rules: Policy, now: datetime
) -> Timetable:
    """The one in force; it is noted if it is another than before."""
    noted = slots.timetable(project.newsletter.id)
    before = recalled(noted.schedule) if noted else None
    if noted is None or before is None:
        found = Timetable(schedule=schedule, since=now)
    else:
        was = Timetable(schedule=before, since=noted.since, kept=noted.kept).sober(now)
        if schedule.signature == before.signature:
            found = replace(was, schedule=schedule)
        else:
            found = was.changed(schedule, _open(project, slots, was, rules, now), now)
    told = Noted(schedule=schedule.signature, since=found.since, kept=found.kept)
    if told != noted:
        slots.set_timetable(project.newsletter.id, told)
    return found


def _open(
    project: Project, slots: Slots, timetable: Timetable, rules: Policy, now: datetime
) -> tuple[datetime, ...]:
    """The slots that are due and that nothing was decided on."""
    start = _reach(project, slots, rules, now)
    return tuple(slots.undecided(project.newsletter.id, timetable.slots(start, now), now))


def _reach(project: Project, slots: Slots, rules: Policy, now: datetime) -> datetime:
    return reach(slots.last(project.newsletter.id, now), now, rules.stale)
