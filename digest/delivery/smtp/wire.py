"""One connection: octets out, replies in, each wait with a limit.

An `asyncio.Protocol` of our own instead of streams: a digest is large and its replies are small,
and we must know when the system has taken the last octet that we gave it.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from typing import Any

from digest.delivery.smtp.replies import MalformedError, Reply, ReplyReader
from digest.delivery.smtp.values import Trace

#: Replies that may wait unread: twenty times what we ever have outstanding.
_MOST_WAITING = 80


class LostError(Exception):
    """The connection is of no more use; says why in words that follow "the server"."""


class Wire(asyncio.Protocol):
    """The connection to a server, in clear or encrypted."""

    def __init__(self, trace: Trace | None) -> None:
        self._loop = asyncio.get_running_loop()
        self._trace = trace
        self._secrets: tuple[str, ...] = ()
        self._reader = ReplyReader()
        self._replies: deque[Reply] = deque()
        self._lost: LostError | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._is_full = False
        # What we write to, and what stands below it: the same without encryption.
        self._transport: Any = None
        self._socket: Any = None
        self._closed = self._loop.create_future()

    @classmethod
    async def connect(cls, host: str, port: int, *, limit: float, trace: Trace | None) -> Wire:
        """A connection in clear. Raises OSError, which includes TimeoutError."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(limit):
            _, wire = await loop.create_connection(
                lambda: cls(trace), host, port, happy_eyeballs_delay=0.25
            )
        return wire

    async def upgrade(self, context: ssl.SSLContext, host: str, *, limit: float) -> None:
        """Encrypt the connection. Raises OSError, which includes `ssl.SSLError`; `LostError`.

        Whatever the server said in clear beforehand would later pass for an encrypted reply
        (CVE-2021-38371), so that nothing may be left of it.
        """
        if self._replies or not self._reader.is_idle:
            raise LostError("went on in clear where encryption was to begin")
        try:
            self._transport = await self._loop.start_tls(
                self._transport,
                self,
                context,
                server_hostname=host,
                ssl_handshake_timeout=limit,
                ssl_shutdown_timeout=1,
            )
        except BaseException:
            self.connection_lost(None)  # a failed handshake closes the socket and tells nobody
            raise
        self._tell_when_full()

    @property
    def tls(self) -> ssl.SSLObject | None:
        found: ssl.SSLObject | None = self._transport.get_extra_info("ssl_object")
        return found

    def hide(self, *secrets: str) -> None:
        """Never show these, even if the server repeats them."""
        self._secrets = tuple(filter(None, secrets))

    def masked(self, text: str) -> str:
        """``text`` without what is to be hidden."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text

    @property
    def is_quiet(self) -> bool:
        """Open, and without a reply that nobody asked for."""
        return self._lost is None and not self._replies

    def write(self, data: bytes, shown: str | None = None) -> None:
        """Send; ``shown`` stands in the trace for what is long or secret."""
        if self._trace:
            for line in (shown or data.decode("utf-8", "replace")).splitlines():
                self._trace(f"> {line}")
        if self._lost is None:
            self._transport.write(data)

    async def drained(self, limit: float) -> None:
        """Wait until the system has taken all that was written. Raises `LostError`."""
        until = self._loop.time() + limit
        # A broken connection is known down there a moment before it is told to us.
        while self._lost is None and (self._is_full or self._socket.is_closing()):
            await self._news(until, f"took no more of the message for {limit:.3g} s")
        if self._lost:
            raise self._lost

    async def reply(self, limit: float) -> Reply:
        """The next reply, whole within ``limit`` seconds. Raises `LostError`."""
        until = self._loop.time() + limit
        while not self._replies:
            if self._lost:
                raise self._lost
            await self._news(until, f"did not answer within {limit:.3g} s")
        return self._replies.popleft()

    def early_reply(self) -> Reply | None:
        """A reply that is here already."""
        return self._replies.popleft() if self._replies else None

    async def close(self) -> None:
        """Close at once; what was not taken by the system is dropped."""
        self._fail("is no longer connected")
        self._transport.abort()
        await self._closed

    async def _news(self, until: float, overdue: str) -> None:
        """Wait for anything to happen; at ``until`` the connection is lost."""
        self._waiter = self._loop.create_future()
        timer = self._loop.call_at(until, self._fail, overdue)
        try:
            await self._waiter
        finally:
            timer.cancel()
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)

    def _fail(self, why: str) -> None:
        if self._lost is None:
            self._lost = LostError(why)
        self._wake()

    def _tell_when_full(self) -> None:
        # One octet that the system did not take is enough; at zero TLS would never be empty.
        self._transport.set_write_buffer_limits(high=1, low=0)

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = self._socket = transport
        self._tell_when_full()

    def data_received(self, data: bytes) -> None:
        try:
            for reply in self._reader.feed(data):
                self._replies.append(reply)
                if self._trace:
                    self._trace(self.masked(f"< {reply}"))
        except MalformedError as error:
            self._give_up(f"sent {error}")
        if len(self._replies) > _MOST_WAITING:
            self._give_up("sent replies that nobody asked for")
        self._wake()

    def _give_up(self, why: str) -> None:
        self._fail(why)
        self._transport.abort()

    def pause_writing(self) -> None:
        self._is_full = True

    def resume_writing(self) -> None:
        self._is_full = False
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        reason = getattr(exc, "strerror", None) or exc
        self._fail(f"closed the connection ({reason})" if reason else "closed the connection")
        if not self._closed.done():
            self._closed.set_result(None)
