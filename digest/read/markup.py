"""HTML to a tree, whatever somebody wrote: the one place that calls the parser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The parser stops reading at 255 levels; real pages stay below 60.
_DEEPEST = 150
_TOO_DEEP = f"boolean({'/*' * _DEEPEST})"
# Beyond these a page is no article, and extractors take the square of the time.
_LARGEST, _MOST_TAGS = 4_000_000, 60_000

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "wbr")
)
# What the parser closes by itself where these begin, so that it does not pile up.
_CLOSES = {
    "li": {"li", "p"},
    "dt": {"dt", "dd", "p"},
    "dd": {"dt", "dd", "p"},
    "td": {"td", "th", "p"},
    "th": {"td", "th", "p"},
    "tr": {"td", "th", "tr", "p"},
    "option": {"option"},
} | {name: {"p"} for name in ("p", "div", "ul", "ol", "table", "section", "h2", "h3", "blockquote")}
_FEED = re.compile(
    r"\s{0,99}(?:<[?!][^>]{0,999}>\s{0,99}){0,9}<(?:rss|rdf:rdf|feed)[\s>]", re.IGNORECASE
)
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)(?![\w-])", re.IGNORECASE
)
_MAYBE_UNSEEN = "body//*[self::template or self::noscript or @hidden or @style]"
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]{0,40})[^>]*>")
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "textarea")}


def is_feed(text: str) -> bool:
    """Whether it is a feed in XML, which the parser of pages would make words of."""
    return bool(_FEED.match(text))


def parse(html: str) -> HtmlElement | None:
    """The tree of a page; None if there is none in it."""
    from lxml import etree
    from lxml.html import HtmlElement, document_fromstring

    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    # One class for all elements, which lxml need not ask Python for each time it meets one.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    html = html[:_LARGEST]
    if html.count("<") > _MOST_TAGS:
        html = "<".join(html.split("<", _MOST_TAGS)[:_MOST_TAGS])
    try:
        # As bytes: with a str, lxml objects to pages that declare an encoding.
        tree = document_fromstring(html.encode("utf-8", "ignore"), parser=parser)
        if tree.xpath(_TOO_DEEP):
            flat = flatten(html)
            tree = document_fromstring(flat.encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    # Often most of the page, and copied with the tree by each extractor.
    etree.strip_elements(tree, "style", "iframe", with_tail=False)
    for unseen in tree.xpath("//script[not(contains(@type, 'ld+json'))]|//svg[not(.//p)]"):
        unseen.drop_tree()
    return tree


def cut_unseen(tree: HtmlElement) -> None:
    """Take out what no reader of the page sees; its facts may be among that, so read them before.

    A page, or most of it, may be hidden until its script has run: that is read.
    """
    from lxml import etree

    etree.strip_elements(tree, "script", with_tail=False)
    most = len(etree.tostring(tree, method="text", encoding="unicode")) / 2
    for element in tree.xpath(_MAYBE_UNSEEN):
        if _is_unseen(element) and element.xpath("string-length()") < most:
            element.drop_tree()


def _is_unseen(element: HtmlElement) -> bool:
    hidden = element.tag in {"template", "noscript"} or element.get("hidden") is not None
    return hidden or bool(_HIDDEN.search(element.get("style", "")))


def flatten(html: str) -> str:
    """``html`` without the tags that nest deeper than the parser reads; their text stays.

    One pass over the tags: the time is linear, whatever is left open.
    """
    kept: list[str] = []
    copied = 0
    nesting = _Nesting()
    for tag in _tags(html):
        if not nesting.keeps(tag["name"].lower(), closing=bool(tag["close"])):
            kept.append(html[copied : tag.start()])
            copied = tag.end()
    return "".join((*kept, html[copied:]))


def _tags(html: str) -> Iterator[re.Match[str]]:
    """The tags outside comments, scripts and styles."""
    position = html.find("<")
    end = html.rfind(">")  # behind it, looking for the end of a tag would start over and over
    while -1 < position < end:
        if html.startswith("<!--", position):
            position = html.find("-->", position)
            if position < 0:
                return
        elif tag := _TAG.match(html, position):
            yield tag
            position = tag.end()
            raw = None if tag["close"] else _RAW.get(tag["name"].lower())
            if raw:
                close = raw.search(html, position)
                if not close:
                    return
                position = close.start()
        else:
            position += 1
        position = html.find("<", position)


class _Nesting:
    """The elements that are open, and which of them were dropped."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []
        self._counts: Counter[str] = Counter()
        self._depth = 0

    def keeps(self, name: str, *, closing: bool) -> bool:
        if name in _VOID:
            return True
        return self._close(name) if closing else self._enter(name)

    def _enter(self, name: str) -> bool:
        while self._open and self._open[-1][0] in _CLOSES.get(name, ()):
            self._close(self._open[-1][0])
        keep = self._depth < _DEEPEST
        self._open.append((name, keep))
        self._counts[name] += 1
        self._depth += keep
        return keep

    def _close(self, name: str) -> bool:
        """Close the last ``name`` and all that is open inside it."""
        last, keep = "", True
        while self._counts[name] and last != name:
            last, keep = self._open.pop()
            self._counts[last] -= 1
            self._depth -= keep
        return keep
