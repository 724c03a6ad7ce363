"""One look at a source's list: asked for on conditions, and read if it has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from digest.errors import DigestError, ReadError, SourceError
from digest.model import Document, Feed
from digest.sources.folder import load
from digest.sources.follow import Follow, Readers
from digest.sources.http import Fault, Fetcher, FetchError, Response, Validators
from digest.sources.pace import after_failure, after_success
from digest.visits import Past, Visit, VisitState

#: Sitemaps that are read of one index.
PARTS = 10
#: What the requests say they take.
FEED = "application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"
PAGE = "text/html, application/xhtml+xml, */*;q=0.5"

#: Runs the reading of a list where it may take long.
Parse = Callable[[Callable[[], Feed]], Awaitable[Feed]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was found: the visit so far, and what there is to read."""

    visit: Visit
    feed: Feed | None = None
    #: The article of a source that is one page.
    page: Document | None = None
    failure: DigestError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Looks at the lists of sources."""

    fetcher: Fetcher
    readers: Readers
    parse: Parse
    now: datetime

    async def look(self, follow: Follow, past: Past) -> Look:
        """Fetch a source's list, and read it unless it is as it was."""
        visit = Visit(source=follow.name, address=follow.address, at=self.now, state=VisitState.OK)
        try:
            response = await self._fetch(follow, past.moved or follow.address, past)
            visit = _seen(visit, response, past, self.now)
            if visit.state is VisitState.UNCHANGED:
                return Look(visit=visit)
            document = self._document(follow, response)
            if follow.kind == "article":
                return Look(visit=visit, page=document)
            feed = await self.parse(partial(self._read, follow, document))
            if feed.parts:  # an index may stay as it is while its parts change
                feed = await self._with_parts(follow, feed)
                visit = replace(visit, etag=None, modified=None, body=None)
        except DigestError as error:
            return _failed(follow, visit, past, error)
        return Look(visit=visit, feed=feed)

    async def _fetch(self, follow: Follow, address: str, past: Past) -> Response:
        if file := follow.file:
            return _from_disk(load(file, now=self.now, max_size=follow.max_size))
        return await self.fetcher.fetch(
            address,
            accept=FEED if follow.kind in ("feed", "sitemap") else PAGE,
            validators=Validators(etag=past.etag, modified=past.modified),
            robots=follow.kind in ("page", "article"),
            private=follow.private,
            max_size=follow.max_size,
        )

    async def _with_parts(self, follow: Follow, index: Feed) -> Feed:
        """The entries of an index's parts; a part that fails fails the whole look."""
        entries = list(index.entries)
        for address in index.parts[:PARTS]:
            part = self._document(follow, await self._fetch(follow, address, Past()))
            entries += (await self.parse(partial(self._read, follow, part))).entries
        return replace(index, entries=tuple(entries))

    def _read(self, follow: Follow, document: Document) -> Feed:
        if follow.kind == "page":
            return self.readers.listing(document, select=follow.links)
        if follow.kind == "sitemap":
            return self.readers.sitemap(document)
        return self.readers.feed(document)

    def _document(self, follow: Follow, response: Response) -> Document:
        return Document(
            origin=follow.address,
            data=response.data,
            media_type=response.media_type,
            charset=response.charset,
            fetched=self.now,
            source=follow.name,
            section=follow.section,
            url=response.url or None,
        )


def _from_disk(document: Document) -> Response:
    return Response(
        url="",
        moved=None,
        status=200,
        data=document.data,
        media_type=document.media_type,
        charset=None,
        validators=Validators(),
        fresh_for=None,
        latency=0.0,
    )


def _seen(visit: Visit, response: Response, past: Past, now: datetime) -> Visit:
    """The visit with what the answer said, and whether the list is as it was."""
    body = hashlib.sha256(response.data).hexdigest() if response.status == 200 else past.body
    unchanged = response.status == 304 or body == past.body
    told = response.validators
    old = Validators(etag=past.etag, modified=past.modified) if unchanged else Validators()
    return replace(
        visit,
        state=VisitState.UNCHANGED if unchanged else VisitState.OK,
        status=response.status if response.url else None,
        latency=response.latency if response.url else None,
        size=len(response.data),
        moved=response.moved or past.moved,
        etag=told.etag or old.etag,
        modified=told.modified or old.modified,
        body=body,
        retry_at=after_success(response.fresh_for, now),
    )


def _failed(follow: Follow, visit: Visit, past: Past, error: DigestError) -> Look:
    """The visit that failed: it remembers neither conditions nor a new address."""
    fetch = error if isinstance(error, FetchError) else None
    gone = fetch is not None and fetch.kind is Fault.GONE
    failure: DigestError = SourceError(follow.label, error.why, error.remedy)
    if isinstance(error, ReadError):
        failure = ReadError(follow.label, error.why, error.remedy)
    return Look(
        visit=replace(
            visit,
            state=VisitState.GONE if gone else VisitState.FAILED,
            detail=error.why,
            status=fetch.status if fetch else visit.status,
            retry_at=after_failure(past, fetch.retry_at if fetch else None, visit.at),
            moved=None,
            etag=None,
            modified=None,
            body=None,
        ),
        failure=failure,
    )
