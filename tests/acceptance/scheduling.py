"""The scheduler in a process of its own, with a clock that is ahead by what a file says.

Run as a program in a user's folder: the file ``ahead`` there holds seconds, and may be changed
while the process is at work, which is a clock that jumps.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from digest.errors import DigestError
from digest.schedule.logs import configure
from digest.schedule.service import Service
from digest.wiring import book
from tests.builders import Project

T = TypeVar("T")
#: Seconds after which something that should have happened has not.
PATIENCE = 30


def clock() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(Path("ahead").read_text("utf-8")))


def main() -> None:
    configure()
    load = partial(book, None, folder=Path(), clock=clock)
    try:
        Service(load=load, clock=clock, poll=0.1).serve()
    except DigestError as failure:
        sys.exit(str(failure))


@dataclass
class Scheduler:
    """A scheduler that a test has started, and what it told."""

    process: subprocess.Popen[str]
    log: Path
    pid: int = field(init=False)

    def __post_init__(self) -> None:
        self.pid = self.process.pid

    def events(self) -> list[dict[str, Any]]:
        lines = self.log.read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def wait_for(self, event: str, **values: object) -> dict[str, Any]:
        """The first such event."""

        def found() -> dict[str, Any] | None:
            wanted = {"event": event, **values}
            return next((it for it in self.events() if wanted.items() <= it.items()), None)

        told = until(found)
        assert told, f"no {event} in {self.log.read_text('utf-8')}"
        return told

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.send(number)
        return self.process.wait(PATIENCE)


def until(look: Callable[[], T]) -> T:
    """What ``look`` finds, as soon as it finds anything."""
    end = time.monotonic() + PATIENCE
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def set_clock(project: Project, moment: datetime) -> None:
    aside = project.folder / "ahead.new"
    aside.write_text(str((moment - datetime.now(UTC)).total_seconds()), "utf-8")
    aside.replace(project.folder / "ahead")


@contextmanager
def scheduler(project: Project, root: Path, **environment: str) -> Iterator[Scheduler]:
    """A scheduler at work in a project's folder."""
    log = project.folder / f"log-{time.monotonic_ns()}"
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance.scheduling"],
            cwd=project.folder,
            env={**os.environ, "PYTHONPATH": str(root), "TZ": "UTC"} | environment,
            stdin=subprocess.DEVNULL,
            stderr=stderr,
            encoding="utf-8",
        ) as process,
    ):
        try:
            yield Scheduler(process=process, log=log)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()


if __name__ == "__main__":
    main()
