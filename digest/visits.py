"""The nouns of following sources on the web: what a look at one gave, and what is remembered.

Past -> Visit -> Noted entries
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from digest.model import Entry, Mark


class Stand(StrEnum):
    """Where the ledger stands with an entry."""

    #: Taken: its article was read, or could not be.
    TAKEN = "taken"
    #: Passed over for good: back catalogue.
    PASSED = "passed"
    #: Part of a flood: the user is asked whether it is to be taken.
    HELD = "held"
    #: To be taken by the next run.
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """An entry as the ledger remembers it."""

    mark: Mark
    stand: Stand
    #: Kept while it is held or waits, since its feed may have dropped it by then.
    entry: Entry | None = None
    #: How often its page was asked for in vain.
    tries: int = 0


class VisitState(StrEnum):
    """How a look at a source ended."""

    #: It was read.
    OK = "ok"
    #: The server says that nothing changed.
    UNCHANGED = "unchanged"
    #: Not looked at: the server, or a row of failures, asks for a pause.
    RESTING = "resting"
    FAILED = "failed"
    #: Taken down for good (410): it is not asked again.
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One look at a source on the web, and what is to be remembered of it."""

    source: str
    #: The address as the user named it.
    address: str
    at: datetime
    state: VisitState
    #: What went wrong, or what the user should know; may be empty.
    detail: str = ""
    #: HTTP status; None without an answer.
    status: int | None = None
    #: Seconds to the last byte; None without an answer.
    latency: float | None = None
    #: Bytes of the list.
    size: int = 0
    #: Entries on the list; of them new ones, edited ones, and those that were held as a flood.
    listed: int = 0
    new: int = 0
    edited: int = 0
    held: int = 0
    #: Where a permanent redirect leads.
    moved: str | None = None
    #: What the next request may be made conditional on; only from a list that was read.
    etag: str | None = None
    modified: str | None = None
    #: SHA-256 of that list, to know it again from a server that has no conditions.
    body: str | None = None
    #: Not to be looked at before.
    retry_at: datetime | None = None
    #: Entries that were not known before, or whose stand has changed.
    noted: tuple[Noted, ...] = ()

    def bare(self) -> Visit:
        """The visit without its entries: what a report needs."""
        return replace(self, noted=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the ledger remembers of a source, for the next look at it."""

    #: The last time that its list was read, whatever its address was then.
    read: datetime | None = None
    moved: str | None = None
    etag: str | None = None
    modified: str | None = None
    body: str | None = None
    retry_at: datetime | None = None
    #: Failed visits in a row.
    failures: int = 0
    gone: bool = False
    #: The user was told of this row of failures.
    told: bool = False
    #: The days on which earlier visits, the first left out, found new entries: the last of these
    #: visits and how many there were; newest first.
    arrivals: tuple[tuple[datetime, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A source that has failed for a while, told once."""

    source: str
    #: The first of its failures.
    since: datetime
    failures: int
    #: The last failure, in words.
    detail: str
