"""A digest.toml as a list of what is followed: looked up, added to, taken from."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import count
from pathlib import Path

from digest.cli.finding import Offer
from digest.config import FILE, SourceTable, source_name
from digest.config.edit import Table, add_sources, remove_source
from digest.errors import ConfigError
from digest.text import shorten, squeeze
from digest.wiring import Project, whole

#: Characters of a name.
_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What a digest.toml follows."""

    file: Path
    project: Project

    @classmethod
    def of(cls, config: Path | None) -> Following:
        """By the file that the user named, or the one here, which need not exist yet."""
        return cls(file=config or Path(FILE), project=whole(config, folder=Path()))

    @property
    def sources(self) -> Sequence[SourceTable]:
        """The sources, in the order of the file."""
        tables = self.project.settings.sources
        return tables if self.file.exists() else [t for t in tables if self._is_there(t)]

    def find(self, name: str) -> tuple[int, SourceTable] | None:
        """The source of this name or place, with its number in the file."""
        for number, table in enumerate(self.sources):
            if name in (source_name(table), table.place):
                return number, table
        return None

    def named(self, name: str) -> tuple[int, SourceTable]:
        """As `find`; raises `ConfigError` with the names that there are."""
        if found := self.find(name):
            return found
        names = [source_name(table) for table in self.sources]
        near = get_close_matches(name, names, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Sources here: {', '.join(names)}."
        raise ConfigError(str(self.file), f"no source is named {name!r}", hint)

    def name_of(self, name: str) -> str:
        """The name in the ledger of the source that the user means."""
        return source_name(self.named(name)[1])

    def add(self, tables: Sequence[Table]) -> None:
        """Add sources; a file is made if there is none, and keeps what was read without it."""
        kept: list[Table] = []
        if not self.file.exists():
            kept = [{"folder": table.place} for table in self.sources]
        add_sources(self.file, [*kept, *tables])

    def remove(self, number: int) -> None:
        """Take out a source by its number."""
        if not self.file.exists():
            raise ConfigError(str(self.file), "is not there: only the defaults hold")
        remove_source(self.file, number)

    def table(
        self,
        offer: Offer,
        *,
        name: str | None = None,
        section: str | None = None,
        private: bool = False,
    ) -> dict[str, str | bool]:
        """The block of a new source; raises `ConfigError` if it is followed already."""
        if known := self.find(offer.address):
            raise ConfigError(offer.address, f"is followed already, as {source_name(known[1])!r}")
        label = squeeze(name or "") or unused(offer.title, set(map(source_name, self.sources)))
        keys: Table = {"name": label, "section": squeeze(section or ""), "private": private}
        return {offer.kind: offer.address, **{key: it for key, it in keys.items() if it}}

    def local(self, path: Path) -> str:
        """A path as the file would name it: relative to its folder where it lies below."""
        base = self.project.base.resolve()
        full = path.resolve()
        return os.fspath(full.relative_to(base) if full.is_relative_to(base) else full)

    def _is_there(self, table: SourceTable) -> bool:
        return (self.project.base / table.place).is_dir()


def unused(title: str, taken: Collection[str]) -> str:
    """A name made of ``title`` that no other source has; empty without a title."""
    name = shorten(squeeze(title), _NAME)
    numbered = (f"{name} {number}" for number in count(2))
    return name if name not in taken else next(n for n in numbered if n not in taken)


def web_address(text: str) -> str:
    """What the user typed, as an address of the web."""
    return text if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", text, re.IGNORECASE) else f"https://{text}"
