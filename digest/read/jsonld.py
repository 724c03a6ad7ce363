"""What a page says about itself in JSON-LD (schema.org), as forgiving as pages are sloppy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST, _SCRIPTS, _MOST_NODES = 1_000_000, 30, 2_000
_TRAILING_COMMA = re.compile(r",(?=\s{0,99}[}\]])")
_WRAPPING = re.compile(
    r"\A(?:<!--|//\s{0,9}<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://\s{0,9})?\]\]>)[\s;]{0,9}\Z"
)
_KINDS = frozenset(("BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting"))

#: What JSON can hold. Any: every use is behind an isinstance.
Json = Any
Node = dict[str, Json]


def nodes(tree: HtmlElement) -> list[Node]:
    """Every object in the page's JSON-LD, outermost first; what cannot be parsed is left out."""
    scripts = tree.xpath("//script[contains(@type, 'ld+json')]")[:_SCRIPTS]
    waiting = [_parse(script.text or "") for script in scripts]
    found: list[Node] = []
    for value in waiting:  # it grows while it is read: breadth first, and no recursion
        if isinstance(value, dict):
            found.append(value)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        if len(waiting) > _MOST_NODES:
            break
    return found


def _parse(text: str) -> Json:
    text = _WRAPPING.sub("", text[:_LONGEST].strip()).strip()
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.JSONDecoder(strict=False).raw_decode(attempt)[0]
        except (ValueError, RecursionError):
            continue
    return None


def is_article(node: Node) -> bool:
    return any(kind.endswith("Article") or kind in _KINDS for kind in kinds(node))


def headline(node: Node) -> str:
    return next(strings(node.get("headline") or node.get("name")), "")


def kinds(node: Node) -> Iterator[str]:
    """The node's types without the vocabulary's address."""
    for kind in strings(node.get("@type")):
        yield kind.rsplit("/", 1)[-1]


def strings(value: Json) -> Iterator[str]:
    """The strings in a value that may be one or a list."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each.strip():
            yield unescape(each).strip()


def names(value: Json, graph: list[Node]) -> Iterator[str]:
    """The names of persons or organisations: strings, objects, or references to objects."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            referred = each if "name" in each else _referred(each, graph)
            yield from strings(referred.get("name"))
        else:
            yield from strings(each)


def _referred(node: Node, graph: list[Node]) -> Node:
    """The node that another one refers to by its ``@id``."""
    same = (each for each in graph if "name" in each and each.get("@id") == node.get("@id"))
    return next(same, {}) if "@id" in node else {}


def images(value: Json) -> Iterator[tuple[str, str | None, str | None]]:
    """Address, width and height of images: strings, or objects with a ``url``."""
    for each in value if isinstance(value, list) else [value]:
        node = each if isinstance(each, dict) else {"url": each}
        for url in strings(node.get("url") or node.get("contentUrl")):
            yield url, _number(node.get("width")), _number(node.get("height"))


def _number(value: Json) -> str | None:
    value = value.get("value") if isinstance(value, dict) else value
    return str(value) if isinstance(value, str | int | float) else None
