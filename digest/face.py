"""The library's face, over the wings' own functions.

data -> Article -> Summary; Issue -> Edition
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from digest.model import Article, Document, Edition, Issue
from digest.read import Line
from digest.read import explain as explain_document
from digest.read import read as read_document
from digest.render import render as render_issue
from digest.shipped import shipped
from digest.summary import quotes, summarize

__all__ = ["explain", "quotes", "read", "render", "summarize"]


def read(
    data: Document | bytes | str, *, media_type: str | None = None, url: str | None = None
) -> Article:
    """The article in ``data``: a text, a page, Markdown or a mail.

    Without a ``media_type`` a page and front matter are told by how they begin. ``url`` is where
    the data came from; a canonical address in the data itself goes before. Raises
    `digest.errors.ReadError` if there is no article in it.
    """
    return read_document(_document(data, media_type, url))


def explain(
    data: Document | bytes | str, *, media_type: str | None = None, url: str | None = None
) -> tuple[Line, ...]:
    """Each line of ``data`` with the class that reading gave it, and the rule that did."""
    return explain_document(_document(data, media_type, url))


def render(issue: Issue, *, theme: str | Path = "classic") -> Edition:
    """The edition of an issue: subject, preheader, HTML and text.

    ``theme`` is a folder, or the name of a theme that comes with the program. Raises
    `digest.errors.RenderError` with file and line if a template is wrong.
    """
    folder = theme if isinstance(theme, Path) else shipped("templates") / theme
    return render_issue(issue, theme=folder)


def _document(data: Document | bytes | str, media_type: str | None, url: str | None) -> Document:
    if isinstance(data, Document):
        return data
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    return Document(
        origin=url or "<data>",
        data=raw,
        media_type=media_type or _media_type(raw),
        fetched=datetime.fromtimestamp(0, UTC),
        url=url,
    )


def _media_type(raw: bytes) -> str:
    head = raw[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"---\n", b"---\r\n", b"+++\n", b"+++\r\n")):
        return "text/markdown"
    return "text/html" if head[:1] == b"<" else "text/plain"
