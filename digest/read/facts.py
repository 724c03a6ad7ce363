"""What a page says about itself, gathered once for the readers of its single facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from digest.model import Entry
from digest.read import jsonld
from digest.read.blocks import blocks
from digest.text import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements of one kind that are looked at.
_MOST = 10

#: The contents of ``<meta>`` tags by name, property or itemprop, in lower case.
Metas = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and where it was found, in words that a user understands."""

    value: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Everything that a page, and the feed that led to it, say about its article."""

    tree: HtmlElement
    #: The objects of its JSON-LD.
    graph: list[jsonld.Node]
    metas: Metas
    #: Where the page was fetched from.
    url: str | None = None
    entry: Entry | None = None
    site: Fact | None = None
    title: Fact | None = None
    #: The object of the graph that is about the article of this page.
    article: jsonld.Node = field(default_factory=dict)

    def meta(self, *names: str) -> Iterator[Fact]:
        """The contents of the ``<meta>`` tags of these names, in the order of the names."""
        for name in names:
            for content in self.metas.get(name, ()):
                yield Fact(content, f"meta {name}")


def gather(tree: HtmlElement, url: str | None, entry: Entry | None) -> Said:
    """What the page ``tree`` says, before its site, its title and its article are chosen."""
    metas: Metas = defaultdict(list)
    for meta in tree.iter("meta"):
        content = squeeze(meta.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := meta.get(attribute)):
                metas[name.strip().lower()].append(content)
    return Said(tree=tree, graph=jsonld.nodes(tree), metas=metas, url=url, entry=entry)


def first(facts: Iterable[Fact]) -> Fact | None:
    """The first fact that has a value."""
    return next((fact for fact in facts if fact.value), None)


def words_of(element: HtmlElement, joint: str = " ") -> str:
    """The text of an element; its blocks are parted by ``joint``, its inline parts are not."""
    return joint.join(block.text for block in blocks(element))


def texts(tree: HtmlElement, path: str, joint: str = " ") -> list[str]:
    """The texts of the first elements that an XPath finds."""
    return [words_of(element, joint) for element in islice(tree.xpath(path), _MOST)]
