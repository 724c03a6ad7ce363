"""An SMTP server that can do everything wrong, in a thread of its own.

It keeps what it accepted, what it was told, and every breach of the protocol by the client.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from base64 import b64decode
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from tests.authority import Certificate

ALWAYS = 1 << 30
EXTENSIONS = ("PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 20480000", "ENHANCEDSTATUSCODES")


@dataclass(frozen=True, slots=True)
class Say:
    """Another answer than the usual one: octets of your own, then perhaps the end."""

    text: str
    drop: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection ends without an answer; ``keep`` takes the message first."""

    keep: bool = False


@dataclass(frozen=True, slots=True)
class Hang:
    """No answer, nothing is read any more, and the connection stays."""

    keep: bool = False


@dataclass(frozen=True, slots=True)
class Drip:
    """The usual answer, one octet at a time."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Restart:
    """All connections end, and for a while nobody listens."""

    seconds: float


Act = Say | Drop | Hang | Drip | Restart


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at a phase, from its n-th time on, so many times.

    Phases: connect, ehlo, helo, starttls, handshake, auth, mail, rcpt, data, body (after its
    first line), dot, accepted (after the reply to the dot), rset, quit.
    """

    at: str
    act: Act
    first: int = 1
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it was accepted."""

    sender: str
    recipient: str
    data: bytes
    #: Number of the connection, from 1.
    connection: int
    parameters: str = ""


@dataclass(slots=True, kw_only=True)
class Manners:
    """How the server behaves."""

    faults: Sequence[Fault] = ()
    extensions: Sequence[str] = EXTENSIONS
    certificate: Certificate | None = None
    #: TLS from the first octet on, instead of STARTTLS.
    implicit_tls: bool = False
    users: dict[str, str] = field(default_factory=dict)
    mechanisms: Sequence[str] = ("PLAIN", "LOGIN", "XOAUTH2")
    #: 421 to the MAIL after so many messages on one connection, and to more connections at once.
    most_messages: int = ALWAYS
    most_connections: int = ALWAYS
    #: DATA is answered with 354 although no recipient was taken.
    data_without_recipient: bool = False
    #: Seconds before each answer to a final dot.
    delay: float = 0


class SmtpServer:
    """``with SmtpServer(Manners()) as server: ... server.port``."""

    def __init__(self, manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        self.port = 0
        self.accepted: list[Message] = []
        self.commands: list[str] = []
        self.breaches: list[str] = []
        self.connections = 0
        self.logins: list[str] = []
        self._open: set[_Connection] = set()
        self._seen: Counter[str] = Counter()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def recipients(self) -> list[str]:
        return [message.recipient for message in self.accepted]

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        await self._listen()
        self._ready.set()
        await self._stop.wait()
        await self._close()

    async def _listen(self) -> None:
        manners = self.manners
        tls = manners.certificate if manners.implicit_tls else None
        # Named as TCP, or asyncio leaves Nagle's delay on.
        listener = socket.socket(proto=socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Else the system takes many megabytes of a body that we do not read.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 18)
        listener.bind(("127.0.0.1", self.port))
        context = tls.context() if tls else None
        self._server = await asyncio.start_server(
            self._serve, sock=listener, ssl=context, limit=1 << 16
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        for connection in list(self._open):
            connection.end()
        while self._open:
            await asyncio.sleep(0.005)

    async def restart(self, seconds: float) -> None:
        """End everything, stay away, come back."""
        await self._close()
        await asyncio.sleep(seconds)
        await self._listen()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        connection = _Connection(self, self.connections, reader, writer)
        self._open.add(connection)
        with suppress(_EndError, ConnectionError, EOFError, asyncio.CancelledError):
            await connection.talk(is_busy=len(self._open) > self.manners.most_connections)
        connection.end()
        self._open.discard(connection)

    def act(self, phase: str) -> Act | None:
        """Count a phase, and what is to happen at it this time."""
        self._seen[phase] += 1
        for fault in self.manners.faults:
            if fault.at == phase and 0 <= self._seen[phase] - fault.first < fault.times:
                return fault.act
        return None


class _EndError(Exception):
    """The connection is over."""


class _Connection:
    def __init__(
        self,
        server: SmtpServer,
        number: int,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._server, self._manners = server, server.manners
        self._number, self._reader, self._writer = number, reader, writer
        self._is_encrypted = server.manners.implicit_tls
        self._task = asyncio.current_task()
        self._messages = 0
        self._sender: str | None = None
        self._parameters = ""
        self._recipient: str | None = None

    def end(self) -> None:
        self._writer.transport.abort()
        if self._task is not asyncio.current_task() and self._task:
            self._task.cancel()

    async def talk(self, *, is_busy: bool) -> None:
        if is_busy:
            await self._send("421 4.7.0 mx.test too many connections\r\n")
            raise _EndError
        await self._answer("connect", "220 mx.test ESMTP")
        while line := await self._reader.readline():
            command = line.decode("utf-8", "replace").rstrip("\r\n")
            self._server.commands.append(command)
            verb, _, rest = command.partition(" ")
            handler = getattr(self, f"_{verb.lower()}", None)
            if handler is None:
                await self._send("500 5.5.2 command not known\r\n")
            else:
                await handler(rest)

    # What the client may say.

    async def _ehlo(self, _: str) -> None:
        manners = self._manners
        offered = list(manners.extensions)
        if manners.certificate and not self._is_encrypted:
            offered.append("STARTTLS")
        if manners.users:
            offered.append("AUTH " + " ".join(manners.mechanisms))
        lines = ["mx.test greets you", *offered]
        await self._answer(
            "ehlo", "\r\n".join(f"250{'- '[n == len(lines)]}{t}" for n, t in enumerate(lines, 1))
        )

    async def _helo(self, _: str) -> None:
        await self._answer("helo", "250 mx.test")

    async def _starttls(self, _: str) -> None:
        await self._answer("starttls", "220 2.0.0 go ahead")
        assert self._manners.certificate
        if act := self._server.act("handshake"):
            await self._do(act, "")
        await self._writer.start_tls(self._manners.certificate.context())
        self._is_encrypted = True

    async def _auth(self, rest: str) -> None:
        mechanism, _, first = rest.partition(" ")
        user, secret = await getattr(self, f"_by_{mechanism.lower()}")(first)
        self._server.logins.append(f"{mechanism} {user}")
        if self._manners.users.get(user) == secret:
            await self._answer("auth", "235 2.7.0 welcome")
            return
        if mechanism == "XOAUTH2":
            assert await self._ask("eyJzdGF0dXMiOiI0MDEifQ==") == b""
        await self._answer("auth", "535 5.7.8 authentication failed")

    async def _by_plain(self, first: str) -> tuple[str, str]:
        _, user, secret = b64decode(first).decode().split("\0")
        return user, secret

    async def _by_login(self, first: str) -> tuple[str, str]:
        assert not first
        user = await self._ask("VXNlcm5hbWU6")
        return user.decode(), (await self._ask("UGFzc3dvcmQ6")).decode()

    async def _by_xoauth2(self, first: str) -> tuple[str, str]:
        user, bearer, *_ = b64decode(first).decode().split("\1")
        return user.removeprefix("user="), bearer.removeprefix("auth=Bearer ")

    async def _ask(self, prompt: str) -> bytes:
        await self._send(f"334 {prompt}\r\n")
        return b64decode((await self._reader.readline()).strip())

    async def _mail(self, rest: str) -> None:
        if self._messages >= self._manners.most_messages:
            await self._send("421 4.7.0 too many messages on this connection\r\n")
            raise _EndError
        if self._sender is not None:
            self._breach("a MAIL within a transaction")
        if await self._answer("mail", "250 2.1.0 sender ok"):
            path, _, self._parameters = rest.partition(" ")
            self._sender = path.removeprefix("FROM:<").removesuffix(">")

    async def _rcpt(self, rest: str) -> None:
        if self._sender is None:
            await self._answer("rcpt", "503 5.5.1 MAIL first")
        elif await self._answer("rcpt", "250 2.1.5 recipient ok"):
            self._recipient = rest.removeprefix("TO:<").removesuffix(">")

    async def _data(self, _: str) -> None:
        # Whatever stands behind DATA before we have answered was sent too early.
        await asyncio.sleep(0)
        if self._has_more():
            self._breach("a body before 354")
        if self._recipient is None and not self._manners.data_without_recipient:
            await self._answer("data", "503 5.5.1 no valid recipients")
        elif await self._answer("data", "354 end with a dot"):
            await self._body()

    async def _body(self) -> None:
        lines: list[bytes] = []
        said = False
        while (line := await self._reader.readline()) != b".\r\n":
            if not line:
                raise _EndError
            lines.append(line.removeprefix(b"."))
            if len(lines) == 1 and (act := self._server.act("body")):
                await self._do(act, "")
                said = isinstance(act, Say)
        if said:  # the message has its answer, and is not taken
            raise _EndError
        message = self._message(b"".join(lines))
        await asyncio.sleep(self._manners.delay)
        self._sender = self._recipient = None
        if message is None:
            await self._send("554 5.5.1 no valid recipients\r\n")
        elif await self._answer("dot", f"250 2.0.0 queued as {self._messages}", message):
            self._take(message)
            if act := self._server.act("accepted"):
                await self._do(act, "")

    async def _rset(self, _: str) -> None:
        self._sender = self._recipient = None
        await self._answer("rset", "250 2.0.0 ok")

    async def _quit(self, _: str) -> None:
        await self._answer("quit", "221 2.0.0 bye")
        raise _EndError

    # What we answer.

    def _message(self, data: bytes) -> Message | None:
        if self._sender is None or self._recipient is None:
            return None
        return Message(
            sender=self._sender,
            recipient=self._recipient,
            data=data,
            connection=self._number,
            parameters=self._parameters,
        )

    def _take(self, message: Message) -> None:
        self._messages += 1
        self._server.accepted.append(message)

    async def _answer(self, phase: str, usual: str, message: Message | None = None) -> bool:
        """Answer as usual, or as the faults will have it; True for a friendly answer."""
        if "PIPELINING" not in self._manners.extensions and self._has_more():
            self._breach(f"more behind {phase} without PIPELINING")
        if act := self._server.act(phase):
            if message and isinstance(act, Drop | Hang) and act.keep:
                self._take(message)
            return await self._do(act, f"{usual}\r\n")
        await self._send(f"{usual}\r\n")
        return usual[0] in "23"

    async def _do(self, act: Act, usual: str) -> bool:
        match act:
            case Say(text, drop):
                await self._send(text)
                if drop:
                    raise _EndError
                return text[:1] in ("2", "3")
            case Drop():
                raise _EndError
            case Hang():
                await asyncio.Event().wait()
                raise _EndError
            case Drip(seconds):
                for octet in usual:
                    await self._send(octet)
                    await asyncio.sleep(seconds)
                return usual[0] in "23"
            case Restart(seconds):
                self._restarting = asyncio.ensure_future(self._server.restart(seconds))
                await self._reader.read()
                raise _EndError

    async def _send(self, text: str) -> None:
        self._writer.write(text.encode())
        await self._writer.drain()

    def _has_more(self) -> bool:
        return bool(self._reader._buffer)  # type: ignore[attr-defined]  # noqa: SLF001 - no other way to see it

    def _breach(self, what: str) -> None:
        self._server.breaches.append(what)
