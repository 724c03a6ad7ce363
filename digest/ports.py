"""What the pipeline needs from the doors. Adapters fit these shapes; they do not import them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from digest.errors import DigestError
from digest.model import Candidate, Document, Edition, Fate, Issue, Mark, Receipt, Story
from digest.visits import Noted, Outage, Past, Visit


class Source(Protocol):
    """Where documents come from."""

    def __iter__(self) -> Iterator[Document | DigestError | Visit]:
        """Every document there is now; an item that fails is an error in the stream.

        A source on the web tells of each look after the documents that came of it.
        """
        ...

    def __len__(self) -> int:
        """About how many items iterating will give, for a progress bar."""
        ...


class Memory(Protocol):
    """What sources on the web need to know of earlier looks."""

    def past(self, source: str, address: str) -> Past:
        """What is remembered of a source, as far as it holds for its present address."""
        ...

    def known(self, source: str, marks: Sequence[Mark]) -> Sequence[Noted]:
        """The entries of a source that share an id, address, place, or words and date with any."""
        ...

    def waiting(self, source: str) -> Sequence[Noted]:
        """The entries of a source that are to be taken now."""
        ...


class Ledger(Memory, Protocol):
    """What was seen, chosen and delivered, and why not."""

    def unseen(self, documents: Iterable[Document]) -> Iterator[Document]:
        """The documents whose bytes the ledger does not know yet."""
        ...

    def keep(self, document: Document, read: Story | DigestError) -> bool:
        """Remember a document and its story, or why it holds none; True for a new article."""
        ...

    def visit(self, visit: Visit) -> None:
        """Remember a look at a source, after all that came of it was kept."""
        ...

    def texts(self, source: str) -> Sequence[str]:
        """The texts of a source's last articles, of each article one version."""
        ...

    def furniture(self, source: str) -> Sequence[str]:
        """What the source's site is known to repeat on its pages, see `digest.read.repeats`."""
        ...

    def learnt(self, source: str, furniture: Iterable[str]) -> None:
        """Remember what else it repeats."""
        ...

    def outages(self) -> Sequence[Outage]:
        """Sources that have failed for a while; each outage is given once."""
        ...

    def retired(self) -> Sequence[str]:
        """Sources that were taken down for good."""
        ...

    def held(self) -> Mapping[str, int]:
        """How many entries of a source are held as a flood until the user decides."""
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

    def leftovers(self, newsletter: str) -> Collection[str]:
        """The articles that an issue of the newsletter had no room for."""
        ...

    def topics(self, newsletter: str) -> Sequence[tuple[str, ...]]:
        """Every distinct choice of topics among the newsletter's recipients."""
        ...

    def freeze(self, editions: Mapping[str, Edition]) -> None:
        """Keep the rendered editions of an issue by their sections' keys; the first ones stay."""
        ...

    def editions(self, issue: str) -> Mapping[str, Edition]:
        """The frozen editions of an issue by their sections' keys; empty if none was frozen."""
        ...

    def record(self, *receipts: Receipt) -> None:
        """Remember what became of an issue; it is through unless one is a deferral."""
        ...
