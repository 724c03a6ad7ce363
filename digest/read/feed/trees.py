"""XML to a tree: safe with what attackers send, and patient with what publishers send.

An external entity or document type is answered with nothing. That takes a resolver: libxml2 is
told not to resolve entities, yet it opens the file that a *parameter* entity names, and puts what
that file declares into attributes. Entities in text stay nodes of the tree, and libxml2's own
limit stops those in attributes that grow without end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5
from typing import TYPE_CHECKING

from digest.errors import ReadError
from digest.model import Document
from digest.read.encoding import decode

if TYPE_CHECKING:
    from lxml.etree import _Element, _LogEntry

_XML_START = re.compile(
    rb"<\?xml\b|<!DOCTYPE\s|<(?:\w{1,20}:)?(?:rss|feed|rdf|urlset|sitemapindex|opml)\b",
    re.IGNORECASE,
)
_HEAD = 16_384
_ENTITY = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)([A-Za-z]\w{0,31};)?"
)
_NAMED = re.compile(r"&[A-Za-z]\w{0,31};")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}));")
_STRAY_LESS_THAN = re.compile(r"<(?![A-Za-z_/!?:])")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[\]]{0,1000}(?:\[[^\]]*\]\s*)?>")
_BARE_ATTRIBUTE = re.compile(r"(<(?:rss|feed)\b[^<>]{0,300}?\s[\w:]{1,40}=)([^\s\"'<>=]{1,100})")
_NAMESPACE = re.compile(r'(?<=\w|") xmlns(?::\w{1,20})?="[^"<>]*"')
_PREFIX = re.compile(r"(?<=<)[\w-]{1,20}:(?=\w)|(?<=</)[\w-]{1,20}:(?=\w)")
_WRITTEN_DEEP, _LONG_ENTITY = re.compile(r"&[A-Za-z_]"), 1000


@dataclass(frozen=True, slots=True)
class Tree:
    """The root of a parsed document, and whether it is well-formed."""

    root: _Element
    sound: bool


def parse_xml(document: Document) -> Tree | None:
    """The tree of an XML document; None if there is none in it.

    Text before the document is passed over. Faults are mended as far as can be: in what order,
    see `mend`. Raises `ReadError` for data that is empty or binary, and for entities that are
    made to attack.
    """
    tree = _parse(_from_start(document.data), document.origin)
    if tree and tree.sound:
        return tree
    del tree  # a large one takes as much memory as all the rest
    mended = mend(decode(document.data, document.charset, where=document.origin))
    return _parse(_from_start(mended.encode("utf-8", "replace")), document.origin)


def mend(text: str) -> str:
    """``text`` without the commonest faults of feeds.

    Entities that only HTML has, references to no character, ampersands and less-than signs that
    were not escaped, attributes of the root without quotes, an entry that the end of the data cuts.
    """
    text = _DOCTYPE.sub("", text, count=1)
    text = _joined(_REFERENCE.sub(_mended_reference, text))
    text = _ENTITY.sub(_mended_entity, text)
    text = _STRAY_LESS_THAN.sub("&lt;", text)
    return _BARE_ATTRIBUTE.sub(r'\1"\2"', _without_torn_entry(text))


def words(element: _Element) -> str:
    """All text inside ``element``, its entities resolved as HTML does."""
    if not len(element):
        return element.text or ""
    return "".join(
        html5.get(piece[1:], "") if _NAMED.fullmatch(piece) else piece
        for piece in element.itertext()
    )


def markup(element: _Element) -> str:
    """What is inside ``element`` as a piece of HTML, its prefixes of namespaces taken off."""
    from lxml import etree

    inside = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return (element.text or "") + _PREFIX.sub("", _NAMESPACE.sub("", "".join(inside)))


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """The name of a tag in lower case, without its namespace or prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _from_start(data: bytes) -> bytes:
    start = _XML_START.search(data[:_HEAD])
    return data[start.start() :] if start else data


def _parse(data: bytes, where: str) -> Tree | None:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, collect_ids=False
    )
    parser.resolvers.add(_nothing())
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    _refuse_attacks(root, where)
    return Tree(root, all(map(_is_small, parser.error_log)))


def _is_small(fault: _LogEntry) -> bool:
    """A warning, or a prefix that nobody declared: the tree is whole all the same."""
    return bool(fault.level_name == "WARNING" or fault.domain_name == "NAMESPACE")


@lru_cache(maxsize=1)
def _nothing() -> object:
    from lxml import etree

    class Nothing(etree.Resolver):  # type: ignore[misc]  # lxml has no types
        """Answers every request for something from outside with nothing."""

        def resolve(self, _url: str, _public_id: str, context: object) -> object:
            return self.resolve_string("<!-- -->", context)

    return Nothing()


def _refuse_attacks(root: _Element, where: str) -> None:
    """Entities that name files or addresses, or that are built of others, are no publisher's."""
    declared = root.getroottree().docinfo.internalDTD
    for entity in declared.iterentities() if declared is not None else ():
        if entity.system_url is not None:
            why = f"declares the entity {entity.name!r} that stands outside of the document"
            raise ReadError(where, why, "Nothing was fetched; ask who publishes it.")
        value = entity.orig or ""
        if _WRITTEN_DEEP.search(value) or len(value) > _LONG_ENTITY:
            why = f"declares the entity {entity.name!r} that could grow without end"
            raise ReadError(where, why, "Nothing was expanded; ask who publishes it.")


def _mended_reference(match: re.Match[str]) -> str:
    """Nothing for a control; halves of one character as such, for `_joined`."""
    code = int(match[1], 16) if match[1] else int(match[2])
    if 0xD800 <= code <= 0xDFFF:
        return chr(code)
    is_character = code in {9, 10, 13} or (32 <= code <= 0x10FFFF and code & 0xFFFE != 0xFFFE)
    return match[0] if is_character else ""


def _joined(text: str) -> str:
    """``text`` with the two halves of a character made one, and a lone half dropped."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _mended_entity(match: re.Match[str]) -> str:
    character = html5.get(match[1]) if match[1] else None
    if not character:
        return "&amp;" + (match[1] or "")
    return "".join(f"&#{ord(letter)};" for letter in character)


def _without_torn_entry(text: str) -> str:
    """Half an entry at the end is none: it comes whole with the next look."""
    for name in ("item", "entry"):
        last, closed = text.rfind(f"<{name}"), text.rfind(f"</{name}")
        if last > closed > -1:
            return text[:last]
    return text
