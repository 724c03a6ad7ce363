"""What is said for one message, and what the answers mean. Pure."""

from __future__ import annotations

import re

from digest.delivery.smtp.extensions import Extensions
from digest.delivery.smtp.faults import ServerError
from digest.delivery.smtp.replies import Reply
from digest.delivery.smtp.values import Mail, Phase, Result, Server
from digest.model import State

#: Ends the command of a transaction in which nobody is to get anything: an empty message.
LONE_DOT = b".\r\n"

# What would end the path or the command.
_UNFIT = re.compile(r"[\x00-\x20\x7f<>\ud800-\udfff]")
#: Octets of an address: RFC 5321, 4.5.3.1, allows 64 before the @ and 255 behind it.
_LONGEST = 320
# Searching is twice as fast as replacing, and most messages have no line that begins with a dot.
_DOTTED = re.compile(rb"\r\n\.")


def check_edition(mail: Mail, offered: Extensions, server: Server) -> None:
    """Raise `ServerError` for what would meet every recipient alike: the size, the sender."""
    if offered.size is not None and len(mail.data) > offered.size:
        why = f"takes at most {offered.size:,} octets, and the message has {len(mail.data):,}"
        remedy = "Print fewer stories or smaller images."
        raise ServerError(server.where, f"the server {why}", remedy)
    if not _is_fit(mail.sender):
        raise ServerError(server.where, f"{mail.sender!r} cannot be a sender", "Mend the address.")
    if not mail.sender.isascii() and not offered.utf8:
        why = f"the server offers no SMTPUTF8, which the sender {mail.sender} needs"
        raise ServerError(server.where, why, "Use a sender's address of ASCII letters.")


def check_recipient(mail: Mail, offered: Extensions) -> Result | None:
    """Why this message cannot be sent to this recipient here; None if it can."""
    if not _is_fit(mail.recipient):
        return _not_sent("5.1.3", f"{mail.recipient!r} cannot stand in an envelope")
    if _needs_utf8(mail) and not offered.utf8:
        why = "the server offers no SMTPUTF8, which this address or message needs"
        return _not_sent("5.6.7", why)
    if not offered.eight_bit and not mail.data.isascii():
        return _not_sent("5.6.3", "the server offers no 8BITMIME, which this message needs")
    return None


def commands(mail: Mail, offered: Extensions) -> tuple[bytes, bytes, bytes]:
    """MAIL, RCPT and DATA for a message that has passed the checks."""
    parameters = [
        f" SIZE={len(mail.data)}" if offered.sizes else "",
        "" if mail.data.isascii() else " BODY=8BITMIME",
        " SMTPUTF8" if _needs_utf8(mail) else "",
    ]
    return (
        f"MAIL FROM:<{mail.sender}>{''.join(parameters)}\r\n".encode(),
        f"RCPT TO:<{mail.recipient}>\r\n".encode(),
        b"DATA\r\n",
    )


def stuffed(data: bytes) -> bytes:
    """The message with dots doubled at the beginnings of lines and a line end at its end."""
    if _DOTTED.search(data):
        data = data.replace(b"\r\n.", b"\r\n..")
    if data.startswith(b"."):
        data = b"." + data
    return data if data.endswith(b"\r\n") or not data else data + b"\r\n"


def verdict(reply: Reply, phase: Phase) -> Result:
    """What a final reply makes of a message."""
    if reply.is_positive:
        state = State.ACCEPTED
    else:
        state = State.DEFERRED if reply.code < 500 else State.REFUSED
    return Result(
        state=state, phase=phase, code=reply.code, enhanced=reply.enhanced, words=reply.words
    )


def _needs_utf8(mail: Mail) -> bool:
    return mail.utf8 or not (mail.sender.isascii() and mail.recipient.isascii())


def _is_fit(address: str) -> bool:
    length = len(address.encode("utf-8", "replace"))
    return 0 < length <= _LONGEST and _UNFIT.search(address) is None


def _not_sent(enhanced: str, why: str) -> Result:
    return Result(state=State.REFUSED, phase=Phase.CHECK, enhanced=enhanced, words=why)
