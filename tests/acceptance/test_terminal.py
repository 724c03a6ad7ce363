"""What a terminal shows: a bar while reading, and colours unless they are not wanted."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import Project, plain_text


def on_a_terminal(project: Project, root: Path, *arguments: str, **environment: str) -> str:
    """All that ``digest`` writes when stdout and stderr are a terminal."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "digest", *arguments],
        cwd=project.folder,
        env={"PYTHONPATH": str(root), "TERM": "xterm", "TZ": "UTC", "PATH": ""} | environment,
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=slave,
    ):
        os.close(slave)
        shown = b""
        try:
            while piece := os.read(master, 4096):
                shown += piece
        except OSError:  # how Linux says that the other end is closed
            pass
    os.close(master)
    return shown.decode()


@pytest.fixture
def articles(project: Project) -> Project:
    for number in range(3):
        project.write(f"seeds/{number}.txt", plain_text(number))
    return project


def test_a_terminal_sees_a_bar_and_colours(articles: Project, root: Path) -> None:
    shown = on_a_terminal(articles, root, "run")
    assert "reading" in shown
    assert "3/3" in shown
    assert "\x1b[1m" in shown


def test_no_color_is_honoured(articles: Project, root: Path) -> None:
    shown = on_a_terminal(articles, root, "status", NO_COLOR="1")
    assert "waiting" in shown
    assert "\x1b[" not in shown


def test_a_pipe_sees_neither(articles: Project) -> None:
    run = articles.digest("run")
    assert "\x1b" not in run.stdout + run.stderr
    assert "reading" not in run.stdout + run.stderr
