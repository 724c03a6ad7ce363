"""Kill a run at every step it takes, run again, and tell what the outbox holds.

Run as a program in an empty folder, for files; or with the address of a feed that shows its first
state to those whose contact is "before". It forks a child for each step, which dies there as from
``kill -9``. Steps are every call of the ledger and the sender, before and after, and every
file that is opened for writing, made, renamed or removed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest.mail import FormLetter
from digest.model import Issue, Receipt
from digest.pipeline import Sender
from digest.wiring import pipeline, project
from tests.builders import Project, plain_text

ARTICLES = 6
NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
DIED = 9
FOLLOWING = """
[fetch]
pause = "0 seconds"
contact = "{contact}"

[[sources]]
feed = "{feed}"
private = true
"""
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
    def stepped(send: Sender) -> Sender:
        def sent(issue: Issue, letters: Mapping[str, FormLetter]) -> Receipt:
            receipt = send(issue, letters)
            step()
            return receipt

        return sent

    with pipeline(project(None, folder=folder)) as real:
        senders = tuple(map(stepped, real.senders))
        replace(real, ledger=Dying(real.ledger, step), senders=senders).run(NOW)


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


def after_kills(project: Project, root: Path) -> Counter[str]:
    """What is `printed` after runs that were killed at several moments, and one that was not."""
    for tenths in range(2, 20, 2):
        with subprocess.Popen(
            [sys.executable, "-m", "digest", "run"],
            cwd=project.folder,
            env={"PYTHONPATH": str(root), "PATH": "", "TZ": "UTC"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                process.wait(tenths / 10)
            except subprocess.TimeoutExpired:
                process.kill()
    last = project.digest("run")
    assert last.returncode == 0, last.stderr
    return printed(project.folder)


def fresh(folder: Path, feed: str | None) -> Path:
    """A folder with articles, or one that has printed the first state of a feed."""
    shutil.rmtree(folder, ignore_errors=True)
    if feed:
        shutil.copytree(Path("before"), folder)
        settings(folder, feed, contact="after")
        return folder
    (folder / "seeds").mkdir(parents=True)
    for number in range(ARTICLES):
        file = folder / "seeds" / f"{number}.txt"
        file.write_text(plain_text(number), encoding="utf-8")
        os.utime(file, (1_790_000_000, 1_790_000_000))
    return folder


def settings(folder: Path, feed: str, *, contact: str) -> None:
    file = folder / "digest.toml"
    file.write_text(FOLLOWING.format(feed=feed, contact=contact), encoding="utf-8")


def main(feed: str | None = None) -> None:
    if feed:
        Path("before").mkdir()
        settings(Path("before"), feed, contact="before")
        run(Path("before"), lambda: None)
    run(fresh(Path("whole"), feed), lambda: None)
    whole = printed(Path("whole"))
    step = 0
    died = True
    wrong = []
    while died:
        step += 1
        folder = fresh(Path("killed"), feed)
        died = dies_at(folder, step)
        run(folder, lambda: None)
        if printed(folder) != whole or list(folder.glob("outbox/*/.*")):
            wrong.append(step)
    print(json.dumps({"steps": step - 1, "articles": sum(whole.values()), "wrong": wrong}))  # noqa: T201 - its result


if __name__ == "__main__":
    main(*sys.argv[1:])
