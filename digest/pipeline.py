"""The whole trip on one page. It decides nothing: the pure wings decide, the doors do.

    sources | unseen | read | summarize | keep        gather
    pending | select | assemble | fit | claim         make
    freeze | letters | send | record                  publish

The ledger is asked before the work and told after it. An issue is claimed before it leaves, so
a run that was killed in between is finished, not repeated, by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from digest.errors import DigestError, LedgerError, StoppedError
from digest.feedwords import feed_words
from digest.intake import Gathered, Intake, Reading
from digest.issue.minimum import ANYTHING, Minimum, lacking
from digest.issue.rules import Rules
from digest.issue.select import Selection, assemble, select, settle
from digest.mail import FormLetter, for_topics, sections_key
from digest.model import (
    Candidate,
    Document,
    Edition,
    Fate,
    Issue,
    Newsletter,
    Receipt,
    State,
    Story,
)
from digest.ports import Ledger, Source
from digest.read import read
from digest.render import fit, render
from digest.sites import Sites
from digest.summary import summarize

#: Takes an issue out of the house; its letters are by their sections' keys, "" the whole issue.
Sender = Callable[[Issue, Mapping[str, FormLetter]], Receipt]
ReadMap = Callable[
    [Callable[[Document], Reading], Iterable[Document]], Iterator[tuple[Document, Reading]]
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An issue that was made, and what became of every candidate for it."""

    issue: Issue
    #: By their sections' keys, "" the whole issue; none if every candidate was left out: then the
    #: issue is empty and goes nowhere.
    editions: Mapping[str, Edition]
    fates: tuple[tuple[Candidate, Fate], ...]
    #: Why it waits for the next slot instead, and nothing was claimed or decided; else empty.
    lacks: str = ""

    @property
    def edition(self) -> Edition | None:
        """The whole issue's."""
        return self.editions.get("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run did."""

    #: Receipts of issues that an earlier run had claimed but not delivered.
    finished: tuple[Receipt, ...]
    gathered: Gathered
    made: Made | None
    #: What became of the issue that was made.
    receipts: tuple[Receipt, ...] = ()


def read_story(document: Document) -> Story | DigestError:
    """Read and summarize one document; an expected failure is a value."""
    try:
        article = read(document, furniture=document.furniture)
    except DigestError as failure:
        return failure
    description = document.entry.description if document.entry else None
    return Story(article=article, summary=summarize(article, description=description))


def read_best(document: Document) -> Reading:
    """Read a page, or if it holds no article the words that its feed gives."""
    story = read_story(document)
    if not isinstance(story, DigestError):
        return Reading(story=story, instead=document.instead)
    words = feed_words(document)
    second = read_story(words) if words else story
    if isinstance(second, DigestError):
        return Reading(story=story)
    return Reading(story=second, instead=story.why)


def _open(_issue: Issue, _letters: Mapping[str, FormLetter]) -> None:
    """The gate that lets everything through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """One newsletter's way from its sources to its sender."""

    newsletter: Newsletter
    sources: Sequence[Source]
    ledger: Ledger
    #: Makes the form letter of an edition, with the newsletter's links and keys.
    letter: Callable[[Edition, Issue], FormLetter]
    senders: Sequence[Sender]
    rules: Rules
    #: Folder of the theme.
    theme: Path
    #: Largest HTML in bytes.
    budget: int
    map: ReadMap
    #: Raises a `DigestError` for letters that may not go out as they are: the issue stays pending.
    gate: Callable[[Issue, Mapping[str, FormLetter]], None] = _open

    def run(
        self,
        now: datetime,
        *,
        slot: datetime | None = None,
        minimum: Minimum = ANYTHING,
        observe: Callable[[], None] = lambda: None,
    ) -> Run:
        """Finish what was left over, gather, and make and publish an issue if anything is new.

        ``slot`` is the moment it was due; without one the first free second from ``now`` on.
        """
        finished = self.finish()
        gathered = self.gather(observe=observe)
        made = self.make(now, slot=slot, minimum=minimum)
        is_due = made is not None and made.edition is not None and not made.lacks
        receipts = self.publish(made.issue, made.editions) if made and is_due else ()
        return Run(finished=finished, gathered=gathered, made=made, receipts=receipts)

    def finish(self) -> tuple[Receipt, ...]:
        """Publish what an earlier run had claimed but not delivered to the end.

        An issue that cannot be published has a receipt that says why, and waits.
        """
        claimed = self.ledger.claimed(self.newsletter.id)
        return tuple(receipt for issue in claimed for receipt in self._finished(issue))

    def _finished(self, issue: Issue) -> tuple[Receipt, ...]:
        try:
            return self.publish(issue)
        except (StoppedError, LedgerError):
            raise
        except DigestError as failure:
            return (Receipt(issue=issue.id, state=State.DEFERRED, detail=str(failure)),)

    def gather(self, *, observe: Callable[[], None] = lambda: None) -> Gathered:
        """Read every document that is new; ``observe`` is called as the sources are drawn."""
        intake = Intake(ledger=self.ledger, sites=Sites(ledger=self.ledger), observe=observe)
        for document, reading in self.map(read_best, intake.documents(self.sources)):
            intake.keep(document, reading)
        return intake.gathered()

    def make(
        self, now: datetime, *, slot: datetime | None = None, minimum: Minimum = ANYTHING
    ) -> Made | None:
        """Decide on what is pending and claim an issue of it, if it is not less than ``minimum``.

        None if nothing is pending, or if ``slot`` has its issue already.
        """
        candidates = self.ledger.pending(self.newsletter.id)
        moment = (slot or now).astimezone(ZoneInfo(self.newsletter.timezone))
        free = self.ledger.free_slot(self.newsletter.id, moment)
        if not candidates or (slot and free.timestamp() != slot.timestamp()):
            return None
        history = self.ledger.history(self.newsletter.id)
        selection = select(candidates, history, self.rules, now, stories=self.ledger.stories)
        issue, edition = self._edition(selection, free)
        editions: Mapping[str, Edition] = {"": edition} if edition else {}
        leftovers = self.ledger.leftovers(self.newsletter.id) if minimum.only_if_new else ()
        fates = settle(selection, issue)
        by_id = {candidate.id: candidate for candidate in candidates}
        told = tuple((by_id[fate.article], fate) for fate in fates)
        lacks = lacking(issue, candidates, fates, minimum, leftovers=leftovers, now=now)
        if lacks:
            return Made(issue=issue, editions=editions, fates=told, lacks=lacks)
        if editions:
            editions = self._editions(issue, editions)
            # What cannot be written, or may not go out, is told before it is claimed.
            self.gate(issue, self._letters(issue, editions))
        self.ledger.claim(issue, fates)
        return Made(issue=issue, editions=editions, fates=told)

    def publish(
        self, issue: Issue, editions: Mapping[str, Edition] | None = None
    ) -> tuple[Receipt, ...]:
        """Freeze a claimed issue, send it, and record what became of it; it may be sent in part.

        ``editions`` are those that the gate let through; without them, what is frozen is taken.
        """
        if editions is None:
            editions = self._resumed(issue)
        letters = self._letters(issue, editions)
        self.ledger.freeze(editions)
        receipts = tuple(send(issue, letters) for send in self.senders)
        self.ledger.record(*receipts)
        return receipts

    def _resumed(self, issue: Issue) -> Mapping[str, Edition]:
        """The frozen editions, and those that are missing once the gate has let them through."""
        frozen = self.ledger.editions(issue.id)
        editions = self._editions(issue, frozen)
        missing = {key: edition for key, edition in editions.items() if key not in frozen}
        self.gate(issue, self._letters(issue, missing))
        return editions

    def _letters(self, issue: Issue, editions: Mapping[str, Edition]) -> Mapping[str, FormLetter]:
        return {key: self.letter(edition, issue) for key, edition in editions.items()}

    def _editions(self, issue: Issue, known: Mapping[str, Edition]) -> Mapping[str, Edition]:
        """The issue's editions by their sections' keys, each choice of topics rendered once."""
        editions = dict(known) or {"": render(issue, theme=self.theme)}
        for topics in self.ledger.topics(self.newsletter.id):
            key = sections_key(issue, topics)
            if key is not None and key not in editions:
                editions[key] = render(for_topics(issue, topics), theme=self.theme)
        return editions

    def _edition(self, selection: Selection, slot: datetime) -> tuple[Issue, Edition | None]:
        printed = (place.candidate.id for place in selection.places if not place.listed)
        stories = self.ledger.stories(printed)
        issue = assemble(selection, stories, newsletter=self.newsletter, slot=slot)
        return fit(issue, theme=self.theme, budget=self.budget) if issue.sections else (issue, None)
