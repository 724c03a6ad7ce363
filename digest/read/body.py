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
from digest.read.holders import holder, inside
from digest.read.markup import parse
from digest.read.trimming import Verdicts, length, trim
from digest.text import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

# Shares and lengths that were measured on pages with known bodies.
_ENOUGH = 0.5  # share of the page's prose from which on no other opinion is worth its time
_MORE = 1.3  # the second opinion must find this much more text than the first
# Elements times characters. Extractors take the square of the time, and in their thorough modes of
# the memory; ordinary pages stay below half of the first.
_LARGE, _HUGE = 500_000_000, 1_000_000_000
_SAME = 0.6  # of a block's shingles stand in the extractor's text: the block is meant
_SHINGLE, _WORDS = 4, 8
_SURE = 25  # letters that do not stand in a text by chance
_SENTENCE = 60  # characters that a button or a menu entry does not have
_FEWEST = 5  # words beside links; a page with less is a menu, an error or a stub
_KIN = 2  # levels up at which two blocks of one article meet
_HELD = 0.8  # share of the text that stands in the article's part of the page
_AGREED = 0.7  # share of an extractor's text that a witness has, who then has a say
_LITTLE = 1 / 3  # share of the page's prose below which extractors found something else

_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?…。！？:：][\"'”’»)\]]{0,2}$")
_MARKER = re.compile(r"^[-|#>*\s]{1,9}")
_FILLED = frozenset(
    ("blockquote", "dd", "div", "dt", "h2", "h3", "h4", "h5", "h6", "li", "p", "td", "th")
)


def judge(
    tree: HtmlElement, page: Sequence[Block], title: str, witness: Sequence[str] = ()
) -> Verdicts:
    """The class of each block of ``page`` by its index, with the rule that gave it.

    ``witness`` is the article's text as the page's data or its feed give it, line by line.
    """
    kept, rule = _opinion(tree, page)
    verdicts: Verdicts = dict.fromkeys(kept, ("body", rule))
    verdicts |= dict.fromkeys(_gaps(page, kept), ("body", "stands between blocks of the body"))
    verdicts |= dict.fromkeys(
        _missed(page, sorted(verdicts)), ("body", "is prose in the part of the page that holds it")
    )
    verdicts |= _heard(page, sorted(verdicts), witness)
    verdicts |= trim(page, _body(verdicts), title)
    body = _body(verdicts)
    prose = " ".join(islice((page[i].text for i in body if not page[i].menu), _FEWEST))
    if len(words(prose)) < _FEWEST:
        verdicts |= dict.fromkeys(body, ("other", "too few words for an article"))
    return verdicts


def _opinion(tree: HtmlElement, page: Sequence[Block]) -> tuple[list[int], str]:
    """The blocks that the best extractor takes, and its name in words."""
    size = tree.xpath("count(//*)") * length(page, range(len(page)))
    if size > _HUGE:
        prose = [i for i, block in enumerate(page) if _is_prose(block) and not block.furniture]
        return prose, "long text on a page that is too large for extractors"
    rule = "trafilatura takes it"
    # Its quick mode is right where it finds most of what there is.
    first = _lay(_trafilatura(tree, fast=True), page)
    if size > _LARGE or _finds_enough(page, first):
        return first, rule
    first = _lay(_trafilatura(tree, fast=False), page)
    if _finds_enough(page, first):
        return first, rule
    second = _lay(_readability(tree), page)
    if length(page, second) > _MORE * length(page, first):
        first, rule = second, "readability takes it, and finds more text than trafilatura"
    third = _longest_stretch(page)
    if length(page, first) < _LITTLE * length(page, third):
        return third, "prose in the part of the page that has most of it"
    return first, rule


def _longest_stretch(page: Sequence[Block]) -> list[int]:
    """The prose in that part of the page where most of it stands."""
    prose = [i for i, block in enumerate(page) if _is_prose(block) and not block.furniture]
    element = holder(page, prose, _HELD)
    part = range(len(page)) if element is None else inside(page, element)
    return [index for index in prose if index in part]


def _heard(page: Sequence[Block], kept: Sequence[int], witness: Sequence[str]) -> Verdicts:
    """What a witness that agrees with the extractors knows better: where the article begins and
    ends, and what else belongs to it. One that has far less is a teaser, and has no say.
    """
    told = _lay(witness, page) if witness else []
    agreed = length(page, sorted({*kept} & {*told}))
    if not told or agreed < _AGREED * length(page, kept):
        return {}
    beyond = (index for index in kept if not told[0] <= index <= told[-1])
    rule = "the article, as its publisher gives it elsewhere,"
    return dict.fromkeys(told, ("body", f"{rule} has it")) | dict.fromkeys(
        beyond, ("other", f"{rule} ends before")
    )


def _finds_enough(page: Sequence[Block], found: Sequence[int]) -> bool:
    return length(page, found) >= _ENOUGH * _prose(page)


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
    if len(block.key) >= _SURE and block.key in text:
        return True
    own = _shingles(block.text)
    return len(own) > _WORDS - _SHINGLE and len(own & shingles) >= _SAME * len(own)


def _shingles(text: str) -> set[tuple[str, ...]]:
    found = _WORD.findall(text.casefold())
    return set(zip(*(found[start:] for start in range(_SHINGLE)), strict=False))


def _in_one_run(page: Sequence[Block], found: list[int]) -> list[int]:
    """``found`` without what only repeats, above or below, a line of the body."""
    times = Counter(page[index].key for index in found)
    once = [index for index in found if times[page[index].key] == 1]
    sure = [index for index in once if len(page[index].key) > _SURE] or found
    return [i for i in found if times[page[i].key] == 1 or sure[0] <= i <= sure[-1]]


def _prose(page: Sequence[Block]) -> int:
    """About how much text an article on this page could have."""
    return sum(len(block.text) for block in page if _is_prose(block))


def _is_prose(block: Block) -> bool:
    return len(block.text) > _SENTENCE and not block.menu


def _gaps(page: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """The blocks between two kept ones that stand in the same part of the page as both."""
    found = []
    for before, after in pairwise(kept):
        if after - before == 1:
            continue
        around = _kin(page[before]) & _kin(page[after])
        furniture = page[before].furniture or page[after].furniture
        found += [
            index
            for index in range(before + 1, after)
            if _fits(page[index], around) and page[index].furniture <= furniture
        ]
    return found


def _missed(page: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """The prose, from the first kept block on, in the part of the page that holds most of them."""
    element = holder(page, kept, _HELD)
    part = range(0) if element is None else inside(page, element)
    taken = set(kept)
    return [
        index
        for index in part
        if index > kept[0] and index not in taken and _is_sentence(page[index])
    ]


def _is_sentence(block: Block) -> bool:
    return _is_prose(block) and not block.furniture and bool(_STOP.search(block.text[-4:]))


def _fits(block: Block, around: set[HtmlElement]) -> bool:
    return block.tag in _FILLED and not block.menu and not around.isdisjoint(_kin(block))


def _kin(block: Block) -> set[HtmlElement]:
    """The elements around a block, as far up as one article may have been cut into pieces."""
    return set(islice(block.element.iterancestors(), _KIN))
