"""One issue to all its recipients.

    recover | plan | lease | fill | send | settle

The ledger hears of each step before or after it as its promise needs: a row for every recipient
before the first message, the lease before a block, the intent before a body, the result after
the reply. So a mailing that was killed is taken up again where it was.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Protocol

from digest.delivery.smtp import Account, Mail, Phase, Result
from digest.errors import DigestError, StoppedError
from digest.ledger.recipients import Recipients
from digest.ledger.sends import Sends
from digest.mail import FormLetter, sections_key
from digest.model import Issue, Receipt, Send, SendState, State
from digest.rests import Rests

_STATES = {
    State.ACCEPTED: SendState.SENT,
    State.REFUSED: SendState.REFUSED,
    State.DEFERRED: SendState.DEFERRED,
    State.UNCERTAIN: SendState.UNCERTAIN,
}
#: States in which a recipient still has something to expect.
OPEN = frozenset((SendState.PLANNED, SendState.LEASED, SendState.SENDING, SendState.DEFERRED))
#: What the first recipient who stands so makes of an issue.
_VERDICTS = {
    State.DEFERRED: OPEN,
    State.REFUSED: frozenset((SendState.REFUSED, SendState.EXPIRED)),
    State.UNCERTAIN: frozenset((SendState.UNCERTAIN,)),
}

#: No such mailbox, no such system, bad syntax, moved away, takes no mail (RFC 3463, RFC 7505). The
#: others of 5.1.x speak of the sender's address, and would meet everybody.
_UNKNOWN_THERE = frozenset(("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"))

_NOBODY = "there is nobody to send it to. Add some: `digest recipients import FILE`."

#: Told how many recipients an issue is through with, and how many it has.
Watch = Callable[[int, int], None]


class Sender(Protocol):
    """`digest.delivery.smtp.send_all` with its server, or what writes messages to files."""

    async def __call__(
        self,
        mails: Iterable[Mail],
        *,
        intend: Callable[[Mail], None],
        settle: Callable[[Mail, Result], None],
        stop: asyncio.Event,
        hold: Callable[[], bool],
    ) -> Account: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is done about those who were not reached at once."""

    #: Whether a message that is in doubt is sent again, the same to the last byte.
    resend: bool = True
    #: Pauses before each further try; the last one goes on.
    retries: tuple[timedelta, ...] = (timedelta(minutes=5),)
    #: How long an issue may go out, from when it began to; times in which nothing could go out
    #: are not counted.
    expiry: timedelta = timedelta(days=1)
    #: How long one run waits, in all, for those who were put off.
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
    watch: Watch = lambda through, everybody: None  # noqa: ARG005  names the arguments
    #: Asked before each message: why the rest waits for a later run; empty if it does not.
    hold: Callable[[], str] = lambda: ""
    #: How much of a time nothing could go out in: it does not make an issue older.
    held: Callable[[datetime, datetime], timedelta] = lambda since, until: timedelta(0)  # noqa: ARG005  names the arguments

    def __call__(self, issue: Issue, letters: Mapping[str, FormLetter]) -> Receipt:
        """Send ``issue`` to all who have not got it; ``letters`` by their sections' keys.

        The receipt is `State.DEFERRED` while anybody has more to expect, so that the next call
        goes on. Then the issue is through: `State.REFUSED` or `State.UNCERTAIN` if it has not, or
        perhaps not, reached everybody.
        Raises `StoppedError` if SIGTERM or SIGINT asked to stop, after what was under way.
        """
        delivery = Delivery(self, issue, letters)
        delivery.begin()
        try:
            fault = asyncio.run(delivery.rounds())
        finally:
            delivery.leave()
        return delivery.receipt(fault)


