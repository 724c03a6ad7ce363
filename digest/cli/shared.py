"""What all commands share: options, the present, and the only printing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from digest.errors import ConfigError

#: Far from where the calendar ends, so that zones and ages can be reckoned with.
_YEARS = range(1970, 2200)

#: Key of what ``--newsletter`` names, for `digest.cli.chosen`.
CHOSEN = "digest.newsletter"

CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    # What was named before a group's command holds for that too.
    default=lambda: click.get_current_context().obj,
    help="The digest.toml to use; else the one in this folder, else the defaults.",
)
#: Which newsletter a command is for, see `digest.cli.chosen`.
NEWSLETTER = click.option(
    "--newsletter",
    metavar="ID",
    expose_value=False,
    # What was named before a group's command holds for that too.
    callback=lambda context, _, value: context.meta.update({CHOSEN: value} if value else {}),
    help="The newsletter that is meant, where digest.toml has several.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def moment(now: str | None, timezone: str) -> datetime:
    """The present, or what the user wants to be taken for it; raises `ConfigError`."""
    if now is None:
        return datetime.now(UTC)
    try:
        told = datetime.fromisoformat(now)
    except ValueError:
        told = None
    if told is None or told.year not in _YEARS:
        why = f"{now!r} is not a time that an issue can have"
        raise ConfigError("--now", why, 'Write it like "2026-11-22T07:30".')
    return told if told.tzinfo else told.replace(tzinfo=ZoneInfo(timezone))


def show(lines: Iterable[str], *, err: bool = False) -> None:
    """The only printing: colours on a terminal, none with ``NO_COLOR`` (no-color.org)."""
    for line in lines:
        click.echo(line, err=err, color=False if os.environ.get("NO_COLOR") else None)
