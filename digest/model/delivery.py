"""What goes out: editions, envelopes, to whom, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A rendered issue. ``html`` and ``text`` still hold the merge tokens of `digest.mail`."""

    issue: str
    subject: str
    preheader: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An issue in its final bytes, ready for a sender."""

    #: The issue's id; below the outbox it is also the path of its folder.
    issue: str
    #: The message of RFC 5322, with CRLF line ends.
    message: bytes
    #: The two parts as files: UTF-8, to be opened in a browser and in an editor.
    html: bytes
    text: bytes
    #: What the issue holds, as JSON.
    record: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who receives a newsletter."""

    #: With its domain in A-labels (RFC 5891).
    address: str
    name: str = ""
    #: Own fields: name in lower case, value.
    fields: tuple[tuple[str, str], ...] = ()
    #: Sections to receive; none means all.
    topics: tuple[str, ...] = ()
    #: IANA name; None is the newsletter's.
    timezone: str | None = None
    #: Whether it is written to no more: it left, or its server knows no such address.
    suppressed: bool = False

    @property
    def key(self) -> str:
        """The same for two spellings of one address."""
        return self.address.casefold()

    @property
    def utf8(self) -> bool:
        """Whether only a server that offers SMTPUTF8 can take the address (RFC 6531)."""
        return not self.address.isascii()


class State(StrEnum):
    """What became of an envelope."""

    ACCEPTED = "accepted"
    #: Refused for good: another try would end alike.
    REFUSED = "refused"
    #: Not now: the next run tries again.
    DEFERRED = "deferred"
    #: The connection broke while the answer was under way: it may or may not have arrived.
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A sender's word on one envelope."""

    issue: str
    state: State
    #: Where it is now, or the words of whoever refused it.
    detail: str
    #: Folder with its files, if it was written to any.
    place: str = ""
    #: That it is deferred is no fault: it is held back, or servers asked for time.
    waits: bool = False


class SendState(StrEnum):
    """Where one recipient's copy of an issue stands."""

    #: Waits for its turn.
    PLANNED = "planned"
    #: In the hands of the run that is at work.
    LEASED = "leased"
    #: The server is being told: in doubt if the run dies now.
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    #: Not now, said the server: tried again later.
    DEFERRED = "deferred"
    #: Put off until the issue was too old.
    EXPIRED = "expired"
    #: The line broke before the answer came: it may or may not have arrived.
    UNCERTAIN = "uncertain"
    #: Removed or suppressed since, or no section of the issue is theirs.
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """One recipient's copy of an issue, as the ledger hands it out."""

    #: Number of the recipient in the ledger.
    id: int
    #: None if it was removed since.
    recipient: Recipient | None
    #: Key of the edition that it gets.
    sections: str
    #: How often it was tried.
    attempts: int = 0
