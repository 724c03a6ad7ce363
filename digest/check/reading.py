"""How much of a message is read: what no server or mail program would take is left out, and told.

So that a check of whatever stands in a file ends, and soon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import EmailPolicy
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml.etree import _Element  # its only name for an element's type

#: Octets and lines of a message. Postfix takes no more octets unless it is told to.
_MESSAGE, _LINES = 10_240_000, 250_000
#: Lines that may begin a part, and parts that hold parts.
_PARTS, _NESTS = 1_000, 10
_COUNTED = (
    (re.compile(rb"\n"), _LINES, "lines"),
    (re.compile(rb"^--[^>\r\n]", re.MULTILINE), _PARTS, "parts"),
    (
        re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE),
        _NESTS,
        "parts that hold parts",
    ),
)
#: Headers, and characters of one.
HEADERS, HEADER = 1_000, 8_192
#: Characters of HTML and of text: ten times what Gmail shows.
PART = 1_000_000
#: A tag of so many words is beyond libxml2, which takes the square of its attributes.
_WORDS = 4_000
_LONG_TAG = re.compile(rf"<[a-z](?:[^<>\s\"']*+[\s\"']++){{{_WORDS}}}", re.IGNORECASE)
#: Elements, and how many stand in each other: browsers and libxml2 give up at about so many.
ELEMENTS, _DEPTH = 20_000, 250
#: Characters of style sheets: twice what Gmail reads.
_STYLES = 32_768


if TYPE_CHECKING:
    _Policy = EmailPolicy[EmailMessage]
else:
    _Policy = EmailPolicy  # which takes no parameter when it runs


class Capped(_Policy):
    """A policy that does not take longer over a header than it is worth."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401  as the policy has it
        return super().header_fetch_parse(name, value[:HEADER])


def legible(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    """As much of a message as is read, and what stops it there."""
    ends = [(_MESSAGE, f"{_MESSAGE:,} bytes")] if len(raw) > _MESSAGE else []
    for pattern, most, what in _COUNTED:
        if beyond := next(islice(pattern.finditer(raw[:_MESSAGE]), most, None), None):
            ends.append((beyond.start(), f"{most:,} {what}"))
    if not ends:
        return raw, ()
    end, what = min(ends)
    return raw[:end], (f"what stands behind the first {what}",)


def long_headers(headers: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What is not read of the headers."""
    if len(headers) > HEADERS:
        yield f"headers behind the first {HEADERS:,}"
    for name, value in headers[:HEADERS]:
        if len(value) > HEADER:
            yield f"{name[:60]} behind its first {HEADER:,} characters"


def short(html: str) -> tuple[str, tuple[str, ...]]:
    """As much of HTML as is read, and what stops it there."""
    read, unread = html[:PART], []
    if len(html) > PART:
        unread.append(f"HTML behind its first {PART:,} characters")
    if tag := _LONG_TAG.search(read):
        read = read[: tag.start()]
        unread.append(f"a tag of more than {_WORDS:,} words, and what stands behind it")
    return read, tuple(unread)


def prune(root: _Element) -> tuple[tuple[_Element, ...], tuple[str, ...]]:
    """The elements that are read, in document order, and what is left out; cuts the tree there."""
    depths = {root: 0}
    unread: dict[str, None] = {}
    deep = []
    for element in islice(root.iterdescendants(etree.Element), ELEMENTS):
        depth = depths[element] = depths[element.getparent()] + 1
        if depth == _DEPTH:
            deep.append(element)
            unread[f"elements that stand in {_DEPTH} others"] = None
    if len(depths) > ELEMENTS:
        unread[f"elements behind the first {ELEMENTS:,}"] = None
        _cut_behind(next(reversed(depths)))
    for element in deep:
        del element[:]
    if _cut_styles(root):
        unread[f"style sheets behind the first {_STYLES:,} characters"] = None
    return tuple(root.iter(etree.Element)), tuple(unread)


def _cut_behind(last: _Element) -> None:
    """Remove what comes behind an element in the document."""
    del last[:]
    for node in (last, *last.iterancestors()):
        if (parent := node.getparent()) is not None:
            del parent[parent.index(node) + 1 :]


def _cut_styles(root: _Element) -> bool:
    """Whether a style sheet was too long."""
    left, is_cut = _STYLES, False
    for sheet in root.iter("style"):
        text = sheet.text or ""
        is_cut = is_cut or len(text) > left
        sheet.text = text[:left]
        left -= min(len(text), left)
    return is_cut
