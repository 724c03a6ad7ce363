"""Promise 3: looking consumes nothing, and what is shown is what goes out, to the byte."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from urllib.parse import quote

import pytest

from digest.ledger.sqlite import FILE
from digest.model import Recipient
from digest.wiring import open_slots
from digest.wiring import project as opened
from tests.builders import Project
from tests.preview.conftest import article
from tests.preview.inside import Inside, run, scheduled, subscribe
from tests.preview.served import NOW, ROOT, Served, served
from tests.smtpserver import SmtpServer

SMTP = """
[newsletter]
title = "The Morning Tide"
from = "The Morning Tide <tide@courier.example>"
unsubscribe = "https://courier.example/leave?{{token}}"

[smtp]
host = "127.0.0.1"
port = {port}
security = "none"
"""
PEOPLE = "address,name,topics\nada@reader.test,Ada Low,\nbo@reader.test,,World\n"
READERS = (
    Recipient(address="ada@reader.test", name="Ada Low"),
    Recipient(address="bo@reader.test", topics=("World",)),
)
MORNING = datetime.fromisoformat(NOW).replace(tzinfo=UTC)
DAILY = '\n[schedule]\nat = "daily at 07:30"\n'
SLOT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
EVENING = SLOT - timedelta(hours=12)


def traces(folder: Path) -> dict[str, str]:
    """Every file with a hash of its bytes."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def written(project: Project, settings: str = "", *, articles: int = 4) -> Project:
    """Articles of two sections, half of them in each."""
    project.write("digest.toml", settings.replace("[newsletter]", '[newsletter]\ntimezone = "UTC"'))
    for number in range(articles):
        project.write(f"seeds/{'world' if number % 2 else 'town'}/{number}.txt", article(number))
    return project


# --- the run that follows ---


def test_the_bytes_shown_are_those_of_the_run_that_follows(project: Project) -> None:
    written(project)
    with served(project) as preview:
        shown = {
            "index.html": preview.ask("/frame").body,
            "message.eml": preview.ask("/message.eml").body,
        }
    assert project.digest("run", "--now", NOW).returncode == 0
    [issue] = project.issues()
    assert shown == {name: (issue / name).read_bytes() for name in shown}


def test_what_a_server_is_given_was_shown_for_each_reader(project: Project) -> None:
    with SmtpServer() as server:
        subscribe(written(project, SMTP.format(port=server.port)), *READERS)
        preview = Inside(project, MORNING)
        people = ("ada@reader.test", "bo@reader.test")
        shown = {who: preview.ask(f"/message.eml?to={quote(who)}").body for who in people}
        assert project.digest("run", "--now", NOW).returncode == 0
        assert {mail.recipient: mail.data for mail in server.accepted} == shown
    assert b"The harbour opens" in shown["ada@reader.test"]
    assert b"The harbour opens" not in shown["bo@reader.test"]


