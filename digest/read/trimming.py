"""What extractors take along around an article and inside it: the lines that are none of its text.

Most of the words that give such lines away are the ones of scraped text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.read.blocks import Block, key
from digest.read.dates import parse_date
from digest.read.furnishings import BYLINE, ENDING, LONGEST, NOISE, RELEASE
from digest.read.scraped.lines import block as line
from digest.read.scraped.rules import judge
from digest.read.scraped.words import vocabulary

# Shares and lengths that were measured on pages with known bodies.
_SURE = 25  # letters that do not stand in a text by chance
_SITE = 40  # letters that a title tag may have on top of the headline
_STORY = 0.2  # share of the text above a headline that is more than a label or an offer
_HEAD = 6  # blocks at the top in which headline, date and byline may stand
_LONG = 200  # a block of this length is text, and the top ends there
_TAIL = 0.7  # share of the text before a "related" heading that ends it
_MENU = 0.7  # share of links that makes a last block a menu
_FEW = 3  # blocks that no page is cut below

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
    ending = next(_endings(page, kept), len(page))
    below = [ending, *(index for index in kept if index > ending)] if ending < len(page) else []
    found = dict.fromkeys(below, ("related", "at or below a line that ends the article"))
    rest = [index for index in kept if index < ending]
    while len(rest) > _FEW and _is_leftover(page[rest[-1]]):
        found[rest.pop()] = ("furniture", "links or page furniture below the text")
    return found


def _endings(page: Sequence[Block], kept: Sequence[int]) -> Iterator[int]:
    """The headings that end the article; extractors may have dropped them, and kept the rest."""
    total, so_far, taken = length(page, kept), 0, set(kept)
    for index in range(kept[0], kept[-1] + 1) if kept else ():
        if so_far > _TAIL * total and _ends(page[index]):
            yield index
        so_far += len(page[index].text) if index in taken else 0


def _ends(block: Block) -> bool:
    if len(block.text) > LONGEST or block.menu:
        return False
    said = judge(line(1, block.text))
    return bool(ENDING.fullmatch(block.text) or (said and said.ends))


def _is_leftover(block: Block) -> bool:
    if block.linked > _MENU * len(block.text):
        return True
    if len(block.text) >= LONGEST:
        return False
    said = judge(line(1, block.text))
    return block.furniture or bool(said and said.label in _BELOW)