@dataclass(slots=True)
class Delivery:
    """One call of a mailing."""

    mailing: Mailing
    issue: Issue
    letters: Mapping[str, FormLetter]
    is_stopped: bool = False
    _held: str = ""
    #: When the issue began to go out; set by `begin`.
    _began: datetime = field(init=False)
    #: Recipients that the issue is through with, and all of them.
    _through: int = 0
    _everybody: int = 0
    #: What was leased and is not settled.
    _under_way: dict[str, Send] = field(default_factory=dict)
    _rests: Rests = field(default_factory=Rests)

    @property
    def sends(self) -> Sends:
        return self.mailing.sends

    @property
    def policy(self) -> Policy:
        return self.mailing.policy

    @property
    def _is_late(self) -> bool:
        return self._is_too_late(self.mailing.clock())

    # --- before and after ---

    def begin(self) -> None:
        """Take up what a killed run left, and plan a row for each recipient."""
        self._recover()
        choices = {topics: self._sections(topics) for topics in self.mailing.recipients.topics()}
        newsletter, now = self.issue.newsletter.id, self.mailing.clock()
        began = self.sends.plan(self.issue.id, newsletter, choices, now=now)
        self._began = began or self.issue.slot
        counts = self.sends.counts(self.issue.id)
        self._everybody = sum(counts.values())
        self._through = sum(number for state, number in counts.items() if state not in OPEN)

    def leave(self) -> None:
        """Give back what was leased and not tried."""
        self._recover()

    def receipt(self, fault: DigestError | None) -> Receipt:
        """What has become of the issue. Raises `StoppedError` if the run was stopped."""
        counts = self.sends.counts(self.issue.id)
        tally = self.sends.tally(self.issue.id)
        told = ", ".join(f"{number:,} {word}" for word, number in tally.items())
        if self.is_stopped:
            remedy = "`digest send --resume` goes on with it."
            raise StoppedError(self.issue.id, f"stopped when asked to: {told}", remedy)
        if not counts and not self._is_late:
            return self._said(State.DEFERRED, _NOBODY)
        verdicts = (state for state, signs in _VERDICTS.items() if signs & counts.keys())
        state = next(verdicts, State.ACCEPTED)
        more = fault or self._held
        detail = f"{told}. {more}" if more else told or "nobody was to get it"
        has_time = bool(self._held or self.sends.next_due(self.issue.id))
        return self._said(state, detail, waits=has_time and not fault)

    def _said(self, state: State, detail: str, *, waits: bool = False) -> Receipt:
        return Receipt(issue=self.issue.id, state=state, detail=detail, waits=waits)

    def _recover(self) -> None:
        self.sends.flush()
        boot, resend = self.mailing.boot, self.policy.resend
        self.sends.recover(self.issue.id, boot=boot, resend=resend)

    def _sections(self, topics: tuple[str, ...]) -> str | None:
        """Key of the letter for these topics; all, if they were chosen since letters were made."""
        key = sections_key(self.issue, topics)
        return key if key is None or key in self.letters else ""

    # --- at work ---

    async def rounds(self) -> DigestError | None:
        """Send what is due, then wait for those who were put off, as long as patience lasts."""
        with _stop_on_signals() as stop:
            fault = await self._round(stop)
            patient_until = self.mailing.clock() + self.policy.patience
            while not (fault or self._held or stop.is_set() or self._is_late):
                due = self.sends.next_due(self.issue.id)
                if due is None or due > patient_until:
                    break
                await _pause(stop, due - self.mailing.clock())
                fault = await self._round(stop)
            self.is_stopped = stop.is_set()
        if self._is_late:
            self.sends.expire(self.issue.id)
        return fault

    async def _round(self, stop: asyncio.Event) -> DigestError | None:
        """Send everything that is due now; no connection is opened for nothing."""
        mails = self._mails()
        first = next(mails, None)
        if first is None or stop.is_set():
            self.sends.flush()
            return None
        self._tell()
        account = await self.mailing.send(
            chain((first,), mails),
            intend=self._intend,
            settle=self._settle,
            stop=stop,
            hold=self._hold,
        )
        self.sends.flush()
        return account.fault

    def _mails(self) -> Iterator[Mail]:
        """A message for each row that is due, leased block by block as they are drawn."""
        while not self._is_late and (sends := self._lease()) and not self._hold():
            for send in sends:
                recipient = send.recipient
                if recipient is None or recipient.suppressed:
                    words = "suppressed since" if recipient else "removed since"
                    self._pass_over(send, SendState.SKIPPED, words)
                    self._through += 1
                    continue
                if until := self._rests.until(recipient.address, self.mailing.clock()):
                    words = "not tried: others of its domain were put off"
                    self._pass_over(send, SendState.DEFERRED, words, due=until)
                    continue
                self._under_way[str(send.id)] = send
                yield Mail(
                    key=str(send.id),
                    sender=self.mailing.bounces,
                    recipient=recipient.address,
                    data=self.letters[send.sections].fill(recipient),
                    utf8=recipient.utf8,
                )

    def _pass_over(
        self, send: Send, state: SendState, words: str, *, due: datetime | None = None
    ) -> None:
        self.sends.settle(self.issue.id, send, state, words=words, due=due, tried=False)

    def _lease(self) -> Iterable[Send]:
        now, boot = self.mailing.clock(), self.mailing.boot
        return self.sends.lease(self.issue.id, boot=boot, now=now, limit=self.policy.block)

    def _hold(self) -> bool:
        """Whether the rest waits for a later run; then `leave` gives back what was leased."""
        if why := self.mailing.hold():
            self._held = f"Held: {why}"
        return bool(why)

    def _is_too_late(self, moment: datetime) -> bool:
        """Whether nobody is tried at that moment any more."""
        over = moment - self._began - self.policy.expiry
        return over > timedelta(0) and over > self.mailing.held(self._began, moment)

    def _intend(self, mail: Mail) -> None:
        self.sends.intend(self.issue.id, self._under_way[mail.key])

    def _settle(self, mail: Mail, result: Result) -> None:
        send = self._under_way.pop(mail.key)
        state, due = _STATES[result.state], None
        is_doubtful = result.state is State.UNCERTAIN
        if state is SendState.DEFERRED or (is_doubtful and self.policy.resend):
            due = self.mailing.clock() + self._pause_after(send.attempts)
            state = SendState.EXPIRED if self._is_too_late(due) else SendState.DEFERRED
        self.sends.settle(
            self.issue.id,
            send,
            state,
            code=result.code,
            words=str(result),
            due=due,
            doubt=is_doubtful,
        )
        self._rests.note(mail.recipient, result.state, due)
        if send.recipient and _is_unknown_there(result):
            self.mailing.recipients.suppress(send.recipient.address, str(result))
        self._through += state not in OPEN
        self._tell()

    def _pause_after(self, attempts: int) -> timedelta:
        return self.policy.retries[min(attempts, len(self.policy.retries) - 1)]

    def _tell(self) -> None:
        self.mailing.watch(self._through, self._everybody)


def _is_unknown_there(result: Result) -> bool:
    """The recipient's server knows no such address: another issue would end alike."""
    return (
        result.state is State.REFUSED
        and result.phase is Phase.RCPT
        and result.enhanced in _UNKNOWN_THERE
    )


async def _pause(stop: asyncio.Event, pause: timedelta) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), max(0.0, pause.total_seconds()))


@contextmanager
def _stop_on_signals() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set, so that what is under way is finished.

    The second signal does what it always does: who asks twice does not want to wait. Afterwards
    the handlers from before are back, since what comes after a mailing is written down in peace.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    caught: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def ask() -> None:
        stop.set()
        release()

    def release() -> None:
        while caught:
            loop.remove_signal_handler(caught.pop())

    for number in before:
        # Expected, and no fault: only the main thread hears signals, Windows' loop takes none.
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, ask)
            caught.append(number)
    try:
        yield stop
    finally:
        release()
        with suppress(ValueError):  # only the main thread sets any
            for number, handler in before.items():
                signal.signal(number, handler or signal.SIG_DFL)
