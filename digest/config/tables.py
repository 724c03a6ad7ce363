"""The tables of ``digest.toml`` with their keys, types and defaults."""

from __future__ import annotations

from typing import Literal

import msgspec

from digest.config.delivery import DkimTable, SmtpTable
from digest.config.filters import FilterTable
from digest.config.schedule import AlertsTable, ScheduleTable
from digest.config.values import Duration, Size, Start

#: The keys of which a source has exactly one: what kind of place it is.
KINDS = ("folder", "feed", "page", "sitemap", "article")


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
    #: ``{token}`` in it becomes each reader's own.
    unsubscribe: str | None = None
    #: A second way to leave, for the message's header.
    unsubscribe_by_mail: str | None = None
    view: str | None = None


class SourceTable(FilterTable, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[sources]]``: where articles come from; of `KINDS` it has exactly one."""

    folder: str | None = None
    #: An address, or a file.
    feed: str | None = None
    page: str | None = None
    sitemap: str | None = None
    article: str | None = None
    name: str = ""
    section: str | None = None
    start: Start = Start(days=7)
    full_text: Literal["auto", "always", "never"] = "auto"
    #: CSS selector of the links on a page.
    links: str | None = None
    #: Whether it may be on a private network.
    private: bool = False
    #: How long after a change a file, or an article on the web, is left alone; by default 2
    #: seconds and not at all.
    settle: Duration | None = None
    max_size: Size = Size(10_000_000)

    @property
    def kind(self) -> str:
        """Which of `KINDS` it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    @property
    def place(self) -> str:
        """The folder, file or address, as written."""
        return str(getattr(self, self.kind))


class SelectTable(FilterTable, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[select]``: what goes in."""

    max_stories: int = 20
    sections: tuple[str, ...] = ()


class FetchTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[fetch]``: how sources on the web are asked."""

    #: Where a site's owner can reach the user: an address of a page or a mailbox.
    contact: str = ""
    #: For one page, with all its redirects.
    timeout: Duration = Duration(seconds=60)
    #: Connections at a time, in all and to one host.
    connections: int = 32
    per_host: int = 2
    #: Between two requests to one host.
    pause: Duration = Duration(seconds=1)


class EditionTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[edition]``: how much of it."""

    budget: Size = Size(100_000)
    #: What a check must find for a run to stop before it sends.
    gate: Literal["off", "error", "warning"] = "off"


class FoldersTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[folders]``: where things are."""

    templates: str = "templates"
    outbox: str = "outbox"
    state: str = ".digest"


class OneTable(NewsletterTable, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of several ``[[newsletters]]``; its tables stand in place of the common ones."""

    #: Names of its sources; by default it has all.
    sources: tuple[str, ...] = ()
    select: SelectTable | None = None
    edition: EditionTable | None = None
    schedule: ScheduleTable | None = None


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of ``digest.toml``."""

    newsletter: NewsletterTable = NewsletterTable()
    sources: tuple[SourceTable, ...] = (SourceTable(folder="seeds"),)
    select: SelectTable = SelectTable()
    fetch: FetchTable = FetchTable()
    edition: EditionTable = EditionTable()
    schedule: ScheduleTable | None = None
    alerts: AlertsTable = AlertsTable()
    smtp: SmtpTable | None = None
    dkim: DkimTable | None = None
    folders: FoldersTable = FoldersTable()
    #: In place of ``newsletter`` where there are several, see `digest.config.several`.
    newsletters: tuple[OneTable, ...] = ()


def source_name(source: SourceTable) -> str:
    """The name a source goes by: its own, else its folder or address as written."""
    return source.name or source.place
