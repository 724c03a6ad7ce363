"""Mails (.eml): the part that holds the article, and the headers where the part says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from digest.errors import ReadError
from digest.read.draft import Draft, Line
from digest.read.encoding import decode
from digest.read.forwarded import (
    moment,
    person_and_site,
    subject,
    unsigned_page,
    unwrap_page,
    unwrap_text,
    without_signature,
)
from digest.read.html import read_html
from digest.read.scraped import read_scraped
from digest.text import squeeze

# Mails inside of mails that are opened.
_DEEPEST = 3
# Words of a first line that may be a headline, and the marks that end none.
_HEADLINE, _NO_HEADLINE = 3, (",", ".", "!", ":", ";", "،", "、", "。", "！")


def read_message(data: bytes, where: str = "the document") -> Draft:
    """What a mail holds; raises `ReadError` naming ``where`` if it has no text part."""
    try:
        message = message_from_bytes(data, EmailMessage, policy=default)
        found = _read(message, where, _DEEPEST)
    except (MessageError, RecursionError, ValueError) as error:
        raise ReadError(where, "is no mail that can be read") from error
    if not found.paragraphs:
        raise ReadError(where, "is a mail without a text that can be read")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What the parts of one type hold together."""

    draft: Draft
    plain: bool = False
    #: The text is another mail's: the sender of this one has no part in it.
    forwarded: bool = False
    #: The first line under the text's end, where the sender's name may stand.
    signature: str = ""


def _read(message: EmailMessage, where: str, depth: int) -> Draft:
    """The mail's own text, or that of a mail attached to it which says more."""
    leaves = list(_leaves(message))
    own = _own(leaves, message, where)
    attached = (leaf for leaf in leaves if leaf.get_content_type() == "message/rfc822")
    inner = next((mail for leaf in attached for mail in _inside(leaf)), None) if depth else None
    other = _read(inner, where, depth - 1) if inner else Draft()
    return other if _length(other) > _length(own) else own


def _length(draft: Draft) -> int:
    return sum(map(len, draft.paragraphs))


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold no parts, a mail that is attached among them."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart":
            waiting += reversed(_inside(part))
        else:
            yield part


def _inside(part: EmailMessage) -> list[EmailMessage]:
    payload = part.get_payload()
    inner = payload if isinstance(payload, list) else []
    return [each for each in inner if isinstance(each, EmailMessage)]


def _own(leaves: Sequence[EmailMessage], message: EmailMessage, where: str) -> Draft:
    for kind, reader in (("text/html", _page), ("text/plain", _plain)):
        shown = (
            _text(leaf, where)
            for leaf in leaves
            if leaf.get_content_type() == kind and leaf.get_content_disposition() != "attachment"
        )
        part = reader("\n\n".join(filter(None, shown)))
        if part.draft.paragraphs:
            return _with_headers(part, message)
    return Draft()


def _text(part: EmailMessage, where: str) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    return decode(payload, part.get_content_charset(), where=where)


def _page(html: str) -> _Part:
    # A mail that speaks of paying or consenting is not a page in front of another.
    draft = unsigned_page(replace(read_html(html), wall=""))
    unwrapped = unwrap_page(draft)
    return _Part(draft=unwrapped or draft, forwarded=unwrapped is not None)


def _plain(text: str) -> _Part:
    text, signature = without_signature(text)
    unwrapped = unwrap_text(text)
    return _Part(
        draft=unwrapped or read_scraped(text),
        plain=True,
        forwarded=unwrapped is not None,
        signature=signature.strip().partition("\n")[0].strip(),
    )


def _with_headers(part: _Part, message: EmailMessage) -> Draft:
    """The draft with the subject, the sender and the day of the mail where it has none itself."""
    draft = _ungreeted(part) if _header(message, "subject") else part.draft
    sender = squeeze(parseaddr(_header(message, "from"))[0])
    person, site = _signed(part, sender) or person_and_site(sender)
    headers = {
        "subject": subject(_header(message, "subject")),
        "from": sender,
        "date": _header(message, "date"),
    }
    lines = [
        Line(number=0, text=text, label=label, rule="header of the mail")
        for label, text in headers.items()
        if text
    ]
    return replace(
        draft,
        title=draft.title or headers["subject"],
        byline=draft.byline or (None if part.forwarded else person),
        site=draft.site or (None if part.forwarded else site),
        published=draft.published or moment(headers["date"]),
        dated_by=draft.dated_by or "mail",
        lines=tuple(replace(line, number=n) for n, line in enumerate((*lines, *draft.lines), 1)),
    )


def _ungreeted(part: _Part) -> Draft:
    """A plain mail whose first line greets, or is a sentence, has its title in its subject."""
    draft = part.draft
    first = draft.lines[0] if draft.lines and part.plain else None
    greets = len(draft.title.split()) < _HEADLINE or draft.title.endswith(_NO_HEADLINE)
    if first is None or first.label != "title" or not greets:
        return draft
    line = replace(
        first, label="body", rule="first line of a mail that has its title in its subject"
    )
    body = (draft.title, *draft.paragraphs)
    return replace(draft, title="", paragraphs=body, lines=(line, *draft.lines[1:]))


def _signed(part: _Part, sender: str) -> tuple[str, None] | None:
    """The sender as a person who signs the text, if it ends with that name."""
    last = {part.signature.casefold(), part.draft.paragraphs[-1].casefold()}
    return (sender, None) if sender and sender.casefold() in last else None


def _header(message: EmailMessage, name: str) -> str:
    try:
        return squeeze(str(message.get(name, "")))
    except (ValueError, LookupError, TypeError, AttributeError):
        # The standard library's header parser stumbles over some malformed headers.
        return ""
