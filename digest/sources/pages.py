"""From an entry to the document it leads to: its page, or the words that its feed gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from digest.errors import DigestError, SourceError
from digest.feedwords import feed_words, in_feed_words
from digest.model import Document, Entry
from digest.sources.follow import Follow, Readers
from digest.sources.http import Fault, Fetcher, FetchError
from digest.sources.http.faults import shown
from digest.sources.lists import PAGE
from digest.text import squeeze
from digest.visits import Noted, Stand

#: Pages that one run fetches for one source; the rest waits for the next.
PAGES = 50
#: How often a page is asked for in vain, in as many runs.
TRIES = 3
#: Pages failing in a row, after which a run leaves a source's other pages alone.
ENOUGH = 3

_PASSING = (
    Fault.THROTTLED, Fault.TIMEOUT, Fault.NETWORK, Fault.TLS, Fault.BROKEN, Fault.SERVER
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of an entry in this run."""

    noted: Noted
    #: Its document, or why there is none; None if it waits for another run.
    item: Document | DigestError | None = None


@dataclass(slots=True, kw_only=True)
class Pages:
    """Takes the entries of one source, one after the other."""

    fetcher: Fetcher
    readers: Readers
    follow: Follow
    now: datetime
    #: Pages that may still be fetched.
    left: int = PAGES
    #: Failures since the last page that came.
    _failed: int = 0

    async def take(self, it: Noted, entry: Entry) -> Taken:
        """The document of ``entry``, which is what ``it`` stands for."""
        if not self._wants_page(entry):
            return _done(it, in_feed_words(self._document(it, entry), entry))
        if self.left <= 0 or self._failed >= ENOUGH:
            return _later(it, entry)
        self.left -= 1
        try:
            page = await self._page(it, entry)
        except FetchError as error:
            return self._without_page(it, entry, error)
        self._failed = 0
        return _done(it, page)

    def _wants_page(self, entry: Entry) -> bool:
        if not entry.url or self.follow.full_text == "never":
            return False
        return self.follow.full_text == "always" or self.readers.is_teaser(entry)

    def _without_page(self, it: Noted, entry: Entry, error: FetchError) -> Taken:
        """Another run if that may help, else the feed's words in its place, else the failure."""
        words = feed_words(self._document(it, entry))
        if error.kind in _PASSING:
            self._failed += 1
            wanted = words is None or self.follow.full_text == "always"
            if wanted and it.tries < TRIES - 1:
                failure = SourceError(self._where(entry), error.why, "The next run tries again.")
                return replace(_later(replace(it, tries=it.tries + 1), entry), item=failure)
        if words is None:
            return _done(it, SourceError(self._where(entry), error.why, error.remedy))
        return _done(it, replace(words, instead=error.why))

    async def _page(self, it: Noted, entry: Entry) -> Document:
        response = await self.fetcher.fetch(
            entry.url or "",
            accept=PAGE,
            robots=True,
            private=self.follow.private,
            max_size=self.follow.max_size,
        )
        return replace(
            self._document(it, entry),
            data=response.data,
            media_type=response.media_type,
            charset=response.charset,
            url=response.url,
        )

    def _document(self, it: Noted, entry: Entry) -> Document:
        """An entry's document, still without data."""
        return Document(
            origin=self._origin(entry),
            data=b"",
            media_type="text/html",
            fetched=self.now,
            source=self.follow.name,
            section=self.follow.section,
            url=entry.url,
            entry=entry,
            mark=it.mark,
        )

    def _where(self, entry: Entry) -> str:
        return f"{self.follow.name} ({shown(entry.url or entry.id)})"

    def _origin(self, entry: Entry) -> str:
        return entry.url or squeeze(f"{self.follow.name}: {entry.title or entry.id}")


def _done(it: Noted, item: Document | DigestError) -> Taken:
    return Taken(noted=Noted(mark=it.mark, stand=Stand.TAKEN), item=item)


def _later(it: Noted, entry: Entry) -> Taken:
    return Taken(noted=replace(it, stand=Stand.WAITING, entry=entry))
