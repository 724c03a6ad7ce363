"""Sources on the web: how they are read, fetched and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from digest import __version__
from digest.config import SourceTable
from digest.config.tables import FetchTable
from digest.errors import DigestError
from digest.ledger.sqlite import SqliteLedger
from digest.model import Document
from digest.ports import Memory
from digest.read.feed import canonical, is_teaser, read_feed, read_listing, read_sitemap
from digest.sources.follow import Follow, Readers
from digest.sources.health import WEEKS, Health
from digest.sources.health import health as tell
from digest.sources.http import Fetcher, Limits, user_agent
from digest.sources.pages import PAGES
from digest.sources.web import Web
from digest.visits import Visit
from digest.wiring.project import Project, follow
from digest.wiring.state import open_ledger

_REDIRECTS = Limits().redirects


class _Visits(Protocol):
    """Looks up visits to a source, oldest first."""

    def __call__(self, source: str, *, since: datetime) -> Sequence[Visit]: ...


def trial(
    project: Project, source: SourceTable, *, pages: int = 5
) -> Iterator[Document | DigestError | Visit]:
    """One look at a source that is or may be followed; nothing is kept.

    At most ``pages`` articles are fetched; entries beyond wait in the visit.
    """
    with open_ledger(project) as ledger:
        followed = follow(source, project.base)
        yield from web(project, (followed,), ledger, anew=True, pages=pages)


def health(project: Project, ledger: SqliteLedger, now: datetime) -> tuple[Health, ...]:
    """How each source is doing, in the order of the settings."""
    return _judged(project.source_names, ledger, ledger.visits, now)


def stands(names: Sequence[str], ledger: SqliteLedger, now: datetime) -> tuple[Health, ...]:
    """The same of these sources, soon found: how long they take is told from the last visit."""
    return _judged(names, ledger, ledger.last_visits, now)


def _judged(
    names: Sequence[str], ledger: SqliteLedger, visits: _Visits, now: datetime
) -> tuple[Health, ...]:
    since, held = now - timedelta(weeks=WEEKS), ledger.held()
    return tuple(
        tell(
            name,
            visits(name, since=since),
            ledger.given(name, since=since),
            held=held.get(name, 0),
            now=now,
        )
        for name in names
    )


def web(
    project: Project,
    follows: Sequence[Follow],
    memory: Memory,
    *,
    anew: bool = False,
    pages: int = PAGES,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    check: Callable[[], None] = lambda: None,
) -> Web:
    return Web(
        follows,
        readers=Readers(
            feed=read_feed,
            sitemap=read_sitemap,
            listing=read_listing,
            is_teaser=is_teaser,
            canonical=canonical,
        ),
        fetcher=partial(fetcher, project.settings.fetch),
        memory=memory,
        anew=anew,
        pages=pages,
        clock=clock,
        check=check,
    )


def fetcher(table: FetchTable, *, redirects: int = _REDIRECTS) -> Fetcher:
    limits = Limits(
        connections=table.connections,
        per_host=table.per_host,
        pause=table.pause.total_seconds(),
        total=table.timeout.total_seconds(),
        redirects=redirects,
    )
    return Fetcher(user_agent(__version__, table.contact), limits=limits)
