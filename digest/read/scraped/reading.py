"""Articles out of scraped plain text: no markup, every line of furniture still in it.

    text -> blocks -> judged by words -> best run -> headline -> judged by place -> Draft

Each line of the text ends up with one label and the rule that gave it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.read.draft import Draft, Line
from digest.read.scraped.facts import find_byline, find_published, find_section, find_site
from digest.read.scraped.layout import Layout, above_ending, under_byline, under_captions
from digest.read.scraped.lines import Block, blocks
from digest.read.scraped.places import place
from digest.read.scraped.rules import Verdict, judge
from digest.read.scraped.run import PASSES, Run, best_run
from digest.read.scraped.title import Headlines, Title, find_title
from digest.text import words

#: Labels of the lines that make up the article's text.
TEXT = frozenset({"body", "subhead"})

# Longest first line, in words, that is the headline of a text without furniture; and if it ends
# in a full stop.
_TITLE_WORDS, _TITLE_SENTENCE = 25, 6


def read_scraped(text: str) -> Draft:
    """The article in a scraped text, and what became of each of its lines.

    ``text`` is decoded and clean (NFC, Unix line ends). A text without any prose, such as a poem
    or a list, is read whole. Never raises; an empty text gives an empty draft.
    """
    layout = _lay_out(blocks(text))
    byline = find_byline(layout)
    layout = _signed(layout, byline)
    published = find_published(layout)
    labels = [place(layout, i) for i in range(len(layout.blocks))]
    judged = tuple(zip(layout.blocks, labels, strict=True))
    return Draft(
        title=layout.title.text if layout.title else "",
        paragraphs=tuple(block.text for block, verdict in judged if verdict.label in TEXT),
        byline=byline,
        published=published,
        dated_by="text" if published else "",
        site=find_site(layout),
        section=find_section(layout),
        lines=tuple(line for block, verdict in judged for line in _lines(block, verdict)),
    )


def _lay_out(found: Sequence[Block]) -> Layout:
    verdicts = [judge(block) for block in found]
    headlines = Headlines(found, verdicts)
    run = best_run(found, verdicts, headlines.repeated() | headlines.signed())
    title = find_title(headlines, run)
    layout = Layout(blocks=found, verdicts=verdicts, title=title, run=run, page=headlines.page)
    if not run or _bare(layout):
        layout = _whole(layout)
    else:
        layout = _signed(layout, find_byline(layout))
        layout = replace(layout, run=above_ending(layout))
    layout = replace(layout, run=under_byline(layout))
    return replace(layout, run=under_captions(layout))


def _signed(layout: Layout, byline: str | None) -> Layout:
    return replace(layout, byline=tuple(words(byline or "")))


def _bare(layout: Layout) -> bool:
    """Whether the text is a note and not a page: its first line is the headline, and nothing in
    it is furniture or cut by an ellipsis.
    """
    top = next((i for i, verdict in enumerate(layout.verdicts) if not verdict), 0)
    judged = zip(layout.blocks, layout.verdicts, strict=True)
    return layout.headline in (-1, top) and all(
        verdict.label in PASSES if verdict else not block.trails for block, verdict in judged
    )


def _whole(layout: Layout) -> Layout:
    """All of the text under its headline; the first line is one if it is short."""
    open_ = [i for i in range(len(layout.blocks)) if layout.open(i)]
    title = layout.title or _first_line(layout, open_)
    below = [i for i in open_ if not title or i > title.index]
    run = Run(below[0], below[-1] + 1) if below else layout.run
    return replace(layout, title=title, run=run, whole=True)


def _first_line(layout: Layout, open_: Sequence[int]) -> Title | None:
    if len(open_) < 2:
        return None
    first = layout.blocks[open_[0]]
    longest = _TITLE_SENTENCE if first.text.endswith((".", "。")) else _TITLE_WORDS
    rule = "headline: the first line of a text without furniture"
    return Title(index=open_[0], text=first.text, rule=rule) if first.length <= longest else None


def _lines(block: Block, verdict: Verdict) -> Iterator[Line]:
    for number, raw in enumerate(block.raw, block.number):
        yield Line(number=number, text=raw.strip(), label=verdict.label, rule=verdict.rule)
