"""The form letter: an edition made ready for any number of readers.

Everything that is the same for all is encoded once, when the letter is made; `FormLetter.fill`
joins it with what is a reader's own. Nothing is drawn: the date is the slot, Message-ID and
boundary are hashes, so the same letter filled again for a reader is the same message.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from hashlib import sha256

from digest.addresses import Address, Mailbox, parse_mailbox
from digest.errors import ConfigError
from digest.mail.dkim import Signer
from digest.mail.headers import mailbox, phrase, structured, unstructured
from digest.mail.merge import Part, cut
from digest.mail.unsubscribe import make_token
from digest.model import Edition, Issue, Newsletter, Recipient

#: Stands in a link for what tells the reader, see `digest.mail.unsubscribe`.
TOKEN = "{token}"  # noqa: S105  a placeholder, no secret

# Nothing that could end it where it stands in angle brackets.
_LINK = re.compile(r"(https?://|mailto:)[!-;=?-~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLetter:
    """A message but for what is each reader's own."""

    #: The issue's id.
    issue: str
    #: SHA-256 of everything that does not differ from reader to reader, and of the places that
    #: do, in hexadecimal digits.
    digest: str
    newsletter: str
    #: Domain of the sender's address.
    host: str
    #: Header lines that are the same for all; the first is From.
    headers: tuple[bytes, ...] = field(repr=False)
    text: Part = field(repr=False)
    html: Part = field(repr=False)
    #: What stands before, between and after the parts.
    seams: tuple[bytes, bytes, bytes] = field(repr=False)
    #: Patterns of the links to unsubscribe, the one that is printed first.
    leave: tuple[str, ...]
    key: bytes = field(repr=False)
    signers: tuple[Signer, ...]

    def fill(self, recipient: Recipient) -> bytes:
        """The message for one reader, signed, with CRLF line ends.

        It is ASCII but where the address is not; that one only SMTPUTF8 can carry (RFC 6531).
        """
        links = self._links(recipient)
        body = self._body(_values(recipient, links))
        headers = (*self.headers, *self._own_headers(recipient, links))
        body_hash = sha256(body).digest() if self.signers else b""
        signatures = (signer.sign(headers, body_hash) for signer in self.signers)
        return b"".join((*signatures, *headers, b"\r\n", body))

    def shown(self, recipient: Recipient) -> tuple[str, str]:
        """HTML and text as the reader sees them: decoded from the very bytes of `fill`."""
        values = _values(recipient, self._links(recipient))
        return self.html.shown(values), self.text.shown(values)

    def _body(self, values: Mapping[str, str]) -> bytes:
        before, between, after = self.seams
        text, html = self.text.fill(values), self.html.fill(values)
        return b"".join((before, text, between, html, after))

    def _links(self, recipient: Recipient) -> tuple[str, ...]:
        """The reader's links to unsubscribe."""
        if not any(TOKEN in pattern for pattern in self.leave):
            return self.leave
        token = make_token(recipient.address, newsletter=self.newsletter, key=self.key)
        return tuple(pattern.replace(TOKEN, token) for pattern in self.leave)

    def _own_headers(self, recipient: Recipient, links: Sequence[str]) -> Iterator[bytes]:
        local, _, domain = recipient.address.rpartition("@")
        yield mailbox("To", Mailbox(recipient.name, Address(local, domain)))
        yield structured("Message-ID", f"<{self._message_id(recipient)}@{self.host}>")
        if links:
            *others, last = (f"<{link}>" for link in links)
            yield structured("List-Unsubscribe", *(f"{link}," for link in others), last)

    def _message_id(self, recipient: Recipient) -> str:
        said = f"message\0{self.issue}\0{recipient.address.casefold()}".encode()
        return hmac.digest(self.key, said, "sha256").hex()[:32]


