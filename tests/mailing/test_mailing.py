"""One issue to all its recipients: what the ledger knows after each turn of events."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.delivery.smtp import Account, Mail, Phase, Result, ServerError
from digest.errors import DigestError
from digest.ledger.sends import CUT_SHORT
from digest.ledger.store import Store
from digest.mailing import Delivery, Policy
from digest.model import Edition, Receipt, Recipient, SendState, State
from tests.builders import now_in_berlin
from tests.mailing.desk import Desk

ACCEPTED = Result(state=State.ACCEPTED, phase=Phase.DOT, code=250, words="taken")
REFUSED = Result(state=State.REFUSED, phase=Phase.RCPT, code=550, enhanced="5.1.1", words="no Ada")
LATER = Result(state=State.DEFERRED, phase=Phase.RCPT, code=450, enhanced="4.2.0", words="later")
DOUBT = Result(state=State.UNCERTAIN, phase=Phase.DOT, words="the line broke")


class Killed(BaseException):
    """Stands for the process's end: nothing that follows it is done."""


@dataclass
class Server:
    """A sender of the port's shape: answers by address, once for each answer it was given."""

    answers: dict[str, list[Result]] = field(default_factory=dict)
    got: list[str] = field(default_factory=list)
    data: list[bytes] = field(default_factory=list)
    #: Dies when this many were told and not settled.
    dies_after: int | None = None
    fault: ServerError | None = None
    #: Called after each message; whether it takes no notice of being stopped.
    heard: Callable[[], object] = lambda: None
    goes_on: bool = False

    async def __call__(
        self,
        mails: Iterable[Mail],
        *,
        intend: Callable[[Mail], None],
        settle: Callable[[Mail, Result], None],
        stop: asyncio.Event,
        hold: Callable[[], bool],
    ) -> Account:
        for mail in mails:
            await asyncio.sleep(0.001)  # in which signals are heard
            if self.fault or hold() or (stop.is_set() and not self.goes_on):
                break
            intend(mail)
            self.got.append(mail.recipient)
            self.data.append(mail.data)
            if self.dies_after == len(self.got):
                raise Killed
            answers = self.answers.get(mail.recipient)
            settle(mail, answers.pop(0) if answers else ACCEPTED)
            self.heard()
        return Account(fault=self.fault)


@dataclass
class Office(Desk):
    """A desk whose messages are answered as the test says."""

    server: Server = field(default_factory=Server)

    def sender(self) -> Server:
        return self.server


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    with closing(Store.open(tmp_path)) as store:
        it = Office(store=store, now=now_in_berlin() + timedelta(minutes=1))
        it.open(f"{name}@elsby.example" for name in "abcd")
        yield it


def test_everybody_gets_it_once(desk: Office) -> None:
    assert desk.deliver() is State.ACCEPTED
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got == [f"{name}@elsby.example" for name in "abcd"]
    assert desk.counts() == {SendState.SENT: 4}


def test_who_is_put_off_is_tried_again_when_it_is_time(desk: Office) -> None:
    desk.server.answers["b@elsby.example"] = [LATER]
    assert desk.deliver() is State.DEFERRED
    assert desk.counts() == {SendState.SENT: 3, SendState.DEFERRED: 1}
    assert desk.deliver() is State.DEFERRED
    desk.now += timedelta(minutes=6)
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got[4:] == ["b@elsby.example"]


def test_one_run_waits_for_the_patient(desk: Office) -> None:
    desk.policy = Policy(retries=(timedelta(0),), patience=timedelta(seconds=1))
    desk.server.answers["b@elsby.example"] = [LATER, LATER]
    assert desk.deliver() is State.ACCEPTED
    assert desk.counts() == {SendState.SENT: 4}


def test_who_is_put_off_for_too_long_is_given_up(desk: Office) -> None:
    desk.server.answers["b@elsby.example"] = [LATER]
    desk.deliver()
    desk.now += timedelta(days=2)
    assert desk.deliver() is State.REFUSED
    assert desk.counts() == {SendState.SENT: 3, SendState.EXPIRED: 1}


def test_an_unknown_address_is_refused_and_written_to_no_more(desk: Office) -> None:
    desk.server.answers["c@elsby.example"] = [REFUSED]
    assert desk.deliver() is State.REFUSED
    assert desk.counts() == {SendState.SENT: 3, SendState.REFUSED: 1}
    refused = desk.recipients.get("c@elsby.example")
    assert refused
    assert refused.suppressed


