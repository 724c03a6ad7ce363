"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0: one reader, since publishers mix them freely.

An element is known by its name; of its namespace only that of the modules counts, so that the
title of an image or of an episode is not taken for the title of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from digest.read.feed.items import Channel, Item
from digest.read.feed.trees import local, markup, words
from digest.read.feed.words import from_plain

if TYPE_CHECKING:
    from lxml.etree import _Element

    Fields = dict[str, list[_Element]]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

# Parts of namespaces, which publishers write with and without "www" and a stroke at the end.
_MODULES = (
    ("purl.org/dc/", "dc:"),
    ("purl.org/rss/1.0/modules/content", "content:"),
    ("purl.org/rss/1.0/modules/", "module:"),
    ("search.yahoo.com/mrss", "media:"),
    ("itunes.com/dtds/podcast", "itunes:"),
    ("rssnamespace.org/feedburner", "feedburner:"),
    ("w3.org/1999/xhtml", "xhtml:"),
    ("w3.org/2005/Atom", ""),
    ("purl.org/atom/ns", ""),
    ("purl.org/rss/1.0/", ""),
    ("netscape.com/rdf/simple", ""),
    ("backend.userland.com/rss", ""),
    ("22-rdf-syntax-ns", ""),
)
_CORE_PREFIXES = frozenset(("rss", "atom", "rdf"))

_TITLES = ("title", "media:title", "dc:title", "itunes:title")
_BODIES = ("content:encoded", "content", "xhtml:body", "xhtml:div")
_TEASERS = ("description", "summary", "dc:description", "media:description", "itunes:summary")
_PUBLISHED = ("pubdate", "published", "issued", "dc:issued", "dc:date", "created", "dc:created")
_UPDATED = ("updated", "modified", "dc:modified", "lastbuilddate")
_KEYWORDS = ("media:keywords", "itunes:keywords")

_IS_ADDRESS = re.compile(r"\s*https?://", re.IGNORECASE)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif)(?:\?|\Z)", re.IGNORECASE)
_PLAIN = frozenset(("text", "text/plain"))


def is_feed(root: _Element) -> bool:
    return local(root.tag) in {"rss", "feed", "rdf", "channel"}


def read_tree(root: _Element) -> Channel:
    """The channel of a feed in XML."""
    home = root.tag.partition("}")[0] if "}" in root.tag else ""
    channel = next((e for e in root if isinstance(e.tag, str) and local(e.tag) == "channel"), root)
    fields = _fields(channel, home)
    return Channel(
        dialect=_dialect(root),
        title=_first(fields, "title", "dc:title"),
        site=next(_links(fields, channel), None),
        base=channel.get(_BASE) or root.get(_BASE),
        language=channel.get(_LANG) or root.get(_LANG) or _first(fields, "language", "dc:language"),
        # In Atom they are the entries' own (RFC 4287, 4.1.1); in RSS they run the channel.
        authors=tuple(_authors(fields)) if local(root.tag) == "feed" else (),
        items=map(partial(_item, home=home), _entries(root, home)),
    )


def _dialect(root: _Element) -> str:
    name, version = local(root.tag), root.get("version", "")
    if name == "feed":
        return "Atom 0.3" if "purl.org/atom/ns" in root.tag or version == "0.3" else "Atom 1.0"
    if name == "rdf":
        is_old = "netscape.com" in " ".join(filter(None, root.nsmap.values()))
        return "RSS 0.90" if is_old else "RSS 1.0"
    return f"RSS {version}" if re.fullmatch(r"[\d.]{1,5}", version) else "RSS"


def _entries(root: _Element, home: str) -> Iterator[_Element]:
    quick = root.iter("{*}item", "{*}entry")
    first = next(quick, None)
    if first is not None:
        found: Iterable[_Element] = chain((first,), quick)
    else:
        found = (e for e in root.iter() if isinstance(e.tag, str))
    return (e for e in found if field(e.tag, home) in {"item", "entry"})


def _item(entry: _Element, home: str) -> Item:
    fields = _fields(entry, home)
    return Item(
        id=_first(fields, "guid", "id", "dc:identifier") or entry.get(_ABOUT, ""),
        links=tuple(_links(fields, entry)),
        base=entry.get(_BASE),
        title=_first(fields, *_TITLES),
        teaser=_html(fields, *_TEASERS),
        body=_html(fields, *_BODIES),
        authors=tuple(_authors(fields)),
        published=tuple(_all(fields, *_PUBLISHED)),
        updated=tuple(_all(fields, *_UPDATED)),
        language=entry.get(_LANG) or _first(fields, "dc:language", "language"),
        images=tuple(_images(fields)),
        tags=tuple(_tags(fields)),
    )


