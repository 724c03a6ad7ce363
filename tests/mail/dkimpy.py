"""DKIM by another hand: dkimpy checks what we sign, and is what we are measured against."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from hashlib import sha256

import dkim  # type: ignore[import-untyped]  # it ships no types
import dkim.util  # type: ignore[import-untyped]  # it ships no types
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from dkim.canonicalization import (  # type: ignore[import-untyped]  # it ships no types
    CanonicalizationPolicy,
)

from digest.mail import Signer


def is_signed_by(signer: Signer, raw: bytes) -> bool:
    """Whether ``raw`` holds a good signature of ``signer``, by the record that it publishes."""
    message = dkim.DKIM(raw)
    for number, tags in enumerate(_signatures(message)):
        if tags[b"s"] == signer.selector.encode():
            if tags[b"a"] == b"rsa-sha256":
                records = {f"{signer.selector}._domainkey.{signer.domain}.": signer.record}
                return _is_valid(message, number, records)
            return _is_signed_by_ed25519(message, number, signer.record)
    return False


def sign(raw: bytes, key: bytes, *, domain: str, selector: str) -> bytes:
    """The header that dkimpy signs ``raw`` with."""
    canonical = (b"relaxed", b"simple")
    signed: bytes = dkim.sign(raw, selector.encode(), domain.encode(), key, canonicalize=canonical)
    return signed


def _is_valid(message: dkim.DKIM, number: int, records: Mapping[str, str]) -> bool:
    try:
        return bool(message.verify(idx=number, dnsfunc=_dns(records)))
    except dkim.ValidationError:
        return False


def _dns(records: Mapping[str, str]) -> object:
    def look_up(name: bytes, timeout: int) -> bytes:  # noqa: ARG001  as dkimpy calls it
        return records[name.decode()].encode()

    return look_up


def _is_signed_by_ed25519(message: dkim.DKIM, number: int, record: str) -> bool:
    """The like for Ed25519, for which dkimpy itself needs one library more."""
    tags = _signatures(message)[number]
    header = [h for h in message.headers if h[0].lower() == b"dkim-signature"][number]
    policy = CanonicalizationPolicy.from_c_value(tags[b"c"])
    hashed = sha256()
    names = re.split(rb"\s*:\s*", tags[b"h"])
    headers = policy.canonicalize_headers(message.headers)
    dkim.hash_headers(hashed, policy, headers, names, header, tags)
    body_hash = sha256(policy.canonicalize_body(message.body)).digest()
    public = Ed25519PublicKey.from_public_bytes(b64decode(record.rpartition("p=")[2]))
    try:
        public.verify(b64decode(tags[b"b"]), hashed.digest())
    except InvalidSignature:
        return False
    return body_hash == b64decode(tags[b"bh"])


def _signatures(message: dkim.DKIM) -> list[dict[bytes, bytes]]:
    return [
        dkim.util.parse_tag_value(value)
        for name, value in message.headers
        if name.lower() == b"dkim-signature"
    ]
