"""A folder of article files as a source: text, Markdown, HTML and mail, in nested folders.

What a file is called and when it was touched decide nothing: a document is known by its bytes.
A file that was changed a moment ago may still be in the writing; it is looked at again after
the settle time, and left for the next run if it has changed by then.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.errors import DigestError, SourceError, UnsettledError
from digest.model import Document
from digest.text import squeeze

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".eml": "message/rfc822",
}
#: Largest file that is read, in bytes, unless the source is told otherwise.
MAX_SIZE = 10_000_000
#: How long ago a file must have been changed, unless the source is told otherwise.
SETTLE = timedelta(seconds=2)


class Folder:
    """All article files below a folder, in the order of their paths; not those in ``leave``."""

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        section: str | None = None,
        settle: timedelta = SETTLE,
        max_size: int = MAX_SIZE,
        leave: Sequence[Path] = (),
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name
        self._path = path
        self._section = section
        self._settle = settle.total_seconds()
        self._max_size = max_size
        self._leave = {folder.resolve() for folder in leave}
        self._clock = clock
        self._sleep = sleep

    def __len__(self) -> int:
        return sum(1 for _ in self._files())

    def __iter__(self) -> Iterator[Document | DigestError]:
        if not self._path.is_dir():
            why = "is no folder" if self._path.exists() else "there is no such folder"
            yield SourceError(str(self._path), why, "Make it, or name another in digest.toml.")
            return
        young = []
        for file in self._files():
            if self._age(file) < self._settle:
                young.append(file)
            else:
                yield self._document(file)
        for file in young:
            self._sleep(max(0.0, self._settle - self._age(file)))
            if self._age(file) < self._settle:
                yield UnsettledError(
                    self._origin(file), "is still being written", "The next run takes it."
                )
            else:
                yield self._document(file)

    def _files(self) -> Iterator[Path]:
        for folder, below, names in os.walk(self._path):
            below[:] = sorted(
                name
                for name in below
                if not _is_private(name, names) and Path(folder, name).resolve() not in self._leave
            )
            for name in sorted(names):
                if Path(name).suffix.lower() in MEDIA_TYPES and not _is_private(name):
                    yield Path(folder, name)

    def _age(self, file: Path) -> float:
        """Seconds since the file was changed; a file from the future is as settled as it gets."""
        try:
            age = self._clock() - file.stat().st_mtime
        except OSError:
            return self._settle  # reading it will say what is wrong
        return age if age >= 0 else self._settle

    def _origin(self, file: Path) -> str:
        below = os.fsencode(file.relative_to(self._path).as_posix())
        # A file's name may be any bytes, and is printed on a terminal and kept in the ledger.
        return squeeze(f"{self.name}/{below.decode('utf-8', 'replace')}")

    def _document(self, file: Path) -> Document | DigestError:
        below = file.relative_to(self._path).parts
        section = self._section or (section_name(below[0]) if len(below) > 1 else None)
        try:
            return load(
                file,
                origin=self._origin(file),
                source=self.name,
                section=section,
                max_size=self._max_size,
                now=datetime.fromtimestamp(self._clock(), UTC),
            )
        except DigestError as error:
            return error


def load(
    file: Path,
    *,
    now: datetime,
    origin: str | None = None,
    source: str = "",
    section: str | None = None,
    max_size: int = MAX_SIZE,
) -> Document:
    """The document in one file. Raises `SourceError` if it cannot or should not be read."""
    where = origin or str(file)
    try:
        before = file.stat()
        if not stat.S_ISREG(before.st_mode):
            raise SourceError(where, "is not a regular file", "Only files are read.")
        if before.st_size > max_size:
            why = (
                f"its {before.st_size / 1e6:,.1f} MB are more than an article's {max_size / 1e6:g}"
            )
            raise SourceError(where, why, "Raise max_size of the source if it is one article.")
        data = file.read_bytes()
        after = file.stat()
    except OSError as error:
        raise SourceError(where, f"cannot be read: {error.strerror or error}") from error
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnsettledError(where, "is still being written", "The next run takes it.")
    return Document(
        origin=where,
        data=data,
        media_type=MEDIA_TYPES.get(file.suffix.lower(), "text/plain"),
        fetched=now,
        source=source,
        section=section,
    )


def section_name(folder: str) -> str:
    """A folder's name as a heading: ``city-life`` is "City life"."""
    words = folder.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _is_private(name: str, beside: list[str] | None = None) -> bool:
    """Hidden, a back-up or a download under way; or the files that a browser saves with a page."""
    if name.startswith((".", "~", "#")) or name.endswith("~"):
        return True
    page = name.removesuffix("_files")
    return (
        beside is not None
        and page != name
        and {f"{page}.html", f"{page}.htm"} & set(beside) != set()
    )
