"""What a site's robots.txt allows (RFC 9309), asked for once per site."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from digest.sources.http.address import Address
from digest.sources.http.answer import Response
from digest.sources.http.faults import Fault, FetchError

if TYPE_CHECKING:
    from protego import Protego

#: Largest robots.txt that is fetched, and how much of it is read (RFC 9309, 2.5).
MAX_FETCHED, MAX_READ = 5_000_000, 500_000

# What is wrong with the host, and not with its robots.txt.
_OF_HOST = (Fault.BLOCKED, Fault.NETWORK, Fault.TLS)
# No rules can be had, so there are none (RFC 9309, 2.3.1.3).
_ABSENT = (Fault.GONE, Fault.MISSING, Fault.REFUSED, Fault.TOO_MANY_REDIRECTS)


class Robots:
    """The rules of all sites that one Fetcher visits."""

    def __init__(self, token: str, fetch: Callable[[str, bool], Awaitable[Response]]) -> None:
        #: The product token that groups of rules name: the agent's name without its version.
        self._token = token.lower()
        self._fetch = fetch
        self._rules: dict[tuple[str, bool], Protego | FetchError] = {}
        self._locks: dict[tuple[str, bool], asyncio.Lock] = {}

    async def check(self, address: Address, *, private: bool) -> float:
        """The pause that the site asks for, in seconds. Raises `FetchError` if it says no, or if
        its rules cannot be had just now."""
        rules = await self._rules_of(address.origin, private=private)
        if isinstance(rules, FetchError):
            raise _in_place_of(rules, str(address))
        if not rules.can_fetch(str(address), self._token):
            why = f"is not for {self._token}, by the robots.txt of {address.host}"
            raise FetchError(str(address), why, "Ask the site, or use its feed.", Fault.BLOCKED)
        return rules.crawl_delay(self._token) or 0.0

    async def _rules_of(self, origin: str, *, private: bool) -> Protego | FetchError:
        site = (origin, private)
        async with self._locks.setdefault(site, asyncio.Lock()):
            if site not in self._rules:
                self._rules[site] = await self._ask(origin, private=private)
        return self._rules[site]

    async def _ask(self, origin: str, *, private: bool) -> Protego | FetchError:
        from protego import Protego

        try:
            response = await self._fetch(f"{origin}/robots.txt", private)
        except FetchError as error:
            return Protego.parse("") if error.kind in _ABSENT else error
        return Protego.parse(own_groups(response.data[:MAX_READ], self._token))


def _in_place_of(error: FetchError, page: str) -> FetchError:
    """What a page's site without a robots.txt to be had means for the page."""
    is_of_host = error.kind in _OF_HOST
    why = error.why if is_of_host else f"has a robots.txt that cannot be had now: it {error.why}"
    return FetchError(page, why, error.remedy, error.kind, error.status, error.retry_at)


def own_groups(data: bytes, token: str) -> str:
    """A robots.txt in which every other robot has one and the same name.

    Protego keeps the rules of each robot that is named apart, and a file that names thousands
    would cost thousands of copies.
    """
    lines = data.decode("utf-8", "replace").lstrip("\ufeff").splitlines()
    return "\n".join(_renamed(line, token) for line in lines)


def _renamed(line: str, token: str) -> str:
    field = "".join(line.partition("#")[0].split()).lower().replace("user-agent", "useragent", 1)
    if not field.startswith("useragent"):
        return line
    name = field.removeprefix("useragent").removeprefix(":").partition("/")[0]
    return f"User-agent: {name if name in (token, '*') else 'another'}"
