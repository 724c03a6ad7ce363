"""Sources on the web, all looked at together: feeds, pages, sitemaps, single articles.

    list -> entries that the ledger does not know -> their pages -> documents, and the visit

The network has a thread of its own. The ledger is asked from the thread that draws the documents,
which is the one that it belongs to; lists are read there too, so that a long one holds up no
other source's answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from digest.errors import DigestError
from digest.model import Document, Feed
from digest.ports import Memory
from digest.sources.follow import Follow, Readers
from digest.sources.http import Fetcher
from digest.sources.lists import Lists, Look
from digest.sources.marks import Listed, mark
from digest.sources.news import News, news
from digest.sources.pace import rests
from digest.sources.pages import PAGES, Pages
from digest.sources.relay import Relay
from digest.visits import Noted, Past, Stand, Visit, VisitState

#: Sources that are looked at together.
TOGETHER = 32

Item = Document | DigestError | Visit


class Web:
    """Everything that is followed on the web, as one source.

    Of each source come its new documents, then its visit. ``anew`` looks at every list as if it
    had not been read before and were never too early; ``pages`` is the most that are fetched for
    one source. ``check`` is called all the while, and may raise to end the look.
    """

    def __init__(
        self,
        follows: Sequence[Follow],
        *,
        readers: Readers,
        fetcher: Callable[[], Fetcher],
        memory: Memory,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        anew: bool = False,
        pages: int = PAGES,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._follows = follows
        self._readers = readers
        self._fetcher = fetcher
        self._memory = memory
        self._clock = clock
        self._anew = anew
        self._pages = pages
        self._check = check

    def __len__(self) -> int:
        return len(self._follows)

    def __iter__(self) -> Iterator[Item]:
        if self._follows:
            yield from Relay[Item]().draw(self._look, check=self._check)

    async def _look(self, relay: Relay[Item]) -> None:
        left = iter(self._follows)
        async with self._fetcher() as fetcher, asyncio.TaskGroup() as tasks:
            round_ = _Round(
                fetcher=fetcher,
                readers=self._readers,
                memory=self._memory,
                relay=relay,
                now=self._clock(),
                anew=self._anew,
                pages=self._pages,
            )
            for _ in range(min(TOGETHER, len(self._follows))):
                tasks.create_task(round_.work(left))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One look at every source."""

    fetcher: Fetcher
    readers: Readers
    memory: Memory
    relay: Relay[Item]
    now: datetime
    anew: bool
    pages: int

    async def work(self, left: Iterator[Follow]) -> None:
        """Look at one source after the other, as long as any is left."""
        for follow in left:
            await self._source(follow)

    async def _source(self, follow: Follow) -> None:
        past, waiting = await self.relay.ask(lambda: self._remembered(follow))
        look = await self._list(follow, past)
        if look.failure and (look.visit.state is VisitState.GONE or not past.told):
            await self.relay.put(look.failure)
        visit, wanted = look.visit, waiting
        if look.page:
            visit = replace(visit, listed=1, new=1)
            await self.relay.put(look.page)
        if feed := look.feed:
            found = await self.relay.ask(lambda: self._news(follow, past, feed))
            visit, wanted = _counted(visit, feed, found), (*_fresh(found), *waiting)
        await self.relay.put(
            replace(visit, noted=(*visit.noted, *await self._take(follow, wanted)))
        )

    def _remembered(self, follow: Follow) -> tuple[Past, Sequence[Noted]]:
        past = self.memory.past(follow.name, follow.address)
        if self.anew:
            past = Past(read=past.read, moved=past.moved, arrivals=past.arrivals)
        return past, self.memory.waiting(follow.name)

    async def _list(self, follow: Follow, past: Past) -> Look:
        if rests(past, self.now):
            resting = Visit(
                source=follow.name,
                address=follow.address,
                at=self.now,
                state=VisitState.RESTING,
                retry_at=past.retry_at,
            )
            return Look(visit=resting)
        lists = Lists(
            fetcher=self.fetcher, readers=self.readers, parse=self.relay.ask, now=self.now
        )
        return await lists.look(follow, past)

    def _news(self, follow: Follow, past: Past, feed: Feed) -> News:
        teaser = follow.kind == "feed"
        listed = [
            Listed(entry=entry, mark=mark(entry, self.readers.canonical, teaser=teaser))
            for entry in feed.entries
        ]
        known = self.memory.known(follow.name, [it.mark for it in listed])
        return news(listed, known, past, start=follow.start, now=self.now)

    async def _take(self, follow: Follow, wanted: Sequence[Noted]) -> list[Noted]:
        pages = Pages(
            fetcher=self.fetcher,
            readers=self.readers,
            follow=follow,
            now=self.now,
            left=self.pages,
        )
        noted = []
        for it in wanted:
            if it.entry:
                taken = await pages.take(it, it.entry)
                noted.append(taken.noted)
                if taken.item:
                    await self.relay.put(taken.item)
        return noted


def _counted(visit: Visit, feed: Feed, found: News) -> Visit:
    return replace(
        visit,
        detail=found.why,
        listed=len(feed.entries),
        new=len(found.new),
        edited=len(found.edited),
        held=found.held,
        noted=found.noted,
    )


def _fresh(found: News) -> Iterator[Noted]:
    for it in (*found.new, *found.edited):
        yield Noted(mark=it.mark, stand=Stand.WAITING, entry=it.entry)
