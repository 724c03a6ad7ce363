"""``digest next``: the coming slots, and the clock changes among them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.lines import bold
from digest.cli.shared import CONFIG, JSON, moment, show

if TYPE_CHECKING:
    from digest.config import Settings
    from digest.ledger.slots import Slots
    from digest.model import Newsletter
    from digest.schedule.changes import ClockChange

#: Nothing that is due later is of use to anybody.
_HORIZON = timedelta(days=36_525)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What comes for one newsletter."""

    newsletter: Newsletter
    #: Its schedules as written; none if it has no ``[schedule]``.
    at: tuple[str, ...] = ()
    slots: tuple[datetime, ...] = ()
    #: Of these, the ones that make no issue as things stand, and why.
    barred: Mapping[datetime, str] = field(default_factory=dict)
    #: From the present to the last of the slots.
    changes: tuple[ClockChange, ...] = ()


@click.command("next", short_help="Show when the next issues are due.")
@CONFIG
@click.option(
    "-n",
    "--number",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="How many slots of each newsletter to show.",
)
@click.option("--now", metavar="TIME", help="Take this for the present, e.g. 2026-11-22T07:30.")
@JSON
def coming(config: Path | None, *, number: int, now: str | None, as_json: bool) -> None:
    """Show when the next issues of each newsletter are due, and when its clocks are changed."""
    from digest.config import each, load
    from digest.ledger.sqlite import SqliteLedger

    settings, base = load(config, folder=Path())
    with closing(SqliteLedger.reading(base / settings.folders.state, sources=())) as ledger:
        found = [_coming(one, ledger.slots, now, number) for one in each(settings)]
    if as_json:
        records = [_record(it) for it in found]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        show(line for it in found for line in _report(it))


def _coming(settings: Settings, noted: Slots, now: str | None, number: int) -> Coming:
    from digest.config import newsletter
    from digest.schedule.changes import changes
    from digest.schedule.when import parse
    from digest.wiring.coming import barring

    shown = newsletter(settings)
    if settings.schedule is None:
        return Coming(newsletter=shown)
    present, at = moment(now, shown.timezone), settings.schedule.texts
    schedule = parse(*at, timezone=shown.timezone)
    slots = tuple(islice(schedule.between(present, present + _HORIZON), number))
    among = changes(shown.timezone, present, slots[-1]) if slots else ()
    bars = barring(shown.id, settings.schedule, noted, present)
    barred = {slot: why for slot in slots if (why := bars(slot))}
    return Coming(newsletter=shown, at=at, slots=slots, barred=barred, changes=tuple(among))


def _report(it: Coming) -> Iterator[str]:
    """A heading, and a line for each slot and each change of the clocks."""
    yield bold(f"{it.newsletter.title} ({it.newsletter.id})")
    if not it.at:
        yield '  has no schedule; [schedule] with at = "weekdays at 07:30" gives it one'
        return
    yield f"  {'; '.join(it.at)}, in {it.newsletter.timezone}"
    # A slot at the very moment of a change comes after it.
    rows = [(change.at, 0, _changed(change)) for change in it.changes]
    rows += [(slot, 1, _shown(slot, it.barred.get(slot, ""))) for slot in it.slots]
    yield from (line for *_, line in sorted(rows))


def _shown(slot: datetime, why: str) -> str:
    line = f"  {slot:%a %Y-%m-%d %H:%M} {_offset(slot)}"
    return f"{line}  {click.style(f'no issue: {why}', fg='yellow')}" if why else line


def _changed(change: ClockChange) -> str:
    way = "forward" if change.by > timedelta() else "back"
    line = f"  {change.at:%a %Y-%m-%d}, clocks go {way}: {change.at - change.by:%H:%M} becomes"
    return click.style(f"{line} {change.at:%H:%M}", fg="yellow")


def _record(it: Coming) -> dict[str, Any]:
    return {
        "newsletter": it.newsletter.id,
        "title": it.newsletter.title,
        "timezone": it.newsletter.timezone,
        "at": it.at,
        "slots": [slot.isoformat() for slot in it.slots],
        "without_issue": {slot.isoformat(): why for slot, why in it.barred.items()},
        "clock_changes": [
            {"at": change.at.isoformat(), "seconds": int(change.by.total_seconds())}
            for change in it.changes
        ],
    }


def _offset(slot: datetime) -> str:
    return slot.isoformat()[-6:]
