"""What an address offers to be followed.

It is a feed or a sitemap itself; else its page names feeds; else one lies where sites keep theirs;
else the page lists articles, or its site has a sitemap, or the page is an article.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from digest import __version__
from digest.errors import DigestError, ReadError, SourceError
from digest.model import Document, Entry, Feed
from digest.read import read
from digest.read.feed import find_feeds, guess_feeds, read_feed, read_listing, read_sitemap
from digest.sources.http import Fetcher, FetchError, Limits, user_agent

# One user is waiting, for a handful of requests.
_LIMITS = Limits(pause=0.1, total=20.0, retries=0)
#: Feeds of a page, and common places, that are looked at.
_FEEDS, _PLACES = 5, 10
#: Links of a page from which they are a list of articles.
_LIST = 3
_ACCEPT = "text/html, application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One way to follow an address."""

    #: As a key of ``[[sources]]``: ``feed``, ``page``, ``sitemap`` or ``article``.
    kind: str
    address: str
    #: What it is, in words.
    what: str
    title: str = ""
    #: The newest first.
    entries: tuple[Entry, ...] = ()


def offers(address: str, *, contact: str, private: bool, now: datetime) -> list[Offer]:
    """What ``address`` offers, best first; raises `SourceError` if it cannot be followed."""
    agent = user_agent(__version__, contact)
    try:
        return asyncio.run(_offers(address, agent, private=private, now=now))
    except FetchError as error:
        # What is not followed yet has no key to be set.
        remedy = error.remedy.replace("Set private = true", "Say --private")
        raise SourceError(error.where, error.why, remedy) from error


async def _offers(address: str, agent: str, *, private: bool, now: datetime) -> list[Offer]:
    async with Fetcher(agent, limits=_LIMITS) as fetcher:
        search = _Search(fetcher=fetcher, private=private, now=now)
        start = await search.fetch(address)
        found = [offer async for offer in search.lists(start)]
    if not found:
        why = "offers no feed, no list of articles and no article"
        raise SourceError(address, why, "Name the page that lists the newest articles.")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    fetcher: Fetcher
    private: bool
    now: datetime

    async def fetch(self, address: str) -> Document:
        response = await self.fetcher.fetch(address, accept=_ACCEPT, private=self.private)
        return Document(
            origin=response.moved or address,
            data=response.data,
            media_type=response.media_type,
            charset=response.charset,
            fetched=self.now,
            url=response.url,
        )

    async def lists(self, start: Document) -> AsyncIterator[Offer]:
        if own := _list(start):
            yield own
            return
        feeds = [feed async for feed in self._feeds(start)]
        for feed in feeds:
            yield feed
        listed = _listing(start)
        if listed:
            yield listed
        if not feeds and not listed:
            async for last in self._last_resorts(start):
                yield last

    async def _feeds(self, start: Document) -> AsyncIterator[Offer]:
        """The feeds that a page names, or the first that lies in a common place."""
        named = _feed_links(start)[:_FEEDS]
        found = False
        for url in named:
            if offer := await self._try(url):
                found = True
                yield offer
        places = guess_feeds(start.url or start.origin)[:_PLACES]
        for url in () if found else [place for place in places if place not in named]:
            if offer := await self._try(url):
                yield offer
                return

    async def _last_resorts(self, start: Document) -> AsyncIterator[Offer]:
        """The site's sitemap, or the page as an article."""
        if sitemap := await self._try(urljoin(start.url or start.origin, "/sitemap.xml")):
            yield sitemap
        try:
            article = read(start)
        except ReadError:
            return
        yield Offer(kind="article", address=start.origin, what="one article", title=article.title)

    async def _try(self, url: str) -> Offer | None:
        """The feed or sitemap at ``url``; None if there is none."""
        try:
            return _list(await self.fetch(url))
        except FetchError:
            return None


def _list(document: Document) -> Offer | None:
    """What a document offers that is a feed or a sitemap itself."""
    for kind, reader in (("feed", read_feed), ("sitemap", read_sitemap)):
        try:
            feed = reader(document)
        except DigestError:
            continue
        return _offer(kind, document, feed)
    return None


def _listing(document: Document) -> Offer | None:
    try:
        feed = read_listing(document)
    except ReadError:
        return None
    return _offer("page", document, feed) if len(feed.entries) >= _LIST else None


def _feed_links(document: Document) -> list[str]:
    try:
        return [link.url for link in find_feeds(document)]
    except ReadError:
        return []


def _offer(kind: str, document: Document, feed: Feed) -> Offer:
    what = "a page that lists articles" if kind == "page" else feed.dialect
    parts = f" of {len(feed.parts)} sitemaps" if feed.parts else ""
    return Offer(
        kind=kind,
        address=document.origin,
        what=f"{what}{parts}",
        title=feed.title or "",
        entries=feed.entries,
    )
