"""A check-up: what the next run needs, looked at one by one. Nothing is sent or changed."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from digest.delivery.smtp import Probe, Trace, probe
from digest.errors import ConfigError, DigestError, LedgerError
from digest.ledger.store import FILE
from digest.mail.letter import TOKEN
from digest.wiring import Project, open_recipients, server, signers

#: Bytes that a state folder should have left.
_ROOM = 50_000_000
#: What quoted-printable and headers add to the HTML, roughly, in bytes for each byte.
_ENCODED = 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    #: In a few words.
    seen: str
    fault: DigestError | None = None


def check_up(project: Project, *, trace: Trace | None = None) -> Iterator[Finding]:
    """What was seen of the settings, the state folder, the keys and the server."""
    yield Finding(what="settings", seen=f"{project.newsletter.title}, {project.newsletter.sender}")
    yield _theme(project)
    yield _state(project)
    yield _recipients(project)
    yield _links(project)
    yield from _keys(project)
    if project.settings.smtp is None:
        yield Finding(what="server", seen="none is configured: issues go to the outbox")
        return
    account = server(project.settings.smtp, base=project.base)
    yield from _server(asyncio.run(probe(account, trace=trace)), project)


def _theme(project: Project) -> Finding:
    name = project.settings.newsletter.theme
    try:
        return Finding(what="theme", seen=str(project.require_theme()))
    except ConfigError as fault:
        return Finding(what="theme", seen=name, fault=fault)


def _state(project: Project) -> Finding:
    folder = project.state
    try:
        place = next(it for it in (folder, *folder.resolve().parents) if it.exists())
        room = shutil.disk_usage(place).free
        seen = f"{folder}, {room / 1e9:.1f} GB free"
        if not os.access(place, os.W_OK | os.X_OK):
            raise LedgerError(str(folder), "cannot be written", "Name another state folder.")
        if room < _ROOM:
            raise LedgerError(str(folder), "has hardly any room left", "Make room.")
        if (folder / FILE).exists():
            with closing(sqlite3.connect(folder / FILE)) as db:
                [verdict] = db.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise LedgerError(str(folder / FILE), "is damaged", "Restore a copy of it.")
            seen += ", the ledger is sound"
    except (LedgerError, sqlite3.DatabaseError, OSError) as failure:
        fault = failure if isinstance(failure, LedgerError) else _unreadable(folder / FILE, failure)
        return Finding(what="state", seen=str(folder), fault=fault)
    return Finding(what="state", seen=seen)


def _unreadable(where: object, failure: Exception) -> LedgerError:
    return LedgerError(str(where), f"cannot be used: {failure}", "Restore a copy of it.")


def _recipients(project: Project) -> Finding:
    try:
        with open_recipients(project, rehearse=True) as known:
            everybody, suppressed = known.count()
    except LedgerError as failure:
        return Finding(what="recipients", seen="cannot be read", fault=failure)
    seen = f"{everybody:,}, {suppressed:,} of them suppressed"
    if project.settings.smtp and not everybody - suppressed:
        remedy = "Add some: `digest recipients import FILE`."
        fault = ConfigError("recipients", "there is nobody to send to", remedy)
        return Finding(what="recipients", seen=seen, fault=fault)
    return Finding(what="recipients", seen=seen)


def _links(project: Project) -> Finding:
    link = project.settings.newsletter.unsubscribe
    if link is None:
        seen = "none: mail programs want a way to leave"
    elif TOKEN in link and link.startswith("https:"):
        seen = "one click, by each reader's own link"
    else:
        seen = f"the same link for all; {TOKEN} in an https: link makes one-click possible"
    return Finding(what="unsubscribing", seen=seen)


def _keys(project: Project) -> Iterator[Finding]:
    settings = project.settings
    try:
        keys = signers(settings.dkim, sender=settings.newsletter.sender, base=project.base)
    except ConfigError as fault:
        yield Finding(what="DKIM", seen="cannot sign", fault=fault)
        return
    for key in keys:
        name = f"{key.selector}._domainkey.{key.domain}"
        yield Finding(what="DKIM", seen=f"{key.algorithm}; TXT {name}: {key.record}")
    if not keys:
        yield Finding(what="DKIM", seen="messages are not signed here")


def _server(seen: Probe, project: Project) -> Iterator[Finding]:
    greeting = f"{seen.where}: {seen.greeting}" if seen.greeting else seen.where
    yield Finding(what="server", seen=greeting, fault=seen.fault)
    if seen.tls:
        until = f", good until {seen.expires:%Y-%m-%d}" if seen.expires else ""
        yield Finding(what="encryption", seen=f"{seen.tls}, {seen.certificate}{until}")
    if seen.login:
        yield Finding(what="login", seen=f"accepted by {seen.login}")
    if seen.extensions:
        yield Finding(what="offers", seen=", ".join(seen.extensions))
    largest = int(project.settings.edition.budget * _ENCODED)
    if seen.size and seen.size < largest:
        why = f"takes messages of {seen.size:,} bytes; an issue may have {largest:,}"
        remedy = "Write a smaller edition.budget."
        fault = ConfigError(seen.where, why, remedy)
        yield Finding(what="size", seen=f"{seen.size:,} bytes", fault=fault)
