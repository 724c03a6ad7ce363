"""A web page without a feed: which of its links are its articles.

Links of one shape are judged together: how much their labels read like headlines, how much their
addresses look like those of articles, whether headings and dates stand beside them, and whether
they stand in the page's furniture. A menu has short labels and bare addresses, and stands in the
furniture.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import fmean
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.errors import ReadError
from digest.model import Document, Feed
from digest.read.encoding import decode
from digest.read.feed import words
from digest.read.feed.about import entry, published
from digest.read.feed.cards import (
    Card,
    cards,
    links_in,
    signature,
    worth_of_address,
    worth_of_label,
)
from digest.read.feed.items import newest_first
from digest.read.feed.links import absolute
from digest.read.language import normalise
from digest.read.markup import cut_unseen, is_feed, parse

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEWEST, _MOST = 2, 300
# The least worth of a card; how many of one shape make a list; the share of the best one's worth.
_ENOUGH, _ENOUGH_ALIKE, _HARDLY_WORSE = 2.0, 4, 0.6

_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "form", "select", "menu"))
_FURNITURE_ROLES = frozenset(("navigation", "contentinfo", "complementary", "search", "menu"))
_FURNITURE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|\w*navi\w*|navbar|\w*menu\w*|\w*footer\w*|\w*sidebar\w*|breadcrumbs?"
    r"|pagination|pager|tags|tagcloud|social|share|sharing|cookies?|consent|related|trending|popular"
    r"|mostread|most-read|comments|newsletter|login|languages?|toolbar|skip|ads?|advert\w*"
    r"|sponsor\w*|promo)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What holds the list *and* its furniture: "content-sidebar-wrap", "page has-sidebar".
_WHOLE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:content|has|with|no|layout|page|body)(?:$|[\s_-])", re.IGNORECASE
)


def read_listing(document: Document, select: str | None = None) -> Feed:
    """The articles that a page lists, in the order of the page or by date where all have one.

    ``select`` is a CSS selector of their links, or of the elements around them; without it the
    list is found by its structure. Raises `ReadError` if there is none, or if the selector is
    wrong or fits nothing.
    """
    text = decode(document.data, document.charset, where=document.origin)
    if is_feed(text):
        remedy = "Name it as feed = and not as page =."
        raise ReadError(document.origin, "is a feed and no page", remedy)
    tree = parse(text)
    if tree is None:
        raise ReadError(document.origin, "holds no web page")
    title, language = tree.xpath("string(//head/title)"), normalise(tree.get("lang"))
    base = absolute(tree.xpath("string(//base/@href)"), document.url) or document.url
    cut_unseen(tree)
    chosen = _selected(tree, select, base, document) if select else _found(tree, base, document)
    entries = (entry(card, base, document.fetched, language) for card in chosen[:_MOST])
    return Feed(
        dialect="page",
        title=words.title(title) or None,
        url=absolute(document.url),
        language=language,
        entries=newest_first(tuple({each.id: each for each in entries if each.title}.values())),
    )


def _selected(tree: HtmlElement, select: str, base: str | None, document: Document) -> list[Card]:
    """The cards that a selector chooses; a chosen link stands for the card around it."""
    from cssselect import SelectorError

    try:
        places = tree.cssselect(select)
    except SelectorError as error:
        why = f"the selector {select!r} is wrong: {error}"
        raise ReadError(document.origin, why, "Write it as in CSS: main h2 a") from error
    around = {card.url: card for card in cards(tree, base, document.url)}
    found = []
    for place in places:
        if links := list(links_in(place, base, document.url)):
            url = max(links, key=lambda link: worth_of_label(link.label)).url
            own = Card([link for link in links if link.url == url], place)
            found.append(around.get(url, own) if place.tag == "a" else own)
    if not found:
        why = f"the selector {select!r} fits no link on the page"
        raise ReadError(document.origin, why, "The page may have changed: look at its source.")
    return found


def _found(tree: HtmlElement, base: str | None, document: Document) -> list[Card]:
    """The cards that look like articles; what stands in furniture only if nothing else does."""
    every = cards(tree, base, document.url)
    furniture = _Furniture(every)
    outside = _alike([card for card in every if not furniture.holds(card)], document)
    found = outside if len(outside) >= _FEWEST else _alike(every, document)
    if len(found) < _FEWEST:
        why = "no list of articles was found on the page"
        raise ReadError(document.origin, why, 'Name their links by a selector: links = "main h2 a"')
    return found


def _alike(every: Sequence[Card], document: Document) -> list[Card]:
    """The cards of the best shape, and those that are hardly worse."""
    shapes: dict[str, list[Card]] = defaultdict(list)
    for card in every:
        shapes[signature(card)].append(card)
    dated = {card.url for card in every if published(card, document.fetched)}
    worths = {card.url: _worth(card, document) + (card.url in dated) for card in every}
    means = {shape: fmean(worths[c.url] for c in group) for shape, group in shapes.items()}
    best = max(shapes, key=lambda s: means[s] * min(len(shapes[s]), _ENOUGH_ALIKE), default="")
    enough = max(_ENOUGH, _HARDLY_WORSE * means.get(best, 0.0))
    all_dated = all(card.url in dated for card in shapes.get(best, ()))
    return [
        card
        for card in every
        if (worths[card.url] + means[signature(card)]) / 2 >= enough
        and (card.url in dated or card.has_heading or not all_dated)
    ]


def _worth(card: Card, document: Document) -> float:
    is_elsewhere = urlsplit(card.url).hostname != urlsplit(document.url or "").hostname
    worth = worth_of_address(card.url) + worth_of_label(card.title)
    return worth + 1.5 * card.has_heading - 1.0 * is_elsewhere


class _Furniture:
    """The parts of a page that stand on all pages of its site."""

    def __init__(self, every: Sequence[Card]) -> None:
        self._counts = Counter(e for card in every for e in card.main.anchor.iterancestors())
        self._half = len(every) / 2
        self._known: dict[HtmlElement, bool] = {}

    def holds(self, card: Card) -> bool:
        return any(map(self._is, card.main.anchor.iterancestors()))

    def _is(self, element: HtmlElement) -> bool:
        if element not in self._known:
            self._known[element] = self._judge(element)
        return self._known[element]

    def _judge(self, element: HtmlElement) -> bool:
        if element.tag in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES:
            return True
        if element.tag == "header":
            return not any(e.tag in {"article", "main", "section"} for e in element.iterancestors())
        name = f"{element.get('class', '')} {element.get('id', '')}"
        named = _FURNITURE_NAMES.search(name) and not _WHOLE_NAMES.search(name)
        return bool(named) and self._counts[element] < self._half