def test_looking_changes_nothing(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    assert project.digest("run", "--now", "2026-11-21T07:30").returncode == 0
    project.write("seeds/2.txt", article(2))
    before = traces(project.folder)
    with served(project) as preview:
        sent = quote(f"digest/{project.issues()[0].name}")
        for pane in ("mail", "text", "source", "headers", "raw", "checks", "stories", "test"):
            assert preview.ask(f"/?pane={pane}").status == 200
            assert preview.ask(f"/?pane={pane}&issue={sent}").status == 200
        assert preview.post("/again").status == 303
        preview.ask("/frame?language=ar")
        preview.ask("/readers?find=ada")
    assert traces(project.folder) == before


def test_a_ledger_of_an_older_version_is_looked_at_and_stays_one(project: Project) -> None:
    written(project, "[newsletter]\n", articles=1)
    file = project.folder / ".digest" / FILE
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as old:
        old.executescript((ROOT / "digest/ledger/migrations/0001_start.sql").read_text("utf-8"))
        old.execute("PRAGMA user_version = 1")
    before = traces(project.folder)
    preview = Inside(project, MORNING)
    assert "1 story" in preview.ask("/?find=ada").text
    assert "There is no such recipient" in preview.ask("/?to=ada@reader.test").text
    assert traces(project.folder) == before


# --- the coming slot ---


def test_the_scheduled_run_writes_what_was_shown_for_its_slot(project: Project) -> None:
    written(project, f'[newsletter]\n{DAILY}[select]\nmax_age = "1 day"\n')
    # Young enough in the evening, and too old at the slot.
    project.write("seeds/old.md", f"---\ndate: 2026-11-21T20:00Z\n---\n{article(5)}")
    preview = Inside(project, EVENING, scheduled=True)
    page = preview.ask().text
    assert "Mon 23 Nov, 07:30 +00:00" in page
    shown = {
        "index.html": preview.ask("/frame").body,
        "message.eml": preview.ask("/message.eml").body,
    }
    assert b"museum" not in shown["index.html"]
    scheduled(project, EVENING, SLOT + timedelta(seconds=1))
    [issue] = project.issues()
    assert issue.name == "2026-11-23T073000Z"
    assert shown == {name: (issue / name).read_bytes() for name in shown}


def test_the_scheduled_run_sends_what_was_shown_for_its_slot(project: Project) -> None:
    with SmtpServer() as server:
        settings = SMTP.format(port=server.port) + "outbox = false\n" + DAILY
        subscribe(written(project, settings), *READERS)
        preview = Inside(project, EVENING, scheduled=True)
        people = ("ada@reader.test", "bo@reader.test")
        shown = {who: preview.ask(f"/message.eml?to={quote(who)}").body for who in people}
        scheduled(project, EVENING, SLOT + timedelta(seconds=1))
        assert {mail.recipient: mail.data for mail in server.accepted} == shown
    assert "Mon, 23 Nov 2026 07:30:00 +0000" in shown["ada@reader.test"].decode()


def test_the_moment_that_is_told_decides_and_not_the_schedule(project: Project) -> None:
    written(project, f"[newsletter]\n{DAILY}")
    preview = Inside(project, EVENING)
    assert message_from_bytes(preview.ask("/message.eml").body)["Date"].startswith("Sun, 22 Nov")
    assert "<time" not in preview.ask().text


@pytest.mark.parametrize(
    ("rule", "note"),
    [
        ("", ""),
        ("min_stories = 9\n", "makes no issue as it stands: 4 stories of the 9 that are wanted"),
        ('quiet = ["07:00-08:00"]\n', "makes no issue: in the quiet hours 07:00-08:00"),
    ],
    ids=["none", "min_stories", "quiet"],
)
def test_what_makes_a_slot_wait_is_said_and_its_issue_shown(
    project: Project, rule: str, note: str
) -> None:
    twice = DAILY.replace('"daily at 07:30"', '["daily at 07:30", "daily at 12:00"]')
    written(project, f"[newsletter]\n{twice}{rule}")
    preview = Inside(project, EVENING, scheduled=True)
    assert note in preview.note()
    assert bool(preview.note()) == bool(note)
    assert preview.ask("/message.eml").status == 200
    scheduled(project, EVENING, SLOT + timedelta(seconds=1))
    assert bool(project.issues()) == (not note)


def test_a_pause_and_what_is_left_over_are_said(project: Project) -> None:
    rules = f"[newsletter]\n{DAILY}only_if_new = true\n[select]\nmax_stories = 1\n"
    written(project, f'{rules}[edition]\nbudget = "20 KB"\n')
    for number in range(4, 60):
        project.write(f"seeds/{number}.txt", article(number))
    scheduled(project, EVENING - timedelta(days=1), SLOT - timedelta(days=1))
    preview = Inside(project, EVENING, scheduled=True)
    assert "nothing new: only what an earlier issue had no room for" in preview.note()
    with open_slots(opened(None, folder=project.folder)) as slots:
        slots.pause("digest", EVENING)
    preview.again()
    assert "makes no issue: paused since 2026-11-22 19:30" in preview.note()
    assert preview.ask("/message.eml").status == 200


def test_a_slot_that_has_passed_is_made_up_for(project: Project) -> None:
    written(project, f"[newsletter]\n{DAILY}")
    scheduled(project, EVENING)
    preview = Inside(project, EVENING, scheduled=True)
    early = preview.ask("/message.eml").body
    preview.now = SLOT + timedelta(minutes=3)
    preview.again()
    assert "has passed: the scheduler makes this issue as soon as it is at work" in preview.note()
    assert preview.ask("/message.eml").body == early
    scheduled(project, preview.now)
    assert (project.issues()[0] / "message.eml").read_bytes() == early
    preview.again()
    assert "Tue 24 Nov, 07:30" in preview.ask().text


def test_an_article_without_a_date_is_as_old_as_the_scheduler_will_find_it(
    project: Project,
) -> None:
    weekly = '[newsletter]\n[schedule]\nat = "mon at 07:30"\n[select]\nmax_age = "1 day"\n'
    written(project, weekly, articles=2)
    preview = Inside(project, SLOT + timedelta(hours=1), scheduled=True)
    assert "Mon 30 Nov, 07:30" in preview.ask().text
    assert "2 stories" in preview.ask().text


# --- whose copy ---


def test_a_reader_without_a_section_gets_nothing(project: Project) -> None:
    project.write("seeds/town/1.txt", article(1))
    subscribe(project, Recipient(address="bo@reader.test", topics=("Chess",)))
    preview = Inside(project, MORNING)
    assert "nothing is sent to them" in preview.ask("/?to=bo@reader.test").text
    assert preview.ask("/message.eml?to=bo@reader.test").status == 404
    assert "There is no such recipient" in preview.ask("/?to=eve@reader.test").text


def test_nothing_beside_the_outbox_is_read(project: Project) -> None:
    secret = project.folder / "secret"
    for name in ("index.html", "message.txt", "message.eml", "issue.json"):
        project.write(f"secret/{name}", "Subject: a secret\n\na secret")
    home = project.folder / "outbox/digest"
    home.mkdir(parents=True)
    (home / "link").symlink_to(secret, target_is_directory=True)
    preview = Inside(project, MORNING)
    for issue in ("../secret", "digest/../../secret", "/etc", "digest/link", "%2e%2e/secret"):
        for path in (f"/message.eml?issue={issue}", f"/frame?issue={issue}"):
            answer = preview.ask(path)
            assert (answer.status, b"a secret" in answer.body) == (404, False)
        assert "a secret" not in preview.ask(f"/?issue={issue}&pane=raw").text


def test_several_newsletters_each_have_their_own(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    project.write("more/2.txt", article(2))
    project.write(
        "digest.toml",
        '[[newsletters]]\nid = "one"\ntitle = "The One"\nsources = ["seeds"]\n'
        '[[newsletters]]\nid = "two"\ntitle = "The Two"\nsources = ["more"]\n'
        '[[sources]]\nfolder = "seeds"\n[[sources]]\nfolder = "more"\n',
    )
    preview = Inside(project, MORNING)
    page = preview.ask("/?newsletter=two").text
    assert "The Two: The orchard opens again" in page
    assert "The One" in page
    shown = preview.ask("/message.eml?newsletter=two").body
    assert message_from_bytes(shown)["Subject"].startswith("The Two")


def test_a_trial_is_called_one(samples: Served) -> None:
    assert "this is not what goes out" in samples.ask("/?language=ar").text
    assert "this is not what goes out" not in samples.ask("/").text
    frame = samples.ask("/frame?language=ar").text
    assert 'dir="rtl"' in frame.split(">", 2)[1]


def test_an_issue_that_was_cut_short_is_shown_as_it_will_be_finished(project: Project) -> None:
    with SmtpServer() as server:
        written(project, SMTP.format(port=server.port), articles=1)
        run(project, MORNING)
        [folder] = project.issues()
        asked = quote(f"digest/{folder.name}")
        preview = Inside(project, MORNING)
        assert "Cut short" in preview.ask("/").text
        assert "The harbour opens" in preview.ask(f"/?pane=stories&issue={asked}").text
        shown = preview.ask(f"/message.eml?issue={asked}").body
        subscribe(project, *READERS)
        preview.again()
        copy = preview.ask(f"/message.eml?issue={asked}&to=ada@reader.test").body
        assert shown == (folder / "message.eml").read_bytes()
        assert project.digest("send", "--resume", "--now", NOW).returncode == 0
        assert copy in [mail.data for mail in server.accepted]


def test_what_the_gate_keeps_back_is_shown_with_its_reasons(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    settings = '[newsletter]\nfrom = "tide@courier.example"\n[edition]\ngate = "warning"\n'
    project.write("digest.toml", settings)
    preview = Inside(project, MORNING)
    page = preview.ask("/?pane=checks").text
    assert "The gate keeps this issue back" in page
    assert "No List-Unsubscribe header" in page
    assert preview.ask("/message.eml").status == 200
    assert project.digest("run", "--now", NOW).returncode == 1
    assert project.issues() == []
