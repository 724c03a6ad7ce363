"""The nouns, one for each stage, frozen.

    Document -> Article -> Summary -> Story -> Issue -> Edition -> Envelope -> Receipt

A source on the web stands one step before: its Feed has Entries, and they lead to Documents.

A summary holds no text: it holds spans of ``Article.text``, which is fixed for ever once it is
read. So "verbatim" is a property of the types and not the outcome of a later check.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters (code points) of one article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, a sitemap or a page's list: what it says of the article it leads to."""

    #: What its source knows it by: the feed's id for it, else its link, else a hash of its words.
    id: str
    url: str | None = None
    title: str = ""
    byline: str | None = None
    published: date | None = None
    updated: date | None = None
    #: BCP 47 tag, of the entry or of its feed.
    language: str | None = None
    #: The teaser, as plain text.
    description: str | None = None
    #: The words of the article as a piece of HTML, where the feed gives them.
    content: str | None = None
    image: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a source on the web lists now, whatever its dialect."""

    #: In words: ``RSS 2.0``, ``Atom 1.0``, ``JSON Feed 1.1``, ``sitemap``, ``page``.
    dialect: str
    title: str | None = None
    #: The site it belongs to.
    url: str | None = None
    language: str | None = None
    #: Newest first, as far as the source keeps an order.
    entries: tuple[Entry, ...] = ()
    #: Further lists that it names: the sitemaps of a sitemap index.
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Raw bytes as a source gave them."""

    #: What the user knows it by: the path below the source's folder, or the URL.
    origin: str
    data: bytes
    #: Media type without parameters, e.g. ``text/html``.
    media_type: str
    fetched: datetime
    #: Encoding that the transport named (``charset`` of Content-Type).
    charset: str | None = None
    #: Name of the source that gave it.
    source: str = ""
    #: Section that the source or the sub-folder assigns; the document itself may say otherwise.
    section: str | None = None
    url: str | None = None
    #: What a feed says of it.
    entry: Entry | None = None
    #: The data is a piece of HTML, such as a feed's content, and not a page.
    fragment: bool = False

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the bytes, and of what a feed says: a rename or a touch does not change it."""
        said = self.entry and (self.entry.title, self.entry.url, self.entry.published)
        return hashlib.sha256(self.data + (repr(said).encode() if said else b"")).hexdigest()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What selecting sees of a pending article: light enough to hold every one of them."""

    headline: Headline
    #: When the ledger first saw it.
    seen: datetime
    section: str | None = None
    byline: str | None = None
    tags: tuple[str, ...] = ()
    source: str = ""
    origin: str = ""
    #: Length of the text in characters.
    length: int = 0
    #: Bottom-k sketch of the text's shingles, see `digest.text.sketch`.
    sketch: bytes = b""

    @property
    def id(self) -> str:
        return self.headline.article


class Outcome(StrEnum):
    """What became of a candidate when an issue was made."""

    #: Printed with its lead and quote.
    PRINTED = "printed"
    #: Printed as a headline only.
    LISTED = "listed"
    #: Folded into another story as "also in".
    FOLDED = "folded"
    #: Left out: it, or the story it tells, was in an earlier issue.
    REPEATED = "repeated"
    #: Left out: a corrected version of an article that an earlier issue printed.
    UPDATED = "updated"
    #: Left out: a newer version of the same article is pending.
    REPLACED = "replaced"
    #: Left out: older than the newsletter allows.
    STALE = "stale"
    #: Left out by a rule of the newsletter or of its source.
    FILTERED = "filtered"
    #: No room left: it stays pending for the next issue.
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one candidate, and why."""

    article: str
    outcome: Outcome
    why: str
    #: The article it was folded into, repeats, updates or follows.
    other: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """What readers see of a newsletter, apart from its stories."""

    #: Key in the ledger and folder in the outbox: lower-case letters, digits and hyphens.
    id: str = "digest"
    title: str = "The Digest"
    tagline: str = ""
    language: str = "en"
    #: IANA name of the zone that slots and dates are in.
    timezone: str = "UTC"
    #: RFC 5322 mailbox of the sender.
    sender: str = "The Digest <digest@localhost>"
    #: Pattern of the subject; ``{title}``, ``{date}`` and ``{headline}`` are filled in.
    subject: str = "{title}: {headline}"
    #: Postal address in the footer.
    address: str = ""
    #: Where a reader unsubscribes (``mailto:`` or ``https:``); None leaves the link out.
    unsubscribe: str | None = None
    #: Where the issue stands on the web; None leaves the link out.
    view: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Stories under one heading; ``name`` is None for those without a section."""

    name: str | None
    stories: tuple[Story, ...] = ()
    #: Articles of the section that are printed by their title only.
    headlines: tuple[Headline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One number of a newsletter."""

    #: ``<newsletter>/<slot>``, e.g. ``morning/2026-11-22T073000+0100``.
    id: str
    newsletter: Newsletter
    #: The moment it was due, in the newsletter's zone.
    slot: datetime
    sections: tuple[Section, ...]
    #: How many candidates wait for the next issue because this one is full.
    held: int = 0

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories, in the order of print."""
        return tuple(story for section in self.sections for story in section.stories)

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """All title-only lines, in the order of print."""
        return tuple(line for section in self.sections for line in section.headlines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A rendered issue. ``html`` and ``text`` still hold the merge tokens of `digest.mail`."""

    issue: str
    subject: str
    preheader: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An issue in its final bytes, ready for a sender."""

    #: The issue's id; below the outbox it is also the path of its folder.
    issue: str
    #: The message of RFC 5322, with CRLF line ends.
    message: bytes
    #: The two parts as files: UTF-8, to be opened in a browser and in an editor.
    html: bytes
    text: bytes
    #: What the issue holds, as JSON.
    record: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who gets a newsletter."""

    #: As written, with the domain in A-labels (RFC 5891).
    address: str
    name: str = ""
    #: Own fields by their names, for the merge fields of a template.
    fields: tuple[tuple[str, str], ...] = ()
    #: Names of the sections wanted; without any, all of them.
    topics: tuple[str, ...] = ()
    #: IANA name; None is the newsletter's.
    timezone: str | None = None
    #: Whether it is written to no more: it left, or its server knows no such address.
    suppressed: bool = False


class State(StrEnum):
    """What became of an envelope."""

    ACCEPTED = "accepted"
    #: Refused for good: another try would end alike.
    REFUSED = "refused"
    #: Not now: the next run tries again.
    DEFERRED = "deferred"
    #: The connection broke while the answer was under way: it may or may not have arrived.
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A sender's word on one envelope."""

    issue: str
    state: State
    #: Where it is now, or the words of whoever refused it.
    detail: str
