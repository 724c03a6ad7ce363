"""How each source is doing, as a table and as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from digest.cli.lines import bold, count
from digest.config import SourceTable
from digest.sources.health import Health, HealthState
from digest.text import shorten

_BARS = "▁▂▃▄▅▆▇█"
#: Characters of an address.
_WIDTH = 200
_COLOURS = {
    HealthState.OK: "green",
    HealthState.FAILING: "red",
    HealthState.RETIRED: "red",
    HealthState.QUIET: "yellow",
    HealthState.HELD: "yellow",
}


def report(found: Sequence[Health], tables: Sequence[SourceTable], *, zone: str) -> Iterator[str]:
    """A line for each source: its state, its articles of the last weeks, when it was last read."""
    width = max((len(it.source) for it in found), default=0)
    for it, source in zip(found, tables, strict=True):
        state = click.style(f"{it.state:<8}", fg=_COLOURS.get(it.state))
        success = f"read {_day(it.last_success, zone)}" if it.last_success else "never read"
        week = f"{it.weeks[-1]:>4} this week"
        yield f"{bold(f'{it.source:<{width}}')}  {state}  {chart(it.weeks)} {week}  {success}"
        if it.source != source.place:
            yield f"    {source.kind} {shorten(source.place, _WIDTH)}"
        yield from (f"    {note}" for note in _notes(it, zone))


def record(it: Health, source: SourceTable) -> dict[str, Any]:
    """A source's health as plain data for JSON."""
    moments = {key: value for key, value in asdict(it).items() if isinstance(value, datetime)}
    return {
        **asdict(it),
        **{key: moment.isoformat() for key, moment in moments.items()},
        "kind": source.kind,
        "place": source.place,
        "section": source.section,
    }


def chart(weeks: Sequence[int]) -> str:
    """A bar for each week, oldest first; the lowest is a week without articles."""
    most = max(weeks, default=0)
    steps = len(_BARS) - 1
    return "".join(_BARS[-(-number * steps // most) if most else 0] for number in weeks)


def _notes(it: Health, zone: str) -> Iterator[str]:
    if it.error:
        tried = f" (tried {_day(it.last_try, zone)})" if it.last_try else ""
        yield f"error: {it.error}{tried}"
    if it.held:
        held = count(it.held, "entry is held", "entries are held")
        yield f'{held}: digest sources release "{it.source}", or discard'
    if it.quiet_since:
        yield f"gone quiet since {_day(it.quiet_since, zone)}"
    if it.latency is not None and it.latency >= 1:
        yield f"takes {it.latency:.1f} seconds to answer"


def _day(moment: datetime | None, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if moment else "never"
