"""One issue to all its recipients.

    plan | lease | fill | send | settle

The ledger hears of each step before or after it as its promise needs: a row for every recipient
before the first message, the lease before a block, the intent before a body, the result after
the reply. So a mailing that was killed is taken up again where it was.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Protocol

from digest.delivery.smtp import Account, Mail, Phase, Result
from digest.errors import DigestError
from digest.ledger.recipients import Recipients
from digest.ledger.sends import Sends
from digest.mail import FormLetter, sections_key
from digest.model import Issue, Receipt, Send, SendState, State

_STATES = {
    State.ACCEPTED: SendState.SENT,
    State.REFUSED: SendState.REFUSED,
    State.DEFERRED: SendState.DEFERRED,
    State.UNCERTAIN: SendState.UNCERTAIN,
}
#: States in which a recipient still has something to expect.
OPEN = frozenset((SendState.PLANNED, SendState.LEASED, SendState.SENDING, SendState.DEFERRED))


class Sender(Protocol):
    """`digest.delivery.smtp.send_all` with its server."""

    async def __call__(
        self,
        mails: Iterable[Mail],
        *,
        intend: Callable[[Mail], None],
        settle: Callable[[Mail, Result], None],
        stop: asyncio.Event,
    ) -> Account: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is done about those who were not reached at once."""

    #: Whether a message that is in doubt is sent again, the same to the last byte.
    resend: bool = True
    #: Pauses before each further try; the last one goes on.
    retries: tuple[timedelta, ...] = (timedelta(minutes=5),)
    #: How long after its slot an issue may go out.
    expiry: timedelta = timedelta(days=1)
    #: How long one run waits for those who were put off.
    patience: timedelta = timedelta(0)
    #: Rows leased at a time: about a second of work.
    block: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """Sends issues to the recipients that the ledger knows."""

    recipients: Recipients
    sends: Sends
    send: Sender
    #: Address in the envelope: where failures are reported to.
    bounces: str
    policy: Policy
    #: Names this start of the machine, see `digest.ledger.sends`.
    boot: str
    clock: Callable[[], datetime]

    def __call__(self, issue: Issue, letters: Mapping[str, FormLetter]) -> Receipt:
        """Send ``issue`` to all who have not got it; ``letters`` by their sections' keys.

        The receipt is `State.ACCEPTED` when nobody has anything more to expect, and else
        `State.DEFERRED`: the next call goes on.
        """
        self._recover(issue)
        self._plan(issue)
        try:
            fault = asyncio.run(self._rounds(issue, letters))
        finally:
            self._recover(issue)
        return self._receipt(issue, fault)

    def _recover(self, issue: Issue) -> None:
        self.sends.flush()
        self.sends.recover(issue.id, boot=self.boot, resend=self.policy.resend)

    def _plan(self, issue: Issue) -> None:
        choices = {topics: sections_key(issue, topics) for topics in self.recipients.topics()}
        self.sends.plan(issue.id, issue.newsletter.id, choices)

    async def _rounds(self, issue: Issue, letters: Mapping[str, FormLetter]) -> DigestError | None:
        """Send what is due, then wait for those who were put off, as long as patience lasts."""
        with _stop_on_signals() as stop:
            while not stop.is_set():
                if self.clock() > self._deadline(issue):
                    self.sends.expire(issue.id)
                    return None
                if fault := await self._round(issue, letters, stop):
                    return fault
                due = self.sends.next_due(issue.id)
                if due is None or due - self.clock() > self.policy.patience:
                    return None
                await self._pause(stop, due)
        return None

    async def _round(
        self, issue: Issue, letters: Mapping[str, FormLetter], stop: asyncio.Event
    ) -> DigestError | None:
        under_way: dict[str, Send] = {}
        mails = self._mails(issue, letters, under_way)
        first = next(mails, None)
        if first is None:
            return None
        account = await self.send(
            chain((first,), mails),
            intend=lambda mail: self.sends.intend(issue.id, under_way[mail.key]),
            settle=lambda mail, result: self._settle(issue, under_way.pop(mail.key), result),
            stop=stop,
        )
        self.sends.flush()
        return account.fault

    async def _pause(self, stop: asyncio.Event, due: datetime) -> None:
        seconds = max(0.0, (due - self.clock()).total_seconds())
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)

    def _mails(
        self, issue: Issue, letters: Mapping[str, FormLetter], under_way: dict[str, Send]
    ) -> Iterator[Mail]:
        """A message for each row that is due, leased block by block as they are drawn."""
        while sends := self.sends.lease(
            issue.id, boot=self.boot, now=self.clock(), limit=self.policy.block
        ):
            for send in sends:
                recipient = send.recipient
                if recipient is None or recipient.suppressed:
                    words = "suppressed since" if recipient else "removed since"
                    self.sends.settle(issue.id, send, SendState.SKIPPED, words=words)
                    continue
                under_way[str(send.id)] = send
                yield Mail(
                    key=str(send.id),
                    sender=self.bounces,
                    recipient=recipient.address,
                    data=letters[send.sections].fill(recipient),
                    utf8=recipient.utf8,
                )

    def _settle(self, issue: Issue, send: Send, result: Result) -> None:
        state, due = _STATES[result.state], None
        is_doubtful = result.state is State.UNCERTAIN
        if state is SendState.DEFERRED or (is_doubtful and self.policy.resend):
            due = self.clock() + self._pause_after(send.attempts)
            state = SendState.DEFERRED if due <= self._deadline(issue) else SendState.EXPIRED
        self.sends.settle(
            issue.id,
            send,
            state,
            code=result.code,
            words=str(result),
            due=due,
            doubt=is_doubtful,
        )
        if send.recipient and _is_unknown_there(result):
            self.recipients.suppress(send.recipient.address, str(result))

    def _pause_after(self, attempts: int) -> timedelta:
        return self.policy.retries[min(attempts, len(self.policy.retries) - 1)]

    def _deadline(self, issue: Issue) -> datetime:
        return issue.slot + self.policy.expiry

    def _receipt(self, issue: Issue, fault: DigestError | None) -> Receipt:
        counts = self.sends.counts(issue.id)
        is_over = not OPEN & counts.keys()
        told = ", ".join(f"{counts[state]:,} {state}" for state in SendState if state in counts)
        detail = f"{fault} ({told})" if fault else told or "nobody to send it to"
        return Receipt(
            issue=issue.id, state=State.ACCEPTED if is_over else State.DEFERRED, detail=detail
        )


def _is_unknown_there(result: Result) -> bool:
    """The recipient's server knows no such address: another issue would end alike."""
    is_about_address = (result.enhanced or "").startswith("5.1.")
    return result.state is State.REFUSED and result.phase is Phase.RCPT and is_about_address


@contextmanager
def _stop_on_signals() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set, so that what is under way is finished."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    caught = []
    for number in (signal.SIGTERM, signal.SIGINT):
        # Only the main thread hears signals, and Windows' loop takes none.
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, stop.set)
            caught.append(number)
    try:
        yield stop
    finally:
        for number in caught:
            loop.remove_signal_handler(number)
