"""Which blocks of a page are the article.

trafilatura and, where it finds little, readability say which words belong to the body. Each
answer is laid over the page's own blocks, so that what they lost between two paragraphs (a
heading, a list) can be filled in, and what they took along at the ends can be cut off.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from copy import deepcopy
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from digest.read.blocks import Block, blocks, key
from digest.read.dates import parse_date
from digest.read.furnishings import BYLINE, LONGEST, NOISE, RELATED
from digest.read.markup import parse
from digest.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

# Shares and lengths that were measured on pages with known bodies.
_MORE = 1.2  # the second opinion must find this much more text than the first
_SAME = 0.6  # of a block's shingles stand in the extractor's text: the block is meant
_SHINGLE, _WORDS = 4, 8
_SURE = 25  # letters that do not stand in a text by chance
_SITE = 40  # letters that a title tag may have on top of the headline
_HEAD = 6  # blocks at the top in which headline, date and byline may stand
_SENTENCE = 60  # characters that a button or a menu entry does not have
_LONG = 200  # a block of this length is text, and the top ends there
_TAIL = 0.7  # share of the text before a "related" heading that ends it
_MENU = 0.7  # share of links that makes a last block a menu
_FEWEST = 5  # words; a page with less is a menu, an error or a stub
_FEW = 3  # blocks that no page is cut below
_KIN = 2  # levels up at which two blocks of one article meet

_WORD = re.compile(r"\w+")
_MARKER = re.compile(r"^[-|#>*\s]{1,9}")
_FILLED = frozenset(
    ("blockquote", "dd", "div", "dt", "h2", "h3", "h4", "h5", "h6", "li", "p", "td", "th")
)

#: Class and rule of each block that has one.
Verdicts = dict[int, tuple[str, str]]


def judge(tree: HtmlElement, page: Sequence[Block], title: str) -> Verdicts:
    """The class of each block of ``page`` by its index, with the rule that gave it."""
    # Its quick mode is right where it finds most of what there is.
    first = _lay(_trafilatura(tree, fast=True), page)
    if _length(page, first) * _MORE < _prose(page):
        first = _lay(_trafilatura(tree, fast=False), page)
    kept, rule = first, "trafilatura takes it"
    if _length(page, first) * _MORE < _prose(page):
        second = _lay(_readability(tree), page)
        if _length(page, second) > _MORE * _length(page, first):
            kept, rule = second, "readability takes it, and finds more text than trafilatura"
    verdicts: Verdicts = dict.fromkeys(kept, ("body", rule))
    for index in _gaps(page, kept):
        verdicts[index] = ("body", "stands between blocks of the body")
    verdicts |= _top(page, sorted(verdicts), title) | _noise(page, verdicts)
    verdicts |= _end(page, _body(verdicts))
    if sum(len(words(page[index].text)) for index in _body(verdicts)) < _FEWEST:
        verdicts |= dict.fromkeys(_body(verdicts), ("other", "too few words for an article"))
    return verdicts


def _body(verdicts: Verdicts) -> list[int]:
    return [index for index in sorted(verdicts) if verdicts[index][0] == "body"]


def _trafilatura(tree: HtmlElement, *, fast: bool) -> list[str]:
    from trafilatura import bare_extraction

    _hush("trafilatura")
    found = bare_extraction(tree, fast=fast, include_comments=False)
    # A dict is what its deprecated option as_dict asks for.
    return [] if found is None or isinstance(found, dict) else (found.text or "").split("\n")


def _readability(tree: HtmlElement) -> list[str]:
    from readability import Document
    from readability.readability import Unparseable

    _hush("readability")
    try:
        summary = parse(Document(deepcopy(tree)).summary())
    except (Unparseable, ValueError, IndexError, TypeError, AttributeError):
        # Odd trees make it stumble in several ways; there is a first opinion.
        return []
    return [] if summary is None else [block.text for block in blocks(summary)]


def _hush(name: str) -> None:
    """A page without an article is our answer to give, not a library's to log."""
    logging.getLogger(name).setLevel(logging.CRITICAL)


def _lay(lines: Sequence[str], page: Sequence[Block]) -> list[int]:
    """The indices of the blocks whose words an extractor gave."""
    lines = [_MARKER.sub("", line) for line in lines]
    whole = [key(line) for line in lines]
    keys = {*whole, *(key(cell) for line in lines if "|" in line for cell in line.split("|"))}
    text = "".join(whole)
    shingles = _shingles(" ".join(lines))
    found = [
        index
        for index, block in enumerate(page)
        if block.key and (block.key in keys or _stands_in(block, text, shingles))
    ]
    return _in_one_run(page, found)


