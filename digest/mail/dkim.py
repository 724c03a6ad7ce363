"""DKIM signatures (RFC 6376), by RSA with SHA-256 (RFC 8301) or Ed25519 (RFC 8463).

Headers are signed in the ``relaxed`` form, which survives a server that folds them anew; the
body in the ``simple`` one, which costs nothing here: quoted-printable has no blanks at the ends
of lines, and a multipart body ends in exactly one line end. There is no ``l=``, which would
allow words to be added, and no ``t=``, which a fast clock turns against good signatures.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from digest.errors import ConfigError
from digest.mail.headers import structured

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

#: What is signed where it is there; RFC 8058 (4) asks for those of unsubscribing.
_SIGNED = frozenset(
    (
        *("from", "to", "subject", "date", "message-id", "auto-submitted", "feedback-id"),
        *("list-id", "list-unsubscribe", "list-unsubscribe-post"),
        *("mime-version", "content-type", "content-language"),
    )
)
#: Bits of an RSA key that every receiver takes (RFC 8301, 3.2).
_LEAST, _MOST = 1024, 4096
#: Octets of an Ed25519 key.
_ED25519 = 32
#: Columns of base64 on a line of the header.
_COLUMNS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs for a domain with the key that its DNS publishes under a selector."""

    domain: str
    selector: str
    key: RSAPrivateKey | Ed25519PrivateKey = field(repr=False)
    #: As the signature names it: ``rsa-sha256`` or ``ed25519-sha256``.
    algorithm: str

    @property
    def record(self) -> str:
        """The TXT record for ``<selector>._domainkey.<domain>``."""
        kind = self.algorithm.partition("-")[0]
        return f"v=DKIM1; k={kind}; p={b64encode(_public(self.key)).decode()}"

    def sign(self, headers: Sequence[bytes], body_hash: bytes) -> bytes:
        """The header that signs ``headers``, each a whole line, and a body.

        ``body_hash`` is the SHA-256 of the body, which ends in one CRLF.
        """
        signed = [header for header in headers if _name(header) in _SIGNED]
        tags = self._tags([_name(header) for header in signed], body_hash)
        unsigned = _relaxed(structured("DKIM-Signature", *tags, "b=")).removesuffix(b"\r\n")
        signature = self._signature(b"".join(map(_relaxed, signed)) + unsigned)
        text = b64encode(signature).decode()
        lines = [text[i : i + _COLUMNS] for i in range(0, len(text), _COLUMNS)]
        return structured("DKIM-Signature", *tags, f"b={lines[0]}", *lines[1:])

    def _tags(self, names: Sequence[str], body_hash: bytes) -> list[str]:
        return [
            "v=1;",
            f"a={self.algorithm};",
            "c=relaxed/simple;",
            f"d={self.domain};",
            f"s={self.selector};",
            f"bh={b64encode(body_hash).decode()};",
            f"h={names[0]}",
            *(f":{name}" for name in names[1:]),
            # Once more than it is there, so that no second sender can be added unseen.
            ":from;",
        ]

    def _signature(self, data: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.hashes import SHA256

        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(data, PKCS1v15(), SHA256())
        return self.key.sign(sha256(data).digest())


def load_signer(key: bytes, *, domain: str, selector: str, where: str) -> Signer:
    """A signer for ``domain``.

    Args:
        key: A private key as PEM (PKCS #1 or PKCS #8), or the 32 octets of an Ed25519 key as
            they are or in base64.
        domain: That of the sender's address, or one above it.
        selector: Labels of a DNS name.
        where: What the key is called in an error.

    Raises `ConfigError` if ``key`` cannot sign, and for a name that DNS cannot hold.
    """
    for name in (domain, selector):
        if not re.fullmatch(r"(?=.{1,253}\Z)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*", name):
            raise ConfigError(where, f"{name!r} cannot be a name in DNS")
    private = _load(key, where)
    algorithm = "rsa-sha256" if hasattr(private, "key_size") else "ed25519-sha256"
    return Signer(domain=domain, selector=selector, key=private, algorithm=algorithm)


def _load(key: bytes, where: str) -> RSAPrivateKey | Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if octets := _octets(key):
        return Ed25519PrivateKey.from_private_bytes(octets)
    remedy = "Give a private key of RSA or Ed25519 as PEM, without a password."
    if b"PUBLIC KEY-----" in key:
        raise ConfigError(where, "is a public key", remedy)
    try:
        private = load_pem_private_key(key, password=None)
    except TypeError as error:
        raise ConfigError(where, "is locked by a password", remedy) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ConfigError(where, "is not a private key", remedy) from error
    if isinstance(private, RSAPrivateKey) and not _LEAST <= private.key_size <= _MOST:
        why = f"has {private.key_size} bits; receivers take {_LEAST} to {_MOST}"
        raise ConfigError(where, why, "Make one of 2048 bits.")
    if not isinstance(private, RSAPrivateKey | Ed25519PrivateKey):
        raise ConfigError(where, "is of a kind that DKIM does not know", remedy)
    return private


def _octets(key: bytes) -> bytes:
    """The 32 octets of an Ed25519 key; empty if it is something else."""
    if len(key) == _ED25519:
        return key
    try:
        octets = b64decode(key.strip(), validate=True)
    except ValueError:
        return b""
    return octets if len(octets) == _ED25519 else b""


def _public(key: RSAPrivateKey | Ed25519PrivateKey) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if isinstance(key, RSAPrivateKey):
        return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return key.public_key().public_bytes_raw()


def _name(header: bytes) -> str:
    return header.partition(b":")[0].decode().lower()


def _relaxed(header: bytes) -> bytes:
    """A header line in the form that is signed (RFC 6376, 3.4.2)."""
    name, _, value = header.partition(b":")
    return name.lower() + b":" + b" ".join(value.split()) + b"\r\n"
