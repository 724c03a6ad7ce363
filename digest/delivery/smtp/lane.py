"""One place for a connection: opens a session, and another when it has ended."""

from __future__ import annotations

from digest.delivery.smtp.courier import Courier, FarewellError
from digest.delivery.smtp.faults import BusyError
from digest.delivery.smtp.office import Office
from digest.delivery.smtp.session import Session
from digest.delivery.smtp.values import Trace
from digest.errors import DigestError


class Lane:
    """Keeps one session busy until the run has no more to do."""

    def __init__(self, office: Office, trace: Trace | None) -> None:
        self._office = office
        self._trace = trace
        self._courier: Courier | None = None
        self._failures = 0
        self._error: DigestError | None = None
        self._has_given_up = False

    async def work(self) -> None:
        """Send until nothing is left, or no session can be had."""
        office = self._office
        try:
            while await self._is_rested() and (job := await office.next()):
                courier = await self._ready()
                if courier is None:
                    office.give_back(job)
                elif office.admits(job, courier.session):
                    await courier.carry(job)
                    await self._review(courier)
            await self._leave(politely=True)
        finally:
            await self._leave(politely=False)

    async def _is_rested(self) -> bool:
        """True when another try may be made."""
        if self._error and self._courier is None and not self._has_given_up:
            self._has_given_up = not await self._office.pause(self._failures)
            if self._has_given_up:
                self._office.retire(self._error)
        return not self._has_given_up

    async def _ready(self) -> Courier | None:
        """The courier of the open session, or of a new one; None if none can be had."""
        if self._courier and self._courier.session.wire.is_quiet:
            return self._courier
        await self._leave(politely=False)
        session = Session(self._office.server, self._trace)
        try:
            if await self._office.opened(session):
                self._courier = Courier(session, self._office)
        except BusyError as error:
            self._fail(error)
        except DigestError as error:
            self._has_given_up = True
            self._office.retire(error)
        finally:
            if self._courier is None:
                await session.close()
        return self._courier

    async def _review(self, courier: Courier) -> None:
        """What the session's end, if it has ended, says about the next one."""
        if courier.answered:
            self._failures, self._error = 0, None
        if courier.end is None:
            limit = self._office.per_session
            if limit and courier.accepted >= limit:
                await self._leave(politely=True)
            return
        if isinstance(courier.end, FarewellError) and courier.end.reply.code == 421:
            self._office.learn(courier.accepted)
        if not courier.answered:
            where = self._office.server.where
            self._fail(BusyError(where, f"the server {courier.end}", "Try again later."))
        await self._leave(politely=False)

    def _fail(self, error: BusyError) -> None:
        self._failures += 1
        self._error = error

    async def _leave(self, *, politely: bool) -> None:
        if self._courier is None:
            return
        session, self._courier = self._courier.session, None
        await (session.quit() if politely else session.close())
