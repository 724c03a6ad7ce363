"""Lists of feeds as other readers keep them: OPML 1.0 and 2.0 (http://opml.org/spec2.opml).

What stands inside an outline without an address belongs to the section of its name; the names of
sections inside each other are joined by a stroke, and parted again when written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.errors import ReadError
from digest.model import Document
from digest.read.feed.links import address
from digest.read.feed.trees import local, parse_xml
from digest.text import squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTS = "/"
_DEEPEST, _MOST = 20, 10_000
#: What an outline's type says of its address; every other type is of a feed.
_KINDS = {"link": "page", "page": "page", "sitemap": "sitemap", "article": "article"}
_TYPES = {"feed": "rss", "page": "link"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One source of a list."""

    title: str
    #: Address of the feed, or of what ``kind`` says.
    feed_url: str
    #: The site it belongs to.
    site_url: str | None = None
    #: ``World/Europe`` for a list inside a list.
    section: str | None = None
    #: ``feed``, ``page``, ``sitemap`` or ``article``.
    kind: str = "feed"


def read_opml(data: bytes, where: str) -> tuple[Outline, ...]:
    """The sources of an OPML file, in its order; outlines without an address are passed over.

    Raises `ReadError` naming ``where`` for what is no OPML.
    """
    epoch = datetime(1970, 1, 1, tzinfo=UTC)  # a file of this kind is read without a clock
    tree = parse_xml(Document(origin=where, data=data, media_type="text/x-opml", fetched=epoch))
    if not tree or local(tree.root.tag) != "opml":
        why = "is no OPML file"
        raise ReadError(where, why, "Export the list of feeds as OPML from your feed reader.")
    body = next((e for e in tree.root if isinstance(e.tag, str) and local(e.tag) == "body"), None)
    found = _outlines(body) if body is not None else ()
    return tuple(dict.fromkeys(found))


def write_opml(outlines: Iterable[Outline], title: str) -> bytes:
    """``outlines`` as OPML 2.0 in UTF-8, in the order given, sections nested."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = squeeze(title)
    folders: dict[tuple[str, ...], _Element] = {(): etree.SubElement(root, "body")}
    for outline in outlines:
        path = tuple(filter(None, map(squeeze, (outline.section or "").split(_PARTS))))
        for depth in range(1, len(path) + 1):
            if path[:depth] not in folders:
                folders[path[:depth]] = _folder(folders[path[: depth - 1]], path[depth - 1])
        etree.SubElement(folders[path], "outline", _attributes(outline))
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _folder(parent: _Element, name: str) -> _Element:
    from lxml import etree

    return etree.SubElement(parent, "outline", text=name, title=name)


def _attributes(outline: Outline) -> dict[str, str]:
    place = "xmlUrl" if outline.kind == "feed" else "url"
    attributes = {
        "type": _TYPES.get(outline.kind, outline.kind),
        "text": squeeze(outline.title),
        "title": squeeze(outline.title),
        place: outline.feed_url,
        "htmlUrl": outline.site_url,
    }
    return {name: value for name, value in attributes.items() if value}


def _outlines(body: _Element) -> Iterator[Outline]:
    """The outlines below ``body`` in order, by a stack: a file may nest as deep as it likes."""
    stack: list[tuple[_Element, tuple[str, ...]]] = [(body, ())]
    count = 0
    while stack and count < _MOST:
        element, path = stack.pop()
        facts = {local(name): value for name, value in element.attrib.items()}
        outline = _outline(facts, path)
        if outline:
            count += 1
            yield outline
        elif element is not body:
            path = (*path, _name(facts).replace(_PARTS, "-")) if len(path) < _DEEPEST else path
        inner = [e for e in element if isinstance(e.tag, str) and local(e.tag) == "outline"]
        stack.extend((child, path) for child in reversed(inner))


def _outline(facts: dict[str, str], path: tuple[str, ...]) -> Outline | None:
    kind = _KINDS.get(facts.get("type", "").lower(), "feed")
    claims = ("xmlurl",) if kind == "feed" else ("url", "htmlurl", "xmlurl")
    url = next(filter(None, (address(facts.get(claim)) for claim in claims)), None)
    if not url:
        return None
    return Outline(
        title=_name(facts) or url,
        feed_url=url,
        site_url=address(facts.get("htmlurl")),
        section=_PARTS.join(filter(None, path)) or None,
        kind=kind,
    )


def _name(facts: dict[str, str]) -> str:
    return squeeze(facts.get("text") or facts.get("title") or "")
