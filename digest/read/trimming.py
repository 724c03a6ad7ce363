"""What extractors take along around an article and inside it: the lines that are none of its text.

Most of the words that give such lines away are the ones of scraped text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from digest.read.blocks import Block, key
from digest.read.dates import parse_date
from digest.read.furnishings import BYLINE, ENDING, LONGEST, NOISE, RELEASE
from digest.read.holders import holder, home, homes, inside
from digest.read.scraped.lines import block as line
from digest.read.scraped.rules import judge
from digest.read.scraped.words import vocabulary

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Shares and lengths that were measured on pages with known bodies.
_SURE = 25  # letters that do not stand in a text by chance
_SITE = 40  # letters that a title tag may have on top of the headline
_STORY = 0.2  # share of the text above a headline that is more than a label or an offer
_HEAD = 6  # blocks at the top in which headline, date and byline may stand
_LONG = 200  # a block of this length is text, and the top ends there
_TAIL = 0.7  # share of the text before a "related" heading that ends it
_MENU = 0.7  # share of links that makes a last block a menu
_AGAIN, _FURTHER = 2, 40  # long paragraphs, among so many blocks, that show that a text goes on
_FEW = 3  # blocks that no page is cut below
_HELD = 0.8  # share of the text that stands in the article's part of the page
# Where teasers follow: share of the text that stands in one element, and how long, beside it, and
# how many the pieces are.
_STRETCH, _PIECE, _SEVERAL = 0.35, 0.3, 3

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# Between headline and text these are entries of a table, or a language.
_UNDECIDED = frozenset(("navigation", "number", "ornament"))
_BELOW = frozenset(
    ("advert", "appeal", "boilerplate", "byline", "caption", "copyright", "date", "related",
     "share", "tags")
)  # fmt: skip

#: Class and rule of each block that has one, by the block's index.
Verdicts = dict[int, tuple[str, str]]


def trim(page: Sequence[Block], kept: Sequence[int], title: str) -> Verdicts:
    """The blocks among ``kept`` (and a heading behind which they end) that are no article text."""
    found: Verdicts = {}
    for cut in (_over(page, kept, title), _noise(page, kept), _top(page, kept, title)):
        found = cut | found
    return found | _end(page, [index for index in kept if index not in found])


def length(page: Sequence[Block], indices: Sequence[int]) -> int:
    """Characters in these blocks of the page."""
    return sum(len(page[index].text) for index in indices)


def _over(page: Sequence[Block], kept: Sequence[int], title: str) -> Verdicts:
    """What stands above the headline: section, offers, the mark of a press release."""
    wanted = key(title)
    headline = next((i for i, block in enumerate(page) if _is_title(block.key, wanted)), 0)
    above = [index for index in kept if index < headline]
    if length(page, above) > _STORY * length(page, kept):
        return {}
    return dict.fromkeys(above, ("furniture", "stands above the headline"))


def _top(page: Sequence[Block], kept: Sequence[int], title: str) -> Verdicts:
    """Headline, date, byline and notes, which extractors take for the first paragraphs."""
    found: Verdicts = {}
    wanted = key(title)
    for index in kept[:_HEAD]:
        block = page[index]
        if len(block.text) > _LONG:
            break
        if block.tag == "h1" or _is_title(block.key, wanted):
            found[index] = ("title", "repeats the headline")
        elif parse_date(block.text):
            found[index] = ("date", "is a date above the text")
        elif len(block.text) < LONGEST and (verdict := _note(block.text)):
            found[index] = verdict
    return found


def _note(text: str) -> tuple[str, str] | None:
    if BYLINE.fullmatch(text):
        return "byline", "says who wrote it, or when"
    if RELEASE.fullmatch(text):
        return "furniture", "the mark of a press release"
    said = judge(line(1, text))
    return (said.label, said.rule) if said and said.label not in _UNDECIDED else None


def _is_title(words: str, title: str) -> bool:
    """The same words, but for a few such as the site's name at one end."""
    if words == title:
        return bool(words)
    short, long = sorted((words, title), key=len)
    return len(short) > _SURE and len(long) - len(short) < _SITE and short in long


