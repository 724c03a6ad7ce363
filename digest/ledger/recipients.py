"""Who gets a newsletter: one row for each address, however it is written.

All that goes over every recipient does so a page at a time, so that a list of a million takes no
more memory than one of a thousand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from digest.ledger.columns import as_list, words
from digest.ledger.store import Store
from digest.model import Recipient

#: Recipients read or written at a time.
PAGE = 1_000
#: Why somebody is suppressed whom a list already gave so.
FROM_LIST = "suppressed in the list that was read"


class Recipients:
    """The part of the ledger that keeps one newsletter's recipients.

    An address is compared in lower case; the form it was last written in is the one that is used.
    """

    def __init__(self, store: Store, *, newsletter: str) -> None:
        self._store = store
        self._newsletter = newsletter

    def put(self, recipients: Iterable[Recipient]) -> int:
        """Add new recipients and replace the facts of known ones; how many were given."""
        stream, given = iter(recipients), 0
        while page := list(islice(stream, PAGE)):
            with self._store.transaction() as write:
                for recipient in page:
                    write("put_recipient", self._columns(recipient))
            given += len(page)
        return given

    def get(self, address: str) -> Recipient | None:
        row = self._store.row("recipient", self._key(address))
        return recipient(row) if row else None

    def find(self, part: str, *, limit: int) -> list[Recipient]:
        """The first of those who are written to whose address or name holds ``part``."""
        given = {
            "newsletter": self._newsletter,
            "small": part.casefold(),
            "title": _lower(part.title()),
            "large": _lower(part.upper()),
            "limit": limit,
        }
        return [recipient(row) for row in self._store.rows("find_recipients", given)]

    def remove(self, address: str) -> bool:
        """Forget an address; False if it was not known."""
        return self._change("remove_recipient", self._key(address))

    def suppress(self, address: str, why: str) -> bool:
        """Write to an address no more, and remember that; False if it was so or is not known."""
        return self._change("suppress_recipient", {**self._key(address), "why": why})

    def restore(self, address: str) -> bool:
        """Write to a suppressed address again; False if it is not known."""
        return self._change("restore_recipient", self._key(address))

    def count(self) -> tuple[int, int]:
        """How many there are, and how many of them are suppressed."""
        row = self._store.row("count_recipients", {"newsletter": self._newsletter})
        return (row["all_of_them"], row["suppressed"]) if row else (0, 0)

    def topics(self) -> tuple[tuple[str, ...], ...]:
        """Every distinct choice of topics among those who are written to."""
        rows = self._store.rows("topics", {"newsletter": self._newsletter})
        return tuple(words(row["topics"]) for row in rows)

    def __iter__(self) -> Iterator[tuple[Recipient, str | None]]:
        """Each recipient, and why it is written to no more."""
        after = 0
        while rows := self._page(after):
            for row in rows:
                yield recipient(row), row["suppressed"]
            after = rows[-1]["id"]

    def _page(self, after: int) -> list[sqlite3.Row]:
        given = {"newsletter": self._newsletter, "after": after, "limit": PAGE}
        return self._store.rows("recipients_after", given)

    def _change(self, query: str, given: dict[str, object]) -> bool:
        with self._store.transaction() as write:
            return write(query, given) > 0

    def _key(self, address: str) -> dict[str, object]:
        return {"newsletter": self._newsletter, "key": address.casefold()}

    def _columns(self, recipient: Recipient) -> dict[str, object]:
        return {
            **self._key(recipient.address),
            "address": recipient.address,
            "name": recipient.name,
            "fields": msgspec.json.encode(recipient.fields).decode(),
            "topics": as_list(sorted(recipient.topics)),
            "timezone": recipient.timezone,
            "suppressed": FROM_LIST if recipient.suppressed else None,
        }


def _lower(text: str) -> str:
    """As SQLite's lower() does."""
    return "".join(it.lower() if it.isascii() else it for it in text)


def recipient(row: sqlite3.Row) -> Recipient:
    """The recipient that a row holds."""
    return Recipient(
        address=row["address"],
        name=row["name"],
        fields=msgspec.json.decode(row["fields"], type=tuple[tuple[str, str], ...]),
        topics=words(row["topics"]),
        timezone=row["timezone"],
        suppressed=row["suppressed"] is not None,
    )
