"""From settings to what sends: the server with its password, the keys, and the letters."""

from __future__ import annotations

import asyncio
import os
import platform
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from pathlib import Path

from digest.config import DkimTable, Settings, SmtpTable
from digest.config.delivery import PORTS
from digest.config.secret import from_command, from_environment, from_file
from digest.delivery.files import write_all
from digest.delivery.smtp import Mail, Mechanism, Result, Server, Trace, send_all
from digest.errors import ConfigError, LedgerError
from digest.ledger.slots import Slots
from digest.ledger.sqlite import SqliteLedger
from digest.mail import FormLetter, Signer, form_letter, load_signer, parse_mailbox
from digest.mailing import Mailing, Policy, Watch
from digest.model import Issue, Receipt, Recipient
from digest.pipeline import Sender
from digest.schedule.held import held
from digest.wiring.coming import pauses, policy
from digest.wiring.project import Project

#: Most rows leased at a time.
_MOST_LEASED = 200
_SECRET, _SECRET_OCTETS = "secret.key", 32
_MECHANISMS: dict[str, Mechanism | None] = {
    "auto": None,
    "plain": "PLAIN",
    "login": "LOGIN",
    "xoauth2": "XOAUTH2",
}


def server(table: SmtpTable, *, base: Path) -> Server:
    """The configured account; its password is looked up when it is needed."""
    return Server(
        host=table.host,
        port=table.port or PORTS[table.security],
        security=table.security,
        username=table.username,
        secret=_password(table, base),
        mechanism=_MECHANISMS[table.auth],
        ca=base / table.ca if table.ca else None,
        connections=table.connections,
        per_second=table.per_second or None,
        per_hour=table.per_hour,
        hello=_hello(),
    )


def letter_maker(settings: Settings, *, base: Path, key: bytes) -> Callable[..., FormLetter]:
    """`form_letter` with the newsletter's keys and links. Raises `ConfigError`."""
    return partial(
        form_letter,
        key=key,
        mailto=settings.newsletter.unsubscribe_by_mail,
        signers=signers(settings.dkim, sender=settings.newsletter.sender, base=base),
    )


def signers(table: DkimTable | None, *, sender: str, base: Path) -> tuple[Signer, ...]:
    """The keys that sign each message. Raises `ConfigError`."""
    if table is None:
        return ()
    domain = table.domain or parse_mailbox(sender).address.domain
    keys = [("dkim.key_file", table.key_file, table.selector)]
    if table.ed25519_key_file:
        selector = table.ed25519_selector or table.selector
        keys.append(("dkim.ed25519_key_file", table.ed25519_key_file, selector))
    return tuple(
        load_signer(_key(base / file, name), domain=domain, selector=selector, where=name)
        for name, file, selector in keys
    )


def mailing(
    project: Project,
    ledger: SqliteLedger,
    *,
    clock: Callable[[], datetime],
    trace: Trace | None,
    watch: Watch,
) -> Sender:
    """What sends an issue to each recipient: by the server, or as files where there is none."""
    table = project.settings.smtp
    address = str(parse_mailbox(project.newsletter.sender).address)
    mail = partial(
        Mailing,
        recipients=ledger.recipients(project.newsletter.id),
        sends=ledger.sends,
        boot=boot(),
        clock=clock,
        watch=watch,
        held=partial(_held, project, ledger.slots),
    )
    if table is None:
        files = partial(mail, bounces=address, policy=Policy(block=_MOST_LEASED))
        return partial(_as_files, files, project.outbox)
    return mail(
        send=partial(send_all, server=server(table, base=project.base), trace=trace),
        bounces=table.bounces or address,
        policy=_policy(table),
    )


def _held(project: Project, slots: Slots, since: datetime, until: datetime) -> timedelta:
    """How much of a time the newsletter was paused or had its quiet hours in."""
    table, letter = project.settings.schedule, project.newsletter
    return held(
        since,
        until,
        quiet=policy(table).quiet if table else (),
        pauses=pauses(letter.id, slots, until, after=since),
        timezone=letter.timezone,
    )


