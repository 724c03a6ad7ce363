"""What the dialects have in common: a channel, and its items as they were written.

    RSS, Atom, RDF  ─┐
    JSON Feed        ├─> Channel with Items ─> Feed with Entries
    broken XML      ─┘

An `Item` holds the words of its feed. `feed` makes an `Entry` of it: addresses absolute, titles
plain, dates read, what cannot be dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import blake2b
from itertools import islice
from urllib.parse import urlsplit

from digest.model import Document, Entry, Feed
from digest.read.feed import words
from digest.read.feed.links import absolute
from digest.read.feed.moments import instant, moment
from digest.read.language import normalise

#: As many as a sitemap may list; more than any feed does.
MOST_ENTRIES = 50_000

_MOST_TAGS, _LONGEST_TAG, _LONGEST_ID = 40, 80, 500
_LONGEST_NAME, _MOST_NAMES = 100, 12
# "desk@post.example (Nora Quill)" of RSS 2.0, and "Nora Quill <nora@post.example>".
_NAMED_MAILBOX = re.compile(
    r"[^\s@]{1,99}@[^\s@]{1,99}\s{0,9}\(([^()]{2,99})\)|([^<@]{2,99})<[^<>]*>"
)
_NO_NAME = re.compile(r"\S*@\S*|(?:https?:|www\.)\S*|[\W\d]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of a feed in the words of its feed."""

    id: str = ""
    #: Addresses of the article, best first, as they stand in the feed.
    links: tuple[str, ...] = ()
    #: What relative addresses are relative to.
    base: str | None = None
    title: str = ""
    #: Pieces of HTML; what a feed means as plain text was made one.
    teaser: str = ""
    body: str = ""
    authors: tuple[str, ...] = ()
    #: Dates, best first.
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    language: str | None = None
    images: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed and its items in the words of the feed."""

    dialect: str
    title: str = ""
    site: str | None = None
    #: What relative addresses are relative to, where the feed says so.
    base: str | None = None
    language: str | None = None
    #: Who wrote an item that names nobody.
    authors: tuple[str, ...] = ()
    items: Iterable[Item] = ()


def feed(channel: Channel, document: Document) -> Feed:
    """The feed of a channel: entries without doubles, newest first where all are dated."""
    site = absolute(channel.site, document.url)
    home = absolute(channel.base, document.url) or _home(site, document.url)
    language = normalise(channel.language)
    title = words.title(channel.title)
    reader = _Reader(
        home=home,
        language=language,
        authors=channel.authors,
        now=document.fetched,
        paper=title if 0 < len(title) <= _LONGEST_NAME else None,
        fronts=_fronts(site or document.url),
    )
    entries = _told_apart([reader.entry(item) for item in islice(channel.items, MOST_ENTRIES)])
    return Feed(
        dialect=channel.dialect,
        title=title or None,
        url=site,
        language=language,
        entries=newest_first(entries),
    )


def _home(site: str | None, url: str | None) -> str | None:
    """What relative addresses mean: a feed that another host serves means those of its site."""
    if not site or not url:
        return site or url
    return url if urlsplit(url).hostname == urlsplit(site).hostname else site


def newest_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """``entries`` by date; in the order given where one has none."""
    dates = [entry.published or entry.updated for entry in entries]
    moments = [instant(day) for day in dates if day]
    if len(moments) < len(entries):
        return tuple(entries)
    order = sorted(range(len(entries)), key=moments.__getitem__, reverse=True)
    return tuple(entries[index] for index in order)


def hashed(*parts: str | None) -> str:
    """An id for what has none, of its words."""
    return blake2b("\0".join(part or "" for part in parts).encode(), digest_size=16).hexdigest()


def _fronts(url: str | None) -> tuple[str, ...]:
    """How the addresses of the site of ``url`` begin."""
    host = (url or "").partition("://")[2].partition("/")[0].removeprefix("www.")
    names = (f"www.{host}", host) if host else ()
    return tuple(f"{scheme}://{name}/" for scheme in ("https", "http") for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """What all items of a channel share."""

    home: str | None
    language: str | None
    authors: tuple[str, ...]
    now: datetime
    #: The channel's title, which names the paper of what lies on its own site only.
    paper: str | None
    #: How the addresses of its site begin.
    fronts: tuple[str, ...]

    def entry(self, item: Item) -> Entry:
        base = (absolute(item.base, self.home) if item.base else None) or self.home
        url = next(filter(None, (absolute(link, base) for link in item.links)), None)
        content = max(item.body, item.teaser, key=len)
        title = words.title(item.title)
        updated = _first_date(item.updated, self.now)
        is_apart = bool(item.teaser) and (bool(item.body) or len(item.teaser) <= 2 * words.TEASER)
        return Entry(
            id=words.line(item.id)[:_LONGEST_ID] or url or hashed(title, content),
            url=url,
            title=title,
            byline=_byline(item.authors or self.authors),
            published=_first_date(item.published, self.now) or updated,
            updated=updated,
            language=(normalise(item.language) if item.language else None) or self.language,
            site=self.paper if url and url.startswith(self.fronts) else None,
            description=words.teaser(item.teaser) if is_apart else None,
            content=words.as_html(content).strip() or None,
            image=next(filter(None, (absolute(image, base) for image in item.images)), None),
            tags=_tags(item.tags),
        )


def _first_date(claims: Sequence[str], now: datetime) -> date | None:
    return next(filter(None, (moment(claim, now) for claim in claims)), None)


def _byline(authors: Sequence[str]) -> str | None:
    names = dict.fromkeys(filter(None, map(_name, authors[:_MOST_NAMES])))
    return ", ".join(names) or None


def _name(author: str) -> str | None:
    """The name of an author; None for an address alone."""
    author = words.title(author)
    if "@" in author and (match := _NAMED_MAILBOX.fullmatch(author)):
        author = (match[1] or match[2]).strip(' "')
    is_name = len(author) <= _LONGEST_NAME and not _NO_NAME.fullmatch(author)
    return author if is_name else None


def _tags(tags: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for tag in map(words.title, tags[:_MOST_TAGS]):
        if tag and len(tag) <= _LONGEST_TAG:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def _told_apart(entries: Sequence[Entry]) -> list[Entry]:
    """``entries`` without doubles, each with an id of its own.

    An id that stands for several articles says nothing of any of them.
    """
    once: dict[tuple[str | None, ...], Entry] = {}
    for entry in entries:
        once.setdefault((entry.id, entry.url, entry.title), entry)
    ids, urls = (Counter(getattr(e, key) for e in once.values()) for key in ("id", "url"))
    return [e if ids[e.id] == 1 else _with_own_id(e, ids, urls) for e in once.values()]


def _with_own_id(entry: Entry, ids: Counter[str], urls: Counter[str]) -> Entry:
    if entry.url and urls[entry.url] == 1 and entry.url not in ids:
        return replace(entry, id=entry.url)
    return replace(entry, id=hashed(entry.id, entry.url, entry.title))
