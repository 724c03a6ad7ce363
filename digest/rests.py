"""Which domains are given a rest: many of their recipients in a row were put off.

A server that has had enough of us says so to everybody; to go on asking makes it worse. One
recipient who is put off, by greylisting or a full mailbox, holds up nobody else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from digest.model import State

#: Recipients of one domain that are put off in a row before the others wait.
MANY = 5


@dataclass(slots=True)
class Rests:
    """The domains of one run's recipients."""

    _in_a_row: Counter[str] = field(default_factory=Counter)
    _until: dict[str, datetime] = field(default_factory=dict)

    def until(self, address: str, now: datetime) -> datetime | None:
        """When the recipient's domain may be asked again; None if it may now."""
        end = self._until.get(_domain(address))
        return end if end and end > now else None

    def note(self, address: str, state: State, due: datetime | None) -> None:
        """What a domain's server said to one recipient, and when that one is tried again."""
        domain = _domain(address)
        if state is not State.DEFERRED or due is None:
            self._in_a_row.pop(domain, None)
            return
        self._in_a_row[domain] += 1
        if self._in_a_row[domain] >= MANY:
            self._until[domain] = due
            del self._in_a_row[domain]


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
