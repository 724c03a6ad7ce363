"""An old issue made again from the ledger, to be looked at, or laid beside what was kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from digest.delivery.outbox import Outbox, files
from digest.errors import ConfigError, DigestError
from digest.model import Candidate, Edition, Envelope, Fate, Issue, State
from digest.render import render
from digest.wiring.mail import letter_maker
from digest.wiring.mailed import Mailed
from digest.wiring.project import Project
from digest.wiring.state import key_of, read_ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the ledger keeps of an issue."""

    issue: Issue
    #: As they went out, by their sections' keys; none if the issue never did.
    frozen: Mapping[str, Edition]
    #: What became of every candidate, in the order of print.
    fates: tuple[tuple[Candidate, Fate], ...]

    def mailed(self, project: Project) -> Mailed:
        """The issue with its letters, made again by the settings and the key of now.

        Raises `DigestError`.
        """
        editions = self.frozen or {"": render(self.issue, theme=project.require_theme())}
        letter = letter_maker(project.settings, base=project.base, key=key_of(project, make=False))
        letters = {key: letter(edition, self.issue) for key, edition in editions.items()}
        return Mailed(issue=self.issue, letters=letters)


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


def kept(project: Project, name: str) -> Kept | None:
    """The issue ``name`` as the ledger keeps it; None if there is no such issue."""
    with read_ledger(project) as ledger:
        issue = ledger.issue(name)
        if issue is None:
            return None
        return Kept(issue=issue, frozen=ledger.editions(name), fates=tuple(ledger.told(name)))


def replay(project: Project, name: str) -> Replay:
    """The issue ``name`` made again. Raises `ConfigError` if the ledger does not know it."""
    found = kept(project, name)
    if found is None or not found.issue.sections:
        why = "printed nothing" if found else "there is no such issue"
        raise ConfigError(name, why, "`digest status` lists them.")
    envelope = found.mailed(project).whole()
    compared = [
        *_with_frozen(_anew(project, found.issue), found.frozen.get("")),
        *_with_outbox(envelope, project.outbox / name),
    ]
    return Replay(envelope=envelope, compared=tuple(compared))


def _anew(project: Project, issue: Issue) -> Edition | DigestError:
    """The issue by the theme of now, or why it cannot be made, such as that the theme is gone."""
    try:
        return render(issue, theme=project.require_theme())
    except DigestError as failure:
        return failure


def _with_frozen(anew: Edition | DigestError, frozen: Edition | None) -> Iterator[Comparison]:
    if frozen is None:
        yield Comparison(what="edition", equal=False, how="none was kept: it never went out")
        return
    if isinstance(anew, DigestError):
        how = f"cannot be made again, and stays as it went out: {anew.where}: {anew.why}"
        yield Comparison(what="edition", equal=False, how=how)
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
