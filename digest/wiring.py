"""From settings to a pipeline: the one file that names every adapter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from digest.config import Settings, load, newsletter, source_name
from digest.delivery.outbox import Outbox
from digest.errors import ConfigError, LedgerError
from digest.issue.select import Rules
from digest.ledger.sqlite import SqliteLedger
from digest.model import Envelope, Newsletter, Receipt, State
from digest.parallel import bounded_map
from digest.pipeline import Pipeline
from digest.shipped import shipped
from digest.sources.folder import Folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A user's folder with its settings and the places they name."""

    settings: Settings
    newsletter: Newsletter
    outbox: Path
    state: Path
    #: Folder of the theme.
    theme: Path
    sources: tuple[Folder, ...]

    @property
    def source_names(self) -> list[str]:
        return [source.name for source in self.sources]


def project(config: Path | None, *, folder: Path) -> Project:
    """The project of ``config``, or the one in ``folder``. Raises `ConfigError`."""
    settings, base = load(config, folder=folder)
    places = settings.folders
    outbox, state, templates = (
        base / place for place in (places.outbox, places.state, places.templates)
    )
    return Project(
        settings=settings,
        newsletter=newsletter(settings),
        outbox=outbox,
        state=state,
        theme=_theme(templates, settings.newsletter.theme),
        sources=tuple(
            Folder(
                base / source.folder,
                name=source_name(source),
                section=source.section,
                settle=source.settle,
                max_size=source.max_size,
                leave=(outbox, state, templates),
            )
            for source in settings.sources
        ),
    )


@contextmanager
def pipeline(project: Project, *, rehearse: bool = False) -> Iterator[Pipeline]:
    """The project's pipeline; a rehearsal works on a copy of the ledger and delivers nowhere.

    Raises `LedgerError` if another run is at work on the same state folder.
    """
    with _ledger(project, rehearse=rehearse) as ledger:
        yield Pipeline(
            newsletter=project.newsletter,
            sources=project.sources,
            ledger=ledger,
            send=_rehearsed if rehearse else Outbox(project.outbox),
            rules=_rules(project),
            theme=project.theme,
            budget=project.settings.edition.budget,
            map=bounded_map,
        )


@contextmanager
def open_ledger(project: Project) -> Iterator[SqliteLedger]:
    """A copy of the project's ledger, to look into."""
    with closing(SqliteLedger.rehearsal(project.state, sources=project.source_names)) as ledger:
        yield ledger


@contextmanager
def _ledger(project: Project, *, rehearse: bool) -> Iterator[SqliteLedger]:
    if rehearse:
        with open_ledger(project) as ledger:
            yield ledger
        return
    names = project.source_names
    with (
        _alone(project.state),
        closing(SqliteLedger.open(project.state, sources=names)) as ledger,
    ):
        yield ledger


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    """Keep other runs off a state folder; the system frees the lock if the process is killed."""
    lock = FileLock(state / "run.lock", timeout=0)
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        remedy = "Wait until it is done, then run again."
        raise LedgerError(str(state), "another run is at work here", remedy) from error
    except OSError as error:
        why = f"cannot be written: {error.strerror or error}"
        remedy = "Name a state folder that can be written."
        raise LedgerError(str(state), why, remedy) from error
    try:
        yield
    finally:
        lock.release()


def _rehearsed(envelopes: Iterable[Envelope]) -> Iterator[Receipt]:
    """A sender for rehearsals: nothing leaves."""
    for envelope in envelopes:
        yield Receipt(issue=envelope.issue, state=State.ACCEPTED, detail="nowhere: a rehearsal")


def _rules(project: Project) -> Rules:
    chosen = project.settings.select
    quotas = {
        source_name(source): source.quota or chosen.quota for source in project.settings.sources
    }
    return Rules(
        max_stories=chosen.max_stories,
        max_age=chosen.max_age,
        quotas={name: quota for name, quota in quotas.items() if quota is not None},
        sections=chosen.sections,
        timezone=project.newsletter.timezone,
    )


def _theme(templates: Path, name: str) -> Path:
    """The theme's folder: the user's own, else the one that comes with the program."""
    places = (templates / name, shipped("templates") / name)
    for place in places:
        if place.is_dir():
            return place
    known = sorted(
        {
            theme.name
            for root in (templates, shipped("templates"))
            if root.is_dir()
            for theme in root.iterdir()
            if theme.is_dir()
        }
    )
    raise ConfigError(
        "newsletter.theme", f"there is no theme {name!r}", f"Themes here: {', '.join(known)}."
    )
