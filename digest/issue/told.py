"""The stories that were told so far: which of them an article tells again or goes on with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import combinations
from math import log
from zlib import crc32

from digest.issue.alike import Index
from digest.issue.moment import published
from digest.issue.same import (
    Evidence,
    address,
    differ,
    paper,
    probes,
    same_story,
    shared_links,
)
from digest.issue.subject import subject
from digest.model import Candidate

#: After this long, a story is no longer gone on with.
MEMORY = timedelta(days=45)

# Stems of a title whose pairs are looked up, and shingles of an opening.
_STEMS, _SHINGLES = 7, 8
# Two words that stand together in more titles than this are the form of a column.
_FORM = 40
# As if so many more articles had been seen, in which no word stood: so that a few articles do
# not make every word common.
_UNSEEN = 100


class Told:
    """Finds, among the stories added so far, the one that an article tells or goes on with."""

    def __init__(self) -> None:
        self._index = Index()
        self._titles = Index(crowd=_FORM)
        self._size = 0
        self._seen_in: Counter[str] = Counter()

    def add(self, candidate: Candidate) -> None:
        """Let later look-ups find ``candidate``."""
        self._index.add(candidate, _keys(candidate))
        self._titles.add(candidate, _title_keys(candidate))
        self._size += 1
        self._seen_in.update(subject(candidate).terms)

    def again(self, candidate: Candidate) -> tuple[Candidate, Evidence] | None:
        """The story that ``candidate`` tells again, and what shows it."""
        near = {other.id: other for other in self._index.near(_keys(candidate))}
        near |= {other.id: other for other in self._titles.near(_title_keys(candidate))}
        found = [(other, why) for other in near.values() if (why := same_story(candidate, other))]
        return max(found, key=lambda pair: _order(pair[0]), default=None)

    def before(self, candidate: Candidate) -> Candidate | None:
        """The latest story that ``candidate`` goes on with: its subject, in new words.

        The same paper's comes first: of one event, it is the one that readers remember.
        """
        near = self._titles.near(_title_keys(candidate))
        found = (other for other in near if self._goes_on(candidate, other))
        own = paper(candidate)
        return max(found, key=lambda old: (paper(old) == own, *_order(old)), default=None)

    def _goes_on(self, new: Candidate, old: Candidate) -> bool:
        since = published(new, "UTC", end=True) - published(old, "UTC")
        if not timedelta(0) <= since <= MEMORY or differ(
            new.headline.language, old.headline.language
        ):
            return False
        a, b = subject(new), subject(old)
        shared = (a.title & b.terms) | (b.title & a.terms)
        # "Council approves budget for a bridge", "for a library": a form, and two stories.
        if len(shared - a.names) < 2 or not a.headline.isdisjoint(b.headline):
            return False
        return self._share(a.names & b.names, a.names, b.names) >= 0.6 and self._weight(
            shared
        ) >= 0.35 * self._weight(a.title | b.title)

    def _share(self, shared: Iterable[str], one: Iterable[str], other: Iterable[str]) -> float:
        least = min(self._weight(one), self._weight(other))
        return self._weight(shared) / least if least else 0.0

    def _weight(self, terms: Iterable[str]) -> float:
        """The less often a term was seen, the more it says."""
        size = self._size + _UNSEEN
        return sum(log(size / (1 + self._seen_in[term])) for term in terms)


def _order(candidate: Candidate) -> tuple[datetime, str]:
    return published(candidate, "UTC"), candidate.id


def _keys(candidate: Candidate) -> Iterator[Hashable]:
    """What an article that tells the same story most likely shares."""
    yield from probes(candidate)
    if page := address(candidate.headline.url):
        yield page
    yield from shared_links(candidate, candidate)
    opening = subject(candidate).opening
    yield from sorted(crc32(" ".join(shingle).encode()) for shingle in opening)[:_SHINGLES]


def _title_keys(candidate: Candidate) -> Iterator[Hashable]:
    longest = sorted(subject(candidate).title, key=lambda stem: (-len(stem), stem))[:_STEMS]
    return combinations(sorted(longest), 2)
