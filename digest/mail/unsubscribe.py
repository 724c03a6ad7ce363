"""Who leaves a newsletter by a link: a signed token that does not tell the address.

    <newsletter>.<reader>.<signature>

The reader is a keyed hash of the address, so whoever sees the link, in a log or a forwarded
mail, learns nothing; the signature tells a made-up token without asking a database.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from itsdangerous import Signer

_OCTETS = 12


class Leaver(NamedTuple):
    """What a token says."""

    newsletter: str
    #: See `reader_id`.
    reader: str


def reader_id(address: str, *, newsletter: str, key: bytes) -> str:
    """What stands for a recipient in links: 16 characters that only ``key`` can make.

    It is the same for two spellings of an address, and differs between newsletters.
    """
    hashed = hmac.digest(key, f"reader\0{newsletter}\0{address.casefold()}".encode(), "sha256")
    return urlsafe_b64encode(hashed[:_OCTETS]).decode()


def make_token(address: str, *, newsletter: str, key: bytes) -> str:
    """The token for a recipient's own links, of letters, digits, ``.``, ``-`` and ``_``."""
    reader = reader_id(address, newsletter=newsletter, key=key)
    return _signer(key).sign(f"{newsletter}.{reader}").decode()


def read_token(token: str, *, key: bytes) -> Leaver | None:
    """Who leaves what; None if ``token`` was not made with ``key``."""
    from itsdangerous import BadSignature

    try:
        newsletter, _, reader = _signer(key).unsign(token).decode().rpartition(".")
    except (BadSignature, UnicodeError):
        return None
    return Leaver(newsletter, reader)


@lru_cache(maxsize=8)
def _signer(key: bytes) -> Signer:
    from itsdangerous import Signer

    return Signer(key, salt="unsubscribe", key_derivation="hmac", digest_method=sha256)
