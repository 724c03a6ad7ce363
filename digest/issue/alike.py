"""Which articles are versions of one article: alike in text, and of one file, address or headline.

Address or headline alone prove nothing, since sites give one link to many articles and one title
to a daily column.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from digest.issue.same import STORY, probes
from digest.model import Candidate
from digest.text import resemblance, squeeze

#: Resemblance from which two texts are versions; see `digest.issue.same.STORY`.
VERSION = 0.3

# What stands in more articles than CROWD is a stock phrase.
_CROWD = 200


class Index:
    """Articles by what they may have in common; what more than ``crowd`` have says nothing."""

    def __init__(self, *, crowd: int = _CROWD) -> None:
        self._crowd = crowd
        self._by_key: dict[Hashable, list[Candidate]] = {}

    def add(self, candidate: Candidate, keys: Iterable[Hashable]) -> None:
        for key in keys:
            self._by_key.setdefault(key, []).append(candidate)

    def near(self, keys: Iterable[Hashable]) -> Iterator[Candidate]:
        """The articles that share one of ``keys``, each once."""
        found: dict[str, Candidate] = {}
        for key in keys:
            bucket = self._by_key.get(key, ())
            if len(bucket) <= self._crowd:
                found |= {other.id: other for other in bucket}
        return iter(found.values())


class Alike:
    """Finds, among the articles added so far, the one whose text an article is most like."""

    def __init__(self) -> None:
        self._index = Index()

    def add(self, candidate: Candidate) -> None:
        """Let later look-ups find ``candidate``."""
        self._index.add(candidate, probes(candidate))

    def version_of(self, candidate: Candidate) -> Candidate | None:
        """The article that ``candidate`` is another version of, if one was added."""
        keys = _keys(candidate)
        return self._best(candidate, VERSION, lambda other: not keys.isdisjoint(_keys(other)))

    def copy_of(self, candidate: Candidate) -> Candidate | None:
        """The article that ``candidate`` has most of its words from, if one was added."""
        return self._best(candidate, STORY, lambda _: True)

    def _best(
        self, candidate: Candidate, least: float, fits: Callable[[Candidate], bool]
    ) -> Candidate | None:
        found = {other.id: other for other in self._index.near(probes(candidate)) if fits(other)}
        ranked = [
            (resemblance(candidate.sketch, other.sketch), other.id) for other in found.values()
        ]
        best = max(ranked, default=(0.0, ""))
        return found[best[1]] if best[0] >= least else None


def _keys(candidate: Candidate) -> set[tuple[str, ...]]:
    line = candidate.headline
    keys: set[tuple[str, ...]] = {("title", line.site or "", squeeze(line.title).casefold())}
    if line.url:
        keys.add(("url", line.url))
    if candidate.origin:
        keys.add(("file", candidate.source, candidate.origin))
    return keys
