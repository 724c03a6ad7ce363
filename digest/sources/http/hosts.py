"""Politeness: how many requests a host gets at once, how soon after each other, and when none.

Of each host the time of its next turn is remembered. Idle connections are kept only while somebody
has business with their host, and only so many in all, so that a thousand hosts do not hold a
thousand sockets.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from httpcore import AsyncConnectionInterface


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How hard and how long is tried. Times are in seconds."""

    #: Requests at once, in all and to one host; in all also so many idle connections.
    connections: int = 32
    per_host: int = 2
    #: Least time between the starts of two requests to one host, and the share of it by which
    #: chance makes it longer.
    pause: float = 1.0
    jitter: float = 0.5
    #: Longest pause that a robots.txt can ask for.
    crawl_delay: float = 10.0
    #: For a connection, and for each piece that is read or written.
    connect: float = 10.0
    read: float = 20.0
    #: For a whole fetch with its redirects, without the waiting for a turn.
    total: float = 60.0
    redirects: int = 10
    #: Further tries after a broken connection or 502, 503, 504, and the wait before the first.
    retries: int = 1
    backoff: float = 1.0


class Held(Exception):  # noqa: N818 - a word to the caller, not an error by itself
    """The host asked to be left alone until then."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(slots=True)
class Shelf:
    """Room for idle connections, which all hosts share."""

    room: int


class Host:
    """One host: its places, its next turn, its idle connections."""

    def __init__(self, places: int, shelf: Shelf) -> None:
        self.places = asyncio.Semaphore(places)
        #: Who has business with it now.
        self.visitors = 0
        #: Seconds of the clock before which no request starts.
        self.next_turn = 0.0
        #: Pause that its robots.txt asks for.
        self.crawl_delay = 0.0
        self.held_until: datetime | None = None
        self._shelf = shelf
        self._idle: dict[tuple[str, bool], list[AsyncConnectionInterface]] = {}

    def hold(self, until: datetime) -> None:
        self.held_until = max(until, self.held_until or until)

    def take(self, key: tuple[str, bool]) -> AsyncConnectionInterface | None:
        """An idle connection to an origin, opened for private sources or for others."""
        if not self._idle.get(key):
            return None
        self._shelf.room += 1
        return self._idle[key].pop()

    def keep(self, key: tuple[str, bool], line: AsyncConnectionInterface) -> bool:
        """Puts a connection by; False if there is no room."""
        if not self._shelf.room:
            return False
        self._shelf.room -= 1
        self._idle.setdefault(key, []).append(line)
        return True

    async def close(self) -> None:
        for key in list(self._idle):
            while line := self.take(key):
                await line.aclose()


class Hosts:
    """All hosts of one Fetcher."""

    def __init__(
        self,
        limits: Limits,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        chance: Callable[[], float],
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._hosts: dict[str, Host] = {}
        self._shelf = Shelf(limits.connections)
        self._everywhere = asyncio.Semaphore(limits.connections)

    @asynccontextmanager
    async def visit(self, name: str) -> AsyncIterator[Host]:
        """The host, its connections open as long as anybody visits it."""
        host = self._hosts.setdefault(name, Host(self._limits.per_host, self._shelf))
        host.visitors += 1
        try:
            yield host
        finally:
            host.visitors -= 1
            if not host.visitors:
                await host.close()

    @asynccontextmanager
    async def turn(self, host: Host) -> AsyncIterator[None]:
        """Waits for a place and for the host's next turn. Raises `Held`."""
        async with host.places:
            await self._wait(host)
            async with self._everywhere:
                yield

    async def _wait(self, host: Host) -> None:
        now = self._clock()
        pause = max(self._limits.pause, host.crawl_delay)
        pause *= 1 + self._limits.jitter * self._chance()
        start = max(host.next_turn, now)
        host.next_turn = start + pause
        if start > now:
            await self._sleep(start - now)
        if host.held_until and host.held_until > datetime.fromtimestamp(self._clock(), UTC):
            raise Held(host.held_until)
