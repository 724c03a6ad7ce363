"""What is followed on the web, and the readers that its lists are given to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from digest.model import Document, Entry, Feed
from digest.sources.folder import MAX_SIZE
from digest.sources.http.faults import shown


class ReadListing(Protocol):
    def __call__(self, document: Document, select: str | None = None) -> Feed: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """What makes lists of bytes. Each raises `digest.errors.ReadError`."""

    feed: Callable[[Document], Feed]
    sitemap: Callable[[Document], Feed]
    listing: ReadListing
    #: Whether an entry's own words are only a part of the article.
    is_teaser: Callable[[Entry], bool]
    #: An address without what does not matter for what it leads to.
    canonical: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """One source on the web."""

    name: str
    #: ``feed``, ``page``, ``sitemap`` or ``article``.
    kind: str
    #: The address, or of a feed on disk the file, as the user wrote it.
    address: str
    #: The folder that a file is relative to.
    base: Path = Path()
    section: str | None = None
    #: How far back the first look takes entries.
    start: timedelta = timedelta(days=7)
    #: ``auto``, ``always`` or ``never``: whether an entry's page is fetched.
    full_text: str = "auto"
    #: CSS selector of the links on a page.
    links: str | None = None
    private: bool = False
    max_size: int = MAX_SIZE

    @property
    def file(self) -> Path | None:
        """The file of a feed on disk."""
        return (
            None if re.match(r"https?:", self.address, re.IGNORECASE) else self.base / self.address
        )

    @property
    def label(self) -> str:
        """How reports call it: by its name, with the address unless that is its name."""
        address = shown(self.address)
        return address if self.name == self.address else f"{self.name} ({address})"
