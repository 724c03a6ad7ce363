"""One issue to all its recipients: what the ledger knows after each turn of events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.delivery.smtp import Account, Mail, Phase, Result, ServerError
from digest.ledger.articles import Articles
from digest.ledger.issues import Issues
from digest.ledger.recipients import Recipients
from digest.ledger.sends import CUT_SHORT, Sends
from digest.ledger.store import Store
from digest.mail import FormLetter, for_topics, form_letter, sections_key
from digest.mailing import Mailing, Policy
from digest.model import Edition, Issue, Recipient, Section, SendState, State
from tests.builders import issue as an_issue
from tests.builders import now_in_berlin, story

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

    async def __call__(
        self,
        mails: Iterable[Mail],
        *,
        intend: Callable[[Mail], None],
        settle: Callable[[Mail, Result], None],
        stop: asyncio.Event,
    ) -> Account:
        for mail in mails:
            if self.fault or stop.is_set():
                break
            intend(mail)
            self.got.append(mail.recipient)
            self.data.append(mail.data)
            if self.dies_after == len(self.got):
                raise Killed
            answers = self.answers.get(mail.recipient)
            settle(mail, answers.pop(0) if answers else ACCEPTED)
        return Account(fault=self.fault)


@dataclass
class Desk:
    """A newsletter with a ledger and a clock that moves when it is told."""

    store: Store
    now: datetime
    server: Server = field(default_factory=Server)
    policy: Policy = field(default_factory=Policy)
    boot: str = "first"

    @property
    def recipients(self) -> Recipients:
        return Recipients(self.store, newsletter=self.issue.newsletter.id)

    @property
    def sends(self) -> Sends:
        return Sends(self.store)

    @property
    def issue(self) -> Issue:
        return an_issue(
            sections=(
                Section(name="Harbour", stories=(story(1),)),
                Section(name="World", stories=(story(2),)),
            )
        )

    def deliver(self) -> State:
        mailing = Mailing(
            recipients=self.recipients,
            sends=self.sends,
            send=self.server,
            bounces="bounces@courier.example",
            policy=self.policy,
            boot=self.boot,
            clock=lambda: self.now,
        )
        return mailing(self.issue, self.letters()).state

    def letters(self) -> Mapping[str, FormLetter]:
        choices = {sections_key(self.issue, topics): topics for topics in self.recipients.topics()}
        return {
            key: _letter(for_topics(self.issue, topics))
            for key, topics in choices.items()
            if key is not None
        }

    def counts(self) -> dict[SendState, int]:
        return self.sends.counts(self.issue.id)


def _letter(issue: Issue) -> FormLetter:
    names = ", ".join(section.name or "" for section in issue.sections)
    edition = Edition(
        issue=issue.id, subject="News", preheader="", html=f"<p>{names}</p>", text=names
    )
    return form_letter(edition, issue, key=b"secret")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(Store.open(tmp_path)) as store:
        it = Desk(store=store, now=now_in_berlin() + timedelta(minutes=1))
        Issues(store, Articles(store, sources=())).claim(it.issue, ())
        it.recipients.put(Recipient(address=f"{name}@elsby.example") for name in "abcd")
        yield it


def test_everybody_gets_it_once(desk: Desk) -> None:
    assert desk.deliver() is State.ACCEPTED
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got == [f"{name}@elsby.example" for name in "abcd"]
    assert desk.counts() == {SendState.SENT: 4}


def test_who_is_put_off_is_tried_again_when_it_is_time(desk: Desk) -> None:
    desk.server.answers["b@elsby.example"] = [LATER]
    assert desk.deliver() is State.DEFERRED
    assert desk.counts() == {SendState.SENT: 3, SendState.DEFERRED: 1}
    assert desk.deliver() is State.DEFERRED
    desk.now += timedelta(minutes=6)
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got[4:] == ["b@elsby.example"]


def test_one_run_waits_for_the_patient(desk: Desk) -> None:
    desk.policy = Policy(retries=(timedelta(0),), patience=timedelta(seconds=1))
    desk.server.answers["b@elsby.example"] = [LATER, LATER]
    assert desk.deliver() is State.ACCEPTED
    assert desk.counts() == {SendState.SENT: 4}


def test_who_is_put_off_for_too_long_is_given_up(desk: Desk) -> None:
    desk.server.answers["b@elsby.example"] = [LATER]
    desk.deliver()
    desk.now += timedelta(days=2)
    assert desk.deliver() is State.ACCEPTED
    assert desk.counts() == {SendState.SENT: 3, SendState.EXPIRED: 1}


def test_an_unknown_address_is_refused_and_written_to_no_more(desk: Desk) -> None:
    desk.server.answers["c@elsby.example"] = [REFUSED]
    assert desk.deliver() is State.ACCEPTED
    assert desk.counts() == {SendState.SENT: 3, SendState.REFUSED: 1}
    refused = desk.recipients.get("c@elsby.example")
    assert refused
    assert refused.suppressed


@pytest.mark.parametrize(
    "words", ["5.7.1", "5.3.4", None], ids=["policy", "size", "without a code"]
)
def test_another_refusal_suppresses_nobody(desk: Desk, words: str | None) -> None:
    refusal = Result(state=State.REFUSED, phase=Phase.RCPT, code=550, enhanced=words)
    desk.server.answers["c@elsby.example"] = [refusal]
    desk.deliver()
    assert desk.recipients.count() == (4, 0)


def test_a_killed_run_is_taken_up_and_its_doubt_is_told(desk: Desk) -> None:
    desk.server.dies_after = 2
    with pytest.raises(Killed):
        _deliver_without_farewell(desk)
    assert desk.counts() == {SendState.SENT: 1, SendState.SENDING: 1, SendState.LEASED: 2}
    desk.server = Server()
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got == [f"{name}@elsby.example" for name in "bcd"]
    assert [row["address"] for row in desk.sends.doubted(desk.issue.id)] == ["b@elsby.example"]


def test_the_doubtful_can_be_held(desk: Desk) -> None:
    desk.policy = Policy(resend=False)
    desk.server.dies_after = 2
    with pytest.raises(Killed):
        _deliver_without_farewell(desk)
    desk.server = Server()
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got == [f"{name}@elsby.example" for name in "cd"]
    assert desk.counts() == {SendState.SENT: 3, SendState.UNCERTAIN: 1}
    [held] = desk.sends.standing(desk.issue.id, [SendState.UNCERTAIN])
    assert (held["address"], held["words"]) == ("b@elsby.example", CUT_SHORT)


def test_after_a_power_cut_the_whole_block_is_in_doubt(desk: Desk) -> None:
    desk.policy = Policy(resend=False, block=3)
    desk.server.dies_after = 2
    with pytest.raises(Killed):
        _deliver_without_farewell(desk)
    desk.server, desk.boot = Server(), "second"
    desk.deliver()
    assert desk.counts() == {SendState.SENT: 2, SendState.UNCERTAIN: 2}


@pytest.mark.parametrize("resend", [True, False], ids=["resend", "hold"])
def test_a_line_that_breaks_at_the_dot_is_a_doubt(desk: Desk, resend: bool) -> None:  # noqa: FBT001 - a parameter
    desk.policy = Policy(resend=resend, retries=(timedelta(0),), patience=timedelta(seconds=1))
    desk.server.answers["a@elsby.example"] = [DOUBT]
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got.count("a@elsby.example") == (2 if resend else 1)
    assert len(list(desk.sends.doubted(desk.issue.id))) == 1


def test_a_message_sent_again_is_the_same_message(desk: Desk) -> None:
    desk.policy = Policy(retries=(timedelta(0),), patience=timedelta(seconds=1))
    desk.server.answers["a@elsby.example"] = [DOUBT]
    desk.deliver()
    first, *_, again = desk.server.data
    assert again == first


def test_a_fault_of_the_server_keeps_everybody_for_the_next_run(desk: Desk) -> None:
    desk.server.fault = ServerError("smtp.courier.example:587", "refused the password")
    assert desk.deliver() is State.DEFERRED
    assert desk.counts() == {SendState.PLANNED: 4}
    desk.server = Server()
    assert desk.deliver() is State.ACCEPTED


def test_who_was_suppressed_or_removed_since_is_passed_over(desk: Desk) -> None:
    desk.server.answers = {f"{name}@elsby.example": [LATER] for name in "abcd"}
    desk.deliver()
    desk.now += timedelta(hours=1)
    desk.recipients.suppress("a@elsby.example", "asked to leave")
    desk.recipients.remove("b@elsby.example")
    desk.server = Server()
    assert desk.deliver() is State.ACCEPTED
    assert desk.server.got == ["c@elsby.example", "d@elsby.example"]
    assert desk.counts() == {SendState.SENT: 2, SendState.SKIPPED: 2}


def test_each_gets_the_sections_of_its_topics(desk: Desk) -> None:
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


def test_who_joins_after_the_start_waits_for_the_next_issue(desk: Desk) -> None:
    desk.server.answers["b@elsby.example"] = [LATER]
    desk.deliver()
    desk.recipients.put([Recipient(address="late@elsby.example")])
    desk.now += timedelta(hours=1)
    assert desk.deliver() is State.ACCEPTED
    assert "late@elsby.example" not in desk.server.got


def test_frozen_editions_stay_as_they_were_first(desk: Desk) -> None:
    first = Edition(issue=desk.issue.id, subject="One", preheader="", html="<p>1</p>", text="1")
    later = Edition(issue=desk.issue.id, subject="Two", preheader="", html="<p>2</p>", text="2")
    desk.sends.freeze({"": first})
    desk.sends.freeze({"": later, "0": later})
    assert desk.sends.editions(desk.issue.id) == {"": first, "0": later}


def _deliver_without_farewell(desk: Desk) -> None:
    """Deliver, but leave the ledger as a killed process would: nothing is settled at the end."""
    mailing = Mailing(
        recipients=desk.recipients,
        sends=desk.sends,
        send=desk.server,
        bounces="bounces@courier.example",
        policy=desk.policy,
        boot=desk.boot,
        clock=lambda: desk.now,
    )
    mailing._plan(desk.issue)  # noqa: SLF001  the steps of a call, without its last one
    asyncio.run(mailing._rounds(desk.issue, desk.letters()))  # noqa: SLF001  as above
