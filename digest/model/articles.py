"""What is understood: articles, and the spans that are quoted from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters (code points) of one article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was read. ``text`` is its body, paragraphs parted by a blank line."""

    #: Hash of title, text, site and url: the same article in another file is the same article.
    id: str
    title: str
    text: str
    byline: str | None = None
    #: A ``datetime`` with its zone where the source gives a time of day, else a plain ``date``.
    published: date | None = None
    #: What gave the date, e.g. ``json-ld``, ``meta``, ``feed``, ``text``; empty without a date.
    dated_by: str = ""
    #: BCP 47 tag in lower case; ``und`` if it could not be told.
    language: str = "und"
    #: Subjects that the site or its feed files it under.
    tags: tuple[str, ...] = ()
    #: Name of the paper or site.
    site: str | None = None
    url: str | None = None
    image: str | None = None
    #: Addresses elsewhere that the text links to, in its order.
    links: tuple[str, ...] = ()
    section: str | None = None
    source: str = ""
    origin: str = ""

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def words(self, quote: Quote) -> str:
        """What is quoted, as it is printed: the words' spans with a blank between them."""
        return " ".join(self[span] for span in quote.words)

    @property
    def headline(self) -> Headline:
        """The article without its text: what a line in a list needs."""
        return Headline(
            article=self.id,
            title=self.title,
            url=self.url,
            site=self.site,
            published=self.published,
            language=self.language,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that somebody is quoted with, and who it was."""

    #: The words without their marks: one span, or several in text order where the attribution
    #: or a paragraph's end stands between them.
    words: tuple[Span, ...]
    #: The fullest form of the speaker's name in the text, or the text's own words for an unnamed
    #: speaker ("a spokesman"); None when the text does not say.
    speaker: Span | None = None
    #: What the speaker is, in the text's words ("U.S. Secretary of State").
    role: Span | None = None
    #: How the speaker was found, e.g. ``cue-after``; empty without a speaker.
    found: str = ""
    #: 0 to 1.
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the digest prints of an article: spans only."""

    lead: Span
    quote: Quote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What is left of an article without its text."""

    #: The article's id.
    article: str
    title: str
    url: str | None = None
    site: str | None = None
    published: date | None = None
    language: str = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article, its summary, and the other articles that tell the same story."""

    article: Article
    summary: Summary
    also: tuple[Headline, ...] = ()
    #: The story of an earlier issue that this one goes on with.
    follows: Headline | None = None
