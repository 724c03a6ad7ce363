"""An issue with its letters: what a sender is given, and the copies that can be made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digest.issue.record import issue_record
from digest.mail import FormLetter, compose, sections_key
from digest.model import Envelope, Issue, Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """An issue and its letters by their sections' keys, as a sender is given them."""

    issue: Issue
    letters: Mapping[str, FormLetter]

    def whole(self) -> Envelope:
        """What the outbox receives: the whole issue, as the newsletter's own sender gets it."""
        return compose(self.letters[""], self.issue, record=issue_record(self.issue))

    def copy(self, reader: Recipient) -> Envelope | None:
        """What one reader receives by the topics they chose; None if no section is theirs."""
        key = sections_key(self.issue, reader.topics)
        return None if key is None else self.filled(key, reader)

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

    def names(self, key: str) -> tuple[str, ...]:
        """The sections that a key of a letter stands for; those without a name are left out."""
        sections = self.issue.sections
        return tuple(filter(None, (sections[int(n)].name for n in key.split(",") if n)))
