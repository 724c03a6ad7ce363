"""What the tests of fetching share: a quick fetcher, and an internet that ends at a test server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from socket import EAI_NONAME, gaierror
from typing import Any

import httpcore
import pytest

from digest.sources.http import Fetcher, FetchError, Limits, Response

AGENT = "digest/1.0 (+https://elsby.example/about)"
#: No waiting for politeness, and short times for what never comes.
QUICK = Limits(pause=0, retries=0, connect=5, read=5, total=20)


def quick(**changes: Any) -> Limits:
    return replace(QUICK, **changes)


def fetch(url: str, *, ask: dict[str, Any] | None = None, **fetcher: Any) -> Response:
    """One fetch by a fetcher of its own; for a private source unless ``ask`` says otherwise."""
    (response,) = fetch_all([url], ask=ask, **fetcher)
    if isinstance(response, FetchError):
        raise response
    return response


def failure(url: str, *, ask: dict[str, Any] | None = None, **fetcher: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(url, ask=ask, **fetcher)
    return caught.value


def fetch_all(
    urls: Iterable[str],
    *,
    ask: dict[str, Any] | None = None,
    together: bool = False,
    **fetcher: Any,
) -> list[Response | FetchError]:
    """The outcomes of several fetches by one fetcher, one after the other or all at once."""
    asked: dict[str, Any] = {"accept": "*/*", "private": True} | (ask or {})

    async def one(it: Fetcher, url: str) -> Response | FetchError:
        try:
            return await it.fetch(url, **asked)
        except FetchError as error:
            return error

    made: dict[str, Any] = {"limits": QUICK, "proxies": {}} | fetcher

    async def run() -> list[Response | FetchError]:
        async with Fetcher(AGENT, **made) as it:
            if together:
                return list(await asyncio.gather(*(one(it, url) for url in urls)))
            return [await one(it, url) for url in urls]

    return asyncio.run(run())


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds
        await asyncio.sleep(0)


class Net(httpcore.AsyncNetworkBackend):
    """A net in which every address but the dead ones is the test server, with a log of them."""

    def __init__(self, port: int, dead: Sequence[str] = ()) -> None:
        self.dialled: list[str] = []
        self._port = port
        self._dead = dead
        self._real = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,  # noqa: ARG002 - all lead to one
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.dialled.append(host)
        if host in self._dead:
            raise httpcore.ConnectError("no route to host")
        return await self._real.connect_tcp(
            "127.0.0.1", self._port, timeout, local_address, socket_options
        )


class Names:
    """A name server: each name has answers that it gives in turn, the last one for ever."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.asked: list[str] = []
        self._answers = {name: list(given) for name, given in answers.items()}

    async def __call__(self, host: str, port: int) -> Sequence[str]:  # noqa: ARG002 - its shape
        self.asked.append(host)
        # Keyword arguments hold no dots and hyphens.
        given = self._answers.get(host.partition(".")[0])
        if not given:
            raise gaierror(EAI_NONAME, "not known")
        return given.pop(0) if len(given) > 1 else given[0]
