"""Looks at a server as a run would meet it, and sends nothing."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from typing import Any

from digest.delivery.smtp.session import Session
from digest.delivery.smtp.values import Probe, Server, Trace
from digest.errors import DigestError


async def probe(server: Server, *, trace: Trace | None = None) -> Probe:
    """Connect, encrypt, log in, say good-bye. What stands in the way is the probe's ``fault``."""
    session = Session(server, trace)
    fault: DigestError | None = None
    try:
        await session.open()
    except DigestError as error:
        fault = error
    try:
        return _seen(session, fault)
    finally:
        await (session.close() if fault else session.quit())


def _seen(session: Session, fault: DigestError | None) -> Probe:
    offered, tls = session.extensions, session.tls
    certificate: dict[str, Any] = tls.getpeercert() or {} if tls else {}
    expires = certificate.get("notAfter")
    return Probe(
        where=session.server.where,
        greeting=session.greeting,
        tls=tls.version() if tls else None,
        certificate=_subject(certificate),
        expires=datetime.fromtimestamp(ssl.cert_time_to_seconds(expires), UTC) if expires else None,
        extensions=offered.named,
        size=offered.size,
        mechanisms=offered.mechanisms,
        login=session.login,
        fault=fault,
    )


def _subject(certificate: dict[str, Any]) -> str | None:
    names = [
        value
        for part in certificate.get("subject", ())
        for key, value in part
        if key == "commonName"
    ]
    alternatives = [value for _, value in certificate.get("subjectAltName", ())]
    return next(iter(names + alternatives), None)
