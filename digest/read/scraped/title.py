"""Which line is the headline.

Scrapers often put the page's own title ("Headline | Paper") on top, far above the text; a line
that repeats it is the headline for certain. Else the line above a by-line or a date is likely,
and among the rest the one that stands near the text and shares words with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.read.scraped.lines import Block
from digest.read.scraped.rules import Verdict
from digest.read.scraped.run import Run

# How many words a headline has, and how far above the text it may stand, in blocks.
_WORDS, _FARTHEST = range(2, 41), 40
# A headline that repeats the page's title, or stands above a by-line, has at least three words.
_SURE_WORDS = 3
# Words of a sentence that may be the first of an article, and how far under a headline it stands.
_PROSE, _NEAR = 12, 7
# A first line with so many blocks between itself and the text is the title of a page.
_MENU = 15
# Longest title of a page, in characters.
_LONGEST_PAGE = 400
# An item of a list, an entry of a live blog.
_ITEM = re.compile(r"[-–*•·]\s|\d{1,2}[:.]\d{2}\b(?![.:]\d)")
_PART = re.compile(r"\s?[|•·»:–—-]+\s|\s?[|»(\[]")

_ANCHORS = frozenset({"byline", "date"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The headline: its block, its words, and why it was taken."""

    index: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Headlines:
    """What can be known of the headline before the body is known."""

    blocks: Sequence[Block]
    verdicts: Sequence[Verdict | None]

    @property
    def top(self) -> int:
        """The block that is the page's own title if the text has one."""
        return int(self._label(0) == "date")

    @property
    def page(self) -> str:
        """What stands where a page's own title would; empty if it is something else."""
        if self.top >= len(self.blocks) or self.verdicts[self.top]:
            return ""
        text = self.blocks[self.top].text
        return text if len(text) <= _LONGEST_PAGE else ""

    def repeated(self) -> frozenset[int]:
        """The lines that repeat the page's title, or all of it but the paper's name."""
        page = self.page.casefold()
        return frozenset(
            i
            for i, block in enumerate(self.blocks)
            if page and i > self.top and block.length >= _SURE_WORDS and _repeats(block.text, page)
        )

    def signed(self) -> frozenset[int]:
        """The lines right above a by-line or a date with prose under it."""
        return frozenset(
            i
            for i in range(len(self.blocks) - 1)
            if self._label(i + 1) in _ANCHORS
            and self.blocks[i].length >= _SURE_WORDS
            and self.fits(i)
            and any(b.ends and b.length >= _PROSE for b in self.blocks[i + 2 : i + _NEAR])
        )

    def fits(self, i: int) -> bool:
        """Whether block ``i`` has the form of a headline."""
        block = self.blocks[i]
        stopped = block.ends and block.text.endswith((".", "。"))
        listed = stopped or _ITEM.match(block.text)
        return not (self.verdicts[i] or block.trails or listed) and block.length in _WORDS

    def _label(self, i: int) -> str:
        verdict = self.verdicts[i] if i < len(self.verdicts) else None
        return verdict.label if verdict else ""


def find_title(lines: Headlines, run: Run) -> Title | None:
    """The headline of the article whose body is ``run``; None if it has none."""
    repeated, signed, top = lines.repeated(), lines.signed(), lines.top
    lead = {word for block in lines.blocks[run.start : run.start + 3] for word in block.words}
    paged = run.start - top > _MENU
    page = _content(lines.blocks[top]) if paged and lines.page else set()

    def score(i: int) -> float:
        own = _content(lines.blocks[i])
        return (
            (8 if i in repeated else 3 if i in signed else 0)
            + 4 * len(own & lead) / max(len(own), 1)
            + 6 * len(own & page) / max(len(own | page), 1)
            + min(lines.blocks[i].length, 8) / 4
            - lines.blocks[i].ends
            - (3 if i == top and paged else 0.15 * (run.start - i))
        )

    near = {top, *range(max(top, run.start - _FARTHEST), run.start)}
    fitting = (i for i in near if i < run.start and (i in repeated or lines.fits(i)))
    best = max(fitting, key=score, default=None)
    if best is None:
        return None
    text = (
        _without_site(lines.blocks[best].text) if best == top and paged else lines.blocks[best].text
    )
    return Title(index=best, text=text, rule=f"headline: {_reason(best, repeated, signed)}")


def _reason(index: int, repeated: frozenset[int], signed: frozenset[int]) -> str:
    if index in repeated:
        return "repeats the title of the page"
    return "stands above the by-line or date" if index in signed else "the best line above the text"


def _content(block: Block) -> set[str]:
    """The words of a block that tell what it is about."""
    return {word for word in block.words if len(word) > 3 or not word.isascii()}


def _repeats(text: str, page: str) -> bool:
    """Whether a line is the page's title, or the longer part of it up to a bar or dash.

    ``page`` is in lower case.
    """
    text = text[: len(page) + 1].casefold()
    if page.startswith(text):
        rest = page[len(text) :]
        return not rest or bool(_PART.match(rest))
    return page.endswith(text) and 2 * len(text) > len(page)


def _without_site(text: str) -> str:
    """A page's title without the paper's name behind its last bar or dash."""
    parts = list(re.finditer(r"\s[|•·–—-]\s", text[:400]))
    return text[: parts[-1].start()] if parts and 2 * parts[-1].start() > len(text) else text
