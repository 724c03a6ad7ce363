"""Connections: each to an address that was looked up, judged and only then dialled.

This is where the SSRF guard stands. The name is resolved once per connection and the connection
goes to one of the very addresses that were judged, so that a name server that changes its answer
in between (rebinding) gains nothing. Imported late: httpcore costs start-up time.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from ipaddress import ip_address
from socket import SOCK_STREAM, gaierror
from urllib.parse import unquote, urlsplit
from urllib.request import proxy_bypass

import httpcore

from digest.sources.http.address import Address
from digest.sources.http.faults import Fault, FetchError
from digest.sources.http.hosts import Host, Limits
from digest.sources.http.reach import objection

#: The network addresses of a host, for a port. Raises `OSError` if there are none.
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

#: So many addresses of one host are tried.
MAX_TRIED = 4
#: Seconds that an idle connection is kept.
KEPT = 10.0

_PROXY = "Name one of http:// or https:// in http_proxy and https_proxy, or none."


class ForbiddenError(Exception):
    """The guard's word against a host, and what the user may do."""

    def __init__(self, why: str, remedy: str) -> None:
        super().__init__(why, remedy)
        self.why = why
        self.remedy = remedy


class GuardedNetwork(httpcore.AsyncNetworkBackend):
    """Dials a host only if nothing speaks against any of its addresses."""

    def __init__(
        self, network: httpcore.AsyncNetworkBackend, resolve: Resolve, *, private: bool
    ) -> None:
        self._network = network
        self._resolve = resolve
        self._private = private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                addresses = await addresses_of(host, port, self._resolve)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        judge(addresses, private=self._private)
        share = timeout and timeout / min(len(addresses), MAX_TRIED)
        *others, last = addresses[:MAX_TRIED]
        for address in others:
            try:
                return await self._network.connect_tcp(
                    address, port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(last, port, share, local_address, socket_options)


def judge(addresses: Sequence[str], *, private: bool) -> None:
    """Raises `ForbiddenError` if a host with these addresses may not be reached."""
    if why := objection(addresses, private=private):
        for_nobody = private or objection(addresses, private=True)
        raise ForbiddenError(why, "" if for_nobody else "Set private = true if it is meant to be.")


async def addresses_of(host: str, port: int, resolve: Resolve) -> Sequence[str]:
    """A host's addresses; a literal is its own."""
    try:
        return (str(ip_address(host)),)
    except ValueError:
        addresses = await resolve(host, port)
    if not addresses:
        raise gaierror(f"{host} has no address")
    return addresses


def system_resolver(threads: Executor) -> Resolve:
    """Asks the system, in threads of its own: a thousand slow names are no queue of six."""
    from socket import getaddrinfo

    async def resolve(host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(
            threads, lambda: getaddrinfo(host, port, type=SOCK_STREAM)
        )
        return tuple(dict.fromkeys(str(address[0]) for *_, address in found))

    return resolve


class Lines:
    """Opens connections, directly or through the proxies of the environment, and reuses them.

    A connection that was opened for a private source is never given to another.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        resolve: Resolve,
        network: httpcore.AsyncNetworkBackend | None,
        tls: ssl.SSLContext | None,
        proxies: Mapping[str, str],
    ) -> None:
        self._limits = limits
        self._resolve = resolve
        self._network = network or httpcore.AnyIOBackend()
        self._tls = tls
        self._proxies = proxies
        self._pools: dict[tuple[str | None, str, bool], httpcore.AsyncConnectionPool] = {}

    @asynccontextmanager
    async def line(
        self, host: Host, address: Address, *, private: bool
    ) -> AsyncIterator[httpcore.AsyncConnectionInterface]:
        """A connection for one request, kept for the next one if it ended well."""
        key = (address.origin, private)
        line = await _reuse(host, key) or await self._open(address, private=private)
        try:
            yield line
        except BaseException:
            await line.aclose()
            raise
        if line.is_closed() or not line.is_idle() or not host.keep(key, line):
            await line.aclose()

    async def _open(self, address: Address, *, private: bool) -> httpcore.AsyncConnectionInterface:
        proxy = self._proxy_for(address)
        if proxy:
            await self._judge(address, private=private)
        # A pool knows how to make each kind of connection; it is never asked to keep one, since
        # it looks at all of them for each request, and loses those of a cancelled one.
        key = (proxy, address.scheme, private)
        if key not in self._pools:
            self._pools[key] = self._pool(*key)
        origin = httpcore.Origin(address.scheme.encode(), address.host.encode(), address.port)
        return self._pools[key].create_connection(origin)

    def _pool(
        self,
        proxy: str | None,
        scheme: str,
        private: bool,  # noqa: FBT001 - part of a key
    ) -> httpcore.AsyncConnectionPool:
        if scheme == "https" and not self._tls:
            self._tls = httpcore.default_ssl_context()  # takes 50 ms
        if proxy:
            return _proxied(proxy, self._tls, self._network)
        guard = GuardedNetwork(self._network, self._resolve, private=private)
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls, keepalive_expiry=KEPT, http2=True, network_backend=guard
        )

    def _proxy_for(self, address: Address) -> str | None:
        proxy = self._proxies.get(address.scheme) or self._proxies.get("all")
        if not proxy or _is_here(address.host) or proxy_bypass(address.netloc):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"

    async def _judge(self, address: Address, *, private: bool) -> None:
        """A proxy resolves and dials by itself; what is known here counts too."""
        try:
            async with asyncio.timeout(self._limits.connect):
                addresses = await addresses_of(address.host, address.port, self._resolve)
        except (OSError, TimeoutError):
            return  # known to the proxy alone
        judge(addresses, private=private)


async def _reuse(host: Host, key: tuple[str, bool]) -> httpcore.AsyncConnectionInterface | None:
    while line := host.take(key):
        if line.is_available() and not line.has_expired():
            return line
        await line.aclose()
    return None


def _proxied(
    proxy: str, tls: ssl.SSLContext | None, network: httpcore.AsyncNetworkBackend
) -> httpcore.AsyncConnectionPool:
    """Connections by way of a proxy, which the user trusts and which is often a private address."""
    try:
        parts = urlsplit(proxy)
        port = parts.port
    except ValueError as error:
        raise FetchError(proxy, "is no address of a proxy", _PROXY, Fault.NETWORK) from error
    if parts.scheme not in ("http", "https"):
        why = f"is a proxy of a kind that is not supported ({parts.scheme})"
        raise FetchError(proxy, why, _PROXY, Fault.NETWORK)
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return httpcore.AsyncHTTPProxy(
        httpcore.URL(scheme=parts.scheme, host=parts.hostname or "", port=port, target="/"),
        proxy_auth=auth,
        ssl_context=tls,
        keepalive_expiry=KEPT,
        http2=True,
        network_backend=network,
    )


def _is_here(host: str) -> bool:
    """This machine is never asked for by way of a proxy."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
