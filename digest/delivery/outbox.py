"""The outbox: one folder for each issue, which appears only when it is complete.

The files are written aside, synced, and renamed into place at once, so that a reader never sees
half an issue and a kill leaves nothing but a hidden folder that the next try replaces.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from digest.model import Envelope, Receipt, State

_RECORD = "issue.json"


class Outbox:
    """Writes each envelope to ``<outbox>/<newsletter>/<slot>/``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, envelopes: Iterable[Envelope]) -> Iterator[Receipt]:
        for envelope in envelopes:
            place = self._folder / envelope.issue
            try:
                state, detail = self._deliver(envelope, place)
            except OSError as error:
                state = State.DEFERRED
                detail = f"{place}: cannot be written: {error.strerror or error}"
            yield Receipt(issue=envelope.issue, state=state, detail=detail, place=str(place))

    def _deliver(self, envelope: Envelope, place: Path) -> tuple[State, str]:
        if place.exists():
            return _found(envelope, place)
        aside = place.with_name(f".{place.name}.part")
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        try:
            for name, content in files(envelope).items():
                _write(aside / name, content)
            sync(aside)
            aside.rename(place)
        except OSError:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        sync(place.parent)
        return State.ACCEPTED, str(place)


def _found(envelope: Envelope, place: Path) -> tuple[State, str]:
    """An earlier run got as far as renaming; or the place belongs to an issue of another ledger."""
    record = place / _RECORD
    if record.is_file() and record.read_bytes() == envelope.record:
        return State.ACCEPTED, str(place)
    return (
        State.DEFERRED,
        f"{place}: holds another issue already. Move it away, then run again.",
    )


def files(envelope: Envelope) -> dict[str, bytes]:
    """The files of an issue's folder by their names."""
    return {
        "index.html": envelope.html,
        "message.txt": envelope.text,
        "message.eml": envelope.message,
        _RECORD: envelope.record,
    }


def _write(file: Path, content: bytes) -> None:
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def sync(folder: Path) -> None:
    """Make a folder's entries durable; where folders cannot be opened (Windows) this is moot."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
