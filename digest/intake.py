"""What comes in from the sources in one run, told to the ledger in the right order.

A look at a source is kept after all that came of it: what makes the next request conditional must
never be remembered before the articles it stands for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from digest.errors import DigestError, ReadError, SourceError, UnsettledError
from digest.model import Document, Story
from digest.ports import Ledger, Source
from digest.sites import Sites
from digest.visits import Outage, Visit

_ONCE = "This is told once; `digest sources` shows how it goes on."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading a document gave."""

    story: Story | DigestError
    #: Why the feed's words stand in place of the article's page, if they do.
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the sources gave in one run."""

    #: Articles that no source had given before.
    new: int
    #: Origins of files that hold an article which is known from another one.
    copies: tuple[str, ...]
    failures: tuple[DigestError, ...]
    #: Documents that are still being written.
    waiting: tuple[UnsettledError, ...]
    #: What the user should know though nothing failed now.
    warnings: tuple[DigestError, ...] = ()
    #: Looks at sources on the web.
    visits: tuple[Visit, ...] = ()


@dataclass(slots=True, kw_only=True)
class Intake:
    """Draws documents from sources, and keeps what became of them."""

    ledger: Ledger
    sites: Sites
    #: Called for each file, each look at a source on the web, and each failure.
    observe: Callable[[], None]
    _drawn: int = 0
    _kept: int = 0
    #: Visits, each with the number of documents that come before it.
    _visits: deque[tuple[int, Visit]] = field(default_factory=deque)
    _new: int = 0
    _copies: list[str] = field(default_factory=list)
    _failures: list[DigestError] = field(default_factory=list)
    #: Addresses of pages in whose place the feed's words stand, by source and reason.
    _instead: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    _seen: list[Visit] = field(default_factory=list)

    def documents(self, sources: Iterable[Source]) -> Iterator[Document]:
        """The documents that the ledger does not know, one source after the other."""
        for source in sources:
            for item in source:
                if not (isinstance(item, Document) and item.is_of_web):  # its visit counts
                    self.observe()
                if isinstance(item, Visit):
                    self._visits.append((self._drawn, item))
                    self._keep_visits()
                elif isinstance(item, DigestError):
                    self._failures.append(item)
                else:
                    for document in self.ledger.unseen([item]):
                        self._drawn += 1
                        yield self.sites.furnished(document)

    def keep(self, document: Document, reading: Reading) -> None:
        """Remember a document that `documents` gave, in the same order, and its reading."""
        is_new = self.ledger.keep(document, reading.story)
        self._new += is_new
        if isinstance(reading.story, DigestError):
            self._failures.append(_named(reading.story, document))
        elif not is_new and not document.is_of_web:  # a page is read whenever it changes
            self._copies.append(document.origin)
        if reading.instead:
            key = document.source, reading.instead
            self._instead.setdefault(key, []).append(document.origin)
        self._kept += 1
        self._keep_visits()

    def gathered(self) -> Gathered:
        """What came in, when all of it is kept."""
        failures = self._failures
        return Gathered(
            new=self._new,
            copies=tuple(self._copies),
            failures=tuple(f for f in failures if not isinstance(f, UnsettledError)),
            waiting=tuple(f for f in failures if isinstance(f, UnsettledError)),
            warnings=(*_in_place(self._instead), *_told(self.ledger)),
            visits=tuple(self._seen),
        )

    def _keep_visits(self) -> None:
        while self._visits and self._visits[0][0] <= self._kept:
            _, visit = self._visits.popleft()
            self.ledger.visit(visit)
            self._seen.append(visit.bare())


def _named(failure: DigestError, document: Document) -> DigestError:
    """The failure of a page with the name of the source that led to it."""
    if not document.is_of_web or failure.where.startswith((document.source, f"{document.source}:")):
        return failure
    return ReadError(f"{document.source} ({failure.where})", failure.why, failure.remedy)


def _in_place(instead: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[DigestError]:
    """A line for all pages of a source that one reason keeps away."""
    for (source, why), (first, *others) in instead.items():
        more = f" and {len(others)} more" if others else ""
        where = f"{source} ({first}{more})"
        yield SourceError(where, f"the page {why}", "The feed's words stand in its place.")


def _told(ledger: Ledger) -> Iterator[DigestError]:
    """What stands open with sources; an outage is told once, the rest until it is mended."""
    for outage in ledger.outages():
        yield SourceError(outage.source, _words(outage), _ONCE)
    for source in ledger.retired():
        remedy = f'Take it out: digest sources remove "{source}"'
        yield SourceError(source, "is gone for good and not asked any more", f"{remedy}.")
    for source, count in ledger.held().items():
        why = f"{count} entries look like a flood of old ones and are held"
        remedy = f'Take them in: digest sources release "{source}"; or pass over them: discard.'
        yield SourceError(source, why, remedy)


def _words(outage: Outage) -> str:
    return f"failed {outage.failures} times since {outage.since:%Y-%m-%d %H:%M}: {outage.detail}"
