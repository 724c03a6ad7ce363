"""What a format's reader makes of a document, before `digest.read.article` fixes it for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line (or block of a page) with the class it got and the rule that gave it."""

    #: Counted from 1.
    number: int
    text: str
    #: e.g. ``title``, ``byline``, ``body``, ``caption``, ``appeal``, ``teaser``.
    label: str
    #: The rule, in words that a user understands.
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The parts of an article as found: not yet cleaned, not yet joined."""

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    byline: str | None = None
    published: date | None = None
    #: What gave the date, as in `digest.model.Article.dated_by`.
    dated_by: str = ""
    #: As the document declares it; None leaves it to be detected from the text.
    language: str | None = None
    site: str | None = None
    url: str | None = None
    image: str | None = None
    #: Where the links in the body lead, as written.
    links: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    #: What stands in front of the article (a value of `digest.read.walls.Wall`); empty if nothing.
    wall: str = ""
    #: Every line of the document and what became of it.
    lines: tuple[Line, ...] = ()
