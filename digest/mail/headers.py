"""Header lines of RFC 5322, folded by rule.

The standard library folds a structured header that is too long with encoded words, which RFC
2047 (section 5) forbids there and which breaks one-click unsubscribing (cpython#85725). So
headers are folded here, at the blanks between their parts.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator

from digest.addresses import Mailbox
from digest.errors import RenderError
from digest.text import squeeze

#: Columns of a line that holds an encoded word (RFC 2047, 2); other lines may have two more.
_WIDTH = 76
#: Octets of a line (RFC 5322, 2.1.1).
_LIMIT = 998
_CHARSET, _END = "=?utf-8?b?", "?="
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def structured(name: str, *parts: str) -> bytes:
    """A header of ``parts``, one blank between them; it is folded only there.

    Raises `RenderError` for what would be another header, or no header at all.
    """
    lines = [f"{name}:"]
    for part in parts:
        if len(lines[-1]) + 1 + len(part) > _WIDTH and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {part}"
    if _CONTROL.search("".join(lines)) or max(len(line.encode()) for line in lines) > _LIMIT:
        why = f"holds a control character or more than {_LIMIT} octets without a blank"
        raise RenderError(f"{name} header", why)
    return ("\r\n".join(lines) + "\r\n").encode()


def unstructured(name: str, value: str) -> bytes:
    """A header of free text, e.g. ``Subject``; what is not plain becomes encoded words."""
    value = squeeze(value)
    if _is_plain(value):
        return structured(name, *value.split())
    return structured(name, *_encoded_words(value, name))


def mailbox(name: str, value: Mailbox) -> bytes:
    """A header of one mailbox, e.g. ``From``."""
    if not (words := phrase(name, value.name)):
        return structured(name, str(value.address))
    return structured(name, *words, f"<{value.address}>")


def phrase(name: str, words: str) -> list[str]:
    """A display name in header ``name``: atoms, a quoted string or encoded words, as parts."""
    words = squeeze(words)
    if not _is_plain(words):
        return list(_encoded_words(words, name))
    if not words or _ATOMS.fullmatch(words):
        return words.split()
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'.split(" ")


def _is_plain(value: str) -> bool:
    """Whether ``value`` needs no encoded words: it is ASCII, looks like none, and can be folded."""
    is_foldable = len(value) < _WIDTH // 2 or max(map(len, value.split())) < _WIDTH // 2
    return value.isascii() and "=?" not in value and is_foldable


def _encoded_words(value: str, name: str) -> Iterator[str]:
    """``value`` in UTF-8 and base64, never cut within a character (RFC 2047, 5)."""
    room = _WIDTH - len(f"{name}: {_CHARSET}{_END}")
    chunk = b""
    for character in value:
        encoded = character.encode()
        if len(chunk) + len(encoded) > room // 4 * 3:
            yield _encoded_word(chunk)
            chunk = b""
        chunk += encoded
    yield _encoded_word(chunk)


def _encoded_word(chunk: bytes) -> str:
    return f"{_CHARSET}{b64encode(chunk).decode()}{_END}"
