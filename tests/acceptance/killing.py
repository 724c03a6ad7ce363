"""Kill a run at every step it takes, run again, and tell what the outbox holds.

Run as a program in an empty folder: it forks a child for each step, which dies there as from
``kill -9``. Steps are every call of the ledger and the sender, before and after, and every
file that is opened for writing, made, renamed or removed.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest.model import Envelope, Receipt
from digest.wiring import pipeline, project
from tests.builders import plain_text

ARTICLES = 6
NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
DIED = 9
_FILE_EVENTS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}


class Steps:
    """Counts steps and ends the process at the one it is told to."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            os._exit(DIED)

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        writes = (
            event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax")
        )
        if event in _FILE_EVENTS or writes:
            self()


class Dying:
    """A ledger, each of whose methods is a step before and a step after."""

    def __init__(self, ledger: object, step: Callable[[], None]) -> None:
        self._ledger = ledger
        self._step = step

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._ledger, name)

        def stepped(*arguments: object) -> Any:
            self._step()
            result = method(*arguments)
            self._step()
            return result

        return stepped


def run(folder: Path, step: Callable[[], None]) -> None:
    with pipeline(project(None, folder=folder)) as real:

        def send(envelopes: Iterable[Envelope]) -> Iterator[Receipt]:
            for receipt in real.send(envelopes):
                step()
                yield receipt

        replace(real, ledger=Dying(real.ledger, step), send=send).run(NOW)


def dies_at(folder: Path, last: int) -> bool:
    """Run in a child that dies at step ``last``; False if it came to its end before."""
    child = os.fork()
    if child == 0:
        steps = Steps(last)
        sys.addaudithook(steps.audit)
        run(folder, steps)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, DIED):
        sys.exit(f"the run failed by itself at step {last}")
    return code == DIED


def printed(folder: Path) -> Counter[str]:
    """How often each title stands in the issues of the outbox."""
    titles: Counter[str] = Counter()
    for record in folder.glob("outbox/*/*/issue.json"):
        for section in json.loads(record.read_text("utf-8"))["sections"]:
            titles.update(story["title"] for story in section["stories"] + section["headlines"])
    return titles


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "seeds").mkdir(parents=True)
    for number in range(ARTICLES):
        file = folder / "seeds" / f"{number}.txt"
        file.write_text(plain_text(number), encoding="utf-8")
        os.utime(file, (1_790_000_000, 1_790_000_000))
    return folder


def main() -> None:
    run(fresh(Path("whole")), lambda: None)
    whole = printed(Path("whole"))
    step = 0
    died = True
    wrong = []
    while died:
        step += 1
        folder = fresh(Path("killed"))
        died = dies_at(folder, step)
        run(folder, lambda: None)
        if printed(folder) != whole or list(folder.glob("outbox/*/.*")):
            wrong.append(step)
    print(json.dumps({"steps": step - 1, "articles": sum(whole.values()), "wrong": wrong}))  # noqa: T201 - its result


if __name__ == "__main__":
    main()
