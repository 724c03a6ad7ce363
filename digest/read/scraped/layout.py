"""The text as it is understood so far, and where its body really begins and ends.

The best run of lines may still open with a standfirst or the captions of a picture, and end with
sources, comments, or a note about the author.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.read.scraped.credits import bracketed_agency, name_alone, name_at_end, shows_picture
from digest.read.scraped.lines import Block
from digest.read.scraped.rules import Verdict
from digest.read.scraped.run import Run
from digest.read.scraped.title import Title

# How many blocks above the by-line a standfirst may have, and one more.
_STANDFIRST = 3
# What may be longer than the text above it; what stands under a text; what may stand inside.
_BACK_MATTER = frozenset({"comments", "references"})
_FOOT = frozenset({"author", "byline", "copyright", "share", "tags"})
_MIDDLE = frozenset({"byline", "related", "share", "tags"})
# Share of the text above back matter, above another heading that ends it, and above its foot.
_SOME, _MOST, _LAST = 0.5, 0.7, 0.85
# What is said of authors, beside their names; how far under a name alone.
_DOES = re.compile(
    r"(?: \w+){0,2} (?:is|writes|covers|works|ist|schreibt|arbeitet|est|écrit|couvre|travaille|es|"
    r"escribe|cubre|trabaja|è|scrive|lavora|é|escreve|trabalha|schrijft|werkt|пишет|работает)\b"
)
_TITLES, _BOX = 2, 3
_ABOUT = re.compile(
    r"About (?:[Tt]he )?(?!This\b|It\b)"
    r"[A-Z][\w.&'’-]*(?: (?:[A-Z&][\w.&'’-]*|of|and|the|for)){0,5}"
)
# Words of a line that is prose and no teaser's headline, and how many lines are asked.
_PROSE, _FURTHER = 15, 40
# How far under the headline a name without "By" stands, in blocks.
_SIGNATURE = 4
# How far under the headline a caption stands, in blocks.
_NEAR = 10
# Longest credit on a line of its own, and longest caption above one, in words.
_CREDIT, _CAPTION = 7, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The text as it is understood so far."""

    blocks: Sequence[Block]
    verdicts: Sequence[Verdict | None]
    title: Title | None
    run: Run
    #: The page's own title, if there is one.
    page: str
    #: It has no furniture, so that it is read whole.
    whole: bool = False
    #: The names of the by-line.
    byline: tuple[str, ...] = ()

    @property
    def headline(self) -> int:
        """The headline's block; -1 without one."""
        return self.title.index if self.title else -1

    def label(self, i: int) -> str:
        """What block ``i`` is by its own words; empty if they do not tell."""
        verdict = self.verdicts[i] if 0 <= i < len(self.blocks) else None
        return verdict.label if verdict else ""

    def adjoins(self, i: int) -> bool:
        """Whether no blank line parts block ``i`` from the next one."""
        after = self.blocks[i].number + len(self.blocks[i].raw)
        return i + 1 < len(self.blocks) and self.blocks[i + 1].number == after

    def open(self, i: int) -> bool:
        """Whether there is a block ``i`` that no rule knows by its own words."""
        return 0 <= i < len(self.blocks) and not self.verdicts[i]


def signature(layout: Layout, i: int) -> bool:
    """Whether a line is a name without "By": under the headline, beside the date."""
    if not layout.headline < i < min(layout.headline + _SIGNATURE, layout.run.start):
        return False
    above = {layout.label(k) for k in range(layout.headline + 1, i)}
    dated = above == {"date"} or (not above and layout.label(i + 1) == "date")
    return layout.headline >= 0 and dated and layout.open(i) and name_alone(layout.blocks[i])


def under_byline(layout: Layout) -> Run:
    """The run without a standfirst: a short text between the headline and the by-line."""
    start, end = layout.run.start, layout.run.end
    near = range(start, min(start + _STANDFIRST, end - 1))
    byline = next((i for i in near if layout.label(i) == "byline"), None)
    if byline is None or not layout.title:
        return layout.run
    return Run(next(i for i in range(byline, end) if layout.open(i)), end)