def _as_files(
    mail: Callable[..., Mailing], outbox: Path, issue: Issue, letters: Mapping[str, FormLetter]
) -> Receipt:
    """A message for each recipient, beside the issue's own files."""
    folder = outbox / issue.id / "messages"
    return mail(send=partial(write_all, folder=folder))(issue, letters)


def _policy(table: SmtpTable) -> Policy:
    return Policy(
        resend=table.on_uncertain == "resend",
        retries=table.retries,
        expiry=table.expiry,
        patience=table.patience,
        # What is leased is in doubt after a power cut: no more than a second of work.
        block=min(_MOST_LEASED, ceil(table.per_second or _MOST_LEASED)),
    )


def secret_key(state: Path, *, make: bool) -> bytes:
    """The key of a state folder, on which tokens and Message-IDs depend.

    If there is none yet it is made, or it is empty unless ``make``. Raises `LedgerError`.
    """
    file = state / _SECRET
    try:
        if not file.exists():
            if not make:
                return b""
            _make_key(file)
        key = file.read_bytes()
    except OSError as error:
        why = f"cannot be used: {error.strerror or error}"
        raise LedgerError(str(file), why, "The state folder must be writable.") from error
    if len(key) != _SECRET_OCTETS:
        remedy = "Restore a copy, or remove it: links in old issues then unsubscribe nobody."
        raise LedgerError(str(file), "is damaged", remedy)
    return key


def _make_key(file: Path) -> None:
    """Appears whole or not at all, and never replaces one that is there."""
    file.parent.mkdir(0o700, parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(os.urandom(_SECRET_OCTETS))
        stream.flush()
        os.fsync(stream.fileno())
    with suppress(FileExistsError):
        os.link(aside, file)
    aside.unlink()


def tester(
    table: SmtpTable, *, address: str, sender: str, base: Path, trace: Trace | None
) -> Sender:
    """Sends a whole issue to one address, whoever the recipients are. Raises `ConfigError`."""
    try:
        reader = Recipient(address=str(parse_mailbox(address).address))
    except ValueError as error:
        raise ConfigError("--test", str(error), "Write it like me@courier.example.") from error

    def send(issue: Issue, letters: Mapping[str, FormLetter]) -> Receipt:
        mail = Mail(
            key="test",
            sender=table.bounces or str(parse_mailbox(sender).address),
            recipient=reader.address,
            data=letters[""].fill(reader),
            utf8=reader.utf8,
        )
        result = asyncio.run(send_one(mail, server(table, base=base), trace))
        return Receipt(issue=issue.id, state=result.state, detail=str(result))

    return send


async def send_one(mail: Mail, account: Server, trace: Trace | None) -> Result:
    """What becomes of one mail. Raises what keeps the server from being used."""
    told: list[Result] = []
    stop = asyncio.Event()
    done = await send_all(
        [mail],
        account,
        intend=_nothing,
        settle=lambda _, result: told.append(result),
        stop=stop,
        trace=trace,
    )
    if done.fault:
        raise done.fault
    return told[0]


def _nothing(_: Mail) -> None:
    """A test has no ledger to tell."""


def boot() -> str:
    """What differs after each start of the machine."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    # Elsewhere the minute of the start; a clock that was set since only makes more be in doubt.
    return f"{platform.node()} {round((time.time() - time.monotonic()) / 60)}"


def _password(table: SmtpTable, base: Path) -> Callable[[], str] | None:
    if table.password_env:
        return partial(from_environment, table.password_env, key="smtp.password_env")
    if table.password_file:
        return partial(from_file, base / table.password_file, key="smtp.password_file")
    if table.password_command:
        return partial(from_command, table.password_command, key="smtp.password_command")
    return None


def _key(file: Path, name: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        why = f"{file} cannot be read: {error.strerror or error}"
        raise ConfigError(name, why, "Name a file with a private key.") from error


def _hello() -> str:
    """The machine's name as far as it is one that a server accepts."""
    name = platform.node().lower()
    return name if name.isascii() and "." in name else "localhost"
