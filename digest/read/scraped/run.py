"""Where the body is: the run of blocks with the highest score.

The idea is that of BTE (Finn, Kushmerick and Smyth 2001) on lines: prose scores, furniture costs,
and the body is the run with the greatest sum, found in one pass (Kadane). What the rules know of
a line takes part, and a run is helped to begin under the headline.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.read.scraped.lines import Block
from digest.read.scraped.rules import Verdict

# In words of prose. Fitted on page dumps by hand; only their order of size matters.
_SENTENCE = 5.0  # for the end of a sentence, beside one for each word
_LONGEST = 60  # words that count
_FRAGMENT = -5.0  # a line that does not end like a sentence
_FRAGMENT_WORD = 0.5
_ITEM = 3.0  # a fragment that opens a list, or an item of a numbered one
_CUT = -40.0  # a text that ends in an ellipsis: the teaser of another one
_END = -150.0  # a heading that ends an article
_PASSABLE = -20.0  # furniture that stands in articles, too
_FURNITURE = -30.0
_LONE = -6.0  # furniture between two lines of prose
_UNDER_TITLE = 40.0
_TITLE = -40.0
_BANNER = 4  # blocks of a banner above the headline, and one more
_NEARLY = 12  # words of a line that is prose without the end of a sentence
_AMONG = 0.3  # of a sentence's worth, between the marks of two comments
_THREAD = 20  # blocks from one comment to the next, at most

#: Furniture that may stand inside a text.
PASSES = frozenset({"date", "caption", "byline", "ornament", "number", "link"})


@dataclass(frozen=True, slots=True)
class Run:
    """A half-open range of blocks."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start

    def __contains__(self, i: int) -> bool:
        return self.start <= i < self.end


def score(block: Block, verdict: Verdict | None, *, lone: bool) -> float:
    """How much the block speaks for being part of a body, in words of prose."""
    if verdict:
        return _furniture(verdict, lone=lone)
    length = min(block.length, _LONGEST)
    if block.trails:
        return _LONE if lone else _CUT
    if block.ends:
        return length + _SENTENCE
    item = block.text[:1].isdigit() or block.text.endswith((":", "："))
    return _FRAGMENT + _FRAGMENT_WORD * length + _ITEM * item


def _furniture(verdict: Verdict, *, lone: bool) -> float:
    if verdict.ends:
        return _END
    if lone:
        return _LONE
    return _PASSABLE if verdict.label in PASSES else _FURNITURE


def best_run(
    blocks: Sequence[Block], verdicts: Sequence[Verdict | None], titles: Collection[int]
) -> Run:
    """The run with the highest score, from prose to prose; empty if there is no prose.

    ``titles`` are the blocks that may be its headline.
    """
    prose = [_prose(block, verdict) for block, verdict in zip(blocks, verdicts, strict=True)]
    comments = _comments(verdicts)
    best, top = Run(0, 0), 0.0
    start, total = 0, 0.0
    for i, (block, verdict) in enumerate(zip(blocks, verdicts, strict=True)):
        if i - 1 in titles and total < _UNDER_TITLE:
            start, total = i, _UNDER_TITLE
        elif total <= 0:
            start, total = i, 0.0
        lone = prose[i - 1 : i] == prose[i + 1 : i + 2] == [True]
        worth = _TITLE if i in titles else score(block, verdict, lone=lone)
        total += worth * _AMONG if worth > 0 and i in comments else worth
        if total > top and prose[i]:
            best, top = Run(start, i + 1), total
    best = _under_title(blocks, best, titles)
    # Names, kickers and furniture above the first prose are left out.
    return Run(next((i for i in range(best.start, best.end) if prose[i]), best.end), best.end)


def _comments(verdicts: Sequence[Verdict | None]) -> frozenset[int]:
    """The blocks that stand between the marks of readers' comments."""
    marks = [i for i, v in enumerate(verdicts) if v and v.label == "comments" and not v.ends]
    near = (range(a + 1, b) for a, b in pairwise(marks) if b - a <= _THREAD)
    return frozenset(i for between in near for i in between)


def _under_title(blocks: Sequence[Block], run: Run, titles: Collection[int]) -> Run:
    """The run without a long banner above its headline."""
    near = range(run.start, min(run.start + _BANNER, run.end))
    title = next((i for i in near if i in titles), run.start)
    above = sum(block.length for block in blocks[run.start : title])
    below = sum(block.length for block in blocks[title + 1 : run.end])
    return Run(title + 1, run.end) if run.start < title and above < below else run


def _prose(block: Block, verdict: Verdict | None) -> bool:
    """Whether a body may begin or end with the block: a sentence, or nearly one."""
    return not (verdict or block.trails) and (block.ends or block.length >= _NEARLY)
