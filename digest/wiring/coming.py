"""The coming slot of a newsletter's schedule: what an issue that is looked at today is made for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.config.schedule import ScheduleTable
from digest.issue.minimum import Minimum
from digest.ledger.slots import Slots
from digest.schedule.slots import CatchUp, Pause, Policy, Quiet, decide
from digest.schedule.when import Schedule
from digest.wiring.project import Project
from digest.wiring.schedule import HORIZON, schedule_of

#: A slot that is further away comes never, such as one that a zone's clocks will have no more.
_FURTHEST = timedelta(days=3_660)


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
    schedule, policy = schedule_of(project), _policy(table)
    if late := _overdue(project, slots, schedule, policy, now):
        return Coming(slot=late, moment=now)
    slot = next(schedule.between(now, now + _FURTHEST), None)
    if slot is None:
        return None
    pauses = _pauses(slots, project.newsletter.id, after=now)
    barred = decide((slot,), slot, policy, pauses=pauses).skip
    return Coming(slot=slot, moment=slot, why=barred[0].why if barred else "")


def minimum(table: ScheduleTable) -> Minimum:
    """What an issue must hold to be made."""
    return Minimum(
        stories=table.min_stories, max_wait=table.max_wait, only_if_new=table.only_if_new
    )


def _overdue(
    project: Project, slots: Slots, schedule: Schedule, policy: Policy, now: datetime
) -> datetime | None:
    """The first slot that a scheduler which is started now would make up for."""
    name, signature = project.newsletter.id, "\n".join((schedule.timezone, *schedule.texts))
    since = slots.since(name, signature, now)
    last = slots.last(name)
    known = datetime.fromisoformat(last["slot"]) if last else since
    start = max(since, now - HORIZON, min(known, now - policy.stale))
    due = slots.undecided(name, tuple(schedule.between(start, now)), now)
    local = now.astimezone(ZoneInfo(schedule.timezone))
    pauses = _pauses(slots, name, after=start)
    return next(iter(decide(due, local, policy, pauses=pauses).run), None)


def _pauses(slots: Slots, newsletter: str, *, after: datetime) -> list[Pause]:
    return [Pause(since=it, until=over) for it, over in slots.pauses(newsletter, after=after)]


def _policy(table: ScheduleTable) -> Policy:
    return Policy(
        catch_up=CatchUp(table.catch_up),
        stale=table.stale,
        quiet=tuple(map(Quiet.parse, table.quiet)),
    )
