"""The commands for sending: a test to one address, what was interrupted, and a check-up."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digest.cli.lines import error, table
from digest.cli.sending import LOG_JSON, TRACE, transcript
from digest.cli.shared import CONFIG, NEWSLETTER, moment, show
from digest.errors import ConfigError


@click.command(short_help="Send a test, or finish what was interrupted.")
@click.option("--test", metavar="ADDRESS", help="Send the pending issue there; consume nothing.")
@click.option("--resume", is_flag=True, help="Go on with the issues that are not through yet.")
@click.option("--now", metavar="TIME", help="Take this for the present, e.g. 2026-11-22T07:30.")
@TRACE
@LOG_JSON
@CONFIG
@NEWSLETTER
def send(
    test: str | None,
    *,
    resume: bool,
    now: str | None,
    trace: bool,
    log_json: bool,
    config: Path | None,
) -> None:
    """Send by the server of [smtp]: a test to one address, or what an earlier run left undone."""
    from digest.cli import report, terminal
    from digest.cli.chosen import here as chosen
    from digest.wiring import pipeline, test_pipeline

    if bool(test) == resume:
        raise ConfigError("send", "needs --test or --resume", "Give one of the two.")
    here = chosen(config)
    present = moment(now, here.newsletter.timezone)
    with transcript(wanted=trace) as told, terminal.progress(log_json=log_json) as bars:
        if test:
            with test_pipeline(here, address=test, trace=told) as work:
                done = work.run(present)
        else:
            with pipeline(here, present=present, trace=told, watch=bars.watch) as work:
                receipts = work.finish()
    show(report.tested(done, test) if test else report.finished(receipts))
    failures = report.failures(done) if test else report.undelivered(receipts)
    show(failures, err=True)
    if failures:
        sys.exit(1)


@click.command(short_help="Check settings, state and server; send nothing.")
@TRACE
@CONFIG
@NEWSLETTER
def doctor(config: Path | None, *, trace: bool) -> None:
    """Check the settings, the state folder, the keys and the server, and say what was seen."""
    from digest.checkup import check_up
    from digest.cli.chosen import here as chosen

    with transcript(wanted=trace) as told:
        findings = list(check_up(chosen(config), trace=told))
    show(table((("✓ " if it.fault is None else "✗ ") + it.what, it.seen) for it in findings))
    faults = [it.fault for it in findings if it.fault]
    show([error(fault) for fault in faults], err=True)
    if faults:
        sys.exit(1)