def form_letter(
    edition: Edition,
    issue: Issue,
    *,
    key: bytes = b"",
    mailto: str | None = None,
    signers: Sequence[Signer] = (),
) -> FormLetter:
    """The form letter of an edition.

    Args:
        edition: What is printed; its merge tokens become the places of the letter.
        issue: Whose newsletter says from whom it comes and how a reader leaves it. A link that
            holds ``{token}`` is each reader's own; one-click unsubscribing (RFC 8058) needs that.
        key: Secret from which Message-IDs and tokens are made.
        mailto: A second way to leave, for the header only: ``mailto:leave@courier.example``.
        signers: Each of them signs every message.

    Raises `RenderError` for a merge token that is missing or unknown, or a header that cannot be
    written, and `ConfigError` for a sender or a link that is none.
    """
    newsletter = issue.newsletter
    sender = _sender(newsletter)
    links = _links(newsletter)
    leave = _leave(newsletter, mailto)
    headers = tuple(_headers(edition, issue, sender, leave))
    frozen = (edition.text, edition.html, *leave, newsletter.view or "")
    return FormLetter(
        issue=issue.id,
        digest=sha256(b"\0".join((*headers, *map(str.encode, frozen)))).hexdigest(),
        newsletter=newsletter.id,
        host=sender.address.domain,
        headers=headers,
        text=cut(edition.text, links, markup=False),
        html=cut(edition.html, links, markup=True),
        seams=_seams(_boundary(issue)),
        leave=leave,
        key=key,
        signers=tuple(signers),
    )


def _headers(
    edition: Edition, issue: Issue, sender: Mailbox, leave: Sequence[str]
) -> Iterator[bytes]:
    """The header lines that are the same for every reader."""
    newsletter, host = issue.newsletter, sender.address.domain
    yield mailbox("From", sender)
    yield unstructured("Subject", edition.subject)
    yield structured("Date", format_datetime(issue.slot))
    listed = phrase("List-Id", newsletter.title)
    yield structured("List-Id", *listed, f"<{newsletter.id}.{host}>")
    if any(TOKEN in link and link.startswith("https:") for link in leave):
        yield structured("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    yield structured("Feedback-ID", _feedback_id(issue, host))
    yield structured("Auto-Submitted", "auto-generated")
    yield structured("Content-Language", newsletter.language)
    yield structured("MIME-Version", "1.0")
    boundary = f'boundary="{_boundary(issue)}"'
    yield structured("Content-Type", "multipart/alternative;", boundary)


def _feedback_id(issue: Issue, host: str) -> str:
    """By what Gmail sums up complaints: up to three groups, and the sender in 5 to 15 letters."""
    sender = sha256(host.encode()).hexdigest()[:12]
    return f"{issue.slot:%Y%m%d}:{issue.newsletter.id}:digest:{sender}"


def _boundary(issue: Issue) -> str:
    # "=_" never stands in quoted-printable.
    return f"=_{sha256(f'boundary {issue.id}'.encode()).hexdigest()[:32]}"


def _seams(boundary: str) -> tuple[bytes, bytes, bytes]:
    line = f"--{boundary}".encode()
    encoding = structured("Content-Transfer-Encoding", "quoted-printable") + b"\r\n"
    text, html = (
        line + b"\r\n" + structured("Content-Type", f"text/{kind};", "charset=utf-8") + encoding
        for kind in ("plain", "html")
    )
    return text, b"\r\n" + html, b"\r\n" + line + b"--\r\n"


def _sender(newsletter: Newsletter) -> Mailbox:
    try:
        return parse_mailbox(newsletter.sender)
    except ValueError as error:
        remedy = 'Write it like "The Courier <news@courier.example>".'
        raise ConfigError("newsletter.from", str(error), remedy) from error


def _leave(newsletter: Newsletter, mailto: str | None) -> tuple[str, ...]:
    given = {"newsletter.unsubscribe": newsletter.unsubscribe, "mailto": mailto}
    for key, link in given.items():
        if link and not _LINK.fullmatch(link):
            remedy = "Write an https: or mailto: address in ASCII."
            raise ConfigError(key, f"{link[:200]!r} is not a link", remedy)
    return tuple(filter(None, given.values()))


def _links(newsletter: Newsletter) -> dict[str, str | None]:
    """The links by the names of their merge tokens; None for one that is each reader's own."""
    links: dict[str, str | None] = {}
    if link := newsletter.unsubscribe:
        links["UNSUBSCRIBE"] = None if TOKEN in link else link
    if link := newsletter.view:
        links["VIEW"] = link
    return links


def _values(recipient: Recipient, links: Sequence[str]) -> dict[str, str]:
    """What stands at the places of a reader's copy."""
    mail = recipient.address
    known = {"name": recipient.name, "email": mail, "address": mail, **dict(recipient.fields)}
    return {**known, "UNSUBSCRIBE": links[0]} if links else known
