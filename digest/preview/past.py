"""Issues that went out, from the files that the outbox holds of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.preview.message import Shown

#: The newest of them that are listed.
MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An issue in the outbox."""

    id: str
    subject: str
    slot: datetime | None
    folder: Path

    def shown(self) -> Shown:
        """Its files as they are."""
        return Shown(
            issue=self.id,
            html=_bytes(self.folder / "index.html"),
            text=_bytes(self.folder / "message.txt"),
            message=_bytes(self.folder / "message.eml"),
        )


def past(outbox: Path, newsletter: str) -> tuple[Past, ...]:
    """The last issues of a newsletter in the outbox, the newest first."""
    home = outbox / newsletter
    if not home.is_dir():
        return ()
    folders = sorted((folder for folder in home.iterdir() if _is_issue(folder)), reverse=True)
    return tuple(
        Past(
            id=f"{newsletter}/{folder.name}",
            subject=_subject(folder),
            slot=_slot(folder.name),
            folder=folder,
        )
        for folder in folders[:MOST]
    )


def _is_issue(folder: Path) -> bool:
    """Whether it is an issue's folder, and no link that leads out of the outbox."""
    files = (folder, *(folder / name for name in ("index.html", "message.txt", "message.eml")))
    return not folder.name.startswith(".") and all(
        file.exists() and not file.is_symlink() for file in files
    )


def _subject(folder: Path) -> str:
    with (folder / "message.eml").open("rb") as message:
        head = message.read(16_000)
    return Shown(issue="", html=b"", text=b"", message=head).header("Subject") or folder.name


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
