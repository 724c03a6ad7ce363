"""An issue of the sample articles, sent by the real program through a real Postfix."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
from email.message import EmailMessage
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from digest.mail import load_signer
from tests.builders import Project
from tests.mail import dkimpy
from tests.postfix import DOMAIN, SECRET, USER, Postfix, postfix

__all__ = ["postfix"]

SETTINGS = """
[newsletter]
from = "The Courier <news@courier.example>"
timezone = "UTC"

[smtp]
host = "127.0.0.1"
port = {port}
security = "starttls"
ca = "{authority}"
username = "{user}"
password_env = "SMTP_PASSWORD"
per_second = 0
retries = ["1 second"]

[dkim]
selector = "digest"
key_file = "dkim.pem"
"""


def test_the_samples_arrive_as_they_were_shown(
    project: Project, postfix: Postfix, root: Path
) -> None:
    pem = _key()
    project.write("dkim.pem", pem)
    settings = {"port": postfix.port, "authority": postfix.authority.file, "user": USER}
    project.write("digest.toml", SETTINGS.format(**settings))
    shutil.copytree(root / "seeds", project.folder / "seeds")
    readers = [f"reader{number}" for number in range(900, 903)]
    postfix.greylist.add(readers[1])
    project.write("readers.txt", "\n".join(f"{name}@{DOMAIN}" for name in readers))
    assert project.digest("recipients", "import", "readers.txt").returncode == 0
    assert project.digest("doctor", SMTP_PASSWORD=SECRET).returncode == 0

    done = project.digest("run", SMTP_PASSWORD=SECRET)

    assert done.returncode == 0, done.stderr
    assert "3 sent" in done.stdout
    assert SECRET not in done.stdout + done.stderr
    [issue] = project.issues()
    shown = (issue / "index.html").read_text("utf-8"), (issue / "message.txt").read_text("utf-8")
    signer = load_signer(pem, domain="courier.example", selector="digest", where="key")
    for name in readers:
        [received] = postfix.read(name)
        raw = _as_sent(received)
        message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
        assert _parts(message) == shown
        assert dkimpy.is_signed_by(signer, raw)


def _key() -> bytes:
    key = generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def _as_sent(delivered: bytes) -> bytes:
    """Without what the server put on top, and with the line ends of the wire."""
    start = re.search(rb"^DKIM-Signature:", delivered, re.MULTILINE)
    assert start
    return delivered[start.start() :].replace(b"\n", b"\r\n")


def _parts(message: EmailMessage) -> tuple[str, str]:
    html, text = message.get_body(("html",)), message.get_body(("plain",))
    assert html
    assert text
    # The lines of a text part end in CRLF on their way (RFC 2046, 4.1.1).
    return html.get_content().replace("\r\n", "\n"), text.get_content().replace("\r\n", "\n")
