"""Mails (.eml): the part that holds the article, and the headers where the part says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from digest.errors import ReadError
from digest.read.draft import Draft, Line
from digest.read.encoding import decode
from digest.read.html import read_html
from digest.read.scraped import read_scraped
from digest.text import squeeze

_FORWARDED = re.compile(r"^(?:(?:fwd?|wg|tr|rv|re|aw|sv|i|odp|antw)\s?:\s{0,5})+", re.IGNORECASE)
_AT = re.compile(r"\s(?:at|from|von|de|via|bei|chez|@|[|–—])\s")


def read_message(data: bytes, where: str = "the document") -> Draft:
    """What a mail holds; raises `ReadError` naming ``where`` if it has no text part."""
    try:
        message = message_from_bytes(data, EmailMessage, policy=default)
        parts = {part.get_content_type(): part for part in reversed(list(_texts(message)))}
    except (MessageError, RecursionError, ValueError) as error:
        raise ReadError(where, "is no mail that can be read") from error
    drafts = (_draft(parts[kind], where) for kind in ("text/html", "text/plain") if kind in parts)
    found = next((draft for draft in drafts if draft.paragraphs), None)
    if not found:
        raise ReadError(where, "is a mail without a text that can be read")
    return _with_headers(found, message)


def _texts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The text parts that are shown, not attached."""
    for part in message.walk():
        if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            yield part


def _draft(part: EmailMessage, where: str) -> Draft:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return Draft()
    text = decode(payload, part.get_content_charset(), where=where)
    return read_html(text) if part.get_content_subtype() == "html" else read_scraped(text)


def _with_headers(draft: Draft, message: EmailMessage) -> Draft:
    """``draft`` with the subject, the sender and the day of the mail where it has none itself."""
    subject = _FORWARDED.sub("", _header(message, "subject"))
    sender = squeeze(parseaddr(_header(message, "from"))[0])
    person, site = _AT.split(sender, maxsplit=1) if _AT.search(sender) else (None, sender)
    headers = {"subject": subject, "from": sender, "date": _header(message, "date")}
    lines = [
        Line(number=0, text=text, label=label, rule="header of the mail")
        for label, text in headers.items()
        if text
    ]
    return replace(
        draft,
        title=draft.title or subject,
        byline=draft.byline or person,
        site=draft.site or site or None,
        published=draft.published or _date(headers["date"]),
        lines=tuple(replace(line, number=n) for n, line in enumerate((*lines, *draft.lines), 1)),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return squeeze(str(message.get(name, "")))
    except (ValueError, LookupError, TypeError, AttributeError):
        # The standard library's header parser stumbles over some malformed headers.
        return ""


def _date(value: str) -> date | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.date()
