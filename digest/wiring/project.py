"""A user's folder: the settings, and the places and sources that they name."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from pathlib import Path

from digest.config import (
    Settings,
    SourceTable,
    each,
    load,
    one_of,
    source_name,
)
from digest.config import newsletter as newsletter_of
from digest.errors import ConfigError
from digest.model import Newsletter
from digest.shipped import shipped
from digest.sources.folder import SETTLE, Folder
from digest.sources.follow import Follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A user's folder with its settings and the places they name."""

    settings: Settings
    newsletter: Newsletter
    outbox: Path
    state: Path
    #: Folder of the theme, or where it should be.
    theme: Path
    #: What paths in the settings are relative to.
    base: Path
    folders: tuple[Folder, ...]
    follows: tuple[Follow, ...]

    @property
    def sources(self) -> tuple[Sized, ...]:
        """What documents are drawn from, for a progress bar."""
        return (*self.folders, self.follows)

    @property
    def source_names(self) -> list[str]:
        return [source_name(source) for source in self.settings.sources]

    def require_theme(self) -> Path:
        """Folder of the theme. Raises `ConfigError` if it is not there."""
        if self.theme.is_dir():
            return self.theme
        places = (self.theme.parent, shipped("templates"))
        found = (it for place in places if place.is_dir() for it in place.iterdir() if it.is_dir())
        known = ", ".join(sorted({it.name for it in found}))
        why = f"there is no theme {self.theme.name!r}"
        raise ConfigError("newsletter.theme", why, f"Themes here: {known}.")


def project(config: Path | None, *, folder: Path, newsletter: str | None = None) -> Project:
    """The project of ``config``, or the one in ``folder``. Raises `ConfigError`.

    Where the file has several newsletters, ``newsletter`` is the id of one.
    """
    settings, base = load(config, folder=folder)
    return _project(one_of(settings, newsletter), base)


def projects(config: Path | None, *, folder: Path) -> tuple[Project, ...]:
    """A project for each newsletter of ``config``. Raises `ConfigError`."""
    settings, base = load(config, folder=folder)
    return tuple(_project(one, base) for one in each(settings))


def whole(config: Path | None, *, folder: Path) -> Project:
    """The project with the sources of all newsletters of ``config``. Raises `ConfigError`."""
    settings, base = load(config, folder=folder)
    return _project(settings, base)


def _project(settings: Settings, base: Path) -> Project:
    places = settings.folders
    outbox, state, templates = (
        base / place for place in (places.outbox, places.state, places.templates)
    )
    return Project(
        settings=settings,
        newsletter=newsletter_of(settings),
        outbox=outbox,
        state=state,
        theme=_theme(templates, settings.newsletter.theme),
        base=base,
        folders=tuple(
            _folder(source, base, leave=(outbox, state, templates))
            for source in settings.sources
            if source.kind == "folder"
        ),
        follows=tuple(
            follow(source, base) for source in settings.sources if source.kind != "folder"
        ),
    )


def _folder(source: SourceTable, base: Path, *, leave: Sequence[Path]) -> Folder:
    return Folder(
        base / source.place,
        name=source_name(source),
        section=source.section,
        settle=SETTLE if source.settle is None else source.settle,
        max_size=source.max_size,
        leave=leave,
    )


def follow(source: SourceTable, base: Path) -> Follow:
    return Follow(
        name=source_name(source),
        kind=source.kind,
        address=source.place,
        base=base,
        section=source.section,
        start=source.start,
        full_text=source.full_text,
        links=source.links,
        private=source.private,
        max_size=source.max_size,
    )


def _theme(templates: Path, name: str) -> Path:
    """The theme's folder: the user's own, else the one that comes with the program."""
    own, ours = templates / name, shipped("templates") / name
    return own if own.is_dir() or not ours.is_dir() else ours
