"""What the pipeline needs from the doors. Adapters fit these shapes; they do not import them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from digest.errors import DigestError
from digest.model import Candidate, Document, Envelope, Fate, Issue, Receipt, Story


class Source(Protocol):
    """Where documents come from."""

    #: As the configuration names it.
    name: str

    def __iter__(self) -> Iterator[Document | DigestError]:
        """Every document there is now; an item that fails is an error in the stream."""
        ...

    def __len__(self) -> int:
        """About how many items iterating will give, for a progress bar."""
        ...


class Ledger(Protocol):
    """What was seen, chosen and delivered, and why not."""

    def unseen(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents whose bytes the ledger does not know yet."""
        ...

    def keep(self, document: Document, read: Story | DigestError) -> bool:
        """Remember a document and its story, or why it holds none; True for a new article."""
        ...

    def pending(self, newsletter: str) -> Sequence[Candidate]:
        """The articles that no issue of the newsletter has decided on."""
        ...

    def history(self, newsletter: str) -> Sequence[Candidate]:
        """The articles that earlier issues of the newsletter printed or listed."""
        ...

    def stories(self, articles: Iterable[str]) -> Iterator[Story]:
        """The stories of these articles, in the order asked for."""
        ...

    def claim(self, issue: Issue, fates: Iterable[Fate]) -> None:
        """Freeze an issue and each candidate's fate before delivery; it may be an empty one."""
        ...

    def claimed(self, newsletter: str) -> Sequence[Issue]:
        """Issues that were claimed but not delivered: an earlier run was cut short."""
        ...

    def free_slot(self, newsletter: str, moment: datetime) -> datetime:
        """The first whole second at or after ``moment`` that no issue has taken."""
        ...

    def record(self, receipt: Receipt) -> None:
        """Remember what became of an envelope."""
        ...


class Sender(Protocol):
    """Takes envelopes out of the house."""

    def __call__(self, envelopes: Iterable[Envelope]) -> Iterator[Receipt]:
        """Deliver each envelope; one receipt for each, in order."""
        ...
