"""Signatures: good in the eyes of another implementation, and bad after any change."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.mail import Signer, load_signer
from digest.model import Recipient
from tests.mail.dkimpy import is_signed_by
from tests.mail.sample import NEWSLETTER, NORA, letter

DOMAIN = "xn--bcher-kva.example"
SEED = bytes(range(32))


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def mersenne(p: int, q: int) -> rsa.RSAPrivateKey:
    """A key of ``p + q`` bits, made of well-known primes and so at once."""
    p, q, e = 2**p - 1, 2**q - 1, 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(e, p * q)
    rest = (d % (p - 1), d % (q - 1), pow(q, -1, p))
    return rsa.RSAPrivateNumbers(p, q, d, *rest, public).private_key()


def pem(
    key: rsa.RSAPrivateKey | Ed25519PrivateKey | ec.EllipticCurvePrivateKey,
    form: PrivateFormat = PrivateFormat.PKCS8,
    lock: KeySerializationEncryption | None = None,
) -> bytes:
    return key.private_bytes(Encoding.PEM, form, lock or NoEncryption())


def signer(key: bytes, selector: str = "news1") -> Signer:
    return load_signer(key, domain=DOMAIN, selector=selector, where="dkim.key_file")


@cache
def rsa_signer() -> Signer:
    return signer(pem(rsa_key()))


ED25519 = signer(SEED, "news2")


def signed() -> bytes:
    return letter(NEWSLETTER, rsa_signer(), ED25519).fill(NORA)


def test_both_signatures_hold_in_the_eyes_of_another() -> None:
    raw = signed()
    assert raw.count(b"DKIM-Signature: ") == 2
    assert is_signed_by(rsa_signer(), raw)
    assert is_signed_by(ED25519, raw)


CHANGES = {
    "sender": (b"From: ", b"From: x"),
    "a second sender": (b"From: ", b"From: evil@evil.example\r\nFrom: "),
    "a second sender behind": (b"\r\n\r\n--", b"\r\nFrom: evil@evil.example\r\n\r\n--"),
    "reader": (b"nora.quill", b"dora.quill"),
    "subject": (b"Subject: ", b"Subject: x"),
    "date": (b"22 Nov", b"23 Nov"),
    "message id": (b"Message-ID: <", b"Message-ID: <0"),
    "link to leave": (b"leave?list=1", b"leave?list=2"),
    "one click": (b"List-Unsubscribe=One-Click", b"no"),
    "boundary": (b'boundary="', b'boundary="x'),
    "words": (b"Dear", b"Fear"),
    "more words": (b"--\r\n", b"--\r\nBuy!\r\n"),
}


@pytest.mark.parametrize(("old", "new"), CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("algorithm", ["rsa", "ed25519"])
def test_a_changed_message_is_no_longer_signed(algorithm: str, old: bytes, new: bytes) -> None:
    # The first place behind the signatures, and the last boundary for what is added at the end.
    head, mark, rest = signed().partition(b"\r\nFrom: ")
    rest = mark + rest
    assert old in rest
    if old == b"--\r\n":
        changed = head + new.join(rest.rsplit(old, 1))
    else:
        changed = head + rest.replace(old, new, 1)
    who = rsa_signer() if algorithm == "rsa" else ED25519
    assert is_signed_by(who, head + rest)
    assert not is_signed_by(who, changed)


def test_a_server_may_fold_headers_anew_and_put_its_own_on_top() -> None:
    raw = signed().replace(b"Subject: ", b"SUBJECT:\t").replace(b";\r\n boundary", b";  boundary")
    raw = b"Received: from a by b; Sun, 22 Nov 2026 07:30:00 +0100\r\n" + raw
    assert is_signed_by(rsa_signer(), raw)
    assert is_signed_by(ED25519, raw)


def test_what_is_signed_and_what_is_left_out() -> None:
    [first, _] = re.findall(rb"DKIM-Signature: ((?:.+\r\n )+.+)\r\n", signed())
    tags = dict(re.findall(r"(\w+)=([^;]*)", re.sub(r"\s", "", first.decode())))
    assert tags.keys() == {"v", "a", "c", "d", "s", "bh", "h", "b"}
    names = tags["h"].split(":")
    assert names.count("from") == 2
    assert set(names) >= {
        *("from", "to", "subject", "date", "message-id", "mime-version", "content-type"),
        *("list-id", "list-unsubscribe", "list-unsubscribe-post", "feedback-id"),
    }
    assert max(map(len, first.split(b"\r\n"))) <= 78


def test_an_address_outside_ascii_can_be_signed() -> None:
    raw = letter(NEWSLETTER, rsa_signer()).fill(Recipient(address="jörg@post.example"))
    assert is_signed_by(rsa_signer(), raw)


def test_the_same_message_has_the_same_signature() -> None:
    assert signed() == signed()


words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)


@settings(deadline=None, max_examples=50)
@given(words, words, words)
def test_any_words_can_be_signed(subject: str, name: str, own: str) -> None:
    reader = Recipient(address=NORA.address, name=name, fields=(("first_name", own),))
    raw = letter(NEWSLETTER, rsa_signer(), ED25519, subject=subject).fill(reader)
    assert is_signed_by(rsa_signer(), raw)
    assert is_signed_by(ED25519, raw)


def test_every_form_of_a_key_is_read() -> None:
    key = Ed25519PrivateKey.from_private_bytes(SEED)
    for form in (SEED, b64encode(SEED), b64encode(SEED) + b"\n", pem(key)):
        assert signer(form).record == ED25519.record
        assert signer(form).algorithm == "ed25519-sha256"
    for form in (pem(rsa_key()), pem(rsa_key(), PrivateFormat.TraditionalOpenSSL)):
        assert signer(form).record == rsa_signer().record
        assert signer(form).algorithm == "rsa-sha256"


FAULTS = {
    "empty": (b"", "is not a private key"),
    "words": (b"hunter2 hunter2 hunter2", "is not a private key"),
    "broken": (pem(rsa_key()).replace(b"M", b"N"), "is not a private key"),
    "public": (
        rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "is a public key",
    ),
    "locked": (
        pem(rsa_key(), lock=BestAvailableEncryption(b"hunter2")),
        "is locked by a password",
    ),
    "another kind": (pem(ec.generate_private_key(ec.SECP256R1())), "is of a kind"),
    "too short": (pem(mersenne(521, 127)), "has 648 bits; receivers take 1024 to 4096"),
    "too long": (pem(mersenne(2281, 2203)), "has 4484 bits; receivers take 1024 to 4096"),
}


@pytest.mark.parametrize(("key", "message"), FAULTS.values(), ids=FAULTS)
def test_a_wrong_key_is_named_and_not_shown(key: bytes, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        signer(key)
    assert str(error.value).startswith(f"dkim.key_file: {message}")
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("name", ["", "a b", "a;d=evil.example", "a\r\nBcc: x", "bücher", "a" * 64])
def test_a_selector_is_a_name_in_dns(name: str) -> None:
    with pytest.raises(ConfigError, match="cannot be a name in DNS"):
        signer(SEED, name)


def test_a_key_does_not_show() -> None:
    assert "key" not in repr(ED25519)
