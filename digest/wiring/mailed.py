"""An issue with its letters: what a sender is given, and the copies that can be made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from typing import Self

from digest.issue.record import issue_record
from digest.mail import FormLetter, compose
from digest.mail.headers import structured
from digest.model import Envelope, Issue, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """An issue and its letters by their sections' keys, as a sender is given them."""

    issue: Issue
    letters: Mapping[str, FormLetter]

    def whole(self) -> Envelope:
        """What the outbox receives: the whole issue, as the newsletter's own sender gets it."""
        return compose(self.letters[""], self.issue, record=issue_record(self.issue))

    def filled(self, key: str, reader: Recipient) -> Envelope:
        """The copy of the letter with that key, or of the whole issue if there is none."""
        letter = self.letters.get(key, self.letters[""])
        html, text = letter.shown(reader)
        return Envelope(
            issue=self.issue.id,
            message=letter.fill(reader),
            html=html.encode(),
            text=text.encode(),
            record=b"",
        )

    def only(self, key: str) -> Self:
        """The issue with the letter of that key in place of all others."""
        return replace(self, letters={"": self.letters.get(key, self.letters[""])})

    def sent_by(self, now: datetime) -> Self:
        """The same, with ``now`` for the date of letters whose slot is still to come.

        A message that is dated ahead of its arrival looks like spam, and sorts wrongly.
        """
        if self.issue.slot <= now:
            return self
        told = format_datetime(now.astimezone(self.issue.slot.tzinfo).replace(microsecond=0))
        date = structured("Date", told)
        return replace(
            self,
            letters={
                key: replace(letter, headers=tuple(_dated(letter.headers, date)))
                for key, letter in self.letters.items()
            },
        )

    def names(self, key: str) -> tuple[str, ...]:
        """The sections that a key of a letter stands for; those without a name are left out."""
        sections = self.issue.sections
        return tuple(filter(None, (sections[int(n)].name for n in key.split(",") if n)))


def _dated(headers: Iterable[bytes], date: bytes) -> Iterator[bytes]:
    for line in headers:
        yield date if line.startswith(b"Date:") else line