@pytest.mark.parametrize(
    "words",
    ["5.7.1", "5.3.4", "5.1.8", None],
    ids=["policy", "size", "the sender's address", "without a code"],
)
def test_another_refusal_suppresses_nobody(desk: Office, words: str | None) -> None:
    refusal = Result(state=State.REFUSED, phase=Phase.RCPT, code=550, enhanced=words)
    desk.server.answers["c@elsby.example"] = [refusal]
    desk.deliver()
    assert desk.recipients.count() == (4, 0)


def test_a_killed_run_is_taken_up_and_its_doubt_is_told(desk: Office) -> None:
    desk.server.dies_after = 2
    with pytest.raises(Killed):
        _deliver_without_farewell(desk)
    assert desk.counts() == {SendState.SENT: 1, SendState.SENDING: 1, SendState.LEASED: 2}
    desk.server = Server()
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got == [f"{name}@elsby.example" for name in "bcd"]
    assert [row["address"] for row in desk.sends.doubted(desk.issue.id)] == ["b@elsby.example"]


def test_the_doubtful_can_be_held(desk: Office) -> None:
    desk.policy = Policy(resend=False)
    desk.server.dies_after = 2
    with pytest.raises(Killed):
        _deliver_without_farewell(desk)
    desk.server = Server()
    assert desk.deliver() is State.UNCERTAIN
    assert desk.server.got == [f"{name}@elsby.example" for name in "cd"]
    assert desk.counts() == {SendState.SENT: 3, SendState.UNCERTAIN: 1}
    [held] = desk.sends.standing(desk.issue.id, [SendState.UNCERTAIN])
    assert (held["address"], held["words"]) == ("b@elsby.example", CUT_SHORT)


def test_after_a_power_cut_the_whole_block_is_in_doubt(desk: Office) -> None:
    desk.policy = Policy(resend=False, block=3)
    desk.server.dies_after = 2
    with pytest.raises(Killed):
        _deliver_without_farewell(desk)
    desk.server, desk.boot = Server(), "second"
    desk.deliver()
    assert desk.counts() == {SendState.SENT: 2, SendState.UNCERTAIN: 2}


@pytest.mark.parametrize("resend", [True, False], ids=["resend", "hold"])
def test_a_line_that_breaks_at_the_dot_is_a_doubt(desk: Office, resend: bool) -> None:  # noqa: FBT001 - a parameter
    desk.policy = Policy(resend=resend, retries=(timedelta(0),), patience=timedelta(seconds=1))
    desk.server.answers["a@elsby.example"] = [DOUBT]
    assert desk.deliver() is (State.ACCEPTED if resend else State.UNCERTAIN)
    assert desk.server.got.count("a@elsby.example") == (2 if resend else 1)
    assert len(list(desk.sends.doubted(desk.issue.id))) == 1


def test_a_message_sent_again_is_the_same_message(desk: Office) -> None:
    desk.policy = Policy(retries=(timedelta(0),), patience=timedelta(seconds=1))
    desk.server.answers["a@elsby.example"] = [DOUBT]
    desk.deliver()
    first, *_, again = desk.server.data
    assert again == first


def test_a_fault_of_the_server_keeps_everybody_for_the_next_run(desk: Office) -> None:
    desk.server.fault = ServerError("smtp.courier.example:587", "refused the password")
    assert desk.deliver() is State.DEFERRED
    assert desk.counts() == {SendState.PLANNED: 4}
    desk.server = Server()
    assert desk.deliver() is State.ACCEPTED


def test_who_was_suppressed_or_removed_since_is_passed_over(desk: Office) -> None:
    desk.server.answers = {f"{name}@elsby.example": [LATER] for name in "abcd"}
    desk.deliver()
    desk.now += timedelta(hours=1)
    desk.recipients.suppress("a@elsby.example", "asked to leave")
    desk.recipients.remove("b@elsby.example")
    desk.server = Server()
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got == ["c@elsby.example", "d@elsby.example"]
    assert desk.counts() == {SendState.SENT: 2, SendState.SKIPPED: 2}


def test_each_gets_the_sections_of_its_topics(desk: Office) -> None:
    desk.recipients.put(
        [
            Recipient(address="a@elsby.example", topics=("harbour",)),
            Recipient(address="b@elsby.example", topics=("Sport",)),
        ]
    )
    assert desk.deliver() is State.ACCEPTED
    by_recipient = dict(zip(desk.server.got, desk.server.data, strict=True))
    assert b"<p>Harbour</p>" in by_recipient["a@elsby.example"]
    assert b"<p>Harbour, World</p>" in by_recipient["c@elsby.example"]
    assert desk.counts() == {SendState.SENT: 3, SendState.SKIPPED: 1}


