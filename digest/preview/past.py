"""Issues that went out: as the outbox holds them, else made again from what the ledger keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest.errors import DigestError
from digest.model import Recipient
from digest.preview.lazy import cached_property
from digest.preview.message import Shown
from digest.wiring import Project
from digest.wiring.mailed import Mailed
from digest.wiring.replay import Kept
from digest.wiring.sent import MOST, Sent, handed

_REMADE = (
    "Made again from the ledger: the words are those that went out; Message-ID, signature and ways "
    "to unsubscribe are by the settings of now."
)
_CHANGED = (
    "Made again from the ledger, by the settings of now. Something was changed since: made so, the "
    "outbox's copy is not what the outbox holds."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy of an issue that went out."""

    shown: Shown | None = None
    #: Why there is none.
    absent: str = ""
    #: What became of it, if it was a reader's.
    standing: str = ""
    #: Where its bytes are from, if others may have gone out.
    doubt: str = ""
    #: Key of the letter that it was made of.
    letter: str = ""


@dataclass(frozen=True, kw_only=True)
class Past:
    """An issue that went out, from whatever there is of it."""

    project: Project
    id: str
    #: None if the ledger does not know it.
    kept: Kept | None

    def whole(self) -> Copy:
        """The copy that the outbox received."""
        if self._folder:
            return Copy(shown=_files(self.id, self._folder))
        made = self._made
        if isinstance(made, Mailed):
            return Copy(shown=Shown.of(made.whole()), doubt=_REMADE)
        return Copy(absent=made)

    def copy(self, reader: Recipient) -> Copy:
        """The copy that one reader received."""
        made, told = self._made, handed(self.project, self.id, reader.address)
        if not isinstance(made, Mailed):
            return Copy(absent=made)
        if told is None:
            return Copy(absent="This issue was not sent to them.")
        if told.is_skipped:
            return Copy(absent=f"Nothing was sent to them. {told.standing}.")
        if message := self._message(told.key):
            again, doubt = Shown.parsed(self.id, message), ""
        else:
            again, doubt = Shown.of(made.filled(told.sections, reader)), self._doubt(made)
        return Copy(shown=again, standing=told.standing, doubt=doubt, letter=told.sections)

    def topics(self, key: str, sender: Recipient) -> Copy:
        """The copy for one choice of topics, as the newsletter's own sender gets it."""
        made = self._made
        if not isinstance(made, Mailed) or key not in made.letters:
            return Copy(absent="There is no such choice of topics.")
        shown = Shown.of(made.filled(key, sender))
        return Copy(shown=shown, doubt=self._doubt(made), letter=key)

    @property
    def mailed(self) -> Mailed | None:
        """The issue with its letters, if they can be made again."""
        return self._made if isinstance(self._made, Mailed) else None

    @cached_property
    def _made(self) -> Mailed | str:
        """The issue with its letters, or why they cannot be made again."""
        if self.kept is None:
            return "Only the outbox knows this issue."
        if not self.kept.issue.sections:
            return "Every article was left out: this issue printed nothing, and went nowhere."
        try:
            return self.kept.mailed(self.project)
        except DigestError as fault:
            return str(fault)

    @cached_property
    def _folder(self) -> Path | None:
        """Where the outbox holds it."""
        folder = self.project.outbox / self.id
        return folder if _is_issue(folder) else None

    def _message(self, key: str) -> bytes:
        """A reader's message, where those are written to files."""
        file = self.project.outbox / self.id / "messages" / f"{key}.eml"
        is_ours = file.is_file() and not file.is_symlink() and not file.parent.is_symlink()
        return _bytes(file) if is_ours else b""

    def _doubt(self, made: Mailed) -> str:
        """Whether this copy may be another than went out: not if the outbox's is the same."""
        if self._folder is None:
            return _REMADE
        return "" if made.whole().message == _bytes(self._folder / "message.eml") else _CHANGED


def listed(project: Project, sent: Sequence[Sent]) -> Sequence[Sent]:
    """The last issues, the newest first: those of the ledger, and what else the outbox holds."""
    known = {it.id for it in sent}
    others = (it for it in _in_outbox(project) if it.id not in known)
    return sorted((*sent, *others), key=_age, reverse=True)[:MOST]


def _age(it: Sent) -> tuple[datetime, str]:
    return it.slot or datetime.min.replace(tzinfo=UTC), it.id


def _in_outbox(project: Project) -> Iterator[Sent]:
    newsletter = project.newsletter.id
    home = project.outbox / newsletter
    if not home.is_dir():
        return
    for folder in sorted(filter(_is_issue, home.iterdir()), reverse=True)[:MOST]:
        yield Sent(
            id=f"{newsletter}/{folder.name}",
            slot=_slot(folder.name),
            subject=_subject(folder),
            standing="in the outbox",
        )


def _is_issue(folder: Path) -> bool:
    """Whether it is an issue's folder, and no link that leads out of the outbox."""
    files = [folder / name for name in ("index.html", "message.txt", "message.eml")]
    is_there = folder.is_dir() and all(file.is_file() for file in files)  # no pipe, no socket
    is_hidden = folder.name.startswith(".")
    return is_there and not is_hidden and not any(it.is_symlink() for it in (folder, *files))


def _files(issue: str, folder: Path) -> Shown:
    return Shown(
        issue=issue,
        html=_bytes(folder / "index.html"),
        text=_bytes(folder / "message.txt"),
        message=_bytes(folder / "message.eml"),
    )


def _subject(folder: Path) -> str:
    with (folder / "message.eml").open("rb") as message:
        head = message.read(16_000)
    return Shown(issue="", html=b"", text=b"", message=head).header("Subject")


def _slot(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, "%Y-%m-%dT%H%M%S%z")
    except ValueError:
        return None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""
