"""A proof: a message as it will go out, opened for checking.

It is opened by the standard library's parser and not by what wrote it, so that what the checks
see is what a mail program will.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element  # its only name for an element's type

from digest.text import shorten, squeeze

_CLIP = 60
#: Headers that rules of their own look at, as one does at bytes beyond ASCII.
_JUDGED = frozenset({"date", "from", "message-id"})
# Elements whose text nobody reads.
_SILENT = frozenset({"head", "style", "script", "title", "template", "noscript"})
_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)

Element: TypeAlias = _Element
_TEXTS = etree.XPath(".//text()")  # without comments, which ``itertext`` gives too


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
    #: Root of the HTML's tree; an empty document if there is none.
    root: Element
    #: Every element in document order; comments are none.
    elements: tuple[Element, ...]
    #: What the parser of the standard library had to overlook.
    defects: tuple[str, ...]

    def header(self, name: str) -> str:
        """A header's value in clear, on one line; empty if it is missing."""
        values = self.header_values(name)
        return squeeze(_decoded(values[0])) if values else ""

    def header_values(self, name: str) -> list[str]:
        """All values of a header, as they stand there."""
        return [value for it, value in self.headers if it.lower() == name.lower()]


def open_proof(raw: bytes) -> Proof:
    """The proof of a message of RFC 5322. Whatever is wrong with it is for the checks to say."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    headers = tuple((name, str(value)) for name, value in message.raw_items())
    html, text = _part(message, "html"), _part(message, "plain")
    root = _tree(html or "")
    return Proof(
        raw=raw,
        message=message,
        headers=headers,
        html=html,
        text=text,
        root=root,
        elements=tuple(root.iter(etree.Element)),
        defects=tuple(dict.fromkeys(_defects(message))),
    )


def place(element: Element) -> str:
    """An element in a few words: its tag with what names it, and the words in it."""
    names = ("class", "href", "src", "id")
    found = [f' {name}="{shorten(v, _CLIP)}"' for name in names if (v := element.get(name))]
    words = shorten(words_of(element), _CLIP)
    return f"<{element.tag}{''.join(found[:1])}>" + (f" “{words}”" if words else "")


def words_of(element: Element) -> str:
    """The words within an element, on one line."""
    return squeeze(" ".join(_TEXTS(element)))


def is_hidden(element: Element) -> bool:
    """Whether nobody sees an element because of what stands in it or around it."""
    while element is not None:
        if element.tag in _SILENT or _NONE.search(element.get("style", "")):
            return True
        element = element.getparent()
    return False


def inherited(element: Element, attribute: str) -> str:
    """An attribute as it holds for an element: its own or that of what is around it."""
    while element is not None:
        if (value := element.get(attribute)) is not None:
            return str(value)
        element = element.getparent()
    return ""


def _defects(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        for defect in part.defects:
            yield str(defect) or type(defect).__name__
    for name, value in message.raw_items():
        if name.lower() in _JUDGED or not str(value).isascii():
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
