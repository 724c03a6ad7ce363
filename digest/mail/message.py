"""Compose: an edition becomes the bytes of a message, the same for the same edition.

Nothing is drawn: the date is the slot, Message-ID and boundary are hashes of the issue.
"""

from __future__ import annotations

import json
from binascii import b2a_qp
from email.utils import format_datetime
from hashlib import sha256
from html import escape

from digest.mail.headers import domain, mailbox, phrase, structured, unstructured
from digest.model import Edition, Envelope, Issue, Newsletter
from digest.tokens import UNSUBSCRIBE, VIEW


def compose(edition: Edition, issue: Issue, *, record: dict[str, object]) -> Envelope:
    """The envelope of an issue; ``record`` is what the issue holds, as plain data."""
    html = merge(edition.html, issue.newsletter, markup=True)
    text = merge(edition.text, issue.newsletter, markup=False)
    return Envelope(
        issue=issue.id,
        message=_message(edition, issue, html=html, text=text),
        html=html.encode(),
        text=text.encode(),
        record=json.dumps(record, ensure_ascii=False, indent=2).encode() + b"\n",
    )


def merge(part: str, newsletter: Newsletter, *, markup: bool) -> str:
    """A part with the tokens replaced by the newsletter's links, escaped in ``markup``."""
    for token, link in ((UNSUBSCRIBE, newsletter.unsubscribe), (VIEW, newsletter.view)):
        part = part.replace(token, escape(link or "") if markup else link or "")
    return part


def _message(edition: Edition, issue: Issue, *, html: str, text: str) -> bytes:
    boundary = f"=_{_hash(issue.id, 'boundary')}"
    return b"".join(
        (
            _head(edition, issue),
            structured("Content-Type", "multipart/alternative;", f'boundary="{boundary}"'),
            b"\r\n",
            _part(boundary, "text/plain", text),
            _part(boundary, "text/html", html),
            f"--{boundary}--\r\n".encode(),
        )
    )


def _head(edition: Edition, issue: Issue) -> bytes:
    newsletter = issue.newsletter
    host = domain(newsletter.sender)
    lines = [
        mailbox("From", newsletter.sender),
        mailbox("To", newsletter.sender),
        unstructured("Subject", edition.subject),
        structured("Date", format_datetime(issue.slot)),
        structured("Message-ID", f"<{_hash(issue.id, 'message')}@{host}>"),
        structured("List-Id", *phrase(newsletter.title), f"<{newsletter.id}.{host}>"),
        structured("Auto-Submitted", "auto-generated"),
        structured("Content-Language", newsletter.language),
        structured("MIME-Version", "1.0"),
    ]
    if newsletter.unsubscribe:
        lines.insert(-2, structured("List-Unsubscribe", f"<{newsletter.unsubscribe}>"))
    return b"".join(lines)


def _part(boundary: str, media_type: str, content: str) -> bytes:
    head = structured("Content-Type", f"{media_type};", "charset=utf-8") + structured(
        "Content-Transfer-Encoding", "quoted-printable"
    )
    return f"--{boundary}\r\n".encode() + head + b"\r\n" + quoted_printable(content) + b"\r\n"


def quoted_printable(content: str) -> bytes:
    """``content`` in quoted-printable (RFC 2045, 6.7): lines of 76 columns at most, CRLF."""
    lines = content.replace("\r\n", "\n").encode()
    return b2a_qp(lines, istext=True).replace(b"\n", b"\r\n")


def _hash(issue: str, purpose: str) -> str:
    return sha256(f"{purpose} {issue}".encode()).hexdigest()[:32]
