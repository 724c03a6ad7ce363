"""The nouns of sending by SMTP: whom we talk to, what is sent, what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from digest.errors import DigestError
from digest.model import State

Security = Literal["starttls", "tls", "none"]
Mechanism = Literal["PLAIN", "LOGIN", "XOAUTH2"]

#: Told each line of the talk, ours with ``>`` and the server's with ``<``; secrets are masked. The
#: connection's number comes first where there are several.
Trace = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long each phase may last, in seconds: RFC 5321, 4.5.3.2, but for greeting and login."""

    connect: float = 30
    greeting: float = 30
    #: The TLS handshake, and each step of the login.
    login: float = 60
    #: EHLO, MAIL, RCPT, RSET.
    command: float = 300
    data: float = 120
    #: Each block of the body, until the system has taken it.
    block: float = 180
    #: From the final dot to its reply. Shorter than ten minutes makes duplicates.
    dot: float = 600
    #: One message from MAIL to the dot's reply, however lively the server looks.
    transaction: float = 1800
    quit: float = 5
    #: Waits between tries to get a session that is of use; after the last the run ends.
    backoff: tuple[float, ...] = (1, 2, 4, 8, 15, 30, 60, 60, 60, 60)
    #: How many of them are waited for while no session of the run has opened yet.
    opening: int = 3
    #: Times that one message may lose its connection before it is put off.
    tries: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """An account on a mail server, and how hard it may be used."""

    host: str
    port: int = 587
    security: Security = "starttls"
    username: str | None = None
    #: Gives the password, or the token of XOAUTH2; asked at every login. May raise `DigestError`.
    secret: Callable[[], str] | None = field(default=None, repr=False)
    #: None takes the first of PLAIN, LOGIN and XOAUTH2 that the server offers.
    mechanism: Mechanism | None = None
    #: File with the certificate authorities to trust instead of the system's.
    ca: Path | None = None
    connections: int = 1
    #: Most messages begun in any one second, and in any one hour; None is no limit.
    per_second: float | None = None
    per_hour: float | None = None
    #: Name that we greet with.
    hello: str = "localhost"
    limits: Limits = Limits()

    @property
    def where(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() in ("localhost", "localhost.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One message to one recipient."""

    #: What the caller knows it by.
    key: str
    #: Addresses as they stand in the envelope, without angle brackets.
    sender: str
    recipient: str
    #: The message of RFC 5322, with CRLF line ends; dots are not stuffed yet.
    data: bytes = field(repr=False)
    #: Its headers hold UTF-8, so that the server must offer SMTPUTF8.
    utf8: bool = False


class Phase(StrEnum):
    """How far a message got."""

    #: Not sent: it needs what the server does not offer.
    CHECK = "check"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    #: The body was on its way, its final dot was not.
    BODY = "body"
    #: The final dot may have left.
    DOT = "final dot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one message, in the server's words or in ours."""

    state: State
    phase: Phase
    #: Of RFC 5321, e.g. 550; None where no reply came.
    code: int | None = None
    #: Of RFC 3463, e.g. ``5.1.1``; ours where the phase is `Phase.CHECK`.
    enhanced: str | None = None
    words: str = ""

    @property
    def concerns_recipient(self) -> bool:
        """The refusal is about this address, and not about the sender or the content.

        Policy (X.7.X), such as "relay access denied", would meet every other address too; so would
        a sender that is not believed (X.1.7, X.1.8) and what the server cannot take (X.6.3).
        """
        general = re.fullmatch(r"[45]\.(?:7\.\d+|6\.3|1\.[78])", self.enhanced or "")
        return self.phase in (Phase.CHECK, Phase.RCPT) and not general

    def __str__(self) -> str:
        code = str(self.code) if self.code else ""
        return " ".join(filter(None, (code, self.enhanced, self.words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one run did."""

    accepted: int = 0
    refused: int = 0
    deferred: int = 0
    uncertain: int = 0
    #: Sessions that were opened.
    sessions: int = 0
    #: Messages that the server takes on one connection, where it was found to count them.
    per_session: int | None = None
    #: Why the run ended before its mails did; None if they were all settled or a stop was asked.
    fault: DigestError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a server shows to one who sends nothing."""

    where: str
    greeting: str = ""
    #: E.g. ``TLSv1.3``; None without encryption.
    tls: str | None = None
    #: Common name, or first alternative name, of the server's certificate.
    certificate: str | None = None
    expires: datetime | None = None
    #: Extensions as the server names them, e.g. ``SIZE 10240000``.
    extensions: tuple[str, ...] = ()
    #: Largest message that it takes, in octets; None where it names no limit.
    size: int | None = None
    mechanisms: tuple[str, ...] = ()
    #: Mechanism of the login that succeeded; None where there was none.
    login: str | None = None
    #: What stood in the way; None if mail could be sent.
    fault: DigestError | None = None