def _stands_in(block: Block, text: str, shingles: set[tuple[str, ...]]) -> bool:
    own = _shingles(block.text)
    if len(own) > _WORDS - _SHINGLE:
        return len(own & shingles) >= _SAME * len(own)
    return len(block.key) >= _SURE and block.key in text


def _shingles(text: str) -> set[tuple[str, ...]]:
    found = _WORD.findall(text.casefold())
    return set(zip(*(found[start:] for start in range(_SHINGLE)), strict=False))


def _in_one_run(page: Sequence[Block], found: list[int]) -> list[int]:
    """``found`` without what only repeats, above or below, a line of the body."""
    times = Counter(page[index].key for index in found)
    once = [index for index in found if times[page[index].key] == 1]
    sure = [index for index in once if len(page[index].key) > _SURE] or once or found
    return [i for i in found if times[page[i].key] == 1 or sure[0] <= i <= sure[-1]]


def _length(page: Sequence[Block], indices: Sequence[int]) -> int:
    return sum(len(page[index].text) for index in indices)


def _prose(page: Sequence[Block]) -> int:
    """About how much text an article on this page could have."""
    return sum(
        len(block.text) for block in page if len(block.text) > _SENTENCE and not _is_menu(block)
    )


def _is_menu(block: Block) -> bool:
    return block.linked * 2 > len(block.text)


def _gaps(page: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """The blocks between two kept ones that stand in the same part of the page as both."""
    found = []
    for before, after in pairwise(kept):
        if after - before == 1:
            continue
        around = _kin(page[before]) & _kin(page[after])
        found += [i for i in range(before + 1, after) if _fits(page[i], around)]
    return found


def _fits(block: Block, around: set[HtmlElement]) -> bool:
    return block.tag in _FILLED and not _is_menu(block) and not around.isdisjoint(_kin(block))


def _kin(block: Block) -> set[HtmlElement]:
    """The elements around a block, as far up as one article may have been cut into pieces."""
    return set(islice(block.element.iterancestors(), _KIN))


def _top(page: Sequence[Block], kept: Sequence[int], title: str) -> Verdicts:
    """Headline, date and byline, which extractors take for the first paragraphs."""
    found: Verdicts = {}
    for index in kept[:_HEAD]:
        block = page[index]
        if len(block.text) > _LONG:
            break
        if block.tag == "h1" or _is_title(block.key, key(title)):
            found[index] = ("title", "repeats the headline")
        elif parse_date(block.text):
            found[index] = ("date", "is a date above the text")
        elif len(block.text) < LONGEST and BYLINE.fullmatch(block.text):
            found[index] = ("byline", "says who wrote it, or when")
    return found


def _is_title(line: str, title: str) -> bool:
    """The same words, but for a few such as the site's name at one end."""
    if line == title:
        return bool(line)
    short, long = sorted((line, title), key=len)
    return len(short) > _SURE and len(long) - len(short) < _SITE and short in long


def _noise(page: Sequence[Block], indices: Iterable[int]) -> Verdicts:
    rule = ("furniture", "advertisement, button or teaser line")
    texts = ((index, page[index].text) for index in indices)
    return {i: rule for i, text in texts if len(text) <= LONGEST and NOISE.fullmatch(text)}


def _end(page: Sequence[Block], kept: Sequence[int]) -> Verdicts:
    """What follows the article: from a heading such as "Related" on, and links at the very end."""
    found: Verdicts = {}
    total, so_far = _length(page, kept), 0
    cut = len(kept)
    for place, index in enumerate(kept):
        text = page[index].text
        if so_far > _TAIL * total and len(text) <= LONGEST and RELATED.fullmatch(text):
            cut = place
            break
        so_far += len(text)
    found |= dict.fromkeys(kept[cut:], ("related", "follows a heading that ends the article"))
    while cut > _FEW and _is_leftover(page[kept[cut - 1]]):
        cut -= 1
        found[kept[cut]] = ("furniture", "links or page furniture below the text")
    return found


def _is_leftover(block: Block) -> bool:
    return block.linked > _MENU * len(block.text) or (len(block.text) < LONGEST and block.furniture)