def under_captions(layout: Layout) -> Run:
    """The run without the captions that stand right under the headline."""
    start, end = layout.run.start, layout.run.end
    near = layout.title is not None and start - layout.headline < _NEAR
    while near and start + 1 < end and _captions(layout, start):
        start = next(i for i in range(start + 1, end) if layout.open(i))
    return Run(start, end)


def above_ending(layout: Layout) -> Run:
    """The run without what stands under a line that ends the article, or about its author."""
    run = layout.run
    sizes = [layout.blocks[i].length if layout.open(i) else 0 for i in range(run.start, run.end)]
    total, above = sum(sizes), 0
    for i, size in enumerate(sizes, run.start):
        if above > _SOME * total and _ends(layout, i, above / total):
            return Run(run.start, i)
        above += size
    return run


def _ends(layout: Layout, i: int, share: float) -> bool:
    """Whether the article ends at a line that has this share of the run above it."""
    label, verdict = layout.label(i), layout.verdicts[i]
    if label in _BACK_MATTER:
        return verdict is not None and verdict.ends
    heading = share > _MOST and verdict is not None and verdict.ends
    foot = share > _LAST and (label in _FOOT or _about_author(layout, i) or _about(layout, i))
    return (heading or foot) and (label not in _MIDDLE or not _goes_on(layout, i))


def _goes_on(layout: Layout, i: int) -> bool:
    """Whether the line only offers something in the middle of the text: prose follows it."""
    last = min(layout.run.end, i + _FURTHER)
    below = [layout.blocks[k] for k in range(i + 1, last) if layout.open(k)]
    prose = [block for block in below if block.ends and block.length >= _PROSE]
    return len(prose) >= max(2, len(below) // 3)


def _about(layout: Layout, i: int) -> bool:
    """Whether a heading announces what its publisher is: "About the Harbour Courier"."""
    return layout.open(i) and bool(_ABOUT.fullmatch(layout.blocks[i].text[:80]))


def _about_author(layout: Layout, i: int) -> bool:
    """Whether the author's box begins: the line says what the person of the by-line does, or is
    a name alone, of which one of the next lines says it.
    """
    if not layout.open(i):
        return False
    name = layout.blocks[i].words if name_alone(layout.blocks[i]) else ()
    below = [layout.blocks[k] for k in range(i + 1, i + 1 + _BOX) if layout.open(k)]
    return _does(layout.blocks[i], layout.byline) or any(_does(each, name) for each in below)


def _does(block: Block, name: Sequence[str]) -> bool:
    """Whether the block begins with a full name, or a title and one, and says what they do."""
    for start in range(_TITLES + 1 if len(name) > 1 else 0):
        end = start + len(name)
        if block.words[start:end] == tuple(name):
            return bool(_DOES.match("".join(f" {word}" for word in block.words[end : end + 3])))
    return False


def _captions(layout: Layout, i: int) -> bool:
    block = layout.blocks[i]
    by_words = bracketed_agency(block) or name_at_end(block) or shows_picture(block)
    return by_words or credit_below(layout, i) or credit_above(layout, i)


def credit_below(layout: Layout, i: int) -> bool:
    """Whether a line makes one paragraph with the picture credit on the line below it.

    A credit that stands apart belongs to a picture under the line, which may be the lead.
    """
    credited = layout.label(i + 1) == "caption" and layout.blocks[i + 1].length <= _CREDIT
    together = layout.adjoins(i) and not layout.adjoins(i + 1)
    return credited and together and layout.blocks[i].length <= _CAPTION


def credit_above(layout: Layout, i: int) -> bool:
    """Whether a line makes one paragraph with the picture credit on the line above it."""
    credited = layout.label(i - 1) == "caption" and layout.blocks[i - 1].length <= _CREDIT
    together = credited and layout.adjoins(i - 1) and not layout.adjoins(i)
    alone = i < 2 or not layout.adjoins(i - 2)
    return together and alone and layout.blocks[i].length <= _CAPTION
