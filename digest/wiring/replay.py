"""An old issue made again from the ledger, and laid beside what was kept of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.delivery.outbox import Outbox, files
from digest.errors import ConfigError, DigestError
from digest.issue.record import issue_record
from digest.ledger.sqlite import SqliteLedger
from digest.mail import compose
from digest.model import Edition, Envelope, Issue, State
from digest.render import render
from digest.wiring.mail import letter_maker
from digest.wiring.project import Project
from digest.wiring.state import key_of, open_ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One thing that was made again, and whether it is what it was."""

    what: str
    equal: bool
    #: In which way it differs.
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """An issue as it was made again."""

    envelope: Envelope
    compared: tuple[Comparison, ...]

    def write(self, folder: Path) -> str:
        """Write its files below ``folder``; where they are. Raises `DigestError`."""
        [receipt] = Outbox(folder)([self.envelope])
        if receipt.state is not State.ACCEPTED:
            raise DigestError(str(folder), receipt.detail)
        return receipt.detail


def replay(project: Project, name: str) -> Replay:
    """The issue ``name`` made again. Raises `ConfigError` if the ledger does not know it."""
    with open_ledger(project) as ledger:
        issue, frozen = _kept(ledger, name)
        anew = render(issue, theme=project.theme)
    letter = letter_maker(project.settings, base=project.base, key=key_of(project, make=False))
    edition = frozen or anew
    envelope = compose(letter(edition, issue), issue, record=issue_record(issue))
    compared = [*_with_frozen(anew, frozen), *_with_outbox(envelope, project.outbox / name)]
    return Replay(envelope=envelope, compared=tuple(compared))


def _kept(ledger: SqliteLedger, name: str) -> tuple[Issue, Edition | None]:
    issue = ledger.issue(name)
    if issue is None or not issue.sections:
        why = "printed nothing" if issue else "there is no such issue"
        raise ConfigError(name, why, "`digest status` lists them.")
    return issue, ledger.editions(name).get("")


def _with_frozen(anew: Edition, frozen: Edition | None) -> Iterator[Comparison]:
    if frozen is None:
        yield Comparison(what="edition", equal=False, how="none was kept: it never went out")
        return
    for part in ("subject", "preheader", "html", "text"):
        before, after = getattr(frozen, part), getattr(anew, part)
        how = f"differs from {_place(before, after)}: the theme or digest was changed since"
        yield Comparison(what=f"edition: {part}", equal=before == after, how=how)


def _with_outbox(envelope: Envelope, folder: Path) -> Iterator[Comparison]:
    if not folder.is_dir():
        return
    for name, content in files(envelope).items():
        file = folder / name
        before = file.read_bytes() if file.is_file() else b""
        how = "differs: the file or the settings were changed since" if before else "is gone"
        yield Comparison(what=f"outbox: {name}", equal=before == content, how=how)


def _place(before: str, after: str) -> str:
    """Where two texts begin to differ."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    line = next((n for n, (a, b) in enumerate(pairs, start=1) if a != b), None)
    return f"line {line} on" if line else "its end on"
