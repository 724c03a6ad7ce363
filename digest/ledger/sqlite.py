"""The ledger in SQLite: what was seen, chosen and delivered, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from digest.ledger.articles import Articles
from digest.ledger.issues import Issues
from digest.ledger.recipients import Recipients
from digest.ledger.sends import Sends
from digest.ledger.sites import Sites
from digest.ledger.slots import Slots
from digest.ledger.store import FILE, Store
from digest.ledger.visits import Visits

__all__ = ["FILE", "SqliteLedger"]


class SqliteLedger:
    """A ledger in one file, or in memory for a rehearsal that leaves no trace.

    Its parts share one connection. Every method raises `LedgerError` if the file is locked,
    damaged or cannot be written.
    """

    def __init__(self, store: Store, *, sources: Sequence[str]) -> None:
        self._store = store
        articles = Articles(store, sources=sources)
        issues, visits = Issues(store, articles), Visits(store, sources=sources)
        self.unseen, self.keep = articles.unseen, articles.keep
        self.pending, self.history = articles.pending, articles.history
        self.stories, self.failures = articles.stories, articles.failures
        self.past, self.known, self.waiting = visits.past, visits.known, visits.waiting
        self.visit, self.outages, self.held = visits.visit, visits.outages, visits.held
        self.down = visits.down
        self.retired, self.release, self.discard = visits.retired, visits.release, visits.discard
        self.visits, self.last_visits = visits.visits, visits.last_visits
        self.given = visits.given
        sites = Sites(store)
        self.texts, self.furniture, self.learnt = sites.texts, sites.furniture, sites.learnt
        self.claim, self.claimed, self.record = issues.claim, issues.claimed, issues.record
        self.free_slot, self.issues, self.fates = issues.free_slot, issues.issues, issues.fates
        self.leftovers, self.issue = issues.leftovers, issues.issue
        self.told, self.titles = issues.told, issues.titles
        self.slots = Slots(store)
        self.sends = Sends(store)
        self.freeze, self.editions = self.sends.freeze, self.sends.editions

    @classmethod
    def open(cls, folder: Path, *, sources: Sequence[str], timeout: float = 5.0) -> SqliteLedger:
        """The ledger of a state folder, made if it is not there. ``timeout`` is in seconds."""
        return cls(Store.open(folder, timeout=timeout), sources=sources)

    @classmethod
    def rehearsal(cls, folder: Path, *, sources: Sequence[str]) -> SqliteLedger:
        """A copy in memory of a state folder's ledger; an empty one if there is none."""
        return cls(Store.rehearsal(folder), sources=sources)

    @classmethod
    def reading(cls, folder: Path, *, sources: Sequence[str]) -> SqliteLedger:
        """The ledger of a state folder as it stands: nothing can be written to it."""
        return cls(Store.reading(folder), sources=sources)

    def recipients(self, newsletter: str) -> Recipients:
        """Who receives a newsletter."""
        return Recipients(self._store, newsletter=newsletter)

    def topics(self, newsletter: str) -> Sequence[tuple[str, ...]]:
        """Every distinct choice of topics among the newsletter's recipients."""
        return self.recipients(newsletter).topics()

    def close(self) -> None:
        """Close the file."""
        self._store.close()
