"""``python -m tests.bench.bench_smtp``: messages of 63 KB to a fast sink, beside other clients.

The sink, and a proxy that delays each direction by 10 ms, have processes of their own. Ratios are
what to read: the machine may be busy. CPU is that of the client's process. Nothing is asserted.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import smtplib
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import cast

from digest.delivery.smtp import Mail, Result, Server, send_all

SENDER, HOST = "paper@courier.example", "127.0.0.1"
#: Messages with and without delay, for a client that waits at each step and for ours; rounds.
AT_ONCE, DELAYED, ROUNDS = 2_000, 60, 3
#: Messages that are leased by one synced commit.
BLOCK = 250
DELAY = 0.010


@dataclass(frozen=True, slots=True)
class Figure:
    """One client's round."""

    messages: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        return self.messages / self.seconds

    @property
    def cost(self) -> float:
        """CPU seconds of one message."""
        return self.cpu / self.messages


Client = Callable[[int, int], object]


def main() -> None:
    """Print one line for each client, without delay and with it."""
    with served(sink) as port:
        print("fast sink, no delay")
        compare(port, AT_ONCE, clients())
        with served(proxy, port) as slow:
            print(f"the same behind {2 * DELAY * 1000:.0f} ms")
            compare(slow, DELAYED, clients())


def clients() -> dict[str, tuple[Client, int]]:
    """Each client, and how many messages it sends for each that a single connection sends."""
    found: dict[str, tuple[Client, int]] = {
        "smtplib, reused": (by_smtplib, 1),
        "ours x1": (lambda port, count: by_us(port, count, connections=1), 4),
        "ours x1, journal": (lambda port, count: journaled(port, count, connections=1), 4),
        "ours x10": (lambda port, count: by_us(port, count, connections=10), 10),
        "ours x10, journal": (lambda port, count: journaled(port, count, connections=10), 10),
    }
    if find_spec("aiosmtplib"):
        found["aiosmtplib x10"] = (lambda port, count: asyncio.run(by_aiosmtplib(port, count)), 5)
    return found


def compare(port: int, count: int, measured: dict[str, tuple[Client, int]]) -> None:
    """The best round of each: what the machine's other work takes is not the client's."""
    floor: Figure | None = None
    for name, (client, share) in measured.items():
        number = count * (share if count == DELAYED else 1)
        best = max((figure(client, port, number) for _ in range(ROUNDS)), key=lambda f: f.rate)
        floor = floor or best
        print(
            f"  {name:20} {best.rate:7,.0f} messages/s, {best.rate / floor.rate:5.1f} x;"
            f" {best.cost * 1000:6.2f} CPU-ms each, {best.cost / floor.cost:4.2f} x"
        )


def figure(client: Client, port: int, count: int) -> Figure:
    start, spent = time.perf_counter(), time.process_time()
    client(port, count)
    return Figure(count, time.perf_counter() - start, time.process_time() - spent)


# Clients.


