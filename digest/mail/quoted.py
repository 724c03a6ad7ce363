"""Quoted-printable (RFC 2045, 6.7): lines of at most 76 columns of ASCII, ended by CRLF.

It passes every server unchanged, so that a signature made before stays good behind one that
knows no 8BITMIME.
"""

from __future__ import annotations

import re
from binascii import a2b_qp, b2a_qp

_SOFT_BREAK = b"=\r\n"
# What `b2a_qp` leaves: words before which mailboxes of the mbox kind put ">", which breaks a
# signature; and a line that is too long where its last character is a blank.
_AMISS = re.compile(rb"^From |^(.{74,75})(=20|=09)$", re.MULTILINE)


def quoted_printable(content: str) -> bytes:
    """``content``, whose line ends may be of any kind."""
    lines = content.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    return _AMISS.sub(_mended, b2a_qp(lines, istext=True)).replace(b"\n", b"\r\n")


def segment(content: str) -> bytes:
    """``content`` so that another segment may follow it, whatever that one begins with.

    It ends in a soft line break, or two segments could make too long a line.
    """
    # A last line may be full; with one letter more it leaves room for the mark of the break.
    encoded = quoted_printable(content + "x")[:-1]
    return encoded if not encoded or encoded.endswith(b"\n") else encoded + _SOFT_BREAK


def _mended(amiss: re.Match[bytes]) -> bytes:
    return amiss[1] + b"=\n" + amiss[2] if amiss[1] else b"=46rom=\n "


def decoded(encoded: bytes) -> str:
    """What a reader's program makes of it, with LF as line end."""
    return a2b_qp(encoded).decode().replace("\r\n", "\n")
