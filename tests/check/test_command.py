"""`digest check` and the gate, by the program itself; links by a server of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.check import Level
from digest.wiring import check_alive, check_by_spamassassin, project
from tests.builders import Project, plain_text
from tests.check.sample import HTML, message, swapped
from tests.webserver import Reply, WebServer

#: Without SpamAssassin, which takes seconds and has tests of its own.
PLAIN = {"PATH": ""}
BROKEN = swapped(HTML, (' alt="People on the quay"', ""))
DOUBTFUL = swapped(HTML, ("People on the quay", "quay.png"))
NOW = ("--now", "2026-11-22T07:30")


@pytest.fixture
def here(project: Project) -> Project:
    project.write("seeds/1.txt", plain_text(1))
    project.write("seeds/2.txt", plain_text(2))
    return project


def files(folder: Path) -> set[Path]:
    return {file for file in folder.rglob("*") if file.is_file()}


def test_the_sample_digest_breaks_no_rule(project: Project) -> None:
    assert project.digest("init", "demo").returncode == 0
    demo = Project(project.folder / "demo")
    before = files(demo.folder)
    done = demo.digest("check", "--strict", *NOW, **PLAIN)
    assert done.returncode == 0, done.stdout
    assert "the pending issue" in done.stdout
    assert "0 errors, 0 warnings" in done.stdout
    assert files(demo.folder) == before


def test_the_newest_issue_is_checked_if_nothing_is_pending(here: Project) -> None:
    nothing = Project(here.folder / "empty")
    nothing.write("digest.toml", "")
    nothing.write("seeds/none.txt", "")
    assert "nothing to check" in nothing.digest("check", **PLAIN).stdout
    assert json.loads(nothing.digest("check", "--json", **PLAIN).stdout)["checked"] is None
    here.digest("run", *NOW)
    done = here.digest("check", "--json", **PLAIN)
    found = json.loads(done.stdout)
    [issue] = here.issues()
    assert found["checked"] == str(issue.relative_to(here.folder) / "message.eml")
    assert found["sizes"]["html"] == len((issue / "index.html").read_bytes())
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("html", "options", "code", "told"),
    [
        (HTML, [], 0, "0 errors, 0 warnings"),
        (HTML, ["--strict"], 0, "0 errors, 0 warnings"),
        (BROKEN, [], 1, "error: image-alt: an image without alt"),
        (DOUBTFUL, [], 0, "warning: image-alt-name"),
        (DOUBTFUL, ["--strict"], 1, "0 errors, 1 warning"),
    ],
    ids=["good", "good-strict", "error", "warning", "warning-strict"],
)
def test_a_file_is_checked(
    project: Project, html: str, options: list[str], code: int, told: str
) -> None:
    file = project.write("message.eml", message(html=html))
    done = project.digest("check", file.name, *options, **PLAIN)
    assert done.returncode == code
    assert told in done.stdout


def test_a_finding_says_what_where_why_and_how(project: Project) -> None:
    project.write("message.eml", message(html=BROKEN))
    told = project.digest("check", "message.eml", **PLAIN).stdout
    assert 'where  <img src="https://courier.example/quay.png">' in told
    assert "why " in told
    assert "mend " in told
    found = json.loads(project.digest("check", "message.eml", "--json", **PLAIN).stdout)
    [error] = [it for it in found["findings"] if it["level"] == "error"]
    assert error["rule"] == "image-alt"
    assert all(error[key] for key in ("what", "where", "why", "remedy"))


def test_notes_are_shown_when_asked_for(project: Project) -> None:
    project.write("message.eml", message(headers={"From": "The Digest <digest@localhost>"}))
    assert "note:" not in project.digest("check", "message.eml", **PLAIN).stdout
    done = project.digest("check", "message.eml", "--notes", "--strict", **PLAIN)
    assert "note: sender-local" in done.stdout
    assert done.returncode == 0


def test_a_file_that_is_none(project: Project) -> None:
    done = project.digest("check", "nowhere.eml", **PLAIN)
    assert done.returncode == 2
    assert "nowhere.eml: cannot be read" in done.stderr


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


def test_links_are_asked(tmp_path: Path) -> None:
    config = tmp_path / "digest.toml"
    config.write_text(
        '[fetch]\npause = "0 seconds"\n[[sources]]\nfeed = "https://f.example/"\nprivate = true\n'
    )
    here = project(config, folder=tmp_path)
    with WebServer() as web:
        web["/good"] = b"good"
        web["/shy"] = Reply(status=403)
        web["/gone"] = Reply(status=410)
        web["/late"] = Reply(silent=True)
        good, shy, gone, late = (web.url(f"/{it}") for it in ("good", "shy", "gone", "late"))
        assert check_alive(here, [good, shy], seconds=20) == ()
        [dead, unknown] = check_alive(here, [good, gone, late], seconds=3)
    assert (dead.rule, dead.level, len(dead.where)) == ("link-dead", Level.ERROR, 1)
    assert dead.where[0].startswith(gone)
    assert (unknown.rule, unknown.level, unknown.where) == ("link-unknown", Level.INFO, (late,))


def test_links_on_a_private_network_are_not_asked(tmp_path: Path) -> None:
    here = project(None, folder=tmp_path)
    with WebServer() as web:
        [unknown] = check_alive(here, [web.url("/")], seconds=20)
        assert web.log == []
    assert unknown.rule == "link-unknown"
    assert check_alive(here, [], seconds=1) == ()


def test_spamassassin_is_asked_where_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check_by_spamassassin(message()) is None
    # A stand-in that answers as the program does; what it was given stands before its report.
    program = tmp_path / "spamassassin"
    program.write_text(
        '#!/bin/sh\nwhile read -r line; do echo "$line"; done\n'
        "echo 'Content analysis details:   (7.1 points, 5.0 required)'\n"
        "echo ' 7.1 SHOUTING  Subject: all in capitals'\n"
    )
    program.chmod(0o755)
    found = check_by_spamassassin(message())
    assert found is not None
    assert [(it.rule, it.level) for it in found] == [("spam", Level.ERROR)]
