"""``[smtp]`` and ``[dkim]``: the server that takes the messages, and the keys that sign them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

import msgspec

from digest.addresses import parse_address
from digest.config.values import Duration

Security = Literal["starttls", "tls", "none"]

#: Where servers listen for mail to be sent on (RFC 6409, RFC 8314).
PORTS: dict[str, int] = {"starttls": 587, "tls": 465, "none": 25}

_LAST_PORT = 65_535
_MOST_CONNECTIONS, _MOST_PER_SECOND = 50, 100_000
_PASSWORDS = ("password_env", "password_file", "password_command")


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
    #: How long an issue may go out, from when it began to.
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


def smtp_mistakes(table: SmtpTable) -> Iterator[tuple[str, str, str]]:
    """What the types cannot say of ``[smtp]``: key, what is wrong, what is accepted."""
    if not re.fullmatch(r"[A-Za-z0-9._-]+|[0-9a-fA-F:.]+", table.host):
        yield "smtp.host", f"{table.host!r} is not a host", 'Write it like "smtp.courier.example".'
    if table.port is not None and not 1 <= table.port <= _LAST_PORT:
        yield "smtp.port", f"{table.port} is not a port", f"Write 1 to {_LAST_PORT}."
    if not 1 <= table.connections <= _MOST_CONNECTIONS:
        remedy = f"Write 1 to {_MOST_CONNECTIONS}."
        yield "smtp.connections", f"{table.connections} is not a fair number", remedy
    if table.per_second < 0:
        yield "smtp.per_second", "is negative", "Write 0 for no limit."
    elif not table.per_second <= _MOST_PER_SECOND:  # which "nan" is not either
        remedy = f"Write up to {_MOST_PER_SECOND:,}; 0 is no limit."
        yield "smtp.per_second", f"{table.per_second} is not a rate", remedy
    if table.per_hour is not None and table.per_hour < 1:
        yield "smtp.per_hour", "is too small", "Leave it out for no limit."
    if not table.retries or min(table.retries) < timedelta(seconds=1):
        yield "smtp.retries", "has no pause of a second or more", 'Write it like ["5 minutes"].'
    if table.bounces is not None and not _is_address(table.bounces):
        remedy = 'Write it like "bounces@courier.example".'
        yield "smtp.bounces", f"{table.bounces!r} is not an address", remedy
    yield from _password_mistakes(table)


def _is_address(text: str) -> bool:
    try:
        return str(parse_address(text)) == text
    except ValueError:
        return False


def _password_mistakes(table: SmtpTable) -> Iterator[tuple[str, str, str]]:
    given = [key for key in _PASSWORDS if getattr(table, key)]
    accepted = f"Write one of {', '.join(_PASSWORDS)}."
    if len(given) > 1:
        yield f"smtp.{given[1]}", f"there is {given[0]} already", accepted
    if table.username and not given:
        yield "smtp.username", "has no password", accepted
    if given and not table.username:
        yield f"smtp.{given[0]}", "is of no use without a username", "Write username as well."
