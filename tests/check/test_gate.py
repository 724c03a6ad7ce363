"""The gate: what a check finds fault with stays pending, and the operator hears of it."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.wiring import pipeline
from digest.wiring import project as project_of
from tests.builders import Project, plain_text
from tests.check.sample import swapped
from tests.schedule.test_desk import Office

#: Without SpamAssassin, which takes seconds and has tests of its own.
PLAIN = {"PATH": ""}
NOW = ("--now", "2026-11-22T07:30")


@pytest.fixture
def here(project: Project) -> Project:
    project.write("seeds/1.txt", plain_text(1))
    project.write("seeds/2.txt", plain_text(2))
    return project


def theme(project: Project, old: str, new: str) -> None:
    """A theme of the project's own, changed."""
    assert project.digest("init", "made", "--templates").returncode == 0
    made = project.folder / "made" / "templates" / "classic"
    for file in made.iterdir():
        text = file.read_bytes()
        if file.name == "issue.mjml.j2":
            text = swapped(text.decode(), (old, new)).encode()
        project.write(f"templates/classic/{file.name}", text)


def test_the_gate_keeps_a_bad_issue_pending(here: Project) -> None:
    theme(here, '<h1 class="title">', '<p><a href="javascript:go()">Go</a></p><h1 class="title">')
    here.write("digest.toml", '[edition]\ngate = "error"\n')
    kept = here.digest("run", *NOW)
    assert kept.returncode == 1
    assert "link-scheme" in kept.stderr
    assert "stays pending" in kept.stderr
    assert here.issues() == []
    assert here.digest("check", **PLAIN).returncode == 1
    assert "link-scheme" in here.digest("run", "--dry-run", *NOW).stderr

    here.write("digest.toml", "")
    assert here.digest("run", *NOW).returncode == 0
    assert len(here.issues()) == 1


@pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 1)])
def test_the_gate_has_a_level(here: Project, level: str, code: int) -> None:
    theme(here, '<h1 class="title">', '<p style="text-align:justify">All news</p><h1>')
    here.write("digest.toml", f'[edition]\ngate = "{level}"\n')
    assert here.digest("run", *NOW).returncode == code


def test_a_gate_that_is_none(here: Project) -> None:
    here.write("digest.toml", '[edition]\ngate = "eror"\n')
    done = here.digest("run", *NOW)
    assert done.returncode == 2
    assert "edition.gate" in done.stderr


def test_what_was_claimed_but_never_checked_meets_the_gate_too(here: Project) -> None:
    """A run that was killed behind the claim has frozen nothing; then the theme was changed."""
    with pipeline(project_of(None, folder=here.folder)) as work:
        work.gather()
        assert work.make(datetime(2026, 11, 22, 7, 30, tzinfo=UTC)) is not None
    theme(here, '<h1 class="title">', '<p><a href="/more">More of it</a></p><h1 class="title">')
    here.write("digest.toml", '[edition]\ngate = "error"\n')
    kept = here.digest("run", *NOW)
    assert kept.returncode == 1
    assert "link-relative" in kept.stderr
    assert here.issues() == []
    here.write("digest.toml", "")
    assert here.digest("run", *NOW).returncode == 0
    assert len(here.issues()) == 1


def test_a_scheduled_run_stops_at_the_gate_and_rings(project: Project, tmp_path: Path) -> None:
    bell = tmp_path / "bell.txt"
    ring = f"import sys; open({str(bell)!r}, 'a').write(sys.stdin.read())"
    alerts = f"[alerts]\ncommand = {json.dumps([sys.executable, '-c', ring])}"
    settings = f'{alerts}\n[edition]\ngate = "error"'
    theme(project, '<h1 class="title">', '<p><a href="/more">More of it</a></p><h1 class="title">')
    office = Office(folder=project).article(1)
    office.open(more=settings).day(20, 7, 30).day(20, 7, 40)
    assert office.issues() == []
    assert "is kept back: link-relative: a link that is relative" in bell.read_text()
    assert bell.read_text().count("kept back") == 1

    shutil.rmtree(project.folder / "templates")
    office.open(more=settings)
    assert office.issues() == ["2026-11-20T073000Z"]
    assert office.alarms() == []
