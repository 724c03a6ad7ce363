"""What the patterns of a script without capitals find, and where they look for it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from digest.model import Span
from digest.summary.marks import Run
from digest.summary.scene import Scene

#: Characters before and behind a quote in which its speaker stands.
BEFORE, BEHIND = 120, 80
#: Characters on either side of a name in which its full form is looked for.
NEAR = 8_000
#: How sure a speaker is: a name with its role or in full, anything else, and a mere guess.
SURE, FAIR, DOUBTFUL = 0.95, 0.88, 0.6

_SENTENCE_END = re.compile(r"[.!?؟]\s|[。！？]")


class Found(NamedTuple):
    """A speaker with role, as spans of the text."""

    speaker: Span
    role: Span | None
    found: str
    confidence: float
    #: Whether it is a name.
    named: bool


def words_of(*lists: str) -> frozenset[str]:
    """The words of blank-parted lists."""
    return frozenset(word for listed in lists for word in listed.split())


def alternatives(listed: str) -> str:
    """The words of a list as one pattern, the longest first."""
    return "|".join(map(re.escape, sorted(set(listed.split()), key=len, reverse=True)))


def before(scene: Scene, run: Run) -> Span:
    """What stands before a quote in its paragraph, since the quote before."""
    start = max(scene.paragraphs[run.paragraph].start, run.outer.start - BEFORE)
    beside = scene.runs_in(run.paragraph)
    place = bisect_left(beside, run)
    if place:
        start = max(start, beside[place - 1].outer.end)
    return Span(min(start, run.outer.start), run.outer.start)


def clause_before(scene: Scene, run: Run) -> Span:
    """What stands before a quote in its sentence, since the quote before."""
    start, end = before(scene, run)
    for stop in _SENTENCE_END.finditer(scene.text, start, end):
        start = stop.end()
    return Span(start, end)


def behind(scene: Scene, run: Run) -> Span:
    """What stands behind a quote in its paragraph, up to the next quote."""
    end = min(scene.paragraphs[run.paragraph].end, run.outer.end + BEHIND)
    beside = scene.runs_in(run.paragraph)
    place = bisect_left(beside, run) + 1
    if place < len(beside):
        end = min(end, beside[place].outer.start)
    return Span(run.outer.end, max(run.outer.end, end))


def clause_behind(scene: Scene, run: Run) -> Span:
    """What stands behind a quote in its sentence, up to the next quote."""
    start, end = behind(scene, run)
    stop = _SENTENCE_END.search(scene.text, start, end)
    return Span(start, stop.start() if stop else end)