def _noise(page: Sequence[Block], kept: Sequence[int]) -> Verdicts:
    rule = ("furniture", "advertisement, button or teaser line")
    return {index: rule for index in kept if _is_noise(page[index].text)}


def _is_noise(text: str) -> bool:
    if len(text) > LONGEST:
        return False
    said = line(1, text)
    kinds = map(vocabulary, ("advert", "link", "end.related"))
    return any(kind.find(said) for kind in kinds) or bool(NOISE.fullmatch(text))


def _end(page: Sequence[Block], kept: Sequence[int]) -> Verdicts:
    """What follows the article: from a heading such as "Related" on, and lines at the very end."""
    outside = _outside(page, kept)
    kept = [index for index in kept if index not in outside]
    ending = next(_endings(page, kept), len(page))
    below = [ending, *(index for index in kept if index > ending)] if ending < len(page) else []
    found = outside | dict.fromkeys(below, ("related", "at or below a line that ends the article"))
    rest = [index for index in kept if index < ending]
    while len(rest) > _FEW and _is_leftover(page[rest[-1]]):
        found[rest.pop()] = ("furniture", "links or page furniture below the text")
    return found


def _outside(page: Sequence[Block], kept: Sequence[int]) -> Verdicts:
    """What stands below the part of the page that holds most of the text, and the short blocks
    above it.
    """
    element = holder(page, kept, _HELD)
    part = range(len(page)) if element is None else inside(page, element)
    above = [index for index in kept if index < part.start]
    longest = max((len(page[index].text) for index in above), default=0)
    if longest > _LONG or length(page, above) > _STORY * length(page, kept):
        above = []
    end = min(part.stop, _teasers(page, kept))
    below = [index for index in kept if index >= end]
    rule = "stands outside the part of the page that holds the text"
    return dict.fromkeys((*above, *below), ("furniture", rule))


def _teasers(page: Sequence[Block], kept: Sequence[int]) -> int:
    """Where a list of other stories begins: small pieces, each with a heading, in a part of the
    page of its own.
    """
    for element, size in homes(page, kept).most_common(1):
        end = inside(page, element).stop
        below = [index for index in kept if index >= end]
        pieces = homes(page, below).most_common()
        headings = sum(page[index].tag in _HEADINGS for index in below)
        if (
            size >= _STRETCH * length(page, kept)
            and min(len(pieces), headings) >= _SEVERAL
            and pieces[0][1] <= _PIECE * size
        ):
            return end
    return len(page)


def _endings(page: Sequence[Block], kept: Sequence[int]) -> Iterator[int]:
    """The headings that end the article; extractors may have dropped them, and kept the rest."""
    if not kept:
        return
    total, so_far, taken = length(page, kept), 0, set(kept)
    stretch = homes(page, kept).most_common(1)[0][0]
    for index in range(kept[0], kept[-1] + 1):
        above = so_far > _TAIL * total
        if above and _ends(page[index]) and not _goes_on(page, kept, index, stretch):
            yield index
        so_far += len(page[index].text) if index in taken else 0


def _ends(block: Block) -> bool:
    if len(block.text) > LONGEST or block.menu:
        return False
    said = judge(line(1, block.text))
    return bool(ENDING.fullmatch(block.text) or (said and said.ends))


def _goes_on(page: Sequence[Block], kept: Sequence[int], index: int, stretch: HtmlElement) -> bool:
    """Whether a "related" line only offers a link, and the text goes on below as above it, in the
    element where its longest ``stretch`` stands.
    """
    said = judge(line(1, page[index].text))
    if not said or said.label != "related":
        return False
    start = bisect_right(kept, index)
    below = (page[i] for i in kept[start : start + _FURTHER])
    long = (block for block in below if len(block.text) > LONGEST and not block.menu)
    return sum(home(block) is stretch for block in long) >= _AGAIN


def _is_leftover(block: Block) -> bool:
    if block.linked > _MENU * len(block.text):
        return True
    if len(block.text) >= LONGEST:
        return False
    said = judge(line(1, block.text))
    return block.furniture or bool(said and said.label in _BELOW)
