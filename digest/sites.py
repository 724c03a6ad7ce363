"""What a source's site repeats on its pages, learnt while its articles come in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from digest.model import Document
from digest.ports import Ledger
from digest.read.repeats import learn

#: Before which of a source's documents in a run there is something new to learn from.
_LESSONS = (0, 4, 8, 16, 32)


@dataclass(slots=True, kw_only=True)
class Sites:
    """The furniture of the sites that a run reads."""

    ledger: Ledger
    _read: Counter[str] = field(default_factory=Counter)
    _known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def furnished(self, document: Document) -> Document:
        """A page with what its site is known to repeat; anything else as it is."""
        if document.url is None or document.fragment:
            return document
        source = document.source
        if self._read[source] in _LESSONS:
            self._known[source] = self._learnt(source)
        self._read[source] += 1
        return replace(document, furniture=self._known[source])

    def _learnt(self, source: str) -> tuple[str, ...]:
        """What was known, and what the source's last articles teach.

        Once known it stays: later articles were read without it, and would not teach it again.
        """
        known = set(self.ledger.furniture(source))
        found = set(learn(self.ledger.texts(source))) - known
        if found:
            self.ledger.learnt(source, found)
        return tuple(sorted(known | found))