def message(size: int = 63_000) -> bytes:
    head = f"From: {SENDER}\r\nTo: reader@reader.example\r\nSubject: The night ferry\r\n\r\n"
    line = '<p style=3D"margin:0">The council voted to keep the boat until spring, eleven=\r\n'
    return (head + line * (size // len(line))).encode()


def mails(count: int) -> Iterator[Mail]:
    data = message()
    for number in range(count):
        recipient = f"reader{number}@reader.example"
        yield Mail(key=str(number), sender=SENDER, recipient=recipient, data=data)


def by_us(
    port: int,
    count: int,
    *,
    connections: int,
    source: Iterator[Mail] | None = None,
    intend: Callable[[Mail], None] = lambda _: None,
    settle: Callable[[Mail, Result], None] = lambda *_: None,
) -> None:
    server = Server(host=HOST, port=port, security="none", connections=connections)
    account = asyncio.run(
        send_all(source or mails(count), server, intend=intend, settle=settle, stop=asyncio.Event())
    )
    assert account.accepted == count


def journaled(port: int, count: int, *, connections: int) -> None:
    """A lease synced for each block; the result of a mail goes with the next intent."""
    with tempfile.TemporaryDirectory() as folder:
        journal = sqlite3.connect(Path(folder) / "journal.db", isolation_level=None)
        with contextlib.closing(journal):
            journal.execute("PRAGMA journal_mode = WAL")
            journal.execute("CREATE TABLE sends (key TEXT PRIMARY KEY, state TEXT, words TEXT)")
            journal.execute("PRAGMA synchronous = NORMAL")
            by_us(
                port,
                count,
                connections=connections,
                source=leased(journal, mails(count)),
                intend=lambda mail: intend(journal, mail),
                settle=lambda mail, result: settle(journal, mail, result),
            )
            commit(journal)
            [states] = journal.execute("SELECT count(*) FROM sends WHERE state = 'accepted'")
            assert states == (count,)


def leased(journal: sqlite3.Connection, source: Iterator[Mail]) -> Iterator[Mail]:
    while block := [mail for _, mail in zip(range(BLOCK), source, strict=False)]:
        commit(journal)
        journal.execute("PRAGMA synchronous = FULL")
        journal.execute("BEGIN")
        rows = ((mail.key,) for mail in block)
        journal.executemany("INSERT INTO sends VALUES (?, 'leased', '')", rows)
        journal.execute("COMMIT")
        journal.execute("PRAGMA synchronous = NORMAL")
        yield from block


def intend(journal: sqlite3.Connection, mail: Mail) -> None:
    begin(journal)
    journal.execute("UPDATE sends SET state = 'intended' WHERE key = ?", (mail.key,))
    journal.execute("COMMIT")


def settle(journal: sqlite3.Connection, mail: Mail, result: Result) -> None:
    begin(journal)
    row = (result.state.value, result.words, mail.key)
    journal.execute("UPDATE sends SET state = ?, words = ? WHERE key = ?", row)


def begin(journal: sqlite3.Connection) -> None:
    if not journal.in_transaction:
        journal.execute("BEGIN")


def commit(journal: sqlite3.Connection) -> None:
    if journal.in_transaction:
        journal.execute("COMMIT")


def by_smtplib(port: int, count: int) -> None:
    with smtplib.SMTP(HOST, port) as client:
        for mail in mails(count):
            client.sendmail(mail.sender, [mail.recipient], mail.data)


async def by_aiosmtplib(port: int, count: int) -> None:
    import aiosmtplib

    source = mails(count)

    async def lane() -> None:
        async with aiosmtplib.SMTP(hostname=HOST, port=port, start_tls=False) as client:
            for mail in source:
                await client.sendmail(mail.sender, [mail.recipient], mail.data)

    await asyncio.gather(*(lane() for _ in range(10)))


# Servers.


@contextmanager
def served(serve: Callable[..., None], *args: int) -> Iterator[int]:
    """Run a server in a process of its own; gives its port."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process: SpawnProcess = context.Process(target=serve, args=(theirs, *args), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


class Sink(asyncio.Protocol):
    """Takes everything, and looks at no more of a body than it must."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._rest, self._in_body = b"", False
        self._transport.write(b"220 sink.test ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        data = self._rest + data
        replies: list[bytes] = []
        start = 0
        while (end := self._end(data, start)) >= 0:
            replies.append(self._reply(data[start:end]))
            start = end
        # A body is passed over; only what may be the beginning of its end is kept.
        self._rest = data[max(start, len(data) - 4) :] if self._in_body else data[start:]
        if replies:
            self._transport.write(b"".join(replies))

    def _end(self, data: bytes, start: int) -> int:
        mark = b"\r\n.\r\n" if self._in_body else b"\r\n"
        found = data.find(mark, start)
        return found + len(mark) if found >= 0 else -1

    def _reply(self, line: bytes) -> bytes:
        if self._in_body:
            self._in_body = False
            return b"250 2.0.0 queued\r\n"
        match line[:4].upper():
            case b"EHLO":
                return b"250-sink.test\r\n250-PIPELINING\r\n250-SIZE 0\r\n250 8BITMIME\r\n"
            case b"DATA":
                self._in_body = True
                return b"354 go on\r\n"
            case b"QUIT":
                return b"221 bye\r\n"
            case _:
                return b"250 2.0.0 ok\r\n"


def sink(ready: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(Sink, HOST, 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


class Delayed(asyncio.Protocol):
    """One end of the proxy: what comes in leaves by the other end a little later."""

    def __init__(self) -> None:
        self.other: Delayed | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        asyncio.get_running_loop().call_later(DELAY, self._pass_on, data)

    def connection_lost(self, _: Exception | None) -> None:
        asyncio.get_running_loop().call_later(DELAY, self._pass_on, None)

    def _pass_on(self, data: bytes | None) -> None:
        transport = self.other.transport if self.other else None
        if transport and data is None:
            transport.close()
        elif transport and data and not transport.is_closing():
            transport.write(data)


class Front(Delayed):
    """The end that clients see; it opens the other one."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._task = asyncio.ensure_future(self._open())

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        _, back = await loop.create_connection(Delayed, HOST, self._port)
        self.other, back.other = back, self


def proxy(ready: Connection, port: int) -> None:
    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Front(port), HOST, 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


if __name__ == "__main__":
    main()
