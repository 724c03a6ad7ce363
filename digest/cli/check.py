"""What is wrong with the message that would go out, and how to mend it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.lines import bold, count, error, table, warning
from digest.cli.shared import CONFIG, JSON, NEWSLETTER, moment, show
from digest.errors import ConfigError

if TYPE_CHECKING:
    from digest.check import Finding, Inspection
    from digest.wiring import Project

#: Places of one finding that are shown.
_MOST = 5


@click.command(short_help="Check the message that would go out.")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--notes", is_flag=True, help="Show what need not be mended too.")
@click.option("--links", is_flag=True, help="Ask the web whether the links open; half a minute.")
@click.option("--now", metavar="TIME", help="Take this for the present, e.g. 2026-11-22T07:30.")
@JSON
@CONFIG
@NEWSLETTER
def check(
    file: Path | None,
    *,
    strict: bool,
    notes: bool,
    links: bool,
    now: str | None,
    as_json: bool,
    config: Path | None,
) -> None:
    """Check the pending issue, FILE, or the newest issue in the outbox; change nothing.

    What mail programs show of it, size, links, images, headers, text against HTML, whether all
    can read it, and SpamAssassin's rules where it is installed; each edition that readers with
    topics of their own get. Exit code 1 if there are errors.
    """
    from digest.check import Level, gate
    from digest.cli.chosen import here as chosen

    here = chosen(config)
    name, messages = _messages(here, file, now)
    if not messages:
        nothing = "Nothing is pending and nothing was made yet: there is nothing to check."
        show([json.dumps({"checked": None, "findings": []}) if as_json else nothing])
        return
    whole, findings = _inspect(here, messages, links=links)
    if as_json:
        record = _record(name, whole, findings) | {"editions": list(messages)}
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        show(_report(name, whole, findings, editions=list(messages), notes=notes))
    if gate(findings, Level.WARNING if strict else Level.ERROR):
        sys.exit(1)


def _messages(here: Project, file: Path | None, now: str | None) -> tuple[str, Mapping[str, bytes]]:
    """What is checked, and its messages by the names of the editions; none if there is nothing."""
    from digest.cli import terminal
    from digest.wiring import newest_message, pending_messages

    if file is None:
        present = moment(now, here.newsletter.timezone)
        with terminal.progress(here.sources) as bars:
            messages = pending_messages(here, present, observe=bars.observe)
        if messages:
            return "the pending issue", messages
        file = newest_message(here)
        if file is None:
            return "", {}
    try:
        return str(file), {"the whole issue": file.read_bytes()}
    except OSError as failure:
        why = f"cannot be read: {failure.strerror or failure}"
        raise ConfigError(str(file), why, "Name a message, such as message.eml.") from failure


def _inspect(
    here: Project, messages: Mapping[str, bytes], *, links: bool
) -> tuple[Inspection, tuple[Finding, ...]]:
    """What the checks say of the whole issue, and what they find in any edition of it.

    Those that need other programs or the web are included.
    """
    import asyncio

    from digest.check import by_weight, inspect, of_editions
    from digest.wiring import check_outside
    from digest.wiring.pressed import links_of

    found = {name: inspect(message) for name, message in messages.items()}
    findings = of_editions({name: it.findings for name, it in found.items()})
    asked = links_of(here, messages) if links else None
    more = asyncio.run(check_outside(here, messages, links=asked))
    return next(iter(found.values())), by_weight((*findings, *more))


def _report(
    name: str,
    whole: Inspection,
    findings: Sequence[Finding],
    *,
    editions: Sequence[str],
    notes: bool,
) -> Iterator[str]:
    from digest.check import CLIP, Level, gate

    sizes = whole.gauge
    yield bold(whole.subject)
    html = f"{sizes.html / 1000:.1f} KB HTML, {sizes.html / CLIP:.0%} of what Gmail shows"
    yield from table(
        [
            ("checked", name),
            *(("edition", it) for it in editions if len(editions) > 1),
            ("preheader", whole.preheader),
            ("size", f"{html}; styles {sizes.styles / 1000:.1f} KB"),
            ("clipped", f"behind “…{sizes.clipped_after}”" if sizes.clipped_after else "nowhere"),
        ]
    )
    yield ""
    for finding in findings if notes else gate(findings, Level.WARNING):
        yield from _lines(finding)
    yield _sum(findings)


def _lines(finding: Finding) -> Iterator[str]:
    """A finding: what, where, why, and how to mend it."""
    from digest.check import Level

    looks = {Level.ERROR: error, Level.WARNING: warning, Level.INFO: "note: {}".format}
    yield looks[finding.level](f"{finding.rule}: {finding.what}")
    places = [("where", it) for it in finding.where[:_MOST]]
    if len(finding.where) > _MOST:
        places.append(("", f"and {len(finding.where) - _MOST} more"))
    only = [("only in", it) for it in finding.editions]
    yield from table([*only, *places, ("why", finding.why), ("mend", finding.remedy)])


def _sum(findings: Sequence[Finding]) -> str:
    from digest.check import Level

    errors, warnings, notes = (sum(it.level is level for it in findings) for level in Level)
    told = (count(errors, "error"), count(warnings, "warning"), count(notes, "note"))
    return ", ".join(told)


def _record(name: str, whole: Inspection, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "checked": name,
        "subject": whole.subject,
        "preheader": whole.preheader,
        "sizes": asdict(whole.gauge),
        "findings": [asdict(it) for it in findings],
    }
