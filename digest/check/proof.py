"""A proof: a message as it will go out, opened for checking.

It is opened by the standard library's parser and not by what wrote it, so that what the checks
see is what a mail program will.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import islice
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element  # its only name for an element's type

from digest.check.conditional import outlook_elements
from digest.check.reading import (
    ELEMENTS,
    HEADERS,
    PART,
    Capped,
    legible,
    long_headers,
    prune,
    short,
)
from digest.check.reading import HEADER as LONGEST
from digest.text import shorten, squeeze

_CLIP = 60
#: Headers that rules of their own look at, as one does at bytes beyond ASCII.
_JUDGED = frozenset({"date", "from", "message-id"})
# Elements whose text nobody reads.
_SILENT = frozenset({"head", "style", "script", "title", "template", "noscript"})
_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)

Element: TypeAlias = _Element
#: Pieces of text that name an element, and elements that are named in a finding.
_PIECES, _PLACES = 200, 100
_NESTED = "the parts: they stand in each other beyond reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A message and its parts."""

    raw: bytes
    message: EmailMessage
    #: Names and values of the headers as they stand there, folds and encoded words kept.
    headers: tuple[tuple[str, str], ...]
    #: The parts, decoded, with Unix line ends; None for one that is missing.
    html: str | None
    text: str | None
    #: Root of the HTML's tree, without comments; an empty document if there is none.
    root: Element
    #: Every element in document order.
    elements: tuple[Element, ...]
    #: Those that nobody sees because of what stands in them or around them.
    hidden: frozenset[Element]
    #: Bytes of all style sheets.
    styles: int
    #: The elements that only Outlook on Windows sees, see `digest.check.conditional`.
    outlook: tuple[Element, ...]
    #: What the parser of the standard library had to overlook.
    defects: tuple[str, ...]
    #: What is beyond any server or mail program, and was not read.
    unread: tuple[str, ...]
    #: Whether the message itself is read to its end.
    is_whole: bool

    def header(self, name: str) -> str:
        """A header's value in clear, on one line; empty if it is missing."""
        values = self.header_values(name)
        return squeeze(_decoded(values[0])) if values else ""

    def header_values(self, name: str) -> list[str]:
        """All values of a header, as they stand there."""
        return [value for it, value in self.headers if it.lower() == name.lower()]


def open_proof(raw: bytes) -> Proof:
    """The proof of a message of RFC 5322. Whatever is wrong with it is for the checks to say."""
    read, cut = legible(raw)
    message, html, text, defects, nested = _opened(read)
    headers = tuple((name, str(value)) for name, value in message.raw_items())
    markup, shortened = short(html or "")
    root = _tree(markup)
    styles = sum(len((sheet.text or "").encode()) for sheet in root.iter("style"))
    outlook = tuple(islice(outlook_elements(root), ELEMENTS))
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    elements, pruned = prune(root)
    if text and len(text) > PART:
        shortened = (*shortened, f"text behind its first {PART:,} characters")
    return Proof(
        raw=raw,
        message=message,
        headers=tuple((name, value[:LONGEST]) for name, value in headers[:HEADERS]),
        html=html,
        text=text,
        root=root,
        elements=elements,
        hidden=frozenset(_hidden(elements)),
        styles=styles,
        outlook=outlook,
        defects=() if cut or nested else defects,
        unread=(*cut, *nested, *long_headers(headers), *shortened, *pruned),
        is_whole=not (cut or nested),
    )


def _opened(
    raw: bytes,
) -> tuple[EmailMessage, str | None, str | None, tuple[str, ...], tuple[str, ...]]:
    """A message with its parts and defects, and what of it cannot be read."""
    parser = BytesParser(EmailMessage, policy=Capped())
    try:
        message = parser.parsebytes(raw)
        defects = tuple(dict.fromkeys(_defects(message)))
        return message, _part(message, "html"), _part(message, "plain"), defects, ()
    except RecursionError:
        return parser.parsebytes(raw, headersonly=True), None, None, (), (_NESTED,)


def place(element: Element) -> str:
    """An element in a few words: its tag with what names it, and the words in it."""
    names = ("class", "href", "src", "id")
    found = [f' {name}="{shorten(v, _CLIP)}"' for name in names if (v := element.get(name))]
    words = shorten(words_of(element), _CLIP)
    return f"<{element.tag}{''.join(found[:1])}>" + (f" “{words}”" if words else "")


def places(elements: Sequence[Element]) -> tuple[str, ...]:
    """Elements in a few words each, and how many there are beyond the first hundred."""
    more = len(elements) - _PLACES
    named = tuple(map(place, elements[:_PLACES]))
    return (*named, f"and {more:,} more") if more > 0 else named


def words_of(element: Element) -> str:
    """The words within an element, on one line; of very many the first."""
    return squeeze(" ".join(islice(element.itertext(), _PIECES)))


def all_words(element: Element) -> str:
    """Every word within an element, on one line."""
    return squeeze(" ".join(element.itertext()))


def _hidden(elements: Sequence[Element]) -> set[Element]:
    found: set[Element] = set()
    for element in elements:
        if (
            element.tag in _SILENT
            or element.getparent() in found
            or _NONE.search(element.get("style", ""))
        ):
            found.add(element)
    return found


def inherited(elements: Sequence[Element], attribute: str) -> dict[Element, str]:
    """An attribute as it holds for each element: its own or that of what is around it."""
    known: dict[Element, str] = {}
    for element in elements:
        own = element.get(attribute)
        known[element] = known.get(element.getparent(), "") if own is None else str(own)
    return known


def _defects(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        for defect in part.defects:
            yield str(defect) or type(defect).__name__
    for name, value in islice(message.raw_items(), HEADERS):
        if len(value) > LONGEST or name.lower() in _JUDGED or not str(value).isascii():
            continue
        try:
            parsed = message.policy.header_fetch_parse(name, value)
        except (ValueError, LookupError, TypeError, AttributeError):  # its own bugs
            yield f"{name} cannot be parsed"
        else:
            yield from (f"{name}: {defect}" for defect in getattr(parsed, "defects", ()))


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError, HeaderParseError):
        return value


def _part(message: EmailMessage, kind: str) -> str | None:
    found = message.get_body(preferencelist=(kind,))
    if not isinstance(found, EmailMessage):
        return None
    try:
        content = found.get_content()
    except (LookupError, ValueError):  # a charset that nobody knows: the headers' check says so
        content = bytes(found.get_payload(decode=True) or b"").decode("utf-8", "replace")
    return str(content).replace("\r\n", "\n")


def _tree(html: str) -> Element:
    # A declaration of encoding would be refused in what is decoded already; a lone NUL ends it.
    parser = etree.HTMLParser(encoding="utf-8")
    data = html.replace("\0", "").encode("utf-8", "replace")
    root = etree.fromstring(data, parser) if data.strip() else None
    return etree.Element("html") if root is None else root
