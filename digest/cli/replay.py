"""``digest replay``: an old issue made again from the ledger, and laid beside what went out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digest.cli.lines import error, table
from digest.cli.shared import CONFIG, NEWSLETTER, show


@click.command(short_help="Make an old issue again, and compare it with what went out.")
@click.argument("issue")
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write its files there, into a folder of its own.",
)
@CONFIG
@NEWSLETTER
def replay(issue: str, *, folder: Path | None, config: Path | None) -> None:
    """Make ISSUE again from the ledger, and compare it with what went out.

    Its articles are rendered anew, and that is compared with the edition that was frozen when it
    went out; the messages of that edition are compared with the files in the outbox. The exit
    code is 1 if anything differs.
    """
    from digest.cli.chosen import here
    from digest.wiring import replay as again

    project = here(config)
    found = again(project, issue)
    show(table((it.what, "equal, byte for byte" if it.equal else it.how) for it in found.compared))
    if folder:
        click.echo(f"Written to {found.write(folder)}")
    if different := [it for it in found.compared if not it.equal]:
        show([error(f"{issue} differs in {', '.join(it.what for it in different)}")], err=True)
        sys.exit(1)
