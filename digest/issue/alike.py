"""Which articles are versions of one article, and which tell the same story.

Both are judged by the resemblance of their texts. A version also shares its file, its address or
its headline with the other; address or headline alone prove nothing, since sites give one link
to many articles and one title to a daily column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from digest.model import Candidate
from digest.text import hashes, resemblance, squeeze

#: Resemblance from which two texts are versions, or tell one story. Unrelated articles stay
#: under 0.05, a form that is filled in anew each day is at 0.4, and a wire story that one of two
#: papers cut by a fifth is still at about 0.65.
VERSION, STORY = 0.3, 0.5

# A pair that is alike shares one of its 16 smallest hashes in 99.7 of 100 cases at VERSION, so
# only these are looked up. A hash that stands in more articles than CROWD is a stock phrase.
_PROBES, _CROWD = 16, 200


class Alike:
    """Finds, among the articles added so far, the one that an article is most like."""

    def __init__(self) -> None:
        self._by_hash: defaultdict[bytes, list[Candidate]] = defaultdict(list)

    def add(self, candidate: Candidate) -> None:
        """Let later look-ups find ``candidate``."""
        for probe in hashes(candidate.sketch)[:_PROBES]:
            self._by_hash[probe].append(candidate)

    def version_of(self, candidate: Candidate) -> Candidate | None:
        """The article that ``candidate`` is another version of, if one was added."""
        keys = _keys(candidate)
        return self._best(candidate, VERSION, lambda other: not keys.isdisjoint(_keys(other)))

    def story_of(self, candidate: Candidate) -> Candidate | None:
        """The article that tells the story of ``candidate``, if one was added."""
        return self._best(candidate, STORY, lambda _: True)

    def _best(
        self, candidate: Candidate, least: float, fits: Callable[[Candidate], bool]
    ) -> Candidate | None:
        found: dict[str, Candidate] = {}
        for probe in hashes(candidate.sketch)[:_PROBES]:
            bucket = self._by_hash.get(probe, ())
            for other in bucket if len(bucket) <= _CROWD else ():
                found[other.id] = other
        ranked = [
            (resemblance(candidate.sketch, other.sketch), other.id)
            for other in found.values()
            if fits(other)
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
