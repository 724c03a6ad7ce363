"""The commands for those who receive a newsletter: lists in and out, one by one, and who left."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import click

from digest.cli.lines import count, error
from digest.cli.shared import CONFIG, JSON, NEWSLETTER, show
from digest.errors import ConfigError, ReadError

if TYPE_CHECKING:
    from digest.ledger.recipients import Recipients
    from digest.mail import Mailbox
    from digest.model import Recipient

#: Lines of a list that are told one by one when they cannot be used.
_MOST = 20


@click.group(short_help="Show and change who receives the newsletter.")
def recipients() -> None:
    """Show and change who receives the newsletter."""


@recipients.command("list", short_help="Show who receives the newsletter.")
@CONFIG
@NEWSLETTER
@JSON
def list_(config: Path | None, *, as_json: bool) -> None:
    """Show each recipient: address, name, topics, and why it is written to no more."""
    with _recipients(config) as known:
        if as_json:
            for recipient, why in known:
                click.echo(json.dumps(_record(recipient, why), ensure_ascii=False))
            return
        for recipient, why in known:
            facts = (recipient.address, recipient.name, ", ".join(recipient.topics))
            show(["  ".join(filter(None, (*facts, why and f"suppressed: {why}")))])
        everybody, suppressed = known.count()
    show([f"{count(everybody, 'recipient')}, {suppressed:,} suppressed"])


@recipients.command("import", short_help="Read a list: CSV, or an address on each line.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@CONFIG
@NEWSLETTER
def import_(file: Path, config: Path | None) -> None:
    """Add everybody in FILE (- is the standard input); known ones get its facts.

    A table needs a column "email"; "name", "topics", "timezone" and "status" are known, any other
    is a field of its own. Who was suppressed stays so.
    """
    from digest.mail import read_recipients

    wrong = _Wrong()
    with _recipients(config) as known, _lines(file) as lines:
        before, _ = known.count()
        rows = read_recipients(lines, where=str(file))
        given = known.put(_usable(rows, wrong))
        after, suppressed = known.count()
    show([f"{count(given, 'row')} read: {after - before:,} new, {after:,} recipients now"])
    show([f"{suppressed:,} of them suppressed"] if suppressed else [])
    show([error(it) for it in wrong.first], err=True)
    if wrong.number > len(wrong.first):
        show([error(f"and {count(wrong.number - len(wrong.first), 'row')} more")], err=True)
    if wrong.number:
        sys.exit(1)


@recipients.command(short_help="Write everybody as a table.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@CONFIG
@NEWSLETTER
def export(file: Path | None, config: Path | None) -> None:
    """Write everybody to FILE, or print them: a table that `import` reads back."""
    from digest.mail import write_recipients

    with _recipients(config) as known:
        names = dict.fromkeys(name for it, _ in known for name, _ in it.fields)
        rows = write_recipients((it for it, _ in known), tuple(names))
        if file is None:
            for row in rows:
                click.echo(row, nl=False)
            return
        try:
            with file.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(rows)
        except OSError as failure:
            why = f"cannot be written: {failure.strerror or failure}"
            raise ConfigError(str(file), why) from failure
        everybody, _ = known.count()
    show([f"{count(everybody, 'recipient')} in {file}"])


@recipients.command(short_help="Add one, or change its facts.")
@click.argument("address")
@click.option("--name", default="", help="How it is greeted.")
@click.option("--topic", "topics", multiple=True, help="A section that it wants; all by default.")
@CONFIG
@NEWSLETTER
def add(address: str, *, name: str, topics: tuple[str, ...], config: Path | None) -> None:
    """Add ADDRESS, or `Name <address>`."""
    from digest.model import Recipient

    mailbox = _mailbox(address)
    recipient = Recipient(address=str(mailbox.address), name=name or mailbox.name, topics=topics)
    with _recipients(config) as known:
        known.put([recipient])
        stored = known.get(recipient.address)
    suffix = ", which is suppressed: `digest recipients restore`" if _is_away(stored) else ""
    show([f"{recipient.address} is a recipient{suffix}"])


@recipients.command(short_help="Forget one.")
@click.argument("address")
@CONFIG
@NEWSLETTER
def remove(address: str, config: Path | None) -> None:
    """Forget ADDRESS. A list that names it brings it back; `suppress` does not let it."""
    address = str(_mailbox(address).address)
    with _recipients(config) as known:
        _known(known.remove(address), address)
    show([f"{address} is forgotten"])


@recipients.command(short_help="Write to one no more.")
@click.argument("address", required=False)
@click.option("--token", help="From the link by which a reader leaves, instead of ADDRESS.")
@click.option("--why", default="asked to leave", show_default=True, help="The reason to keep.")
@CONFIG
@NEWSLETTER
def suppress(address: str | None, *, token: str | None, why: str, config: Path | None) -> None:
    """Write to ADDRESS no more, whatever list is read later."""
    if bool(address) == bool(token):
        raise ConfigError("suppress", "needs an address or a token", "Give one of the two.")
    with _recipients(config) as known:
        found = str(_mailbox(address).address) if address else _leaver(config, known, token or "")
        if not known.suppress(found, why):
            _known(known.get(found) is not None, found)
    show([f"{found} is written to no more"])


@recipients.command(short_help="Write to a suppressed one again.")
@click.argument("address")
@CONFIG
@NEWSLETTER
def restore(address: str, config: Path | None) -> None:
    """Write to ADDRESS again: it asked to come back."""
    address = str(_mailbox(address).address)
    with _recipients(config) as known:
        _known(known.restore(address), address)
    show([f"{address} is written to again"])


def _mailbox(text: str) -> Mailbox:
    from digest.mail import parse_mailbox

    try:
        return parse_mailbox(text)
    except ValueError as failure:
        raise ConfigError("address", str(failure)) from failure


@contextmanager
def _recipients(config: Path | None) -> Iterator[Recipients]:
    from digest.cli.chosen import here as chosen
    from digest.wiring import open_recipients

    with open_recipients(chosen(config)) as known:
        yield known


@contextmanager
def _lines(file: Path) -> Iterator[TextIO]:
    if str(file) == "-":
        with click.open_file("-", encoding="utf-8", errors="replace") as stream:
            yield cast("TextIO", stream)
        return
    try:
        with file.open(encoding="utf-8", errors="replace", newline="") as stream:
            yield stream
    except OSError as failure:
        why = f"cannot be read: {failure.strerror or failure}"
        raise ConfigError(str(file), why, "Name a CSV file or a list of addresses.") from failure


@dataclass
class _Wrong:
    """The rows that cannot be used: the first ones, and how many there are."""

    first: list[ReadError] = field(default_factory=list)
    number: int = 0

    def note(self, row: ReadError) -> None:
        self.number += 1
        if self.number <= _MOST:
            self.first.append(row)


def _usable(rows: Iterator[Recipient | ReadError], wrong: _Wrong) -> Iterator[Recipient]:
    for row in rows:
        if isinstance(row, ReadError):
            wrong.note(row)
        else:
            yield row


def _leaver(config: Path | None, known: Recipients, token: str) -> str:
    """The address that a token stands for; raises `ConfigError` if it stands for none."""
    from digest.cli.chosen import here as chosen
    from digest.mail import read_token, reader_id
    from digest.wiring import secret_key

    here = chosen(config)
    key = secret_key(here.state, make=True)
    leaver = read_token(token, key=key)
    if leaver is None or leaver.newsletter != here.newsletter.id:
        raise ConfigError("--token", "was not made by this newsletter", "Copy the whole of it.")
    for recipient, _ in known:
        if reader_id(recipient.address, newsletter=here.newsletter.id, key=key) == leaver.reader:
            return recipient.address
    raise ConfigError("--token", "stands for nobody here", "They may be removed already.")


def _known(done: bool, address: str) -> None:  # noqa: FBT001 - an answer that is passed on
    if not done:
        remedy = "`digest recipients list` shows all."
        raise ConfigError(address, "is no recipient", remedy)


def _is_away(recipient: Recipient | None) -> bool:
    return recipient is not None and recipient.suppressed


def _record(recipient: Recipient, why: str | None) -> dict[str, object]:
    return {
        "address": recipient.address,
        "name": recipient.name,
        "topics": recipient.topics,
        "timezone": recipient.timezone,
        "fields": dict(recipient.fields),
        "suppressed": why,
    }
