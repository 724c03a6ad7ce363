"""The command that serves, in a process of its own, and what it does when it is signalled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.wiring import book
from tests.builders import Project, plain_text
from tests.smtpserver import Fault, Hang, Manners, SmtpServer

SCHEDULE = '[schedule]\nat = "daily at 07:30"\n'
#: Signals itself while the scheduler's modules are imported.
HASTY = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "digest.schedule.service":
            os.kill(os.getpid(), signal.{signal})
sys.meta_path.insert(0, Finder())
from digest.cli import main
main()
"""


@contextmanager
def served(
    project: Project, root: Path, *program: str, until: str = "started"
) -> Iterator[subprocess.Popen[str]]:
    """`digest schedule` at work, from the moment on at which it tells of an event."""
    with subprocess.Popen(
        [sys.executable, *(program or ("-m", "digest")), "schedule"],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(root), "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            wait_for(process, until)
            yield process
        finally:
            process.kill()


def make_due(project: Project, settings: str) -> None:
    """A newsletter that is due at once."""
    file = project.write("digest.toml", f'[schedule]\nat = "every hour"\n{settings}')
    project.write("seeds/1.txt", plain_text(1))
    before = datetime.now(UTC) - timedelta(hours=1)
    [desk] = book(file, folder=project.folder, clock=lambda: before).desks
    desk.decide(before)


def wait_for(process: subprocess.Popen[str], event: str) -> dict[str, Any]:
    """The next such event; every line that is told until then is an event."""
    assert process.stderr
    for line in process.stderr:
        told: dict[str, Any] = json.loads(line)
        if told["event"] == event:
            return told
    raise AssertionError(event)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "digest.toml: there is no such file"),
        ("", "digest.toml: schedule: no newsletter has one"),
    ],
    ids=["deleted", "empty"],
)
def test_a_configuration_that_is_gone_leaves_the_old_one_in_force(
    project: Project, root: Path, content: str | None, said: str
) -> None:
    file = project.write("digest.toml", SCHEDULE)
    with served(project, root) as process:
        file.unlink()
        if content is not None:
            file.write_text(content)
        process.send_signal(signal.SIGHUP)
        told = wait_for(process, "configuration refused, the old one stays")
        assert said in told["why"]
        process.terminate()
        wait_for(process, "stopped")
        assert process.wait(30) == 0


def test_without_a_file_there_is_nothing_to_serve(project: Project) -> None:
    refused = project.digest("schedule")
    assert refused.returncode == 2
    assert "digest.toml: schedule: no newsletter has one. Write [schedule]" in refused.stderr


def test_a_broken_file_hides_no_scheduler(project: Project) -> None:
    project.write("digest.toml", "[schedule")
    told = project.digest("health")
    assert told.returncode == 2
    assert "is not valid TOML" in told.stderr
    assert "A scheduler may be at work with the settings that it read before." in told.stderr


def test_a_state_folder_that_is_taken_away_has_an_exit_code_of_its_own(
    project: Project, root: Path
) -> None:
    project.write("digest.toml", SCHEDULE)
    with served(project, root) as process:
        (project.folder / ".digest").rename(project.folder / "away")
        process.send_signal(signal.SIGHUP)
        assert process.wait(30) == 3
        assert process.stderr
        assert ".digest: was removed or moved" in process.stderr.read()


def test_a_reload_that_comes_too_early_is_made_later(project: Project, root: Path) -> None:
    project.write("digest.toml", SCHEDULE)
    with served(project, root, "-c", HASTY.format(signal="SIGHUP")) as process:
        wait_for(process, "configuration read")
        process.terminate()
        assert process.wait(30) == 0


def test_interrupted_before_it_has_begun(project: Project, root: Path) -> None:
    project.write("digest.toml", SCHEDULE)
    hasty = HASTY.format(signal="SIGINT")
    with served(project, root, "-c", hasty, until="aborted") as process:
        assert process.wait(30) == 1
        assert process.stderr
        assert process.stderr.read() == ""


def test_a_stop_does_not_wait_for_an_alert(project: Project, root: Path) -> None:
    project.write("templates/broken/edition.mjml", "{{")
    ring = ["sh", "-c", "touch rung; sleep 60"]
    make_due(project, f'[newsletter]\ntheme = "broken"\n[alerts]\ncommand = {json.dumps(ring)}\n')
    with served(project, root, until="alert") as process:
        while not (project.folder / "rung").exists():
            time.sleep(0.02)
        process.terminate()
        assert "was asked to stop" in wait_for(process, "alert not delivered")["why"]
        wait_for(process, "stopped")
        assert process.wait(30) == 0
    health = project.digest("health", "--json")
    assert [alarm["key"] for alarm in json.loads(health.stdout)["alarms"]] == ["run:digest:"]


def test_who_interrupts_twice_does_not_wait_for_the_delivery(project: Project, root: Path) -> None:
    with SmtpServer(Manners(faults=[Fault("dot", Hang())])) as server:
        smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
        project.write("readers.csv", "email\nreader@post.example\n")
        assert project.digest("recipients", "import", "readers.csv").returncode == 0
        make_due(project, smtp)
        with served(project, root, until="run") as process:
            while not any(command.startswith("DATA") for command in server.commands):
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            time.sleep(0.5)
            assert process.poll() is None
            process.send_signal(signal.SIGINT)
            wait_for(process, "aborted")
            assert process.wait(30) == 1
            assert process.stderr
            assert process.stderr.read() == ""
