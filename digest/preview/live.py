"""What the page depends on is watched, and the desk is told when it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, awatch

from digest.errors import DigestError
from digest.ledger.sqlite import FILE as LEDGER
from digest.preview.desk import Desk
from digest.shipped import shipped
from digest.wiring import Project
from digest.wiring.look import Looks

#: Milliseconds of silence after which a change is told, and the longest it is waited for.
_STEP, _DEBOUNCE = 15, 300
#: Seconds between two looks at the size of the ledger.
_PAUSE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What is watched; none of it need be there yet."""

    #: Single files and folders: settings, feeds and what else is the user's, with the folders that
    #: it lies in, since each of them may be made or moved away.
    single: frozenset[Path]
    #: Which of them are folders that are there, with their inodes: a watch holds a folder, not its
    #: name.
    there: frozenset[tuple[Path, int]] = frozenset()
    #: With all that is below them: themes and source folders.
    deep: frozenset[Path] = frozenset()
    #: What a run writes to.
    ledgers: frozenset[Path] = frozenset()
    #: Feeds on disk, which are asked again when they change.
    feeds: frozenset[Path] = frozenset()
    #: Written by the program itself, within what is watched.
    left: frozenset[Path] = frozenset()


def places(looks: Looks) -> Places:
    """What the page depends on; with broken settings only these."""
    settings = looks.file.absolute()
    try:
        found = looks.projects()
    except DigestError:
        return Places(single=frozenset({settings}))
    folders, feeds, left, ledgers = (
        frozenset(path.absolute() for here in found for path in part(here))
        for part in (_folders, _feeds, _left, _ledgers)
    )
    own = (*folders, *feeds, settings)
    single = frozenset(place for path in own for place in _chain(path, settings.parent))
    return Places(
        single=single,
        there=frozenset(_there(single)),
        deep=folders | {shipped("templates")},
        ledgers=ledgers,
        feeds=feeds,
        left=left,
    )


def _chain(path: Path, base: Path) -> Iterator[Path]:
    """A path and the folders that it lies in, as far as they are not those of ``base``."""
    yield path
    yield from (folder for folder in path.parents if not base.is_relative_to(folder))


def _there(paths: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    for path in paths:
        with suppress(OSError):
            if path.is_dir():
                yield path, path.stat().st_ino


def _folders(here: Project) -> Iterable[Path]:
    sources = here.settings.sources
    return (
        *(here.base / source.place for source in sources if source.kind == "folder"),
        here.base / here.settings.folders.templates,
    )


def _feeds(here: Project) -> Iterable[Path]:
    return (follow.file for follow in here.follows if follow.file)


def _left(here: Project) -> Iterable[Path]:
    return (here.outbox, here.state)


def _ledgers(here: Project) -> Iterable[Path]:
    return (here.state / LEDGER, here.state / f"{LEDGER}-wal")


async def watch(desk: Desk) -> None:
    """Tell the desk of every change, until it is closed or this is cancelled."""
    is_first = True
    while not desk.is_closed:
        watched = await asyncio.to_thread(places, desk.looks)
        stop = asyncio.Event()
        tasks = [
            asyncio.create_task(_watch_deep(desk, watched, stop)),
            asyncio.create_task(_watch_single(desk, watched, stop)),
            asyncio.create_task(_watch_ledgers(desk, watched, stop)),
        ]
        try:
            await asyncio.sleep(0)  # now they watch; what was written before is not missed
            if not is_first:
                desk.changed()
            is_first, seen = False, desk.version
            while not desk.is_closed and watched == await asyncio.to_thread(places, desk.looks):
                while desk.version == seen and not desk.is_closed:
                    await desk.wait(seconds=60)
                seen = desk.version
        finally:
            stop.set()
            await asyncio.gather(*tasks)


async def _watch_deep(desk: Desk, watched: Places, stop: asyncio.Event) -> None:
    roots = [place for place in watched.deep if place.is_dir()]

    def matters(_: Change, path: str) -> bool:
        return not any(Path(path).is_relative_to(place) for place in watched.left)

    await _watch(desk, roots, stop, matters=matters, recursive=True)


async def _watch_single(desk: Desk, watched: Places, stop: asyncio.Event) -> None:
    """Files are watched by their folders: an editor puts a new file in the old one's place."""
    roots = {place.parent for place in watched.single if place.parent.is_dir()}

    def matters(_: Change, path: str) -> bool:
        if Path(path) in watched.feeds:
            desk.looks.ask_anew()
        return Path(path) in watched.single

    await _watch(desk, roots, stop, matters=matters, recursive=False)


async def _watch_ledgers(desk: Desk, watched: Places, stop: asyncio.Event) -> None:
    """Every look at a ledger makes and removes files beside it; so what is in it is compared."""
    seen = _contents(watched.ledgers)
    while not stop.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _PAUSE)
        if (found := _contents(watched.ledgers)) != seen:
            seen = found
            desk.changed()


def _contents(files: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Size and time of the files that hold anything."""
    found = {}
    for file in files:
        with suppress(OSError):
            now = file.stat()
            if now.st_size:
                found[file] = (now.st_size, now.st_mtime_ns)
    return found


async def _watch(
    desk: Desk,
    roots: Iterable[Path],
    stop: asyncio.Event,
    *,
    matters: Callable[[Change, str], bool],
    recursive: bool,
) -> None:
    if not (paths := list(roots)):  # no path would be every path
        await stop.wait()
        return
    changes = awatch(
        *paths,
        watch_filter=matters,
        debounce=_DEBOUNCE,
        step=_STEP,
        stop_event=stop,
        recursive=recursive,
        ignore_permission_denied=True,
    )
    with suppress(FileNotFoundError):  # it was moved away just now, which another watch tells
        async for _ in changes:
            desk.changed()
