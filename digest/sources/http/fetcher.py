"""The fetcher: politely, safely, one URL at a time, many at once.

fetch   an address, its redirects by hand, each one judged anew
  hop   robots.txt, then tries with a wait between them
    try   a turn at the host, a connection, one request and its answer
"""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.request import getproxies

from digest.sources.http import answer as said
from digest.sources.http.address import Address, follow, read_address
from digest.sources.http.answer import Response, Validators
from digest.sources.http.body import ACCEPTED
from digest.sources.http.faults import Fault, FetchError, held, refusal, shown
from digest.sources.http.hosts import Held, Host, Hosts, Limits
from digest.sources.http.robots import MAX_FETCHED, Robots
from digest.text import squeeze

if TYPE_CHECKING:
    import httpcore

    from digest.sources.http.exchange import Answer
    from digest.sources.http.lines import Resolve

#: Largest document in bytes, packed or not, unless the caller says otherwise.
MAX_SIZE = 10_000_000
#: How long a host is left alone that asks for it without saying how long.
HOLD = timedelta(minutes=1)

_REDIRECTS, _PERMANENT = (301, 302, 303, 307, 308), (301, 308)
_PASSING = (502, 503, 504)


def user_agent(version: str, contact: str | None = None) -> str:
    """What the program calls itself: ``digest/1.2 (+contact)``."""
    return f"digest/{version} (+{squeeze(contact)})" if contact else f"digest/{version}"


@dataclass(slots=True, kw_only=True)
class _Trip:
    """One fetch under way."""

    accept: str
    validators: Validators
    robots: bool
    private: bool
    max_size: int
    #: Seconds that are left to it, and that it took.
    left: float
    latency: float = 0.0
    seen: set[str] = field(default_factory=set)


