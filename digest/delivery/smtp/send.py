"""Sending many mails through one account, several connections side by side."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable, Iterable

from digest.delivery.smtp.lane import Lane
from digest.delivery.smtp.office import Clock, Hold, Intend, Office, Settle, Sleep
from digest.delivery.smtp.values import Account, Mail, Server, Trace


async def send_all(
    mails: Iterable[Mail] | AsyncIterable[Mail],
    server: Server,
    *,
    intend: Intend,
    settle: Settle,
    stop: asyncio.Event,
    hold: Hold = lambda: False,
    clock: Clock = time.monotonic,
    sleep: Sleep = asyncio.sleep,
    trace: Trace | None = None,
) -> Account:
    """Send each mail once, and tell what became of it.

    ``intend`` is called before the first octet of a mail's body may leave, again if it is sent
    again over another connection, and ``settle`` when its fate is known: each mail that was
    intended is settled, and some are settled without. A mail that neither was called for was not
    tried. Both are plain calls, such as a commit; for one connection the result of a mail comes
    before the intent of the next. What they or ``mails`` raise ends the run and is raised.

    When ``stop`` is set the messages under way are finished and no other is begun, so that
    nothing is left uncertain. ``hold`` is asked right before a message is begun; true ends the run
    in the same way. What ends it early by itself is the account's ``fault``.
    """
    office = Office(
        mails, server, intend=intend, settle=settle, hold=hold, clock=clock, sleep=sleep
    )
    filling = asyncio.create_task(office.supply.fill())
    watching = asyncio.create_task(_halt_on(stop, office))
    try:
        await _work(office, trace)
        if filling.done():
            filling.result()
    finally:
        for task in (filling, watching):
            task.cancel()
        await asyncio.gather(filling, watching, return_exceptions=True)
    return office.close()


async def _work(office: Office, trace: Trace | None) -> None:
    """Run all lanes to their ends; the first exception halts the others and is raised."""
    count = max(1, office.server.connections)
    first, *others = (Lane(office, _numbered(trace, n, count)) for n in range(1, count + 1))
    ends = await asyncio.gather(
        _open_way(first, office),
        *(_follow(lane, office) for lane in others),
        return_exceptions=True,
    )
    for end in ends:
        if isinstance(end, BaseException):
            raise end


async def _open_way(lane: Lane, office: Office) -> None:
    try:
        await _guard(lane, office)
    finally:
        office.has_opened.set()


async def _follow(lane: Lane, office: Office) -> None:
    """The others wait for the first session, so that a wrong password is tried once only."""
    await office.has_opened.wait()
    await _guard(lane, office)


async def _guard(lane: Lane, office: Office) -> None:
    try:
        await lane.work()
    except BaseException:
        office.halt.set()
        raise


def _numbered(trace: Trace | None, number: int, count: int) -> Trace | None:
    """Tell the connections apart where there are several."""
    if trace is None or count == 1:
        return trace
    return lambda line: trace(f"{number} {line}")


async def _halt_on(stop: asyncio.Event, office: Office) -> None:
    await stop.wait()
    office.halt.set()
