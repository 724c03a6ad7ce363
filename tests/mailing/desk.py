"""A newsletter with a ledger, recipients, and a clock of its own, from which issues are sent."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digest.ledger.articles import Articles
from digest.ledger.issues import Issues
from digest.ledger.recipients import Recipients
from digest.ledger.sends import Sends
from digest.ledger.store import Store
from digest.mail import FormLetter, for_topics, form_letter, sections_key
from digest.mailing import Mailing, Policy, Sender
from digest.model import Edition, Issue, Recipient, Section, SendState, State
from tests.builders import issue as an_issue
from tests.builders import story


@dataclass
class Desk(ABC):
    """A newsletter with a ledger and a clock that moves when it is told."""

    store: Store
    now: datetime
    policy: Policy = field(default_factory=Policy)
    boot: str = "first"
    #: On the machine's clock, when ours was wound up; else it stands.
    began: float | None = None
    watched: list[tuple[int, int]] = field(default_factory=list)

    @abstractmethod
    def sender(self) -> Sender:
        """What takes the messages."""

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

    def open(self, addresses: Iterable[str]) -> None:
        """Claim the issue, for these recipients."""
        Issues(self.store, Articles(self.store, sources=())).claim(self.issue, ())
        self.recipients.put(Recipient(address=address) for address in addresses)

    def deliver(self) -> State:
        return self.mailing()(self.issue, self.letters()).state

    def mailing(self) -> Mailing:
        return Mailing(
            recipients=self.recipients,
            sends=self.sends,
            send=self.sender(),
            bounces="bounces@courier.example",
            policy=self.policy,
            boot=self.boot,
            clock=self.clock,
            watch=lambda *seen: self.watched.append(seen),
        )

    def wind(self) -> None:
        """Let the clock run."""
        self.began = time.monotonic()

    def clock(self) -> datetime:
        passed = time.monotonic() - self.began if self.began else 0
        return self.now + timedelta(seconds=passed)

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
