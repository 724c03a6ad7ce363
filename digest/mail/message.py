"""Compose: a letter becomes the envelope for the outbox, the same for the same edition."""

from __future__ import annotations

import json

from digest.addresses import parse_mailbox
from digest.mail.letter import FormLetter
from digest.model import Envelope, Issue, Recipient


def compose(letter: FormLetter, issue: Issue, *, record: dict[str, object]) -> Envelope:
    """The envelope of an issue: the form letter as the newsletter's own sender receives it.

    ``record`` is what the issue holds, as plain data.
    """
    sender = parse_mailbox(issue.newsletter.sender)
    reader = Recipient(address=str(sender.address), name=sender.name)
    html, text = letter.shown(reader)
    return Envelope(
        issue=issue.id,
        message=letter.fill(reader),
        html=html.encode(),
        text=text.encode(),
        record=json.dumps(record, ensure_ascii=False, indent=2).encode() + b"\n",
    )
