"""Addresses of RFC 5321, parsed once, so that nothing behind needs to doubt them.

What comes out holds no blank, no control character and no comment, and its domain is in A-labels
(IDNA 2008, RFC 5891): it can stand in a header and in a command as it is. Mail servers accept
more, such as ``"any words"@[192.0.2.1]``; readers' mailboxes are not called so, attacks are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Octets (RFC 5321, 4.5.3.1, whose path has two more for its brackets).
_LOCAL_LIMIT, _DOMAIN_LIMIT, _LIMIT = 64, 253, 254

# What is not atext in RFC 5322; for RFC 6531, what is not ASCII and can be printed is.
_NO_ATEXT = r'\x00-\x20\x7f()<>\[\]:;@\\,"'
_DOT_ATOM = re.compile(rf"[^{_NO_ATEXT}.]+(?:\.[^{_NO_ATEXT}.]+)*")
_QUOTED = re.compile(rf'"([^{_NO_ATEXT}]+)"')
# Its last label begins with a letter: an IPv4 address is no name.
_DOMAIN = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
#: What a decoder puts in for what it could not decode.
_UNREADABLE = "\ufffd"
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Address(NamedTuple):
    """One address; ``str`` of it is how it is written."""

    #: As its owner writes it, in NFC.
    local: str
    #: A-labels in lower case.
    domain: str

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}"


class Mailbox(NamedTuple):
    """An address and whose it is; the name may be empty."""

    name: str
    address: Address


def parse_mailbox(text: str) -> Mailbox:
    """The mailbox ``a@b.example``, ``<a@b.example>`` or ``Display Name <a@b.example>``.

    Raises `ValueError` that says what is wrong with it.
    """
    text = text.strip()
    if not text.endswith(">"):
        return Mailbox("", parse_address(text))
    name, opened, address = text[:-1].rpartition("<")
    if not opened:
        raise _wrong(text, "has a > without its <")
    if _CONTROLS.search(name):
        raise _wrong(text, "has a line break or a control character in its name")
    return Mailbox(_unquoted(name.strip()), parse_address(address))


def parse_address(text: str) -> Address:
    """The one address in ``text``. Raises `ValueError` that says what is wrong with it."""
    text = text.strip()
    local, at, domain = text.rpartition("@")
    if not at:
        raise _wrong(text, "has no @")
    address = Address(_local(local, text), _domain(domain, text))
    if len(str(address).encode()) > _LIMIT:
        raise _wrong(text, f"is longer than {_LIMIT} octets")
    return address


def _local(local: str, text: str) -> str:
    if len(local) > _LOCAL_LIMIT + 2:  # before anything is done with it, and with room for marks
        raise _wrong(text, f"has more than {_LOCAL_LIMIT} octets before its @")
    local = unicodedata.normalize("NFC", local)
    quoted = _QUOTED.fullmatch(local)
    if quoted and _DOT_ATOM.fullmatch(quoted[1]):
        local = quoted[1]
    is_legal = quoted or _DOT_ATOM.fullmatch(local)
    is_readable = local.isprintable() and _UNREADABLE not in local
    # Not an encoded word: some servers decode it, and send to what it hides.
    if not is_legal or not is_readable or "=?" in local:
        raise _wrong(text, "has something before its @ that no address may have")
    if len(local.encode()) > _LOCAL_LIMIT:
        raise _wrong(text, f"has more than {_LOCAL_LIMIT} octets before its @")
    return local


def _domain(domain: str, text: str) -> str:
    if len(domain) <= _DOMAIN_LIMIT:
        domain = _a_labels(domain).lower()
    if len(domain) > _DOMAIN_LIMIT or not _DOMAIN.fullmatch(domain):
        raise _wrong(text, "has no domain name after its @")
    return domain


def _a_labels(domain: str) -> str:
    """``domain`` in ASCII; empty if it cannot be."""
    if domain.isascii():
        return domain
    import idna

    try:
        # UTS 46 first, since people write capitals and full-width dots.
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return ""


def _unquoted(name: str) -> str:
    if len(name) > 1 and name[0] == name[-1] == '"':
        return re.sub(r"\\(.)", r"\1", name[1:-1])
    return name


def _wrong(text: str, why: str) -> ValueError:
    return ValueError(f"{text[:80]!r} {why}")
