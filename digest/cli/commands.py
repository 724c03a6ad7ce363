"""The commands.

Exit codes: 0 done or nothing new, 1 done with failures, 2 wrong usage, 3 the state was taken away.
"""

from __future__ import annotations

import atexit
import gc
import json
import shutil
import sys
from datetime import UTC, datetime
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path

import click

from digest import __version__
from digest.cli.articles import explain, read
from digest.cli.check import check
from digest.cli.coming import coming
from digest.cli.delivery import doctor, send
from digest.cli.lines import error
from digest.cli.preview import preview
from digest.cli.recipients import recipients
from digest.cli.replay import replay
from digest.cli.schedule import health, pause, resume, schedule
from digest.cli.sending import LOG_JSON, TRACE, transcript
from digest.cli.shared import CONFIG, JSON, NEWSLETTER, moment, show
from digest.cli.sources import sources
from digest.errors import ConfigError, DigestError

#: New objects after which the garbage collector looks at them. Nearly all that a run makes at its
#: start stays, and Python's own 700 would have it looked at again and again: a quarter of the time.
_NEW_OBJECTS = 50_000

_EXAMPLES = """\b
Examples:
  digest init demo && cd demo   a folder with sample articles and a digest.toml
  digest run                    make an issue of what is new
  digest run --dry-run          show what would go in; change nothing
  digest read seeds/a.txt       one article as it is understood
  digest explain seeds/a.txt    each line of it, and why it was kept or not
  digest sources add URL        follow a feed, or a page that has one or none
  digest sources                how each source is doing
  digest recipients import F    who receives it by the server of [smtp]
  digest preview                see it in a browser before it goes out
  digest check                  what is wrong with what would go out
  digest schedule               make issues when they are due, until it is stopped
  digest next                   when the next issues are due
  digest doctor                 check settings, state and server
  digest status                 what went out, what waits, and what went wrong
"""


@click.group(epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def cli() -> None:
    """Turn the latest articles of many sources into one trustworthy email newsletter."""


@cli.command(short_help="Make an issue of what is new.")
@CONFIG
@NEWSLETTER
@click.option("--dry-run", is_flag=True, help="Show what would go in; write nothing.")
@click.option("--now", metavar="TIME", help="Take this for the present, e.g. 2026-11-22T07:30.")
@TRACE
@LOG_JSON
def run(
    config: Path | None, *, dry_run: bool, now: str | None, trace: bool, log_json: bool
) -> None:
    """Make an issue of what is new, put it into the outbox, and send it to its recipients."""
    from digest.cli import report, terminal
    from digest.cli.chosen import here as chosen
    from digest.wiring import pipeline

    here = chosen(config)
    present = moment(now, here.newsletter.timezone)
    with (
        transcript(wanted=trace) as told,
        terminal.progress(here.sources, log_json=log_json) as bars,
        pipeline(here, rehearse=dry_run, present=present, trace=told, watch=bars.watch) as work,
    ):
        done = work.run(present, observe=bars.observe)
    show(report.run(done, here, rehearsed=dry_run))
    show(report.warnings(done), err=True)
    failures = report.failures(done)
    show(failures, err=True)
    if failures:
        sys.exit(1)


@cli.command(short_help="Start a newsletter in a new folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--templates", is_flag=True, help="Copy the themes too, to change their look.")
def init(folder: Path, *, templates: bool) -> None:
    """Start a newsletter in DIR: a commented digest.toml and sample articles.

    With --templates, where there is a digest.toml already, only the themes are added.
    """
    from digest.config import FILE
    from digest.shipped import shipped

    settings, seeds, themes = folder / FILE, folder / "seeds", folder / "templates"
    if templates and settings.exists():
        _add_themes(themes)
        return
    for place in (settings, seeds, *([themes] if templates else [])):
        if place.exists():
            raise ConfigError(str(place), "is there already", "Name another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(shipped("seeds"), seeds)
        if templates:
            shutil.copytree(shipped("templates"), themes)
        settings.write_text(starter(), encoding="utf-8")
    except OSError as failure:
        why = f"cannot be written: {failure.strerror or failure}"
        raise ConfigError(str(folder), why) from failure
    click.echo(f"{settings} and {seeds} are made.\nNext: cd {folder} && digest run")


def _add_themes(folder: Path) -> None:
    """Copy the themes that are not in ``folder`` yet; what is there stays as it is."""
    from digest.shipped import shipped

    themes = [it for it in sorted(shipped("templates").iterdir()) if it.is_dir()]
    missing = [it for it in themes if not (folder / it.name).exists()]
    if not missing:
        there = ", ".join(str(folder / it.name) for it in themes)
        raise ConfigError(there, "is there already", "Move it away to get it as it came.")
    for theme in missing:
        try:
            shutil.copytree(theme, folder / theme.name)
        except OSError as failure:
            why = f"cannot be written: {failure.strerror or failure}"
            raise ConfigError(str(folder), why) from failure
        click.echo(f"{folder / theme.name} is made; change its files as you like.")


@cli.command(short_help="Show what went out, what waits and what went wrong.")
@CONFIG
@NEWSLETTER
@click.argument("issue", required=False)
@JSON
def status(config: Path | None, issue: str | None, *, as_json: bool) -> None:
    """Show what went out, what waits and what went wrong.

    With ISSUE, what became of each article, and who was not reached or is in doubt.
    """
    from digest.cli import deliveries, fates, records, report
    from digest.cli.chosen import here as chosen
    from digest.wiring import open_ledger

    here, now = chosen(config), datetime.now(UTC)
    with open_ledger(here) as ledger:
        if as_json and issue:
            [told] = deliveries.record(ledger, here.newsletter.id, issue)
            found: object = [{**told, "articles": records.fates(ledger, issue)}]
        elif as_json:
            found = records.status(ledger, here, now)
        elif issue:
            show(fates.report(ledger, issue))
            show(deliveries.report(ledger.sends, issue))
        else:
            show(report.status(ledger, here, now))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))


for command in (
    check,
    read,
    explain,
    preview,
    sources,
    recipients,
    send,
    coming,
    doctor,
    schedule,
    health,
    pause,
    resume,
    replay,
):
    cli.add_command(command)


def starter() -> str:
    """The commented ``digest.toml`` that ``digest init`` writes."""
    return files("digest.cli").joinpath("starter.toml").read_text("utf-8")


def main() -> None:
    """Run the command line; expected failures are one message on stderr and an exit code."""
    gc.set_threshold(_NEW_OBJECTS)
    # Else Python would look at all of it once more before it ends: a fifth of a second for nothing.
    atexit.register(gc.freeze)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows another
    try:
        cli(prog_name="digest")
    except DigestError as failure:
        show([error(failure)], err=True)
        sys.exit(2 if isinstance(failure, ConfigError) else 1)
