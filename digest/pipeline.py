"""The whole trip on one page. It decides nothing: the pure wings decide, the doors do.

    sources | unseen | read | summarize | keep        gather
    pending | select | assemble | fit | claim         make
    compose | send | record                           publish

The ledger is asked before the work and told after it. An issue is claimed before it leaves, so
a run that was killed in between is finished, not repeated, by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.errors import DigestError, UnsettledError
from digest.issue.record import issue_record
from digest.issue.select import Rules, Selection, assemble, select, settle
from digest.mail.message import compose
from digest.model import (
    Candidate,
    Document,
    Edition,
    Fate,
    Issue,
    Newsletter,
    Receipt,
    Story,
)
from digest.ports import Ledger, Sender, Source
from digest.read import read
from digest.render import fit, render
from digest.summary import summarize

ReadMap = Callable[
    [Callable[[Document], Story | DigestError], Iterable[Document]],
    Iterator[tuple[Document, Story | DigestError]],
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the sources gave in one run."""

    #: Articles that no source had given before.
    new: int
    #: Origins of documents that hold an article which is known from another one.
    copies: tuple[str, ...]
    failures: tuple[DigestError, ...]
    #: Documents that are still being written.
    waiting: tuple[UnsettledError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An issue that was made, and what became of every candidate for it."""

    issue: Issue
    #: None if every candidate was left out: then the issue is empty and goes nowhere.
    edition: Edition | None
    fates: tuple[tuple[Candidate, Fate], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run did."""

    #: Receipts of issues that an earlier run had claimed but not delivered.
    finished: tuple[Receipt, ...]
    gathered: Gathered
    made: Made | None
    receipt: Receipt | None


def read_story(document: Document) -> Story | DigestError:
    """Read and summarize one document; an expected failure is a value."""
    try:
        article = read(document)
    except DigestError as failure:
        return failure
    return Story(article=article, summary=summarize(article))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """One newsletter's way from its sources to its sender."""

    newsletter: Newsletter
    sources: Sequence[Source]
    ledger: Ledger
    send: Sender
    rules: Rules
    #: Folder of the theme.
    theme: Path
    #: Largest HTML in bytes.
    budget: int
    map: ReadMap

    def run(self, now: datetime, *, observe: Callable[[], None] = lambda: None) -> Run:
        """Finish what was left over, gather, and make and publish an issue if anything is new."""
        claimed = self.ledger.claimed(self.newsletter.id)
        finished = tuple(self.publish(issue, render(issue, theme=self.theme)) for issue in claimed)
        gathered = self.gather(observe=observe)
        made = self.make(now)
        receipt = self.publish(made.issue, made.edition) if made and made.edition else None
        return Run(finished=finished, gathered=gathered, made=made, receipt=receipt)

    def gather(self, *, observe: Callable[[], None] = lambda: None) -> Gathered:
        """Read every document that is new; ``observe`` is called for each item of a source."""
        failures: list[DigestError] = []
        copies: list[str] = []
        new = 0
        documents = self._documents(failures, observe)
        for document, story in self.map(read_story, self.ledger.unseen(documents)):
            is_new = self.ledger.keep(document, story)
            if isinstance(story, DigestError):
                failures.append(story)
            elif is_new:
                new += 1
            else:
                copies.append(document.origin)
        return Gathered(
            new=new,
            copies=tuple(copies),
            failures=tuple(f for f in failures if not isinstance(f, UnsettledError)),
            waiting=tuple(f for f in failures if isinstance(f, UnsettledError)),
        )

    def make(self, now: datetime) -> Made | None:
        """Decide on what is pending and claim an issue of it; None if nothing is pending."""
        candidates = self.ledger.pending(self.newsletter.id)
        if not candidates:
            return None
        selection = select(candidates, self.ledger.history(self.newsletter.id), self.rules, now)
        issue, edition = self._edition(selection, now)
        fates = settle(selection, issue)
        self.ledger.claim(issue, fates)
        by_id = {candidate.id: candidate for candidate in candidates}
        return Made(issue=issue, edition=edition, fates=tuple((by_id[f.article], f) for f in fates))

    def publish(self, issue: Issue, edition: Edition) -> Receipt:
        """Send a claimed issue and record what became of it."""
        envelope = compose(edition, issue, record=issue_record(issue))
        [receipt] = self.send([envelope])
        self.ledger.record(receipt)
        return receipt

    def _edition(self, selection: Selection, now: datetime) -> tuple[Issue, Edition | None]:
        moment = now.astimezone(ZoneInfo(self.newsletter.timezone))
        slot = self.ledger.free_slot(self.newsletter.id, moment)
        printed = (place.candidate.id for place in selection.places if not place.listed)
        stories = self.ledger.stories(printed)
        issue = assemble(selection, stories, newsletter=self.newsletter, slot=slot)
        return fit(issue, theme=self.theme, budget=self.budget) if issue.sections else (issue, None)

    def _documents(
        self, failures: list[DigestError], observe: Callable[[], None]
    ) -> Iterator[Document]:
        for source in self.sources:
            for item in source:
                observe()
                if isinstance(item, DigestError):
                    failures.append(item)
                else:
                    yield item
