"""What the clocks of a zone show, looked up in a list of quarters of an hour: no reckoning."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

_QUARTER, _MARGIN = timedelta(minutes=15), timedelta(days=2)


def days(first: date, number: int) -> list[date]:
    return [first + timedelta(days=day) for day in range(number)]


class Clock:
    """A clock that was read every quarter of an hour on some days, and around them."""

    def __init__(self, zone: str, first: date, number: int) -> None:
        start = datetime.combine(first, time(), UTC) - _MARGIN
        there = ZoneInfo(zone)
        self.instants = [start + n * _QUARTER for n in range((number + 4) * 96)]
        self.faces = [it.astimezone(there).replace(tzinfo=None) for it in self.instants]
        #: The latest that it has shown up to each instant.
        self._reached = list(accumulate(self.faces, max))

    def first(self, on: Iterable[date], times: Sequence[time]) -> list[datetime]:
        """When it first shows each of ``times`` or later on each day; in UTC, in order."""
        walls = (datetime.combine(day, moment) for day in on for moment in times)
        return sorted({self.instants[bisect_left(self._reached, wall)] for wall in walls})
