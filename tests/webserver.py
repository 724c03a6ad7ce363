"""A small web server for tests: real sockets, one thread, and every bad habit that sites have.

    with WebServer() as web:
        web["/feed.xml"] = b"<rss/>"                       # 200, always
        web["/gone"] = Reply(status=410)
        web["/old"] = redirect("/feed.xml", 301)
        web["/news"] = conditional(b"<rss/>", etag='"1"')  # 304 to those who have it
        web["/moods"] = in_turn(Reply(status=503), Reply(b"<rss/>"))  # the last one stays
        web["/hop/*"] = lambda asked: redirect(f"/hop/{len(asked.path) + 1}")
        ... web.url("/feed.xml") ...
        assert [asked.headers.get("if-none-match") for asked in web.asked("/feed.xml")] == [None]

A route is bytes, a `Reply`, or a function of the `Asked` request that gives either; it may be set,
changed and deleted (``del web["/x"]``) at any time. A path without a route is looked up without
its query, then by the routes that end in ``*``, then answered with 404 (robots.txt too). The
server listens on 127.0.0.1 and answers whatever host it is asked for. A `Reply` can also be slow,
wrong about its length, cut short, squeezed (`bomb`), raw or silent: see its fields.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Self

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 410: "Gone"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as the server saw it."""

    method: str
    #: With its query.
    path: str
    #: By lower-case name.
    headers: Mapping[str, str]
    #: Seconds of ``time.monotonic()``.
    time: float
    #: Number of the connection that it came on, from 1.
    connection: int


@dataclass(frozen=True)
class Reply:
    """What the server answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    #: Content-Type; empty leaves it out.
    media_type: str = "text/html; charset=utf-8"
    #: Squeeze the body and say so: ``gzip``, ``deflate``, ``br`` or ``zstd``.
    encoding: str = ""
    #: Seconds before the first byte.
    delay: float = 0.0
    #: Seconds between two bytes of the body.
    drip: float = 0.0
    #: Content-Length, right or wrong; None says the right one, -1 sends chunks instead.
    length: int | None = None
    #: Hang up after so many bytes of the body.
    cut: int | None = None
    #: Send these bytes instead of head and body, and hang up.
    raw: bytes | None = None
    #: Read the request and never answer.
    silent: bool = False


Route = bytes | Reply | Callable[[Asked], "bytes | Reply"]


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": to})


def conditional(
    body: bytes,
    *,
    etag: str | None = None,
    modified: datetime | None = None,
    media_type: str = "application/rss+xml",
    headers: Mapping[str, str] | None = None,
) -> Callable[[Asked], Reply]:
    """A route with validators: 304 for a request that names them, else ``body``."""
    said = dict(headers or {})
    if etag:
        said["ETag"] = etag
    if modified:
        said["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)

    def answer(asked: Asked) -> Reply:
        match, since = asked.headers.get("if-none-match"), asked.headers.get("if-modified-since")
        known = match == etag if match else since is not None and since == said.get("Last-Modified")
        return Reply(b"" if known else body, 304 if known else 200, said, media_type)

    return answer


def in_turn(*replies: bytes | Reply) -> Callable[[Asked], bytes | Reply]:
    """A route that answers each request with the next reply; the last one stays."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def bomb(encoding: str, size: int = 100_000_000) -> Reply:
    """``size`` zeros, squeezed to almost nothing."""
    return Reply(squeeze(bytes(size), encoding), headers={"Content-Encoding": encoding})


def squeeze(data: bytes, encoding: str) -> bytes:
    if encoding == "gzip":
        import gzip

        return gzip.compress(data)
    if encoding == "deflate":
        import zlib

        return zlib.compress(data)
    if encoding == "br":
        import brotli  # type: ignore[import-untyped]  # ships no types

        return bytes(brotli.compress(data, quality=4))
    import zstandard

    return zstandard.ZstdCompressor().compress(data)


class WebServer:
    """Serves its routes from a thread of its own until the ``with`` block ends."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, delay: float = 0.0) -> None:
        #: Every request, in the order of arrival.
        self.log: list[Asked] = []
        self.port = 0
        #: Seconds before every reply.
        self.delay = delay
        self._routes: dict[str, Route] = {}
        self._tls = tls
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._talks: set[asyncio.Task[None]] = set()
        self._connections = 0
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="web server", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10), "the web server did not start"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        assert not self._thread.is_alive(), "the web server did not stop"

    def __setitem__(self, path: str, route: Route) -> None:
        self._routes[path] = route

    def __delitem__(self, path: str) -> None:
        del self._routes[path]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        """The requests for one path, in the order of arrival."""
        return [asked for asked in self.log if asked.path == path]

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(
            self._welcome, "127.0.0.1", 0, ssl=self._tls, backlog=1024
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        talks = list(self._talks)
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.current_task()
        assert talk is not None
        self._talks.add(talk)
        self._connections += 1
        try:
            await self._talk(reader, writer, self._connections)
        except (OSError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass  # the client hung up, or the test is over
        finally:
            self._talks.discard(talk)
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int
    ) -> None:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            asked = _asked(head, connection)
            self.log.append(asked)
            reply = self._reply(asked)
            if self.delay or reply.delay:
                await asyncio.sleep(self.delay + reply.delay)
            if reply.silent:
                await reader.read()  # until the client gives up
                return
            await _send(writer, reply)
            if reply.raw is not None or reply.cut is not None or "Connection" in reply.headers:
                return

    def _reply(self, asked: Asked) -> Reply:
        route = self._route(asked.path)
        answer = route(asked) if callable(route) else route
        return Reply(answer) if isinstance(answer, bytes) else answer

    def _route(self, path: str) -> Route:
        for exact in (path, path.partition("?")[0]):
            if exact in self._routes:
                return self._routes[exact]
        for pattern, route in self._routes.items():
            if pattern.endswith("*") and path.startswith(pattern[:-1]):
                return route
        return Reply(b"Not here.", 404, media_type="text/plain")


def _asked(head: bytes, connection: int) -> Asked:
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ", 2)
    fields = (line.partition(":") for line in lines)
    return Asked(
        method=method,
        path=path,
        headers={name.strip().lower(): value.strip() for name, _, value in fields},
        time=time.monotonic(),
        connection=connection,
    )


async def _send(writer: asyncio.StreamWriter, reply: Reply) -> None:
    if reply.raw is not None:
        writer.write(reply.raw)
        await writer.drain()
        return
    body = squeeze(reply.body, reply.encoding) if reply.encoding else reply.body
    writer.write(_head(reply, len(body)))
    body = body[: reply.cut]
    pieces = [body[place : place + 1] for place in range(len(body))] if reply.drip else [body]
    for piece in filter(None, pieces):
        writer.write(_chunk(piece) if reply.length == -1 else piece)
        await writer.drain()
        await asyncio.sleep(reply.drip)
    if reply.length == -1 and reply.cut is None:
        writer.write(_chunk(b""))
    await writer.drain()


def _head(reply: Reply, length: int) -> bytes:
    fields = dict(reply.headers)
    if reply.media_type and reply.status != 304:
        fields.setdefault("Content-Type", reply.media_type)
    if reply.encoding:
        fields["Content-Encoding"] = reply.encoding
    if reply.length == -1:
        fields["Transfer-Encoding"] = "chunked"
    elif reply.status != 304:
        fields["Content-Length"] = str(length if reply.length is None else reply.length)
    lines = [f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, 'Answer')}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "\r\n".join((*lines, "", "")).encode("latin-1")


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)
