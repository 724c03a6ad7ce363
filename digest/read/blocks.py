"""A page as the run of text blocks that a reader sees, in document order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.read.furnishings import FURNITURE_NAME, FURNITURE_TAGS
from digest.text import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "s", "samp",
        "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    )
)  # fmt: skip
# Never read as text. The readings above Japanese characters (rt) would stand twice.
_UNSEEN = frozenset(
    (
        "audio", "base", "canvas", "embed", "head", "iframe", "img", "input", "link",
        "map", "math", "meta", "noscript", "object", "option", "picture", "rp", "rt", "script",
        "select", "style", "svg", "template", "textarea", "title", "video",
    )
)  # fmt: skip
# At their end no block ends.
_LEFT_OPEN = _INLINE | _UNSEEN | {"br"}
_LONGEST_NAME = 500
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One block of text: a paragraph, a heading, a list item, a line of a menu."""

    text: str
    #: The element whose text it is.
    element: HtmlElement
    #: How many of its characters are links.
    linked: int
    #: Its letters and figures alone: what two extractors agree on.
    key: str
    #: Whether an element around it is named as page furniture.
    furniture: bool

    @property
    def tag(self) -> str:
        return str(self.element.tag)

    @property
    def menu(self) -> bool:
        """Whether it is links above all."""
        return self.linked * 2 > len(self.text)


def key(text: str) -> str:
    """The letters and figures of ``text``, in one case."""
    return _NOT_LETTERS.sub("", text.casefold())


@lru_cache(maxsize=1000)
def _is_furniture_name(name: str) -> bool:
    # A page has few class names, each of them many times.
    return bool(FURNITURE_NAME.search(name))


def blocks(tree: HtmlElement) -> list[Block]:
    """The blocks of a page; a line break parts blocks, as it does on the screen."""
    from lxml.etree import iterwalk

    page = _Page(tree)
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            page.leave(element)
        elif element.tag in _UNSEEN:
            walk.skip_subtree()
        else:
            page.enter(element)
    page.flush()
    return page.found


def links(found: Iterable[Block]) -> Iterator[str]:
    """Where the links in the words of blocks lead, as written."""
    for element in dict.fromkeys(block.element for block in found):
        for anchor in element.iter("a"):
            around = (parent for parent in anchor.iterancestors() if parent.tag not in _INLINE)
            if next(around, None) is element and (href := anchor.get("href")):
                yield href


class _Page:
    """The blocks found so far, and what has been read of the one that is under way."""

    def __init__(self, root: HtmlElement) -> None:
        self.found: list[Block] = []
        self._root = root
        self._elements = [(root, False)]
        self._links = 0
        self._words: list[str] = []
        self._linked = 0

    def enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "a":
            self._links += 1
        elif tag not in _INLINE:
            self.flush()
            if tag != "br":
                self._elements.append((element, self._is_furniture(element)))
        self._add(element.text)

    def leave(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "a":
            self._links -= 1
        elif tag not in _LEFT_OPEN:
            self.flush()
            self._elements.pop()
        if element is not self._root:
            self._add(element.tail)

    def _is_furniture(self, element: HtmlElement) -> bool:
        if element.tag in {"article", "main", "body"}:
            return False
        if self._elements[-1][1] or element.tag in FURNITURE_TAGS:
            return True
        names = element.get("class"), element.get("id")
        return any(_is_furniture_name(name[:_LONGEST_NAME]) for name in names if name)

    def _add(self, text: str | None) -> None:
        if text:
            self._words.append(text)
            self._linked += len(text) if self._links else 0

    def flush(self) -> None:
        """End the block that is under way."""
        raw = "".join(self._words)
        if raw and not raw.isspace() and (text := squeeze(raw)):
            element, furniture = self._elements[-1]
            linked = min(self._linked, len(text))
            self.found.append(Block(text, element, linked, key(text), furniture))
        self._words.clear()
        self._linked = 0
