"""A run of sending, watched: it checks in every test what must hold in each."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterable, Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from digest.delivery.smtp import Account, Limits, Mail, Result, Server, send_all
from digest.model import State
from tests.smtpserver import Fault, SmtpServer

#: Long enough for a busy machine, short enough for a test that waits for it.
QUICK = Limits(
    connect=5, greeting=5, login=5, command=5, data=5, block=5, dot=5, transaction=20, quit=1
)


def brief(**limits: float) -> Limits:
    return replace(QUICK, **limits)  # type: ignore[arg-type]  # every limit named here is a number


def mail(name: str = "ada", *, body: str = "A night ferry.\r\n", **fields: Any) -> Mail:
    head = f"From: paper@courier.example\r\nTo: {name}@reader.example\r\nSubject: Ferry\r\n\r\n"
    given: dict[str, Any] = {
        "key": name,
        "sender": "paper@courier.example",
        "recipient": f"{name}@reader.example",
        "data": (head + body).encode(),
    }
    return Mail(**(given | fields))


def mails(count: int, **fields: Any) -> list[Mail]:
    return [mail(f"reader{number}", **fields) for number in range(1, count + 1)]


@dataclass
class Run:
    """What was seen from outside."""

    account: Account
    results: dict[str, Result]
    #: ``intend <key>`` and ``settle <key>``, in their order.
    log: list[str]
    #: What was asked of ``sleep``.
    waits: list[float]
    trace: list[str] = field(default_factory=list)

    @property
    def states(self) -> list[State]:
        return [result.state for result in self.results.values()]

    @property
    def fault(self) -> str:
        return str(self.account.fault) if self.account.fault else ""


def account_on(port: int, **settings: Any) -> Server:
    given: dict[str, Any] = {"host": "127.0.0.1", "port": port, "security": "none", "limits": QUICK}
    return Server(**(given | settings))


def deliver(
    server: SmtpServer | Server,
    given: Iterable[Mail] | AsyncIterable[Mail],
    *,
    stop_when: Callable[[list[str]], bool] = lambda _: False,
    clock: Callable[[], float] | None = None,
    sleep: Callable[[float], Any] | None = None,
    **settings: Any,
) -> Run:
    """Send, then check that the calls, the results and the counts fit together."""
    target = server if isinstance(server, Server) else account_on(server.port, **settings)
    run = Run(Account(), {}, [], [])
    stop = asyncio.Event()

    def note(event: str) -> None:
        run.log.append(event)
        if stop_when(run.log):
            stop.set()

    def settle(mail: Mail, result: Result) -> None:
        assert mail.key not in run.results, "settled twice"
        run.results[mail.key] = result
        note(f"settle {mail.key}")

    async def nap(seconds: float) -> None:
        run.waits.append(seconds)
        await asyncio.sleep(0.02)

    async def go() -> Account:
        return await send_all(
            given,
            target,
            intend=lambda mail: note(f"intend {mail.key}"),
            settle=settle,
            stop=stop,
            sleep=sleep or nap,
            trace=run.trace.append,
            clock=clock or time.monotonic,
        )

    run.account = asyncio.run(go())
    _check(run)
    if isinstance(server, SmtpServer):
        _compare(run, server)
    return run


def _check(run: Run) -> None:
    account, states = run.account, Counter(run.states)
    counted = (account.accepted, account.refused, account.deferred, account.uncertain)
    assert counted == tuple(states[state] for state in State)
    intended = {event.partition(" ")[2] for event in run.log if event.startswith("intend")}
    assert intended <= set(run.results), "intended and never settled"
    accepted = {key for key, result in run.results.items() if result.state is State.ACCEPTED}
    assert accepted <= intended
    assert all(str(result).isprintable() for result in run.results.values())


def _compare(run: Run, server: SmtpServer) -> None:
    """What the server has is what we say it has, but for what we say we do not know."""
    got = Counter(name.partition("@")[0] for name in server.recipients)
    accepted = {key for key, result in run.results.items() if result.state is State.ACCEPTED}
    doubtful = {key for key, result in run.results.items() if result.state is State.UNCERTAIN}
    assert set(got.values()) <= {1}, "a message arrived twice"
    assert accepted <= set(got) <= accepted | doubtful
    assert server.breaches == []


def always(at: str, act: Any) -> Fault:
    return Fault(at, act, times=1 << 30)
