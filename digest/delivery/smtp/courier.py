"""Messages over one session, one round trip each where the server allows it.

    us      MAIL RCPT DATA | body . MAIL RCPT DATA | body . MAIL RCPT DATA | body .
    server                 ^ 354                   ^ 250 250 250 354       ^ ...

RFC 2920, 3.1: a command that changes the state may end a group of commands, and a message's
content may begin one. So the next message's envelope rides on the final dot of this one.

The phase is known at every moment. Only between the final dot and its reply may a message have
arrived or not; in any other phase a lost connection is safe, and the message is sent again.
"""

from __future__ import annotations

import asyncio

from digest.delivery.smtp.envelope import LONE_DOT, commands, stuffed, verdict
from digest.delivery.smtp.office import Office
from digest.delivery.smtp.replies import Reply
from digest.delivery.smtp.session import Session
from digest.delivery.smtp.supply import Job
from digest.delivery.smtp.values import Phase, Result
from digest.delivery.smtp.wire import LostError
from digest.model import State

#: Octets that are handed over at once.
_BLOCK = 1 << 16
_ENVELOPE = (Phase.MAIL, Phase.RCPT, Phase.DATA)


class FarewellError(LostError):
    """The server ends the session (421), or answers before the message is complete."""

    def __init__(self, why: str, reply: Reply) -> None:
        super().__init__(why, reply)
        self.reply = reply

    def __str__(self) -> str:
        return str(self.args[0])


class Courier:
    """Carries messages over an open session until it ends."""

    def __init__(self, session: Session, office: Office) -> None:
        self.session = session
        self._office = office
        self._wire = session.wire
        self._limits = session.server.limits
        self._pipelining = session.extensions.pipelining
        self._phase = Phase.MAIL
        #: The message under way, until it is settled, and the one that rides on its dot.
        self._job: Job | None = None
        self._rider: Job | None = None
        self._until = 0.0
        #: Messages that the server has accepted on this session.
        self.accepted = 0
        #: Messages that it has given an answer to.
        self.answered = 0
        #: Why the session is of no more use; None while it is.
        self.end: LostError | None = None

    async def carry(self, job: Job) -> None:
        """Deliver ``job``, and each that can ride on the one before it."""
        current: Job | None = job
        is_ahead = False
        while current:
            self._job, self._rider = current, None
            try:
                await self._transaction(current, is_ahead=is_ahead)
            except LostError as error:
                self._lose(error)
                return
            current, is_ahead = self._rider, True

    async def _transaction(self, job: Job, *, is_ahead: bool) -> None:
        refusal, is_open = await self._envelope(job, is_ahead=is_ahead)
        if refusal:
            self._settle(job, refusal)
            if is_open:
                await self._dot(is_lone=True)
            elif refusal.phase is not Phase.MAIL:
                await self._reset()
            return
        self._office.intend(job)
        await self._body(job)
        reply = await self._dot(is_lone=False)
        self.accepted += reply.is_positive
        self._settle(job, verdict(reply, Phase.DOT))

    async def _envelope(self, job: Job, *, is_ahead: bool) -> tuple[Result | None, bool]:
        """What stands in the way, and whether the server waits for a message none the less."""
        lines = commands(job.mail, self.session.extensions)
        if not is_ahead:
            self._begin()
            if self._pipelining:
                self._wire.write(b"".join(lines))
        refusal = None
        for self._phase, line in zip(_ENVELOPE, lines, strict=True):
            if not self._pipelining:
                if refusal:
                    return refusal, False
                self._wire.write(line)
            reply = await self._envelope_reply()
            if refusal is None and reply.code >= 400:
                refusal = verdict(reply, self._phase)
        return refusal, reply.code == 354

    async def _envelope_reply(self) -> Reply:
        is_data = self._phase is Phase.DATA
        reply = await self._reply(self._limits.data if is_data else self._limits.command)
        is_go = reply.code == 354 if is_data else reply.is_positive
        if not is_go and reply.code < 400:
            raise LostError(f"answered {self._phase} with {reply}")
        return reply

    async def _body(self, job: Job) -> None:
        self._phase = Phase.BODY
        body = stuffed(job.mail.data)
        for start in range(0, len(body), _BLOCK):
            block = body[start : start + _BLOCK]
            self._wire.write(block, f"({len(block)} octets)")
            await self._wire.drained(self._remaining(self._limits.block))
            if early := self._wire.early_reply():
                raise FarewellError(f"answered before the message was complete: {early}", early)

    async def _dot(self, *, is_lone: bool) -> Reply:
        """Send the final dot, with the next envelope if there is one, and read the reply to it."""
        limit = self._remaining(self._limits.dot)
        ahead = b""
        if self._pipelining:
            self._rider = self._office.rider(self.session, self.accepted + (not is_lone))
        if self._rider:
            ahead = b"".join(commands(self._rider.mail, self.session.extensions))
        self._phase = Phase.DATA if is_lone else Phase.DOT
        self._wire.write(LONE_DOT + ahead)
        self._begin()
        reply = await self._reply(limit)
        if 300 <= reply.code < 400:
            raise LostError(f"answered the final dot with {reply}")
        return reply

    async def _reset(self) -> None:
        """End a transaction that was begun and goes no further."""
        self._wire.write(b"RSET\r\n")
        if not (reply := await self._reply(self._limits.command)).is_positive:
            raise LostError(f"answered RSET with {reply}")

    async def _reply(self, limit: float) -> Reply:
        reply = await self._wire.reply(self._remaining(limit))
        if reply.code == 421:
            raise FarewellError(f"ended the session: {reply}", reply)
        return reply

    def _begin(self) -> None:
        self._until = asyncio.get_running_loop().time() + self._limits.transaction

    def _remaining(self, limit: float) -> float:
        left = self._until - asyncio.get_running_loop().time()
        if left <= 0:
            raise LostError(f"took more than {self._limits.transaction:.3g} s for one message")
        return min(limit, left)

    def _settle(self, job: Job, result: Result) -> None:
        """Settle by the server's answer; doubt is none, and says nothing good of the session."""
        self.answered += 1
        self._job = None
        self._office.settle(job, result)

    def _lose(self, error: LostError) -> None:
        """Say what the end of the session means for those under way."""
        self.end = error
        if self._rider:
            self._office.give_back(self._rider)
        if self._job is None:
            return
        why = f"the server {error}"
        if refusal := self._refused_early(error):
            self._settle(self._job, refusal)
        elif self._phase is Phase.DOT and not isinstance(error, FarewellError):
            doubt = Result(state=State.UNCERTAIN, phase=Phase.DOT, words=why)
            self._office.settle(self._job, doubt)
        else:
            self._office.lost(self._job, self._phase, why)

    def _refused_early(self, error: LostError) -> Result | None:
        """Servers that will not have a message may say so, and close, before they have read it."""
        if self._phase is not Phase.BODY:
            return None
        reply = error.reply if isinstance(error, FarewellError) else self._wire.early_reply()
        return verdict(reply, Phase.BODY) if reply and 400 <= reply.code != 421 else None
