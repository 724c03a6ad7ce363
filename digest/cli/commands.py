"""The commands. Exit codes: 0 done or nothing new, 1 done with failures, 2 wrong usage."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from digest import __version__
from digest.errors import ConfigError, DigestError

_EXAMPLES = """\b
Examples:
  digest init demo && cd demo   a folder with sample articles and a digest.toml
  digest run                    make an issue of what is new
  digest run --dry-run          show what would go in; change nothing
  digest read seeds/a.txt       one article as it is understood
  digest explain seeds/a.txt    each line of it, and why it was kept or not
  digest status                 what went out, what waits, and what went wrong
"""

# Far from where the calendar ends, so that zones and ages can be reckoned with.
_YEARS = range(1970, 2200)

_CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The digest.toml to use; else the one in this folder, else the defaults.",
)
_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group(epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
def cli() -> None:
    """Turn the latest articles of many sources into one trustworthy email newsletter."""


@cli.command(short_help="Make an issue of what is new.")
@_CONFIG
@click.option("--dry-run", is_flag=True, help="Show what would go in; write nothing.")
@click.option("--now", metavar="TIME", help="Take this for the present, e.g. 2026-11-22T07:30.")
def run(config: Path | None, *, dry_run: bool, now: str | None) -> None:
    """Make an issue of what is new and put it into the outbox."""
    from digest.cli import report, terminal
    from digest.wiring import pipeline, project

    here = project(config, folder=Path())
    moment = _moment(now, here.newsletter.timezone)
    with pipeline(here, rehearse=dry_run) as work, terminal.progress(here.sources) as observe:
        done = work.run(moment, observe=observe)
    _print(report.run(done, here, rehearsed=dry_run))
    failures = report.failures(done)
    _print(failures, err=True)
    if failures:
        sys.exit(1)


@cli.command(short_help="Show one article as it is understood.")
@_FILE
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with all offsets.")
def read(file: Path, *, as_json: bool) -> None:
    """Show one article as it is understood: its facts, its lead and its key quote."""
    import digest
    from digest.cli import report
    from digest.issue.record import article_record
    from digest.sources.folder import load

    article = digest.read(load(file, now=datetime.now(UTC)))
    record = article_record(article, digest.summarize(article), digest.quotes(article))
    if as_json:
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        _print(report.article(record))


@cli.command(short_help="Show why each line, lead and quote was taken or not.")
@_FILE
def explain(file: Path) -> None:
    """Show each line with its class and rule, and each lead and quote with what spoke for it."""
    import digest
    from digest.cli import report
    from digest.sources.folder import load
    from digest.summary import explain as explain_summary

    document = load(file, now=datetime.now(UTC))
    _print(report.lines(digest.explain(document)))
    article = digest.read(document)
    _print(report.explanation(article, explain_summary(article)))


@cli.command(short_help="Start a newsletter in a new folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--templates", is_flag=True, help="Copy the themes too, to change their look.")
def init(folder: Path, *, templates: bool) -> None:
    """Start a newsletter in DIR: a commented digest.toml and sample articles."""
    from digest.config import FILE
    from digest.shipped import shipped

    settings, seeds, themes = folder / FILE, folder / "seeds", folder / "templates"
    for place in (settings, seeds, *([themes] if templates else [])):
        if place.exists():
            raise ConfigError(str(place), "is there already", "Name another folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(shipped("seeds"), seeds)
        if templates:
            shutil.copytree(shipped("templates"), themes)
        settings.write_text(starter(), encoding="utf-8")
    except OSError as error:
        raise ConfigError(str(folder), f"cannot be written: {error.strerror or error}") from error
    click.echo(f"{settings} and {seeds} are made.\nNext: cd {folder} && digest run")


@cli.command(short_help="Show what went out, what waits and what went wrong.")
@_CONFIG
@click.argument("issue", required=False)
def status(config: Path | None, issue: str | None) -> None:
    """Show what went out, what waits and what went wrong; with ISSUE, each article's fate."""
    from digest.cli import report
    from digest.wiring import open_ledger, project

    here = project(config, folder=Path())
    with open_ledger(here) as ledger:
        _print(report.fates(ledger, issue) if issue else report.status(ledger, here))


def starter() -> str:
    """The commented ``digest.toml`` that ``digest init`` writes."""
    return files("digest.cli").joinpath("starter.toml").read_text("utf-8")


def main() -> None:
    """Run the command line; expected failures are one message on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter shows another
    try:
        cli(prog_name="digest")
    except DigestError as error:
        _print([click.style("error: ", fg="red") + str(error)], err=True)
        sys.exit(2 if isinstance(error, ConfigError) else 1)


def _moment(now: str | None, timezone: str) -> datetime:
    if now is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(now)
    except ValueError:
        moment = None
    if moment is None or moment.year not in _YEARS:
        why = f"{now!r} is not a time that an issue can have"
        raise ConfigError("--now", why, 'Write it like "2026-11-22T07:30".')
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))


def _print(lines: Iterable[str], *, err: bool = False) -> None:
    """The only printing: colours on a terminal, none with ``NO_COLOR`` (no-color.org)."""
    for line in lines:
        click.echo(line, err=err, color=False if os.environ.get("NO_COLOR") else None)
