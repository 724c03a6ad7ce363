"""What `digest status` and `digest explain --issue` tell, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from digest.cli import deliveries
from digest.cli.fates import unknown
from digest.config import source_name
from digest.issue.changing import changing
from digest.issue.rules import Rules
from digest.ledger.sqlite import FILE, SqliteLedger
from digest.model import Candidate
from digest.wiring import Project


def status(ledger: SqliteLedger, project: Project, now: datetime) -> dict[str, object]:
    """All that the report of the state folder tells."""
    newsletter = project.newsletter.id
    paused = ledger.slots.paused(newsletter)
    return {
        "newsletter": newsletter,
        "state": str(project.state / FILE),
        "waiting": len(ledger.pending(newsletter)),
        "changing": [
            {"id": it.id, "title": it.headline.title, "origin": it.origin, "why": why}
            for it, why in still_changing(ledger, project, now)
        ],
        "issues": deliveries.record(ledger, newsletter, None),
        "skipped": [
            {name: row[name] for name in ("slot", "decided", "why")}
            for row in ledger.slots.skipped(newsletter, now=now)
        ],
        "paused": paused.isoformat() if paused else None,
        "unread": [
            {"origin": row["origin"], "failure": row["failure"]} for row in ledger.failures()
        ],
    }


def fates(ledger: SqliteLedger, issue: str) -> list[dict[str, object]]:
    """What became of each article of an issue, in the order of print.

    Raises `ConfigError` for an issue that the ledger does not know.
    """
    found = ledger.told(issue)
    if not found:
        raise unknown(issue)
    return [
        {
            "id": it.id,
            "title": it.headline.title,
            "source": it.source,
            "origin": it.origin,
            "outcome": fate.outcome,
            "why": fate.why,
            "other": fate.other,
        }
        for it, fate in found
    ]


def still_changing(
    ledger: SqliteLedger, project: Project, now: datetime
) -> Sequence[tuple[Candidate, str]]:
    """The pending articles that would wait for a later issue now, and why."""
    sources = {source_name(source): source for source in project.settings.sources}
    rules = Rules(sources=sources, timezone=project.newsletter.timezone)
    pending = ledger.pending(project.newsletter.id)
    return [(it, why) for it in pending if (why := changing(it, rules, now))]