def _fields(element: _Element, home: str) -> Fields:
    """The children of ``element`` by what they are."""
    fields: Fields = {}
    for child in element:
        if isinstance(child.tag, str):
            name = field(child.tag, home)
            if name == "media:group":
                for inner, found in _fields(child, home).items():
                    fields.setdefault(inner, []).extend(found)
            else:
                fields.setdefault(name, []).append(child)
    return fields


@lru_cache(maxsize=4096)
def field(tag: str, home: str) -> str:
    """A tag's name in lower case, with the prefix of its module as everybody writes it.

    ``home`` is the namespace of the root, with its opening brace; it counts as the feed's own.
    """
    namespace, _, name = tag.rpartition("}")
    prefix, _, rest = name.lower().rpartition(":")
    if not namespace or namespace == home:
        return rest if not prefix or prefix in _CORE_PREFIXES else f"{prefix}:{rest}"
    known = (module for part, module in _MODULES if part in namespace)
    return next(known, "other:") + rest


def _all(fields: Fields, *names: str) -> Iterator[str]:
    for name in names:
        for element in fields.get(name, ()):
            if text := words(element).strip():
                yield text


def _first(fields: Fields, *names: str) -> str:
    return next(_all(fields, *names), "")


def _html(fields: Fields, *names: str) -> str:
    """The first of the fields that has anything in it, as a piece of HTML."""
    for name in names:
        for element in fields.get(name, ()):
            if text := _inside(element).strip():
                return text
    return ""


def _inside(element: _Element) -> str:
    if any(isinstance(child.tag, str) for child in element):
        return markup(element)
    text = words(element)
    return from_plain(text) if element.get("type", "").lower() in _PLAIN else text


def _links(fields: Fields, element: _Element) -> Iterator[str]:
    """Addresses that may be the article's own, best first."""
    yield from _all(fields, "feedburner:origlink")
    links = fields.get("link", ())
    alternate = [e for e in links if e.get("href") and e.get("rel", "alternate") == "alternate"]
    yield from (e.get("href") for e in sorted(alternate, key=_is_no_page))
    yield from filter(None, (words(link).strip() for link in links))
    named = (e for e in fields.get("guid", ()) if e.get("isPermaLink", "").lower() != "false")
    ids = chain(named, fields.get("id", ()))
    claims = chain(map(words, ids), (element.get(_ABOUT, ""),))
    yield from filter(_IS_ADDRESS.match, claims)


def _is_no_page(link: _Element) -> bool:
    return "html" not in link.get("type", "html")


def _authors(fields: Fields) -> Iterator[str]:
    for author in fields.get("author", ()):
        names = [e for e in author if isinstance(e.tag, str) and local(e.tag) == "name"]
        yield from map(words, names or [author])
    yield from _all(fields, "dc:creator")
    if not fields.keys() & {"author", "dc:creator"}:
        yield from _all(fields, "itunes:author")


def _images(fields: Fields) -> Iterator[str]:
    pictures = (e for e in fields.get("media:content", ()) if _is_picture(e))
    yield from (e.get("url", "") for e in sorted(pictures, key=_width, reverse=True))
    inner = (t for e in fields.get("media:content", ()) for t in e if isinstance(t.tag, str))
    thumbnails = chain(fields.get("media:thumbnail", ()), inner)
    yield from (e.get("url", "") for e in thumbnails if local(e.tag) == "thumbnail")
    yield from (e.get("url", "") for e in fields.get("enclosure", ()) if _is_picture(e))
    enclosed = (e for e in fields.get("link", ()) if e.get("rel") == "enclosure")
    yield from (e.get("href", "") for e in enclosed if _is_picture(e))
    yield from (e.get("href", "") for e in fields.get("itunes:image", ()))


def _is_picture(element: _Element) -> bool:
    kind = element.get("medium") or element.get("type", "")
    return kind.startswith("image") or (
        not kind and bool(_PICTURE_FILE.search(element.get("url", "")))
    )


def _width(element: _Element) -> int:
    width = element.get("width", "")
    return int(width) if re.fullmatch(r"[0-9]{1,5}", width) else 0


def _tags(fields: Fields) -> Iterator[str]:
    for category in fields.get("category", ()):
        yield category.get("label") or category.get("term") or words(category)
    yield from _all(fields, "dc:subject")
    for keywords in _all(fields, *_KEYWORDS):
        yield from keywords.split(",")
