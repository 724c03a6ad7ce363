"""A kill at any instant loses no article and prints none twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.killing import ARTICLES, after_kills
from tests.builders import Project, plain_text


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs fork")
def test_a_kill_at_every_step(tmp_path: Path, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.acceptance.killing"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": "", "TZ": "UTC"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["articles"] == ARTICLES
    assert told["steps"] > 40
    assert told["wrong"] == []


def test_sigkill_at_any_moment(project: Project, root: Path) -> None:
    for number in range(ARTICLES):
        project.write(f"seeds/{number}.txt", plain_text(number))
    titles = after_kills(project, root)
    assert len(titles) == ARTICLES
    assert set(titles.values()) == {1}
