"""How a source is doing, told from its visits and from when it gave articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from digest.visits import Visit, VisitState

#: Weeks that are looked back.
WEEKS = 8
#: Days with articles before a rhythm can be told from them.
BEATS = 5
#: How many times its longest silence so far a source may be silent, and the least that counts.
LONGER, LEAST = 2, timedelta(days=2)


class HealthState(StrEnum):
    #: Never looked at.
    NEW = "new"
    OK = "ok"
    #: The last look failed.
    FAILING = "failing"
    #: Silent against its own rhythm.
    QUIET = "quiet"
    #: Entries wait for the user's word.
    HELD = "held"
    #: Gone for good.
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source is doing."""

    source: str
    state: HealthState
    last_success: datetime | None = None
    last_try: datetime | None = None
    #: Why the last look failed, if it did.
    error: str | None = None
    #: Median seconds to the last byte.
    latency: float | None = None
    #: Articles in each of the last `WEEKS` weeks, oldest first.
    weeks: tuple[int, ...] = (0,) * WEEKS
    quiet_since: datetime | None = None
    #: Entries that are held as a flood.
    held: int = 0


def health(
    source: str, visits: Sequence[Visit], given: Sequence[datetime], *, held: int, now: datetime
) -> Health:
    """A source's health.

    ``visits`` are its visits and ``given`` the moments at which it gave an article, both of the
    last `WEEKS` weeks or more and oldest first. A folder has no visits.
    """
    last = visits[-1] if visits else None
    failed = last is not None and last.state in (VisitState.FAILED, VisitState.GONE)
    read = [v.at for v in visits if v.state in (VisitState.OK, VisitState.UNCHANGED)]
    success = read[-1] if read else (given[-1] if given and not visits else None)
    quiet = _quiet_since(given, success) if success and not failed else None
    took = [visit.latency for visit in visits if visit.latency is not None]
    return Health(
        source=source,
        state=_state(last, held=held, quiet=quiet is not None, known=bool(visits or given)),
        last_success=success,
        last_try=last.at if last else success,
        error=last.detail if last and failed else None,
        latency=median(took) if took else None,
        weeks=_weeks(given, now),
        quiet_since=quiet,
        held=held,
    )


def _state(last: Visit | None, *, held: int, quiet: bool, known: bool) -> HealthState:
    if last and last.state is VisitState.GONE:
        return HealthState.RETIRED
    if last and last.state is VisitState.FAILED:
        return HealthState.FAILING
    if held:
        return HealthState.HELD
    if quiet:
        return HealthState.QUIET
    return HealthState.OK if known else HealthState.NEW


def _weeks(given: Sequence[datetime], now: datetime) -> tuple[int, ...]:
    ages = [(now - moment) // timedelta(weeks=1) for moment in given]
    return tuple(ages.count(week) for week in reversed(range(WEEKS)))


def _quiet_since(given: Sequence[datetime], success: datetime) -> datetime | None:
    """When a source fell silent: it gave nothing for longer than it ever did before."""
    days = sorted({moment.date(): moment for moment in given}.values())
    if len(days) < BEATS:
        return None
    longest = max(after - before for before, after in pairwise(days))
    silent = success - days[-1]
    return days[-1] if silent > max(LONGER * longest, LEAST) else None