class Fetcher:
    """Fetches documents over HTTP; an async context manager, for one event loop.

    ``agent`` is the whole User-Agent, a product token first. ``resolve`` and ``network`` stand
    for the name server and the net, ``proxies`` for those of the environment (by scheme).
    """

    def __init__(
        self,
        agent: str,
        *,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        resolve: Resolve | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> None:
        self._agent = agent
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._hosts = Hosts(limits, clock=clock, sleep=sleep, chance=chance)
        self._robots = Robots(agent.partition("/")[0], self._fetch_robots)
        self._resolve, self._network, self._tls = resolve, network, tls
        self._proxies = getproxies() if proxies is None else proxies

    async def __aenter__(self) -> Self:
        from digest.sources.http.exchange import Exchange
        from digest.sources.http.lines import Lines, system_resolver

        self._threads = ThreadPoolExecutor(self._limits.connections, "resolve")
        lines = Lines(
            self._limits,
            resolve=self._resolve or system_resolver(self._threads),
            network=self._network,
            tls=self._tls,
            proxies=self._proxies,
        )
        self._exchange = Exchange(lines, self._limits)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def fetch(
        self,
        url: str,
        *,
        accept: str,
        validators: Validators | None = None,
        robots: bool = False,
        private: bool = False,
        max_size: int = MAX_SIZE,
    ) -> Response:
        """The document at ``url``, or word that it is still what ``validators`` stand for.

        Redirects are followed. ``robots`` asks the site's robots.txt first; ``private`` lets the
        source be on this machine or a private network. Raises `FetchError`.
        """
        trip = _Trip(
            accept=accept,
            validators=validators or Validators(),
            robots=robots,
            private=private,
            max_size=max_size,
            left=self._limits.total,
        )
        start = read_address(url, private=private)
        try:
            return await self._travel(start, trip)
        except FetchError as error:
            raise error.seen_from(str(start)) from error.__cause__

    async def _fetch_robots(self, url: str, private: bool) -> Response:  # noqa: FBT001 - one caller
        return await self.fetch(url, accept="text/plain", private=private, max_size=MAX_FETCHED)

    async def _travel(self, here: Address, trip: _Trip) -> Response:
        moved, permanent = None, True
        while True:
            answer = await self._hop(here, trip)
            if answer.status not in _REDIRECTS:
                return self._response(here, answer, moved, trip)
            trip.seen.add(str(here))
            here = self._next(here, answer, trip)
            permanent = permanent and answer.status in _PERMANENT
            moved = str(here) if permanent else moved

    def _next(self, here: Address, answer: Answer, trip: _Trip) -> Address:
        location = answer.fields.get("location")
        if not location:
            raise FetchError(str(here), "redirects to nowhere", status=answer.status)
        there = follow(here, location, private=trip.private)
        if str(there) in trip.seen:
            why = f"redirects in a circle, back to {shown(str(there))}"
            raise FetchError(str(here), why, "", Fault.TOO_MANY_REDIRECTS)
        if len(trip.seen) > self._limits.redirects:
            why = f"is the end of {self._limits.redirects} redirects and leads on"
            raise FetchError(str(here), why, "", Fault.TOO_MANY_REDIRECTS)
        return there

    async def _hop(self, address: Address, trip: _Trip) -> Answer:
        async with self._hosts.visit(address.host) as host:
            if trip.robots:
                delay = await self._robots.check(address, private=trip.private)
                host.crawl_delay = min(delay, self._limits.crawl_delay)
            for tries in range(self._limits.retries):
                try:
                    return await self._try(address, host, trip)
                except FetchError as error:
                    if not _may_pass(error):
                        raise
                await self._sleep(self._limits.backoff * 2**tries * (1 + self._chance()))
            return await self._try(address, host, trip)

    async def _try(self, address: Address, host: Host, trip: _Trip) -> Answer:
        try:
            async with self._hosts.turn(host):
                answer = await self._ask(address, host, trip)
        except Held as host_said:
            raise held(str(address), host_said.until) from None
        unchanged = answer.status == 304 and trip.validators != Validators()
        if unchanged or answer.status == 200 or answer.status in _REDIRECTS:
            return answer
        error = refusal(str(address), answer.status, said.retry_at(answer.fields, self._now()))
        if error.kind is Fault.THROTTLED:
            host.hold(error.retry_at or self._now() + HOLD)
        raise error

    async def _ask(self, address: Address, host: Host, trip: _Trip) -> Answer:
        start = time.monotonic()
        try:
            async with asyncio.timeout(trip.left):
                return await self._exchange.ask(
                    host,
                    address,
                    self._headers(address, trip),
                    private=trip.private,
                    max_size=trip.max_size,
                )
        except TimeoutError as error:
            why = f"is not done after {self._limits.total:g} seconds"
            raise FetchError(str(address), why, "", Fault.TIMEOUT) from error
        finally:
            took = time.monotonic() - start
            trip.latency += took
            trip.left -= took

    def _headers(self, address: Address, trip: _Trip) -> list[tuple[str, str]]:
        headers = [
            ("Host", address.netloc),
            ("User-Agent", self._agent),
            ("Accept", trip.accept),
            ("Accept-Encoding", ACCEPTED),
        ]
        if trip.validators.etag:
            headers.append(("If-None-Match", trip.validators.etag))
        if trip.validators.modified:
            headers.append(("If-Modified-Since", trip.validators.modified))
        return headers

    def _response(self, here: Address, answer: Answer, moved: str | None, trip: _Trip) -> Response:
        media_type, charset = said.media_type(answer.fields)
        # A 304 need not name again what it was asked by.
        known = trip.validators if answer.status == 304 else Validators()
        return Response(
            url=str(here),
            moved=moved,
            status=answer.status,
            data=answer.data,
            media_type=media_type,
            charset=charset,
            validators=said.validators(answer.fields, known),
            fresh_for=said.fresh_for(answer.fields, self._now()),
            latency=trip.latency,
        )

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)


def _may_pass(error: FetchError) -> bool:
    """Whether a second try right away may end better."""
    if error.status is None:
        return error.kind in (Fault.NETWORK, Fault.BROKEN)
    return error.status in _PASSING and error.retry_at is None
