"""A front page's links, each with the piece of the page that is about it: its card.

    anchors -> links without doubles -> cards

A front page links one article two or three times, by its picture, its headline and a "read more".
The card is the largest element around them that leads to no other article; the date, the teaser
and the picture stand in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from digest.read.dates import parse_date
from digest.read.feed import words
from digest.read.feed.links import absolute, canonical
from digest.read.feed.teaser import says_more
from digest.text import words as words_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: Tags of headlines.
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_NO_ARTICLE = -3.0
_MOST_LINKS, _MOST_DOUBLES = 5_000, 8
_HIGHEST, _HEADING_NEAR = 7, 3
_BLOCKS = frozenset(("p", "li", "td", "th", "dd", "dt", "div", "article", "section", *HEADINGS))
# Words before a link in its paragraph; more than a date or a kicker have.
_WORDS_BEFORE, _FEW_BEFORE, _ENOUGH_PROSE = 5, 4, 500
_EDGES = frozenset(("body", "main", "html"))
# An anchor around a whole card holds more than its headline.
_LONGEST_LABEL = 200
_NAMED_TITLE = re.compile(
    r"(?:^|[\s_-])(?:title|ttl|headline|heading|hed)(?:$|[\s_-])", re.IGNORECASE
)
_DIGIT, _LONGEST_DATE = re.compile(r"\d"), 60
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

# Parts of addresses below which there are lists and services, and those that are one themselves.
_LISTS = re.compile(
    r"(?:tags?|categor\w*|kategorie\w*|rubri\w*|authors?|autor\w*|users?|profiles?|page|seite|search"
    r"|suche|log-?in|sign-?in|sign-?up|register|account|konto|cart|subscri\w*|feeds?|rss)(?:[._-]|\Z)",
    re.IGNORECASE,
)
_SERVICES = re.compile(
    r"(?:topics?|themen|abo|shop|newsletters?|about|ueber|contacts?|kontakt|imprint|impressum"
    r"|privacy|datenschutz|terms|agb|cookies?|legal|help|hilfe|faq|jobs|careers|advertis\w*|archives?"
    r"|archiv|sitemap|accessibility|donate|events?)(?:[._-]|\Z)",
    re.IGNORECASE,
)
_DAY_IN_PATH = re.compile(r"/(?:19|20)\d\d/?[-/]?(?:[01]?\d|[a-z]{3})(?:/|-|\Z)")
_NUMBERED = re.compile(r"\d{4,}|[?&]\w*id=\d+|/\d+/?\Z")
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|xml|rss|atom|json|css|js)\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Link:
    """One anchor of a page."""

    anchor: HtmlElement
    url: str
    label: str


@dataclass(frozen=True)
class Card:
    """All anchors of a page that lead to one address, and the element that is about it."""

    links: Sequence[Link]
    element: HtmlElement

    @property
    def url(self) -> str:
        return self.links[0].url

    @cached_property
    def main(self) -> Link:
        """The anchor of the headline."""
        return _main(self.links)

    @cached_property
    def title(self) -> str:
        """The headline: of a heading, else the longest label, else of a picture."""
        heading = _heading(self.main)
        if heading is not None:
            return _label(heading)
        if _weight(self.main.label) > 0 and len(self.main.label) <= _LONGEST_LABEL:
            return self.main.label
        inside = (e for e in self.element.iter() if _is_title(e))
        return next(filter(None, map(_label, inside)), "") or _spoken(self.links)

    @cached_property
    def has_heading(self) -> bool:
        return _heading(self.main) is not None or any(map(_is_title, self.element.iter()))


def cards(tree: HtmlElement, base: str | None, page: str | None) -> list[Card]:
    """The links of a page that may lead to articles, in its order, in their cards."""
    by_url: dict[str, list[Link]] = defaultdict(list)
    for link in links_in(tree, base, page):
        if not _is_in_prose(link.anchor):
            by_url[link.url].append(link)
    likely = [links[:_MOST_DOUBLES] for url, links in by_url.items() if _is_likely(url, links)]
    owners = _owners([link for links in likely for link in links])
    return [Card(links, _card(links, owners)) for links in likely]


def worth_of_address(url: str) -> float:
    """How much an address looks like that of an article; below 0 like that of a list.

    A headline of five words weighs 2; what else speaks for an article is weighed against that.
    """
    parts = urlsplit(url)
    segments = [unquote(part) for part in parts.path.split("/") if part]
    last = segments[-1].rpartition(".")[0] or segments[-1] if segments else ""
    if any(map(_LISTS.match, segments)) or _SERVICES.match(last):
        return _NO_ARTICLE
    worth = 1.5 * (len(re.findall(r"[^\W_]{2,}", last)) >= 3)
    worth += 1.5 * bool(_DAY_IN_PATH.search(parts.path))
    worth += 1.0 * bool(_NUMBERED.search(url))
    worth += 0.5 * (len(last) >= 25 or last != (segments or [""])[-1])
    return worth or (-1.5 if len(segments) < 2 and not parts.query else 0.0)


def worth_of_label(label: str) -> float:
    """How much a link's text looks like a headline."""
    count = _weight(label)
    return 2.0 if count >= 5 else 1.5 if count >= 4 else count - 2.5


