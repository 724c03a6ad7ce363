"""Header lines of RFC 5322, folded by rule.

The standard library folds a structured header that is too long with encoded words, which RFC
2047 (section 5) forbids there and which breaks one-click unsubscribing (cpython#85725). So
structured headers are folded here, at blanks, and are ASCII by construction.
"""

from __future__ import annotations

import re
from email.header import Header
from email.utils import parseaddr

_WIDTH = 76
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")


def unstructured(name: str, value: str) -> bytes:
    """A header of free text, e.g. ``Subject``; what is not ASCII becomes encoded words."""
    value = " ".join(value.split())
    charset = "us-ascii" if value.isascii() and "=?" not in value else "utf-8"
    folded = Header(value, charset, header_name=name, maxlinelen=_WIDTH).encode(linesep="\r\n")
    return f"{name}: {folded}\r\n".encode("ascii")


def structured(name: str, *parts: str) -> bytes:
    """A header of ASCII ``parts``, one blank between them; it is folded only there."""
    lines = [f"{name}:"]
    for part in parts:
        if len(lines[-1]) + 1 + len(part) > _WIDTH and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {part}"
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def mailbox(name: str, value: str) -> bytes:
    """A header of one mailbox, e.g. ``From``, from ``Display Name <local@domain>``."""
    display, address = parseaddr(value)
    if not display:
        return structured(name, ascii_address(address))
    return structured(name, *phrase(display), f"<{ascii_address(address)}>")


def phrase(words: str) -> list[str]:
    """A display name: atoms, a quoted string, or encoded words, in parts that may be folded."""
    words = " ".join(words.split())
    if _ATOMS.fullmatch(words):
        return words.split()
    if words.isascii():
        escaped = words.replace("\\", "\\\\").replace('"', '\\"')
        return [f'"{escaped}"']
    # 11 columns are kept free for the header's name, so that no first line grows too long.
    return Header(words, "utf-8", maxlinelen=_WIDTH - 11).encode(linesep="\n").split("\n ")


def ascii_address(address: str) -> str:
    """The address with its domain in A-labels (RFC 5891)."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def domain(mailbox: str) -> str:
    """The domain of a mailbox, in A-labels."""
    return ascii_address(parseaddr(mailbox)[1]).rpartition("@")[2]
