"""Whatever is done to the sends of an issue, in whatever order, their counts add up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from digest.ledger.articles import Articles
from digest.ledger.issues import Issues
from digest.ledger.recipients import Recipients
from digest.ledger.sends import Sends
from digest.ledger.store import Store
from digest.model import Recipient, Send, SendState
from tests.builders import issue, now_in_berlin

RECIPIENTS = 7
ISSUE = issue()
#: States that a result may lead to.
RESULTS = (SendState.SENT, SendState.REFUSED, SendState.DEFERRED, SendState.UNCERTAIN)


class Mailings(RuleBasedStateMachine):
    """Runs, kills and restarts over one issue; beside it, what the server was told."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self._folder = Path(self._stack.enter_context(TemporaryDirectory()))
        self._now, self._boot = now_in_berlin(), 1
        #: What this run has leased and not begun, and what the server is being told.
        self._leased: list[Send] = []
        self._open: list[Send] = []
        self._start()
        Issues(self._store, Articles(self._store, sources=())).claim(ISSUE, ())
        recipients = Recipients(self._store, newsletter=ISSUE.newsletter.id)
        recipients.put(Recipient(address=f"r{n}@elsby.example") for n in range(RECIPIENTS))
        self._sends.plan(ISSUE.id, ISSUE.newsletter.id, {(): ""}, now=self._now)

    def _start(self) -> None:
        self._store = Store.open(self._folder)
        self._sends = Sends(self._store)

    def teardown(self) -> None:
        self._store.close()
        self._stack.close()

    @rule(limit=st.integers(1, 4))
    def lease(self, limit: int) -> None:
        self._leased += self._sends.lease(
            ISSUE.id, boot=str(self._boot), now=self._now, limit=limit
        )

    @precondition(lambda self: self._leased)
    @rule(pick=st.integers(0, RECIPIENTS))
    def intend(self, pick: int) -> None:
        send = self._leased.pop(pick % len(self._leased))
        self._sends.intend(ISSUE.id, send)
        self._open.append(send)

    @precondition(lambda self: self._open)
    @rule(pick=st.integers(0, RECIPIENTS), state=st.sampled_from(RESULTS))
    def settle(self, pick: int, state: SendState) -> None:
        send = self._open.pop(pick % len(self._open))
        due = self._now + timedelta(minutes=5) if state is SendState.DEFERRED else None
        doubt = state is SendState.UNCERTAIN
        self._sends.settle(ISSUE.id, send, state, words="so", due=due, doubt=doubt)

    @rule()
    def flush(self) -> None:
        self._sends.flush()

    @rule(minutes=st.integers(1, 10))
    def wait(self, minutes: int) -> None:
        self._now += timedelta(minutes=minutes)

    @rule(resend=st.booleans(), power_cut=st.booleans())
    def die_and_rise(self, *, resend: bool, power_cut: bool) -> None:
        """The process ends: what was not committed is gone. Then the next run takes over."""
        doubtful = self._doubtful()
        if power_cut:
            self._boot += 1
            doubtful |= {send.id for send in self._leased}
        self._store.close()
        self._start()
        self._sends.recover(ISSUE.id, boot=str(self._boot), resend=resend)
        assert self._doubtful() == doubtful
        assert not self._counts().keys() & {SendState.LEASED, SendState.SENDING}
        self._leased, self._open = [], []

    @precondition(lambda self: not self._leased and not self._open)
    @rule()
    def expire(self) -> None:
        self._sends.flush()
        self._sends.expire(ISSUE.id)
        assert not self._counts().keys() & {SendState.PLANNED, SendState.DEFERRED}

    @invariant()
    def the_counts_add_up(self) -> None:
        counts = self._counts()
        assert sum(counts.values()) == RECIPIENTS
        assert sum(self._sends.tally(ISSUE.id).values()) == RECIPIENTS

    @invariant()
    def each_is_in_the_hands_of_one(self) -> None:
        at_hand = [send.id for send in (*self._leased, *self._open)]
        assert len(at_hand) == len(set(at_hand))

    @invariant()
    def the_server_is_told_of_nobody_unseen(self) -> None:
        assert {send.id for send in self._open} <= self._doubtful()

    def _counts(self) -> dict[SendState, int]:
        return self._sends.counts(ISSUE.id)

    def _doubtful(self) -> set[int]:
        return {row["recipient"] for row in self._sends.doubted(ISSUE.id)}


TestMailings: Callable[[], object] = Mailings.TestCase
Mailings.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
