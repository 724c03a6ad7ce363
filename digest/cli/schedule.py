"""The commands of the scheduler: start it, look at its health, pause and resume a newsletter."""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import click

from digest.cli.lines import error, table
from digest.cli.shared import CONFIG, JSON, NEWSLETTER, show
from digest.errors import ConfigError

if TYPE_CHECKING:
    import sqlite3

    from digest.ledger.slots import Slots
    from digest.wiring import Project

#: The exit code if the state folder is taken away: it is not to be started again.
_GONE = 3
#: Alarms of sources: to start anything anew would not mend them.
_SOURCE = "source:"
_AT_WORK = "A scheduler may be at work with the settings that it read before."


@click.command(short_help="Make issues when they are due, until it is stopped.")
@CONFIG
@click.option("--systemd", is_flag=True, help="Print a systemd unit for this folder instead.")
@click.option("--container", is_flag=True, help="Print a Containerfile for this folder instead.")
def schedule(config: Path | None, *, systemd: bool, container: bool) -> None:
    """Make the issues of all newsletters when [schedule] says, until SIGTERM or SIGINT.

    In between it looks at the sources on the web, so that nothing is lost that a feed drops. A
    delivery in flight is finished first. SIGHUP reads digest.toml again. Each event is a line of
    JSON on stderr. The exit code is 3 if the state folder is taken away: nothing may start it again
    before it is put back.
    """
    if systemd or container:
        from digest.cli import deployment

        click.echo((deployment.unit if systemd else deployment.containerfile)(config), nl=False)
        return
    from digest.schedule.logs import configure, tell
    from digest.schedule.pulse import GoneError

    configure()
    calls: SimpleQueue[str] = SimpleQueue()
    if hasattr(signal, "SIGHUP"):  # it would end us while we are still starting
        signal.signal(signal.SIGHUP, lambda *_: calls.put("reload"))
    try:
        _serve(config, calls)
    except GoneError as gone:
        show([error(gone)], err=True)
        sys.exit(_GONE)
    except KeyboardInterrupt:
        tell("aborted", logging.ERROR, pid=os.getpid())
        sys.exit(1)


def _serve(config: Path | None, calls: SimpleQueue[str]) -> None:
    """Work until the end. The file that there is at the start is not done without later on."""
    from digest.config import default_file
    from digest.schedule.service import Service
    from digest.wiring import book

    clock, file = partial(datetime.now, UTC), config or default_file(Path())
    load = partial(book, file, folder=Path(), clock=clock)
    Service(load=load, clock=clock, calls=calls).serve()


@click.command(short_help="Tell whether the scheduler is at work and all is well.")
@CONFIG
@JSON
def health(config: Path | None, *, as_json: bool) -> None:
    """Tell whether the scheduler is at work, and what is wrong.

    The exit code is 1 if it is not at work or hangs, or if a run or a look at the sources failed or
    a slot was missed and nothing went well since; a source that is down or silent is only told.
    """
    from digest.schedule import pulse
    from digest.wiring import open_ledger, projects

    try:
        found = projects(config, folder=Path())
    except ConfigError as wrong:
        remedy = f"{wrong.remedy} {_AT_WORK}".strip()
        raise ConfigError(wrong.where, wrong.why, remedy) from wrong
    first = found[0]
    beat = pulse.read(first.state)
    fault = pulse.fault(beat, datetime.now(UTC), alive=pulse.is_alive(first.state))
    with open_ledger(first) as ledger:
        alarms = [_alarm(row) for row in ledger.slots.alarms()]
        coming = beat.coming if beat else {}
        barred = {name: _barred(name, slot, found, ledger.slots) for name, slot in coming.items()}
    if as_json:
        record = {
            "fault": fault or None,
            "pid": beat.pid if beat else None,
            "since": beat.since.isoformat() if beat else None,
            "beat": beat.beat.isoformat() if beat else None,
            "coming": {name: slot.isoformat() for name, slot in coming.items()},
            "without_issue": {name: why for name, why in barred.items() if why},
            "alarms": alarms,
        }
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        if beat and not fault:
            rows = [("scheduler", f"process {beat.pid} since {beat.since:%Y-%m-%d %H:%M:%S %Z}")]
            rows += [(f"next {it}", _next(slot, barred[it])) for it, slot in coming.items()]
            show(table(rows))
        show(error(it) for it in (*filter(None, [fault]), *map(_line, alarms)))
    if fault or any(not str(it["key"]).startswith(_SOURCE) for it in alarms):
        sys.exit(1)


def _barred(name: str, slot: datetime, found: Sequence[Project], slots: Slots) -> str:
    """Why a newsletter's slot makes no issue as things stand; empty if it does."""
    from digest.wiring.coming import barring

    tables = (it.settings.schedule for it in found if it.newsletter.id == name)
    table = next(filter(None, tables), None)
    return barring(name, table, slots, datetime.now(UTC))(slot) if table else ""


def _next(slot: datetime, why: str) -> str:
    return f"{slot.isoformat()}  no issue: {why}" if why else slot.isoformat()


def _alarm(row: sqlite3.Row) -> dict[str, object]:
    names = ("key", "since", "text", "tries")
    return {**{name: row[name] for name in names}, "told": row["due"] is None}


def _line(alarm: Mapping[str, object]) -> str:
    return f"{alarm['text']}{'' if alarm['told'] else ' (nobody could be told of it yet)'}"


@click.command(short_help="Make no scheduled issues until `digest resume`.")
@CONFIG
@NEWSLETTER
def pause(config: Path | None) -> None:
    """Make no scheduled issues of a newsletter until `digest resume`.

    Its slots are skipped, and what is still to be sent of an issue under way waits.
    """
    from digest.cli.chosen import here
    from digest.wiring import open_slots

    project = here(config)
    with open_slots(project) as slots:
        is_new = slots.pause(project.newsletter.id, datetime.now(UTC))
    state = "is paused now" if is_new else "was paused already"
    waits = "What is under way waits too; `digest resume` goes on with it."
    click.echo(f"{project.newsletter.id} {state}. {waits}")


@click.command(short_help="Make scheduled issues again.")
@CONFIG
@NEWSLETTER
def resume(config: Path | None) -> None:
    """Make scheduled issues of a newsletter again, and go on with what is under way."""
    from digest.cli.chosen import here
    from digest.wiring import open_slots

    project = here(config)
    with open_slots(project) as slots:
        was_paused = slots.resume(project.newsletter.id, datetime.now(UTC))
    state = "goes on with its next slot" if was_paused else "was not paused"
    click.echo(f"{project.newsletter.id} {state}.")
