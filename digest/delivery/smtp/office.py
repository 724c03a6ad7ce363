"""One run: what all its connections share.

Every mail whose intent was told is settled before the run ends, unless the process dies or the
caller's own functions raise.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable
from typing import TypeVar

from digest.delivery.smtp.breaker import Breaker
from digest.delivery.smtp.envelope import check_edition, check_recipient
from digest.delivery.smtp.faults import ServerError
from digest.delivery.smtp.pace import Pace
from digest.delivery.smtp.session import Session
from digest.delivery.smtp.supply import Job, Supply
from digest.delivery.smtp.values import Account, Mail, Phase, Result, Server
from digest.errors import DigestError
from digest.model import State

_T = TypeVar("_T")

Intend = Callable[[Mail], None]
Settle = Callable[[Mail, Result], None]
Hold = Callable[[], bool]
Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


class Office:
    """Hands out mails, hears what became of them, and says when to stop."""

    def __init__(
        self,
        mails: Iterable[Mail] | AsyncIterable[Mail],
        server: Server,
        *,
        intend: Intend,
        settle: Settle,
        hold: Hold,
        clock: Clock,
        sleep: Sleep,
    ) -> None:
        self.server = server
        self.supply = Supply(mails, ahead=4 * server.connections)
        #: Nothing more may begin.
        self.halt = asyncio.Event()
        #: A first session has opened, or never will.
        self.has_opened = asyncio.Event()
        self._sessions = 0
        #: Messages that the server takes on one session, once that is known.
        self.per_session: int | None = None
        self._fault: DigestError | None = None
        self._intend, self._settle, self._hold = intend, settle, hold
        self._sleep = sleep
        self._pace = Pace(per_second=server.per_second, per_hour=server.per_hour, clock=clock)
        self._breaker = Breaker(server.where)
        self._counts: Counter[State] = Counter()
        self._retired: DigestError | None = None
        self._ended_after: set[int] = set()

    # Mails.

    async def next(self) -> Job | None:
        """The next mail, once it may begin; None when there is no more to do."""
        job = self.supply.at_hand() or await self._unless_halted(self.supply.take())
        while job and not self.halt.is_set() and (delay := self._pace.wait()):
            await self._unless_halted(self._sleep(delay))
        if job and self.halt.is_set():
            self.supply.give_back(job)
            return None
        return job

    def rider(self, session: Session, carried: int) -> Job | None:
        """A mail that may begin at once on this session, which has carried so many."""
        if self.per_session and carried >= self.per_session:
            return None
        while not self.halt.is_set() and (job := self.supply.at_hand()):
            if not self.admits(job, session):
                continue
            if self._pace.wait() == 0:
                return job
            self.supply.give_back(job)
            return None
        return None

    def admits(self, job: Job, session: Session) -> bool:
        """True for what can be sent on this session now; settles, or gives back, what cannot."""
        if self._hold():
            self.supply.give_back(job)
            self.halt.set()
            return False
        try:
            check_edition(job.mail, session.extensions, self.server)
        except ServerError as error:
            self.supply.give_back(job)
            self.stop(error)
            return False
        if refusal := check_recipient(job.mail, session.extensions):
            self.settle(job, refusal)
        return refusal is None

    def give_back(self, job: Job) -> None:
        """It was not tried."""
        self.supply.give_back(job)

    def lost(self, job: Job, phase: Phase, why: str) -> None:
        """It did not arrive, since its connection broke: it is tried again, but not for ever."""
        job.lost += 1
        if job.lost < self.server.limits.tries:
            self.supply.give_back(job)
        else:
            self.settle(job, Result(state=State.DEFERRED, phase=phase, words=why))

    def intend(self, job: Job) -> None:
        """Called before the first octet of a body leaves."""
        self._intend(job.mail)
        job.is_intended = True

    def settle(self, job: Job, result: Result) -> None:
        """Called when it is known what became of a mail."""
        job.is_intended = False
        self._counts[result.state] += 1
        self._settle(job.mail, result)
        if fault := self._breaker.check(result):
            self.stop(fault)

    # Sessions.

    async def opened(self, session: Session) -> bool:
        """Open it; False if the run ends first. Raises `DigestError`."""
        await self._unless_halted(session.open())
        if self.halt.is_set():
            return False
        self._sessions += 1
        self.has_opened.set()
        return True

    async def pause(self, failures: int) -> bool:
        """Wait after so many failures in a row; False if they are too many."""
        limits = self.server.limits
        waits = limits.backoff if self._sessions else limits.backoff[: limits.opening]
        if failures > len(waits):
            return False
        await self._unless_halted(self._sleep(waits[failures - 1]), self.supply.finished)
        return True

    def learn(self, carried: int) -> None:
        """The server ended a session by 421 after so many: twice the same number is its limit."""
        if carried and carried in self._ended_after:
            self.per_session = min(carried, self.per_session or carried)
        self._ended_after.add(carried)

    def retire(self, error: DigestError) -> None:
        """A lane gives up. Before any session has opened nobody else need try."""
        self._retired = error
        if not self._sessions:
            self.stop(error)

    # The end.

    def stop(self, fault: DigestError) -> None:
        """Begin nothing more; the first fault is the one that is told."""
        if not self.halt.is_set():
            self._fault = fault
            self.halt.set()

    def close(self) -> Account:
        """Once all lanes have ended: settle what was intended and lost its connection since."""
        if self._retired and not self.supply.finished.is_set():
            self.stop(self._retired)
        for job in self.supply.rest():
            if job.is_intended:
                words = "the connection broke before the message was complete"
                self.settle(job, Result(state=State.DEFERRED, phase=Phase.BODY, words=words))
        return Account(
            accepted=self._counts[State.ACCEPTED],
            refused=self._counts[State.REFUSED],
            deferred=self._counts[State.DEFERRED],
            uncertain=self._counts[State.UNCERTAIN],
            sessions=self._sessions,
            per_session=self.per_session,
            fault=self._fault,
        )

    async def _unless_halted(self, work: Awaitable[_T], *ends: asyncio.Event) -> _T | None:
        """What ``work`` gives; None if the run is halted, or one of ``ends`` comes, before."""
        task = asyncio.ensure_future(work)
        others = [asyncio.ensure_future(event.wait()) for event in (self.halt, *ends)]
        try:
            await asyncio.wait((task, *others), return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            for future in (task, *others):
                future.cancel()
            await asyncio.gather(task, *others, return_exceptions=True)
