"""The tables of ``digest.toml`` with their keys, types and defaults."""

from __future__ import annotations

import msgspec

from digest.config.values import Duration, Size


class NewsletterTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[newsletter]``: what readers see of it."""

    id: str = "digest"
    title: str = "The Digest"
    tagline: str = ""
    language: str = "en"
    timezone: str = "local"
    theme: str = "classic"
    sender: str = msgspec.field(default="The Digest <digest@localhost>", name="from")
    subject: str = "{title}: {headline}"
    address: str = ""
    unsubscribe: str | None = None
    view: str | None = None


class SourceTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[sources]]``: where articles come from."""

    folder: str
    name: str = ""
    section: str | None = None
    quota: int | None = None
    settle: Duration = Duration(seconds=2)
    max_size: Size = Size(10_000_000)


class SelectTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[select]``: what goes in."""

    max_stories: int = 20
    max_age: Duration | None = None
    quota: int | None = None
    sections: tuple[str, ...] = ()


class EditionTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[edition]``: how much of it."""

    budget: Size = Size(100_000)


class FoldersTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[folders]``: where things are."""

    templates: str = "templates"
    outbox: str = "outbox"
    state: str = ".digest"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of ``digest.toml``."""

    newsletter: NewsletterTable = NewsletterTable()
    sources: tuple[SourceTable, ...] = (SourceTable(folder="seeds"),)
    select: SelectTable = SelectTable()
    edition: EditionTable = EditionTable()
    folders: FoldersTable = FoldersTable()


def source_name(source: SourceTable) -> str:
    """The name a source goes by: its own, else its folder's path as written."""
    return source.name or source.folder
