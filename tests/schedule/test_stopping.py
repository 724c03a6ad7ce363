"""Asked to stop between gathering and mailing: what is claimed is sent by the next start."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest

from digest.errors import StoppedError
from digest.wiring import book
from tests.builders import Project, plain_text
from tests.smtpserver import SmtpServer

SLOT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
SETTINGS = """
[newsletter]
timezone = "UTC"
[schedule]
at = "daily at 07:30"
[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
"""


@contextmanager
def heard(number: signal.Signals) -> Iterator[Callable[..., None]]:
    """A signal is heard as the scheduler does."""

    def handler(*_: object) -> None:
        """Is called in time."""

    before = signal.signal(number, handler)
    try:
        yield handler
    finally:
        signal.signal(number, before)


def is_claimed(project: Project) -> bool:
    with closing(sqlite3.connect(project.folder / ".digest" / "ledger.sqlite3")) as db:
        return db.execute("SELECT state FROM issue").fetchall() == [("claimed",)]


def test_no_mailing_is_begun(project: Project) -> None:
    project.write("seeds/1.txt", plain_text(1))
    project.write("readers.csv", "email\nada@post.example\nbo@post.example\n")
    clock = lambda: SLOT  # noqa: E731  a clock that stands

    def check() -> None:
        if is_claimed(project):  # as if the signal had come while the issue was made
            raise StoppedError("digest schedule", "was asked to stop")

    with SmtpServer() as server:
        project.write("digest.toml", SETTINGS.format(port=server.port))
        assert project.digest("recipients", "import", "readers.csv").returncode == 0
        [desk] = book(project.folder / "digest.toml", folder=project.folder, clock=clock).desks
        with pytest.raises(StoppedError):
            desk.run(SLOT, SLOT, check=check)
        assert is_claimed(project)
        assert (server.connections, project.issues()) == (0, [])
        with pytest.raises(StoppedError):
            desk.finish(SLOT, check=check)
        assert server.connections == 0
        with heard(signal.SIGTERM) as handler:
            assert desk.finish(SLOT, check=lambda: None)
            assert signal.getsignal(signal.SIGTERM) is handler
        assert len(server.accepted) == 2
    assert not is_claimed(project)
    assert len(project.issues()) == 1
