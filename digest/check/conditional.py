"""What only Outlook on Windows sees: the HTML and VML in its conditional comments.

    <!--[if mso]> ... <![endif]-->

MJML writes its tables for Outlook so, in pieces that open in one comment and close in another;
each piece is read on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element  # its only name for an element's type

_HEAD = "[if "
_TAIL = "<![endif]"
#: ``!mso`` is for everybody else.
_OUTLOOK = re.compile(r"(?<![!\w])mso\b", re.IGNORECASE)


def outlook_elements(root: _Element) -> tuple[_Element, ...]:
    """The elements in the comments that Outlook reads, in the order of the document."""
    return tuple(
        element
        for content in _contents(root)
        for element in _parsed(content).iter(etree.Element)
        if element.tag not in ("html", "head", "body")
    )


def _contents(root: _Element) -> Iterator[str]:
    for comment in root.iter(etree.Comment):
        text = (comment.text or "").lstrip()
        if text.startswith(_HEAD):
            condition, _, content = text.removeprefix(_HEAD).partition("]>")
            if _OUTLOOK.search(condition) and "<" in content:
                yield content.rpartition(_TAIL)[0] or content


def _parsed(content: str) -> _Element:
    parser = etree.HTMLParser(encoding="utf-8")
    root = etree.fromstring(f"<div>{content}</div>".encode("utf-8", "replace"), parser)
    return etree.Element("html") if root is None else root
