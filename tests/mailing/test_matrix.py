"""Every fault of a server, and what the ledger says of it: the counts add up, and nobody is lost.

What the client itself does is tested beside it; here its results meet the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from digest.delivery.smtp import Limits, Phase, Server, send_all
from digest.errors import LedgerError
from digest.ledger.store import Store
from digest.mailing import Policy, Sender
from digest.model import SendState, State
from tests.builders import now_in_berlin
from tests.delivery.sending import account_on, always, brief
from tests.delivery.test_smtp_faults import ONE_MESSAGE
from tests.mailing.desk import Desk
from tests.smtpserver import Act, Drop, Fault, Hang, Manners, Restart, Say, SmtpServer

PEOPLE = tuple(f"{name}@elsby.example" for name in ("ada", "ben", "cy", "dora"))
#: So short that no test waits, so long that a busy machine keeps them.
LIMITS = replace(brief(command=0.4, dot=0.4, greeting=0.2, login=0.4), backoff=(0.02,), opening=1)
AT_ONCE = Policy(retries=(timedelta(seconds=0.01),), patience=timedelta(seconds=20))


@dataclass
class Post(Desk):
    """A desk with a server that may do anything."""

    server: SmtpServer = field(default_factory=SmtpServer)
    limits: Limits = LIMITS
    connections: int = 1
    policy: Policy = AT_ONCE
    people: Sequence[str] = PEOPLE

    def sender(self) -> Sender:
        return partial(send_all, server=self.account())

    def account(self) -> Server:
        return account_on(self.server.port, limits=self.limits, connections=self.connections)

    def doubted(self) -> set[str]:
        return {row["address"] for row in self.sends.doubted(self.issue.id)}

    def check(self) -> None:
        """What must hold after each turn of events."""
        counts, got = self.counts(), Counter(self.server.recipients)
        assert sum(counts.values()) == len(self.people)
        assert not counts.keys() & {SendState.LEASED, SendState.SENDING}
        sent = {row["address"] for row in self.sends.standing(self.issue.id, [SendState.SENT])}
        assert sent <= set(got)
        assert set(got) <= sent | self.doubted()
        assert {address for address, times in got.items() if times > 1} <= self.doubted()
        assert self.server.breaches == []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path)) as it:
        yield it


def opened(store: Store, server: SmtpServer, people: Sequence[str] = PEOPLE) -> Post:
    now = now_in_berlin() + timedelta(minutes=1)
    it = Post(store=store, now=now, server=server, people=people)
    it.open(people)
    return it


def readers(number: int) -> list[str]:
    return [f"reader{n}@elsby.example" for n in range(number)]


#: What the ledger says of the message in the end, if those in doubt are held.
ENDS = {
    State.ACCEPTED: SendState.SENT,
    State.DEFERRED: SendState.SENT,
    State.REFUSED: SendState.REFUSED,
    State.UNCERTAIN: SendState.UNCERTAIN,
}


@pytest.mark.parametrize("resend", [True, False], ids=["resend", "hold"])
@pytest.mark.parametrize(("at", "act", "state", "phase"), ONE_MESSAGE.values(), ids=ONE_MESSAGE)
def test_one_fault_and_what_became_of_everybody(
    store: Store, at: str, act: Act, state: State, phase: Phase, *, resend: bool
) -> None:
    with SmtpServer(Manners(faults=[Fault(at, act, first=2)])) as server:
        post = opened(store, server)
        post.wind()
        post.policy = replace(AT_ONCE, resend=resend)
        post.deliver()
        post.check()
        end = SendState.SENT if resend and state is State.UNCERTAIN else ENDS[state]
        assert post.counts() == Counter([*[SendState.SENT] * 3, end])
        assert bool(post.doubted()) == (state is State.UNCERTAIN)
        refused = state is State.REFUSED and phase is Phase.RCPT and "5.1.1" in str(act)
        assert post.recipients.count() == (4, int(refused))


UNWILLING: dict[str, Act] = {
    "421": Say("421 4.3.2 not now\r\n", drop=True),
    "554": Say("554 5.7.1 not you\r\n", drop=True),
    "silence": Hang(),
    "a drop": Drop(),
    "no SMTP": Say("HTTP/1.1 400 Bad Request\r\n"),
}


@pytest.mark.parametrize("act", UNWILLING.values(), ids=UNWILLING)
@pytest.mark.parametrize("at", ["connect", "ehlo"])
def test_a_server_that_serves_nobody_touches_nobody(store: Store, at: str, act: Act) -> None:
    if at == "ehlo" and act == UNWILLING["554"]:
        act = Say("554 5.7.1 not you\r\n")
    manners = Manners(faults=[always(at, act), always("helo", act)])
    with SmtpServer(manners) as server:
        post = opened(store, server)
        assert post.deliver() is State.DEFERRED
        assert post.counts() == {SendState.PLANNED: 4}
        server.manners = Manners()
        assert post.deliver() is State.ACCEPTED
        post.check()


def test_greylisted_and_then_refused(store: Store) -> None:
    faults = [
        Fault("rcpt", Say("450 4.2.0 later\r\n"), first=1, times=4),
        Fault("rcpt", Say("550 5.1.1 never\r\n"), first=6),
    ]
    with SmtpServer(Manners(faults=faults)) as server:
        post = opened(store, server)
        post.wind()
        assert post.deliver() is State.REFUSED
        post.check()
        assert post.counts() == {SendState.SENT: 3, SendState.REFUSED: 1}
        [row] = post.sends.standing(post.issue.id, [SendState.REFUSED])
        assert (row["attempts"], row["words"]) == (2, "550 5.1.1 never")


@pytest.mark.parametrize(
    "manners",
    [
        Manners(most_messages=1),
        Manners(faults=[Fault("mail", Restart(0.05), first=2)], most_connections=2),
        Manners(extensions=("SIZE 1000000",)),
        Manners(extensions=(), faults=[always("ehlo", Say("502 5.5.1 EHLO?\r\n"))]),
    ],
    ids=["one message a connection", "a restart", "no PIPELINING", "HELO only"],
)
@pytest.mark.parametrize("connections", [1, 3])
def test_peculiar_servers_serve_everybody(store: Store, manners: Manners, connections: int) -> None:
    with SmtpServer(manners) as server:
        post = opened(store, server)
        post.connections = connections
        post.wind()
        post.limits = replace(LIMITS, backoff=(0.02,) * 20, opening=20)
        assert post.deliver() is State.ACCEPTED
        post.check()


def test_a_list_that_nobody_takes_ends_at_the_twentieth(store: Store) -> None:
    with SmtpServer(Manners(faults=[always("dot", Say("554 5.7.1 spam\r\n"))])) as server:
        post = opened(store, server, readers(100))
        assert post.deliver() is State.DEFERRED
        counts = post.counts()
        assert counts[SendState.REFUSED] + counts[SendState.PLANNED] == 100
        assert counts[SendState.REFUSED] in (20, 21)
        assert post.recipients.count() == (100, 0)


def test_a_full_disk_under_the_ledger_loses_nobody(store: Store) -> None:
    with SmtpServer() as server:
        post = opened(store, server, readers(1_000))
        database = store._db  # noqa: SLF001  the disk is made to be full
        [pages] = database.execute("PRAGMA page_count").fetchone()
        database.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError, match="the disk is full"):
            post.deliver()
        database.execute("PRAGMA max_page_count = 1000000")
        assert post.deliver() is State.ACCEPTED
        post.check()
