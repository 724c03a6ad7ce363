"""Whose copy of an issue is shown, and the search for others among however many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.model import Recipient
from digest.preview.lazy import cached_property
from digest.wiring.look import Look
from digest.wiring.mailed import Mailed

#: Stands before the key of a choice of topics where else an address stands.
TOPICS = "topics:"
#: Readers that are offered at a time.
MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    label: str
    #: What stands behind the label, more quietly.
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Whose copies of one issue can be shown."""

    look: Look
    mailed: Mailed | None
    #: Part of an address or a name that is looked for.
    part: str
    #: Whose copy is shown, as in `View.to`.
    to: str

    @property
    def copies(self) -> Iterator[Choice]:
        """The copies that are nobody's: of the outbox, and of each choice of topics."""
        yield Choice(value="", label="Outbox", more="the whole issue")
        for key in self.mailed.letters if self.mailed else ():
            if key and self.mailed:
                names = self.mailed.names(key) or ("stories without a section",)
                label = f"Topics: {', '.join(names)}"
                yield Choice(value=f"{TOPICS}{key}", label=label)

    @cached_property
    def found(self) -> Sequence[Choice]:
        """The first readers with that part."""
        return [_choice(reader) for reader in self._found[:MOST]]

    @property
    def count(self) -> str:
        """How many there are, in words."""
        everybody, suppressed = self.look.counts
        number = f"{everybody - suppressed:,}"
        if self.part and not self.found:
            return f"No address and no name of {number} holds “{self.part}”."
        if len(self._found) > MOST:
            return f"Of {number}. Type more of it to find others."
        return "" if self.found else "Nobody is on the list yet."

    @property
    def current(self) -> Choice:
        """Whose copy is shown."""
        choices = (*self.copies, *self.found)
        known = next((it for it in choices if it.value == self.to), None)
        return known or Choice(value=self.to, label=self.to)

    @cached_property
    def _found(self) -> Sequence[Recipient]:
        return self.look.search(self.part, limit=MOST + 1)


def _choice(reader: Recipient) -> Choice:
    more = [reader.address] if reader.name else []
    if reader.topics:
        more.append(", ".join(reader.topics))
    return Choice(value=reader.address, label=reader.name or reader.address, more=" · ".join(more))
