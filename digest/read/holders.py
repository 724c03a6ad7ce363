"""Which part of a page holds an article: the elements around most of its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from digest.read.blocks import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What stands inside a paragraph's own part of the page.
_PARTS = frozenset(
    ("blockquote", "dd", "dl", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p",
     "pre", "span", "strong", "table", "tbody", "td", "tr", "ul")
)  # fmt: skip


def holder(page: Sequence[Block], indices: Iterable[int], share: float) -> HtmlElement | None:
    """The innermost element that holds this share of the blocks' text; None for the whole page."""
    held: Counter[HtmlElement] = Counter()
    total = 0
    for index in indices:
        size = len(page[index].text)
        total += size
        for element in _around(page[index]):
            held[element] += size
    # An element comes before those around it, and what holds less text is not around the others.
    enough = (element for element, size in held.items() if size >= share * total)
    found = min(enough, key=held.__getitem__, default=None)
    return None if found is None or found.tag in {"body", "html"} else found


def inside(page: Sequence[Block], element: HtmlElement) -> range:
    """The blocks that stand in ``element``: they follow one another."""
    size = len(page)
    start = next((i for i in range(size) if element in _around(page[i])), size)
    last = next((i for i in range(size - 1, start, -1) if element in _around(page[i])), start)
    return range(start, min(last + 1, size))


def _around(block: Block) -> list[HtmlElement]:
    return [block.element, *block.element.iterancestors()]


def home(block: Block) -> HtmlElement:
    """The element that a paragraph, a list or a table stands in."""
    element = block.element
    while element.tag in _PARTS and (parent := element.getparent()) is not None:
        element = parent
    return element


def homes(page: Sequence[Block], indices: Iterable[int]) -> Counter[HtmlElement]:
    """How much of the blocks' text stands in which home."""
    found: Counter[HtmlElement] = Counter()
    for index in indices:
        found[home(page[index])] += len(page[index].text)
    return found