def test_who_joins_after_the_start_waits_for_the_next_issue(desk: Office) -> None:
    desk.server.answers["b@elsby.example"] = [LATER]
    desk.deliver()
    desk.recipients.put([Recipient(address="late@elsby.example")])
    desk.now += timedelta(hours=1)
    assert desk.deliver() is State.ACCEPTED
    assert "late@elsby.example" not in desk.server.got


def test_patience_is_for_all_waits_of_a_run(desk: Office) -> None:
    pause = timedelta(seconds=0.05)
    desk.policy = Policy(retries=(pause,), patience=3.5 * pause)
    desk.wind()
    desk.server.answers["b@elsby.example"] = [LATER] * 50
    assert desk.deliver() is State.DEFERRED
    assert 2 <= desk.server.got.count("b@elsby.example") <= 4


def test_an_issue_of_a_slot_long_past_may_go_out(desk: Office) -> None:
    desk.now += timedelta(days=3)
    assert desk.deliver() is State.ACCEPTED


def test_nothing_goes_out_once_the_issue_is_too_old(desk: Office) -> None:
    desk.policy = Policy(expiry=timedelta(minutes=5), block=2)
    desk.server.heard = lambda: setattr(desk, "now", desk.now + timedelta(minutes=3))
    assert desk.deliver() is State.REFUSED
    assert desk.counts() == {SendState.SENT: 2, SendState.EXPIRED: 2}


def test_an_issue_for_nobody_waits_for_somebody(desk: Office) -> None:
    for name in "abcd":
        desk.recipients.remove(f"{name}@elsby.example")
    assert desk.deliver() is State.DEFERRED
    desk.recipients.put([Recipient(address="ada@elsby.example")])
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got == ["ada@elsby.example"]


def test_an_issue_for_nobody_does_not_wait_for_ever(desk: Office) -> None:
    for name in "abcd":
        desk.recipients.remove(f"{name}@elsby.example")
    desk.now += timedelta(days=2)
    assert desk.deliver() is State.ACCEPTED


def test_topics_that_were_chosen_after_the_letters_were_made_get_all(desk: Office) -> None:
    letters = desk.letters()
    desk.recipients.put([Recipient(address="a@elsby.example", topics=("World",))])
    assert desk.mailing()(desk.issue, letters).state is State.ACCEPTED
    assert b"<p>Harbour, World</p>" in desk.server.data[0]


def test_how_far_it_is_is_told(desk: Office) -> None:
    desk.server.answers["b@elsby.example"] = [LATER]
    desk.deliver()
    assert (desk.watched[0], desk.watched[-1]) == ((0, 4), (3, 4))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_signal_ends_the_run_after_what_is_under_way(desk: Office, number: int) -> None:
    desk.server.heard = lambda: os.kill(os.getpid(), number)
    with pytest.raises(DigestError, match=r"stopped when asked to: 3 remaining, 1 sent\."):
        desk.deliver()
    assert desk.counts() == {SendState.PLANNED: 3, SendState.SENT: 1}
    desk.server = Server()
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got == [f"{name}@elsby.example" for name in "bcd"]


def test_who_asks_twice_to_stop_does_not_wait(desk: Office) -> None:
    def interrupt() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    desk.server.heard = interrupt
    desk.server.goes_on = True
    with pytest.raises(KeyboardInterrupt):
        desk.deliver()
    assert sum(desk.counts().values()) == 4


def test_frozen_editions_stay_as_they_were_first(desk: Office) -> None:
    first = Edition(issue=desk.issue.id, subject="One", preheader="", html="<p>1</p>", text="1")
    later = Edition(issue=desk.issue.id, subject="Two", preheader="", html="<p>2</p>", text="2")
    desk.sends.freeze({"": first})
    desk.sends.freeze({"": later, "0": later})
    assert desk.sends.editions(desk.issue.id) == {"": first, "0": later}


def _deliver_without_farewell(desk: Office) -> None:
    """Deliver, but leave the ledger as a killed process would: nothing is settled at the end."""
    delivery = Delivery(desk.mailing(), desk.issue, desk.letters())
    delivery.begin()
    asyncio.run(delivery.rounds())


