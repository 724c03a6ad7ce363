"""What a check finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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


_RANKS = {level: rank for rank, level in enumerate(Level)}


def gate(findings: Iterable[Finding], level: Level) -> tuple[Finding, ...]:
    """The findings that keep a message from going out: those of ``level`` and worse."""
    return tuple(it for it in findings if _RANKS[it.level] <= _RANKS[level])


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The worst first; those of one level stay in their order."""
    return tuple(sorted(findings, key=lambda it: _RANKS[it.level]))
