"""A message as the page shows it: the very bytes, and what stands in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Self

from digest.model import Envelope

_SCHEME = re.compile(rb"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_COLOUR_SCHEME = re.compile(rb"(?<=[\s;{\"'])color-scheme\s*:\s*light dark")
_ALWAYS, _NEVER = b"(min-width:0)", b"(max-width:0)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One copy of an issue."""

    issue: str
    html: bytes
    text: bytes
    #: The message of RFC 5322.
    message: bytes

    @classmethod
    def of(cls, envelope: Envelope) -> Self:
        """A copy that was made for somebody."""
        return cls(
            issue=envelope.issue,
            html=envelope.html,
            text=envelope.text,
            message=envelope.message,
        )

    @classmethod
    def parsed(cls, issue: str, message: bytes) -> Self:
        """A copy of which there is only the message."""
        parsed = BytesParser(policy=policy.default).parsebytes(message)
        html, text = (_part(parsed, kind) for kind in ("html", "plain"))
        return cls(issue=issue, html=html, text=text, message=message)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Name and decoded value of each header, in the order of the message."""
        parsed = BytesParser(policy=policy.default).parsebytes(self.message, headersonly=True)
        return tuple((name, _words(name, value)) for name, value in parsed.raw_items())

    def header(self, name: str) -> str:
        """The decoded value of the first header of this name; empty if there is none."""
        wanted = name.casefold()
        return next((value for key, value in self.headers if key.casefold() == wanted), "")


def in_mode(html: bytes, mode: str) -> bytes:
    """``html`` as it looks in a client that is ``light`` or ``dark``, whatever the browser is."""
    if mode not in {"light", "dark"}:
        return html

    def answer(query: re.Match[bytes]) -> bytes:
        return _ALWAYS if query[1].lower().decode() == mode else _NEVER

    return _COLOUR_SCHEME.sub(b"color-scheme: " + mode.encode(), _SCHEME.sub(answer, html))


def _part(message: EmailMessage, kind: str) -> bytes:
    """The words of a part; none if there is none, or it is damaged."""
    part = message.get_body(preferencelist=(kind,))
    try:
        return str(part.get_content()).encode() if part else b""
    except (LookupError, ValueError, AttributeError):
        return b""


def _words(name: str, raw: object) -> str:
    """A header's value in words; where it is damaged, as it stands."""
    try:
        return str(policy.default.header_fetch_parse(name, str(raw)))
    except (ValueError, IndexError, AttributeError):
        return str(raw)
