"""The commands that look at one article, or at what became of all of an issue."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from digest.cli.shared import CONFIG, NEWSLETTER, show


@click.command(short_help="Show one article as it is understood.")
@click.argument("file", type=click.Path(path_type=Path))
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
        show(report.article(record))


@click.command(short_help="Show why a line, a lead, a quote or an article was taken or not.")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--issue", metavar="ID", help="Show what became of each article of an issue.")
@CONFIG
@NEWSLETTER
@click.option("--json", "as_json", is_flag=True, help="With --issue, print JSON.")
def explain(file: Path | None, *, issue: str | None, config: Path | None, as_json: bool) -> None:
    """Show why things were taken or not.

    With FILE, each line of it with its class and rule, and each lead and quote with what spoke
    for it. With --issue, what became of each article and by which rule.
    """
    if (file is None) is (issue is None):
        raise click.UsageError("name either a FILE or an --issue")
    if file and as_json:
        raise click.UsageError(
            "--json goes with --issue; `digest read FILE --json` tells of a file"
        )
    if file:
        _explain_file(file)
    if issue:
        _explain_issue(config, issue, as_json=as_json)


def _explain_issue(config: Path | None, issue: str, *, as_json: bool) -> None:
    from digest.cli import fates, records
    from digest.cli.chosen import here as chosen
    from digest.wiring import open_ledger

    with open_ledger(chosen(config)) as ledger:
        if as_json:
            click.echo(json.dumps(records.fates(ledger, issue), ensure_ascii=False, indent=2))
        else:
            show(fates.report(ledger, issue))


def _explain_file(file: Path) -> None:
    import digest
    from digest.cli import report
    from digest.sources.folder import load
    from digest.summary import explain as explain_summary

    document = load(file, now=datetime.now(UTC))
    show(report.lines(digest.explain(document)))
    article = digest.read(document)
    show(report.explanation(article, explain_summary(article)))
