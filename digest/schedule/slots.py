"""What is done about each slot that is due: run it, skip it and say why, or let it wait.

Pure: the slots come from `digest.schedule.when`, what was decided before comes from the ledger,
and the present is an argument.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

#: A slot that is taken up within this time is not late.
GRACE = timedelta(minutes=5)


class CatchUp(StrEnum):
    """What becomes of slots that nobody was there for."""

    #: The last of them is made up for.
    LATEST = "latest"
    #: Each of them is.
    ALL = "all"
    #: None of them is.
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours of the day in which nothing goes out, ``start`` included; they may span midnight."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> Quiet:
        """The hours that ``text`` such as "22:00-06:00" names. Raises `ValueError` with why not."""
        match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d) ?[-–] ?([01]?\d|2[0-3]):([0-5]\d)", text)
        if match is None:
            raise ValueError(f"{text!r} names no hours")
        hours = [int(part) for part in match.groups()]
        start, end = time(hours[0], hours[1]), time(hours[2], hours[3])
        if start == end:
            raise ValueError(f"{text!r} ends when it begins, so it would never hold")
        return cls(start=start, end=end)

    def __contains__(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A time in which a newsletter made no issues; ``until`` is None if it lasts."""

    since: datetime
    until: datetime | None = None

    def __contains__(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The newsletter's rules for its slots."""

    catch_up: CatchUp = CatchUp.LATEST
    #: How late an issue may still be made.
    stale: timedelta = timedelta(hours=12)
    quiet: tuple[Quiet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A slot that makes no issue, and why."""

    slot: datetime
    why: str
    #: Whether it should have made one: nobody was there for it.
    missed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A run that failed."""

    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of the slots that are due; a slot in neither waits."""

    run: tuple[datetime, ...] = ()
    skip: tuple[Skip, ...] = ()


def decide(
    due: Sequence[datetime],
    now: datetime,
    policy: Policy,
    *,
    pauses: Sequence[Pause] = (),
    failure: Failure | None = None,
) -> Decision:
    """What becomes of ``due``: slots up to ``now``, oldest first, on which nothing was decided.

    ``now`` is in the newsletter's zone, ``failure`` the last run that failed, of whatever slot.
    """
    skips = [skip for slot in due if (skip := _skip(slot, now, policy, pauses, failure))]
    left = [slot for slot in due if slot not in {skip.slot for skip in skips}]
    if policy.catch_up is CatchUp.SKIP:
        skips += [_missed(slot, now, failure) for slot in left if now - slot > GRACE]
        left = [slot for slot in left if now - slot <= GRACE]
    if left and policy.catch_up is not CatchUp.ALL:
        *passed, last = left
        skips += [_replaced(slot, last, now, failure) for slot in passed]
        left = [last]
    if barred(now, policy, pauses):
        left = []
    return Decision(run=tuple(left), skip=tuple(sorted(skips, key=lambda skip: skip.slot)))


def barred(moment: datetime, policy: Policy, pauses: Sequence[Pause]) -> str:
    """Why nothing goes out at a moment, in the newsletter's zone; empty if it does."""
    if pause := next((pause for pause in pauses if moment in pause), None):
        return f"paused since {_written(pause.since, moment)}"
    hours = next((hours for hours in policy.quiet if moment.time() in hours), None)
    return f"in the quiet hours {hours}" if hours else ""


def _skip(
    slot: datetime,
    now: datetime,
    policy: Policy,
    pauses: Sequence[Pause],
    failure: Failure | None,
) -> Skip | None:
    """That a slot makes no issue whatever else is due; None if nothing speaks against it."""
    if why := barred(slot, policy, pauses):
        return Skip(slot=slot, why=why)
    if now - slot <= policy.stale:
        return None
    end = slot + policy.stale
    if pause := next((it for it in pauses if slot <= it.since < end), None):  # it waited in vain
        return Skip(slot=slot, why=f"paused since {_written(pause.since, slot)}")
    return _missed(slot, now, failure)


def _missed(slot: datetime, now: datetime, failure: Failure | None) -> Skip:
    why = f"missed: nobody was there until {_written(now, slot)}"
    return _failed(slot, failure) or Skip(slot=slot, why=why, missed=True)


def _replaced(slot: datetime, by: datetime, now: datetime, failure: Failure | None) -> Skip:
    why = f"missed: the slot of {_written(by, slot)} stands for it"
    return _failed(slot, failure) or Skip(slot=slot, why=why, missed=now - slot > GRACE)


def _failed(slot: datetime, failure: Failure | None) -> Skip | None:
    """A slot that stood open when a run failed was not missed: the failure was told then."""
    if failure is None or failure.at < slot:
        return None
    return Skip(slot=slot, why=f"the run failed: {failure.why}")


def _written(moment: datetime, like: datetime) -> str:
    """A moment in the zone of another one."""
    return f"{moment.astimezone(like.tzinfo):%Y-%m-%d %H:%M}"
