"""A newsletter's sources on a local server, looked at as runs do, with a ledger on disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from pathlib import Path

from digest.errors import DigestError, ReadError
from digest.intake import Gathered, Intake, Reading
from digest.ledger.sqlite import SqliteLedger
from digest.model import Document
from digest.read.feed import canonical, is_teaser, read_feed, read_listing, read_sitemap
from digest.sites import Sites
from digest.sources.follow import Follow, Readers
from digest.sources.http import Fetcher, Limits
from digest.sources.web import Web
from tests.builders import body, story

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
READERS = Readers(
    feed=read_feed,
    sitemap=read_sitemap,
    listing=read_listing,
    is_teaser=is_teaser,
    canonical=canonical,
)
LIMITS = Limits(pause=0, backoff=0, connect=2, read=2, total=3)


@dataclass
class Newsroom:
    """Follows sources, run after run."""

    folder: Path
    now: datetime = NOW
    #: What the last run drew.
    documents: list[Document] = field(default_factory=list)

    def run(self, *follows: Follow, later: timedelta = timedelta(days=1)) -> Gathered:
        """Look at all sources, keep what comes, and let time go by."""
        ledger = SqliteLedger.open(self.folder, sources=[follow.name for follow in follows])
        web = Web(
            follows,
            readers=READERS,
            fetcher=lambda: Fetcher("digest/test", limits=LIMITS, clock=self.now.timestamp),
            memory=ledger,
            clock=lambda: self.now,
        )
        try:
            intake = Intake(ledger=ledger, sites=Sites(ledger=ledger), observe=lambda: None)
            self.documents = []
            for document in intake.documents([web]):
                self.documents.append(document)
                intake.keep(document, _reading(document))
            return intake.gathered()
        finally:
            ledger.close()
            self.now += later

    @property
    def titles(self) -> list[str]:
        return [document.entry.title for document in self.documents if document.entry]


def _reading(document: Document) -> Reading:
    """As if every document were an article, unless it is empty."""
    if not document.data:
        nothing: DigestError = ReadError(document.origin, "is empty")
        return Reading(story=nothing)
    name = sha256(document.data).hexdigest()[:32]
    return Reading(story=story(1, id=name, source=document.source), instead=document.instead)


def follow(address: str, **changes: object) -> Follow:
    values: dict[str, object] = {"name": "wire", "kind": "feed", "private": True}
    return Follow(address=address, **(values | changes))  # type: ignore[arg-type]  # a test's changes


def rss(*items: str) -> bytes:
    channel = f"<title>Wire</title><link>https://wire.example/</link>{''.join(items)}"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}</channel></rss>'.encode()


def item(number: int, url: str, *, description: str = "", when: datetime = NOW) -> str:
    """An item of a feed; its teaser is cut off."""
    teaser = description or f"The first words on town {number} and its harbour [...]"
    return (
        f"<item><guid>tag:wire.example,{number}</guid><title>Story {number}</title>"
        f"<link>{url}</link><pubDate>{format_datetime(when)}</pubDate>"
        f"<description>{escape(teaser)}</description></item>"
    )


def page(number: int) -> bytes:
    """The page of an article."""
    paragraphs = "".join(f"<p>{part} {part}</p>" for part in body(number).split("\n\n"))
    head = f"<title>Story {number}</title>"
    article = f"<article><h1>Story {number}</h1>{paragraphs}</article>"
    return f"<!doctype html><html><head>{head}</head><body>{article}</body></html>".encode()
