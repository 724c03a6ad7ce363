"""What a check finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters."""

    #: Readers cannot read or use the message, or servers will not take it.
    ERROR = "error"
    #: Some readers get less than they should.
    WARNING = "warning"
    #: Good to know; nothing need be done.
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule that a message breaks, with every place where it does."""

    #: Name of the rule, e.g. ``image-alt``.
    rule: str
    level: Level
    #: In one sentence without a full stop.
    what: str
    #: The places, each told so that it can be found; none if it is about the whole message.
    where: tuple[str, ...] = ()
    #: What it does to readers.
    why: str
    #: How to mend it.
    remedy: str
    #: Names of the editions of the issue that have it; none if all have.
    editions: tuple[str, ...] = ()

    @property
    def only(self) -> str:
        """In which editions it is, in words; empty if it is in all."""
        return f" (only in: {'; '.join(self.editions)})" if self.editions else ""


_RANKS = {level: rank for rank, level in enumerate(Level)}


def gate(findings: Iterable[Finding], level: Level) -> tuple[Finding, ...]:
    """The findings that keep a message from going out: those of ``level`` and worse."""
    return tuple(it for it in findings if _RANKS[it.level] <= _RANKS[level])


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The worst first; those of one level stay in their order."""
    return tuple(sorted(findings, key=lambda it: _RANKS[it.level]))


def of_editions(found: Mapping[str, Iterable[Finding]]) -> tuple[Finding, ...]:
    """The findings of an issue's editions by their names, each told once with all its places."""
    told: dict[Finding, dict[str, None]] = {}
    having: dict[Finding, list[str]] = {}
    for edition, findings in found.items():
        for finding in findings:
            bare = replace(finding, where=())
            told.setdefault(bare, {}).update(dict.fromkeys(finding.where))
            having.setdefault(bare, []).append(edition)
    return by_weight(
        replace(it, where=tuple(where), editions=_if_some(having[it], found))
        for it, where in told.items()
    )


def _if_some(having: Sequence[str], every: Mapping[str, object]) -> tuple[str, ...]:
    editions = tuple(dict.fromkeys(having))
    return editions if len(editions) < len(every) else ()