def _weight(label: str) -> float:
    """Words of a label; two characters make one in a script without blanks."""
    if says_more(label):
        return 0.0
    dense = len(_UNSPACED.findall(label))
    return dense / 2 + len(words_of(_UNSPACED.sub(" ", label)))


def links_in(element: HtmlElement, base: str | None, page: str | None) -> Iterator[Link]:
    """The links of an element, which may be one itself, away from ``page``."""
    here = canonical(page) if page else None
    for anchor in islice(element.iter("a"), _MOST_LINKS):
        url = absolute(anchor.get("href"), base)
        if url and url != here and not _NO_PAGE.search(urlsplit(url).path):
            yield Link(anchor, url, _label(anchor))


def _label(element: HtmlElement) -> str:
    """The words of an element, without a date that stands among them."""
    return words.title(" ".join(text for text in element.itertext() if not _is_date(text)))


def _is_date(text: str) -> bool:
    return bool(_DIGIT.search(text[:_LONGEST_DATE])) and parse_date(text) is not None


def _is_likely(url: str, links: Sequence[Link]) -> bool:
    best = max(worth_of_label(link.label) for link in links)
    worth = worth_of_address(url)
    more = worth >= 0 and any(says_more(link.label) for link in links)
    return worth > _NO_ARTICLE and (more or best >= 1.5 or worth >= 1.5 or best + worth >= 0)


def _is_in_prose(anchor: HtmlElement) -> bool:
    """Whether an anchor stands in the midst of a sentence."""
    before, element = "", anchor
    while element.tag not in _BLOCKS:
        for sibling in islice(element.itersiblings(preceding=True), _FEW_BEFORE):
            before = f"{''.join(sibling.itertext())[:_ENOUGH_PROSE]} {sibling.tail or ''} {before}"
        element = element.getparent()
        if element is None:
            return False
        before = f"{element.text or ''} {before}"
    return element.tag == "p" and len(words_of(before[-_ENOUGH_PROSE:])) > _WORDS_BEFORE


def _owners(links: Sequence[Link]) -> dict[HtmlElement, str | None]:
    """The address that each element around these links leads to; None where it is several."""
    owners: dict[HtmlElement, str | None] = {}
    for link in links:
        for element in (link.anchor, *link.anchor.iterancestors()):
            if owners.setdefault(element, link.url) != link.url:
                owners[element] = None
    return owners


def _card(links: Sequence[Link], owners: dict[HtmlElement, str | None]) -> HtmlElement:
    card = _main(links).anchor
    for _ in range(_HIGHEST):
        parent = card.getparent()
        if parent is None or parent.tag in _EDGES or owners.get(parent) != links[0].url:
            break
        card = parent
    return card


def _main(links: Sequence[Link]) -> Link:
    return max(links, key=lambda link: (_heading(link) is not None, _weight(link.label)))


def _heading(link: Link) -> HtmlElement | None:
    """The heading that an anchor stands in, or that stands in it."""
    inside = next(link.anchor.iter(*HEADINGS), None)
    if inside is not None:
        return inside
    around = list(link.anchor.iterancestors())[:_HEADING_NEAR]
    near = next((e for e in around if e.tag in HEADINGS), None)
    # A heading with several links, such as a kicker and a headline, is not the headline alone.
    return link.anchor if near is not None and len(list(near.iter("a"))) > 1 else near


def _is_title(element: HtmlElement) -> bool:
    return element.tag in HEADINGS or bool(_NAMED_TITLE.search(element.get("class", "")))


def _spoken(links: Sequence[Link]) -> str:
    """What the links tell those who cannot see their picture."""
    claims = (
        words.title(claim)
        for link in links
        for claim in (
            link.anchor.get("aria-label", ""),
            link.anchor.get("title", ""),
            *(image.get("alt", "") for image in link.anchor.iter("img")),
        )
    )
    return max(claims, key=_weight, default="")


def signature(card: Card) -> str:
    """The shape of the page around a headline: the same for all of one list."""
    around = (card.main.anchor, *card.main.anchor.iterancestors())
    return "<".join(_shape(element) for element, _ in zip(around, range(4), strict=False))


def _shape(element: HtmlElement) -> str:
    first = (element.get("class", "").split() or [""])[0]
    return f"{element.tag}.{re.sub(r'[0-9]+', '#', first)}"
