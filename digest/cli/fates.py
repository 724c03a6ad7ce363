"""What became of each article of an issue, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from digest.cli.lines import bold, table
from digest.errors import ConfigError
from digest.ledger.sqlite import SqliteLedger
from digest.model import Outcome

_MEANING = {
    Outcome.PRINTED: "with lead and quote",
    Outcome.LISTED: "by the title only",
    Outcome.FOLDED: "folded into the same story of another paper",
    Outcome.REPEATED: "left out: the story was sent before",
    Outcome.UPDATED: "left out: a correction of what was sent before",
    Outcome.REPLACED: "left out: replaced by a newer version",
    Outcome.STALE: "left out: too old",
    Outcome.FILTERED: "left out: by a rule",
    Outcome.HELD: "held for the next issue",
    Outcome.CHANGING: "waiting for a later issue: still changing",
}


def summary(outcomes: Iterable[Outcome]) -> list[tuple[str, str]]:
    """How many articles had which fate."""
    counts = Counter(outcomes)
    return [(str(counts[o]), meaning) for o, meaning in _MEANING.items() if counts[o]]


def report(ledger: SqliteLedger, issue: str) -> Iterator[str]:
    """Every article of an issue with its fate and the rule behind it, in the order of print.

    Raises `ConfigError` for an issue that the ledger does not know.
    """
    found = ledger.told(issue)
    if not found:
        raise unknown(issue)
    yield from table(summary(fate.outcome for _, fate in found))
    yield ""
    for it, fate in found:
        yield f"{bold(f'{fate.outcome:<9}')} {it.headline.title}  ({it.source}: {it.origin})"
        if fate.why:
            yield f"          {fate.why}"


def unknown(issue: str) -> ConfigError:
    """What is told of an issue that the ledger does not know."""
    return ConfigError(issue, "there is no such issue", "`digest status` lists them.")
