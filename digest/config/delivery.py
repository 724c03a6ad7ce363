"""``[smtp]`` and ``[dkim]``: the server that takes the messages, and the keys that sign them."""

from __future__ import annotations

from typing import Literal

import msgspec

from digest.config.values import Duration

Security = Literal["starttls", "tls", "none"]

#: Where servers listen for mail to be sent on (RFC 6409, RFC 8314).
PORTS: dict[str, int] = {"starttls": 587, "tls": 465, "none": 25}


class SmtpTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[smtp]``: the configured server. A password never stands here, only where it is found."""

    host: str
    port: int | None = None
    security: Security = "starttls"
    username: str | None = None
    password_env: str | None = None
    password_file: str | None = None
    password_command: tuple[str, ...] = ()
    #: How the server wants to be told the password; by default the best that it offers.
    auth: Literal["auto", "plain", "login", "xoauth2"] = "auto"
    #: A file of certificates to trust instead of the system's.
    ca: str | None = None
    #: Where failed deliveries are reported to; by default the address in ``from``.
    bounces: str | None = None
    connections: int = 2
    per_second: float = 10.0
    per_hour: int | None = None
    #: Whether the issue is written to the outbox as well.
    outbox: bool = True
    on_uncertain: Literal["resend", "hold"] = "resend"
    #: Pauses before a recipient who was put off is tried again; the last one goes on.
    retries: tuple[Duration, ...] = tuple(Duration(minutes=m) for m in (1, 5, 15, 60, 180))
    #: How long after its slot an issue may still go out.
    expiry: Duration = Duration(days=1)
    #: How long one run waits for recipients who were put off.
    patience: Duration = Duration(minutes=20)


class DkimTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[dkim]``: who signs, and with which keys (RFC 6376, RFC 8463)."""

    #: By default the domain of ``from``.
    domain: str | None = None
    selector: str
    #: A PEM file with an RSA key.
    key_file: str
    ed25519_selector: str | None = None
    ed25519_key_file: str | None = None
