"""What a source gives: the entries of its list, and documents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime


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
    #: Name of its paper, where the list is the paper's own.
    site: str | None = None
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
class Mark:
    """What an entry is known by: hashes, each empty where the entry lacks what it is made of."""

    id: str
    #: Of the canonical address.
    url: str
    #: Of title and words.
    words: str
    #: Of the address without its host, and the title: it stays when a site moves.
    place: str
    #: Of title, words and date: it stays when a feed makes up new ids and addresses.
    dated: str


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
    #: What that entry is known by.
    mark: Mark | None = None
    #: The data is a piece of HTML, such as a feed's content, and not a page.
    fragment: bool = False
    #: Why the feed's words stand here in place of the article's page, if they do.
    instead: str = ""
    #: What its site is known to repeat on its pages, see `digest.read.repeats`.
    furniture: tuple[str, ...] = ()

    @property
    def is_of_web(self) -> bool:
        """Whether it comes of something that is followed, and not of a folder."""
        return self.url is not None or self.entry is not None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the bytes, and of what a feed says: a rename or a touch does not change it."""
        said = self.entry and (self.entry.title, self.entry.url, self.entry.published)
        return hashlib.sha256(self.data + (repr(said).encode() if said else b"")).hexdigest()