def test_a_domain_that_puts_everybody_off_is_given_a_rest(desk: Office) -> None:
    names = "abcdefgh"
    desk.recipients.put(Recipient(address=f"{name}@elsby.example") for name in names)
    desk.recipients.put([Recipient(address="else@where.example")])
    desk.server.answers = {f"{name}@elsby.example": [LATER] for name in names}
    assert desk.deliver() is State.DEFERRED
    assert desk.server.got == [*(f"{name}@elsby.example" for name in "abcde"), "else@where.example"]
    assert desk.counts() == {SendState.SENT: 1, SendState.DEFERRED: 8}
    spared = [
        row
        for row in desk.sends.standing(desk.issue.id, [SendState.DEFERRED])
        if not row["attempts"]
    ]
    assert [row["address"] for row in spared] == [f"{name}@elsby.example" for name in "fgh"]


def test_one_who_is_put_off_now_and_then_holds_up_nobody(desk: Office) -> None:
    names = [f"reader{number}" for number in range(20)]
    desk.recipients.put(Recipient(address=f"{name}@elsby.example") for name in names)
    desk.server.answers = {f"{name}@elsby.example": [LATER] for name in names[::2]}
    desk.deliver()
    assert desk.counts() == {SendState.SENT: 14, SendState.DEFERRED: 10}


def test_the_untried_are_due_at_once(desk: Office) -> None:
    desk.server.answers["a@elsby.example"] = [LATER]
    assert _held_after(desk, 2).waits
    assert desk.counts() == {SendState.SENT: 1, SendState.DEFERRED: 1, SendState.PLANNED: 2}
    assert desk.sends.next_due(desk.issue.id) is None
    assert desk.deliver() is State.DEFERRED
    assert desk.server.got[2:] == ["c@elsby.example", "d@elsby.example"]
    assert desk.sends.next_due(desk.issue.id) == desk.now + timedelta(minutes=5)


def test_a_hold_is_not_waited_for(desk: Office) -> None:
    desk.policy = Policy(retries=(timedelta(0),), patience=timedelta(hours=1), block=2)
    desk.server.answers = {f"{name}@elsby.example": [LATER] for name in "abcd"}
    assert _held_after(desk, 4).waits
    assert len(desk.server.got) == 4


@pytest.mark.parametrize("is_down", [True, False], ids=["server down", "all put off"])
def test_a_server_that_goes_down_is_a_fault(desk: Office, is_down: bool) -> None:  # noqa: FBT001 - a parameter
    desk.server.answers = {f"{name}@elsby.example": [LATER] for name in "abcd"}

    def fall() -> None:
        if is_down:
            desk.server.fault = ServerError("smtp.courier.example:587", "cannot be reached")

    desk.server.heard = fall
    receipt = desk.mailing()(desk.issue, desk.letters())
    assert (receipt.state, receipt.waits) == (State.DEFERRED, not is_down)


def test_a_time_in_which_nothing_could_go_out_makes_an_issue_no_older(desk: Office) -> None:
    desk.policy = Policy(expiry=timedelta(hours=1))
    _held_after(desk, 2)
    desk.now += timedelta(hours=10)
    mailing = replace(desk.mailing(), held=lambda since, until: until - since)
    assert mailing(desk.issue, desk.letters()).state is State.ACCEPTED
    assert desk.counts() == {SendState.SENT: 4}


def test_who_was_never_tried_is_known(desk: Office) -> None:
    desk.server.answers["a@elsby.example"] = [LATER]
    desk.deliver()
    desk.now += timedelta(days=2)
    assert desk.deliver() is State.REFUSED
    assert not desk.sends.has_untried(desk.issue.id)


def test_who_was_not_tried_in_time_is_known(desk: Office) -> None:
    _held_after(desk, 2)
    desk.now += timedelta(days=2)
    assert desk.deliver() is State.REFUSED
    assert desk.counts() == {SendState.SENT: 2, SendState.EXPIRED: 2}
    assert desk.sends.has_untried(desk.issue.id)


def test_signals_are_heard_as_before_when_the_last_message_has_gone(desk: Office) -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: heard.append(number))
    try:
        _deliver_without_farewell(desk)
        os.kill(os.getpid(), signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert heard == [signal.SIGTERM]


def _held_after(desk: Office, count: int) -> Receipt:
    """Deliver, and hold the rest when so many messages have gone."""
    hold = lambda: "paused" if len(desk.server.got) >= count else ""  # noqa: E731  is asked often
    return replace(desk.mailing(), hold=hold)(desk.issue, desk.letters())
