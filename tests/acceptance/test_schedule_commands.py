"""The scheduler's other commands: replay, several newsletters, alerts by mail."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from digest.wiring import project as project_of
from digest.wiring.alerts import bells
from tests.builders import Project, body, now_in_berlin, plain_text
from tests.smtpserver import SmtpServer
from tests.sources.following import item, rss

NOW = "2026-11-22T07:30"
ISSUE = "digest/2026-11-22T073000Z"
SEVERAL = """
[[newsletters]]
id = "ports"
title = "The Ports"
timezone = "UTC"
sources = ["wire"]
[newsletters.schedule]
at = "daily at 07:30"
[newsletters.select]
max_stories = 1
[[newsletters]]
id = "all"
timezone = "UTC"
[[sources]]
folder = "wire"
[[sources]]
folder = "blog"
[schedule]
at = ["weekdays at 12:00", "every 6 hours"]
"""


@pytest.fixture
def issued(project: Project) -> Project:
    """A project with one issue."""
    for number in (1, 2):
        project.write(f"seeds/{number}.txt", plain_text(number))
    assert project.digest("run", "--now", NOW).returncode == 0
    return project


def test_a_replay_gives_the_same_bytes(issued: Project) -> None:
    replay = issued.digest("replay", ISSUE, "--to", "again")
    assert replay.returncode == 0, replay.stderr
    assert replay.stdout.count("equal, byte for byte") == 8
    for file in (issued.folder / "outbox" / ISSUE).iterdir():
        assert file.read_bytes() == (issued.folder / "again" / ISSUE / file.name).read_bytes()


def test_a_replay_says_what_differs(issued: Project, root: Path) -> None:
    (issued.folder / "outbox" / ISSUE / "message.eml").write_bytes(b"changed\r\n")
    shutil.copytree(root / "templates", issued.folder / "templates")
    theme = issued.folder / "templates" / "classic"
    text = theme / "issue.txt.j2"
    text.write_text(text.read_text("utf-8") + "\nA further line.\n", "utf-8")
    replay = issued.digest("replay", ISSUE)
    assert replay.returncode == 1
    assert f"{ISSUE} differs in edition: text, outbox: message.eml" in replay.stderr
    assert replay.stdout.count("equal, byte for byte") == 6


def test_a_replay_without_the_theme_gives_what_went_out(project: Project, root: Path) -> None:
    shutil.copytree(root / "templates" / "classic", project.folder / "templates" / "mine")
    project.write("digest.toml", '[newsletter]\ntheme = "mine"\n[schedule]\nat = "@daily"\n')
    project.write("seeds/1.txt", plain_text(1))
    assert project.digest("run", "--now", NOW).returncode == 0
    (project.folder / "templates" / "mine").rename(project.folder / "templates" / "other")
    replay = project.digest("replay", ISSUE, "--to", "again")
    assert replay.returncode == 1
    assert f"{ISSUE} differs in edition" in replay.stderr
    assert "newsletter.theme: there is no theme 'mine'" in replay.stdout
    for file in (project.folder / "outbox" / ISSUE).iterdir():
        assert file.read_bytes() == (project.folder / "again" / ISSUE / file.name).read_bytes()
    for asked in (("replay", "nope"), ("explain", "--issue", "nope")):
        unknown = project.digest(*asked)
        assert unknown.returncode == 2
        assert "nope: there is no such issue" in unknown.stderr
    assert "1  with lead and quote" in project.digest("explain", "--issue", ISSUE).stdout
    for command in ("run", "doctor", "schedule"):
        refused = project.digest(command)
        assert refused.returncode != 0
        assert "newsletter.theme: there is no theme 'mine'. Themes here: class" in refused.stderr


def test_there_is_nothing_to_replay(issued: Project) -> None:
    replay = issued.digest("replay", "digest/none")
    assert (replay.returncode, "there is no such issue" in replay.stderr) == (2, True)


def test_several_newsletters_in_one_file(project: Project) -> None:
    project.write("wire/1.txt", plain_text(1))
    project.write("blog/2.txt", plain_text(2))
    project.write("digest.toml", SEVERAL)
    unsaid = project.digest("run")
    assert unsaid.returncode == 2
    assert "--newsletter: there are several. Name one of: ports, all." in unsaid.stderr
    for name, stories in (("ports", "1 story went in"), ("all", "2 stories went in")):
        run = project.digest("run", "--newsletter", name, "--now", NOW)
        assert stories in run.stdout, run.stderr
    assert [folder.parent.name for folder in project.issues()] == ["all", "ports"]
    coming = project.digest("next", "--now", NOW, "-n", "1")
    assert "2026-11-23 07:30" in coming.stdout
    assert "2026-11-22 12:00" in coming.stdout
    assert "ports is paused now" in project.digest("pause", "--newsletter", "ports").stdout
    assert "Paused since" in project.digest("status", "--newsletter", "ports").stdout
    assert "Paused since" not in project.digest("status", "--newsletter", "all").stdout
    assert "goes on" in project.digest("resume", "--newsletter", "ports").stdout
    assert "wire" in project.digest("sources").stdout


def test_the_operator_is_told_by_mail(project: Project) -> None:
    with SmtpServer() as server:
        smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"'
        project.write("digest.toml", f'{smtp}\n[alerts]\nto = "ops@post.example"')
        here = project_of(None, folder=project.folder)
        [ring] = bells(here, clock=now_in_berlin)
        ring("digest: digest: the run failed: Störung im Hafen")
    [message] = server.accepted
    assert message.recipient == "ops@post.example"
    parsed = message_from_bytes(message.data, policy=default)
    assert parsed["Subject"] == "digest: digest: the run failed: Störung im Hafen"
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert parsed.get_content().strip() == parsed["Subject"]


def test_the_command_serves_until_it_is_stopped(project: Project, root: Path) -> None:
    assert "no newsletter has one" in project.digest("schedule").stderr
    project.write("digest.toml", '[schedule]\nat = "daily at 07:30"')
    with subprocess.Popen(
        [sys.executable, "-m", "digest", "schedule"],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(root), "TZ": "UTC"},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr
        assert json.loads(process.stderr.readline())["event"] == "started"
        second = project.digest("schedule")
        assert second.returncode == 1
        assert f"process {process.pid} since" in second.stderr
        process.terminate()
        assert process.wait(30) == 0
        assert json.loads(process.stderr.readline())["event"] == "stopped"


def test_an_article_that_is_still_changing_is_told_of_everywhere(project: Project) -> None:
    just_out = item(1, "https://post.example/1", description=body(1), when=datetime.now(UTC))
    project.write("feed.xml", rss(just_out))
    source = '[[sources]]\nfeed = "feed.xml"\nfull_text = "never"\nsettle = "1 day"\n'
    project.write("digest.toml", source)
    run = project.digest("run")
    assert (run.returncode, project.issues()) == (0, [])
    assert "1  waiting for a later issue: still changing" in run.stdout
    status = project.digest("status").stdout
    assert "No issue was made yet." in status
    assert "Waiting for a later issue\n  Story 1  still changing: changed at " in status
    [waits] = json.loads(project.digest("status", "--json").stdout)["changing"]
    assert (waits["title"], waits["why"][-11:]) == ("Story 1", "waits 1 day")
    project.write("digest.toml", source.replace('settle = "1 day"\n', ""))
    assert "1 story went in" in project.digest("run").stdout
    status = json.loads(project.digest("status", "--json").stdout)
    [told] = json.loads(project.digest("status", status["issues"][0]["id"], "--json").stdout)
    assert [it["outcome"] for it in told["articles"]] == ["printed"]


def test_a_file_is_not_explained_as_data(issued: Project) -> None:
    wrong = issued.digest("explain", "seeds/1.txt", "--json")
    assert (wrong.returncode, "digest read FILE --json" in wrong.stderr) == (2, True)
    unknown = issued.digest("explain", "--issue", "digest/none", "--json")
    assert (unknown.returncode, "there is no such issue" in unknown.stderr) == (2, True)
