"""What came of a look is kept before the look itself, however far ahead documents are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest.errors import DigestError, SourceError, UnsettledError
from digest.intake import Intake, Reading
from digest.ledger.sqlite import SqliteLedger
from digest.model import Document
from digest.sites import Sites
from digest.visits import Visit, VisitState
from tests.builders import document, story

ADDRESS = "https://post.example/feed"


@dataclass
class Given:
    """A source that gives these items."""

    items: list[Document | DigestError | Visit]

    def __iter__(self) -> Iterator[Document | DigestError | Visit]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def look(source: str) -> Visit:
    at = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    return Visit(source=source, address=ADDRESS, at=at, state=VisitState.OK, etag=f'"{source}"')


def test_a_look_waits_for_its_documents(tmp_path: Path) -> None:
    ledger = SqliteLedger.open(tmp_path, sources=["a", "b", "c"])
    one, two, three = (document(text, source="a") for text in (b"one", b"two", b"three"))
    source = Given([look("none"), one, two, look("a"), look("b"), three, look("c")])
    intake = Intake(ledger=ledger, sites=Sites(ledger=ledger), observe=lambda: None)
    drawn = list(intake.documents([source]))  # as processes do, which read behind

    def kept() -> list[str]:
        return [name for name in ("none", "a", "b", "c") if ledger.past(name, ADDRESS).etag]

    assert kept() == ["none"]
    after = []
    for number, it in enumerate(drawn):
        intake.keep(it, Reading(story=story(number)))
        after.append(kept())
    assert after == [["none"], ["none", "a", "b"], ["none", "a", "b", "c"]]
    assert [visit.source for visit in intake.gathered().visits] == ["none", "a", "b", "c"]
    ledger.close()


def test_what_came_in_is_told_by_kind(tmp_path: Path) -> None:
    ledger = SqliteLedger.open(tmp_path, sources=["a"])
    failed, young = SourceError("a", "is down"), UnsettledError("b", "is being written")
    copy = document(b"copy", origin="seeds/copy.txt")
    page = document(b"page", origin="https://post.example/1", url="https://post.example/1")
    known = document(b"known")
    ledger.keep(known, story(3))
    seen: list[None] = []
    intake = Intake(ledger=ledger, sites=Sites(ledger=ledger), observe=lambda: seen.append(None))
    sources = (Given([document(b"new"), known, failed]), Given([young, copy, page]))
    for it in intake.documents(sources):
        intake.keep(it, Reading(story=story(1), instead="is a wall" if it.url else ""))
    done = intake.gathered()
    assert (done.new, done.copies) == (1, ("seeds/copy.txt",))
    assert (done.failures, done.waiting) == ((failed,), (young,))
    [warning] = done.warnings
    assert str(warning) == (
        "seeds (https://post.example/1): the page is a wall. The feed's words stand in its place."
    )
    assert len(seen) == 5
    ledger.close()
