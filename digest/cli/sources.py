"""The commands for what is followed: list, add, test, take out, in and out as OPML, held floods."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.lines import count
from digest.cli.shared import CONFIG, JSON, show
from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.cli.finding import Offer
    from digest.cli.following import Following

_PRIVATE = click.option(
    "--private", is_flag=True, help="It may be on this machine or a private network."
)
_NAME = click.argument("name")


@click.group(invoke_without_command=True, short_help="Show and change what is followed.")
@CONFIG
@JSON
@click.pass_context
def sources(context: click.Context, *, config: Path | None, as_json: bool) -> None:
    """Show how each source is doing, or change what is followed."""
    context.obj = config
    if context.invoked_subcommand is None:
        _list(config, as_json=as_json)


@sources.command("list", short_help="Show how each source is doing.")
@CONFIG
@JSON
def list_(*, config: Path | None, as_json: bool) -> None:
    """Show each source's state, its last success and error, and its articles of eight weeks."""
    _list(config, as_json=as_json)


def _list(config: Path | None, *, as_json: bool) -> None:
    from digest.cli import health
    from digest.wiring import health as look
    from digest.wiring import open_ledger, whole

    here = whole(config, folder=Path())
    with open_ledger(here) as ledger:
        found = look(here, ledger, datetime.now(UTC))
    tables = here.settings.sources
    if as_json:
        records = [health.record(it, table) for it, table in zip(found, tables, strict=True)]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    else:
        show(health.report(found, tables, zone=here.newsletter.timezone))


@sources.command(short_help="Follow a feed, a page, a sitemap or a folder.")
@click.argument("url")
@CONFIG
@click.option("--name", help="How reports call it; the title of its feed otherwise.")
@click.option("--section", help="The section of its articles.")
@_PRIVATE
@click.option("--yes", is_flag=True, help="Add it without asking.")
def add(
    url: str,
    *,
    config: Path | None,
    name: str | None,
    section: str | None,
    private: bool,
    yes: bool,
) -> None:
    """Follow what is at URL: a feed, or a page, whose feed is looked for.

    What was found and its newest titles are shown before it is added to digest.toml. URL may also
    be a folder of articles, or a feed in a file.
    """
    from digest.cli import offered
    from digest.cli.following import Following

    following = Following.of(config)
    found, *others = _offers(following, url, private=private)
    show(offered.offer(found, others))
    table = following.table(found, name=name, section=section, private=private)
    if not yes and not _agreed(following.file):
        return
    following.add([table])
    click.echo(f"{table.get('name', found.address)} is followed now. Next: digest run")


def _offers(following: Following, url: str, *, private: bool) -> list[Offer]:
    """What a path or an address offers."""
    from digest.cli.finding import Offer, offers
    from digest.cli.following import web_address

    path = _path(url)
    if path and path.is_dir():
        return [Offer(kind="folder", address=following.local(path), what="a folder of files")]
    if path and path.is_file():
        from digest.read.feed import read_feed
        from digest.sources.folder import load

        feed = read_feed(load(path, now=datetime.now(UTC)))
        place, title = following.local(path), feed.title or ""
        what = f"{feed.dialect} in a file"
        return [Offer(kind="feed", address=place, what=what, title=title, entries=feed.entries)]
    contact = following.project.settings.fetch.contact
    return offers(web_address(url), contact=contact, private=private, now=datetime.now(UTC))


def _path(text: str) -> Path | None:
    """What is there of this name on disk; no file has the name of a very long address."""
    try:
        return path if (path := Path(text)).exists() else None
    except (OSError, ValueError):
        return None


def _agreed(file: Path) -> bool:
    """Whether the user wants it; raises `ConfigError` if there is nobody to ask."""
    if not sys.stdin.isatty():
        raise ConfigError("sources add", "there is no terminal to ask on", "Say --yes to add it.")
    return click.confirm(f"Add it to {file}?", default=True)


@sources.command(short_help="Take a source out.")
@_NAME
@CONFIG
def remove(name: str, *, config: Path | None) -> None:
    """Take the source NAME out of digest.toml. What it gave stays in the ledger."""
    from digest.cli.following import Following

    following = Following.of(config)
    number, _ = following.named(name)
    following.remove(number)
    click.echo(f"{name} is not followed any more.")


@sources.command(short_help="Show what would come; nothing is kept.")
@click.argument("source", metavar="NAME|URL")
@CONFIG
@_PRIVATE
def test(source: str, *, config: Path | None, private: bool) -> None:
    """Look at a source, followed or not, and show what the next run would take from it."""
    from digest.cli.following import Following
    from digest.cli.trial import as_source, trial

    following = Following.of(config)
    if found := following.find(source):
        table = found[1]
    else:
        table = as_source(_offers(following, source, private=private)[0], private=private)
    if not trial(following.project, table):
        sys.exit(1)


@sources.command("import", short_help="Follow all feeds of an OPML file.")
@click.argument("file", type=click.Path(path_type=Path))
@CONFIG
@_PRIVATE
def import_(file: Path, *, config: Path | None, private: bool) -> None:
    """Follow every feed of an OPML file that is not followed yet; its folders become sections."""
    from digest.cli import opml
    from digest.cli.following import Following

    following = Following.of(config)
    added, known = opml.take(following, file, private=private)
    click.echo(f"{count(added, 'source')} added, {known} known already.")


@sources.command(short_help="Write what is followed as OPML.")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@CONFIG
def export(file: Path | None, *, config: Path | None) -> None:
    """Write what is followed as OPML to FILE, or print it; folders and files are left out."""
    from digest.cli import opml
    from digest.cli.following import Following
    from digest.config.edit import write

    data, left = opml.give(Following.of(config))
    if file:
        write(file, data)
        click.echo(f"{file} is written.")
    else:
        click.echo(data, nl=False)
    if left:
        click.echo(f"{count(left, 'source')} on this machine left out.", err=True)


@sources.command(short_help="Take in what is held of a source.")
@_NAME
@CONFIG
def release(name: str, *, config: Path | None) -> None:
    """Let the next run take the entries of NAME that are held because they looked like a flood."""
    from digest.cli.following import Following
    from digest.wiring import release as let_go

    following = Following.of(config)
    number = let_go(following.project, following.name_of(name))
    click.echo(f"{count(number, 'entry comes', 'entries come')} with the next run.")


@sources.command(short_help="Pass over what is held of a source.")
@_NAME
@CONFIG
def discard(name: str, *, config: Path | None) -> None:
    """Never take the entries of NAME that are held because they looked like a flood."""
    from digest.cli.following import Following
    from digest.wiring import discard as pass_over

    following = Following.of(config)
    number = pass_over(following.project, following.name_of(name))
    click.echo(f"{count(number, 'entry is', 'entries are')} passed over.")
