"""Promise 3: looking consumes nothing, and what is shown is what goes out, to the byte."""

from __future__ import annotations

import hashlib
from email import message_from_bytes
from pathlib import Path
from urllib.parse import quote

from tests.builders import Project
from tests.preview.conftest import article
from tests.preview.served import NOW, Served, served
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


def traces(folder: Path) -> dict[str, str]:
    """Every file with a hash of its bytes."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_the_bytes_shown_are_those_of_the_run_that_follows(project: Project) -> None:
    for number in range(4):
        project.write(f"seeds/{'world' if number % 2 else 'town'}/{number}.txt", article(number))
    with served(project) as preview:
        shown = {
            "index.html": preview.ask("/frame").body,
            "message.eml": preview.ask("/message.eml").body,
        }
    assert project.digest("run", "--now", NOW).returncode == 0
    [issue] = project.issues()
    assert shown == {name: (issue / name).read_bytes() for name in shown}


def test_looking_changes_nothing(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    assert project.digest("run", "--now", "2026-11-21T07:30").returncode == 0
    project.write("seeds/2.txt", article(2))
    before = traces(project.folder)
    with served(project) as preview:
        for pane in ("mail", "text", "source", "headers", "raw", "checks", "stories", "test"):
            assert preview.ask(f"/?pane={pane}").status == 200
        assert preview.post("/again").status == 303
        preview.ask("/frame?language=ar")
    assert traces(project.folder) == before


def test_what_a_server_is_given_was_shown_for_each_reader(project: Project) -> None:
    with SmtpServer() as server:
        project.write("digest.toml", SMTP.format(port=server.port))
        project.write("people.csv", PEOPLE)
        for number in range(4):
            folder = "world" if number % 2 else "town"
            project.write(f"seeds/{folder}/{number}.txt", article(number))
        assert project.digest("recipients", "import", "people.csv").returncode == 0
        with served(project) as preview:
            people = ("ada@reader.test", "bo@reader.test")
            shown = {who: preview.ask(f"/message.eml?to={quote(who)}").body for who in people}
        run = project.digest("run", "--now", NOW)
        assert "2 sent" in run.stdout, run.stdout + run.stderr
        assert {mail.recipient: mail.data for mail in server.accepted} == shown
    assert b"The harbour opens" in shown["ada@reader.test"]
    assert b"The harbour opens" not in shown["bo@reader.test"]


def test_a_reader_without_a_section_gets_nothing(project: Project) -> None:
    project.write("seeds/town/1.txt", article(1))
    project.write("people.csv", "address,topics\nbo@reader.test,Chess\n")
    assert project.digest("recipients", "import", "people.csv").returncode == 0
    with served(project) as preview:
        page = preview.ask("/?to=bo@reader.test").text
        assert "nothing is sent to them" in page
        assert preview.ask("/message.eml?to=bo@reader.test").status == 404
        assert "There is no such recipient" in preview.ask("/?to=eve@reader.test").text


def test_what_went_out_is_shown_from_the_outbox(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    assert project.digest("run", "--now", "2026-11-21T07:30").returncode == 0
    [folder] = project.issues()
    issue = f"digest/{folder.name}"
    with served(project) as preview:
        assert "Nothing is pending" in preview.ask("/").text
        page = preview.ask(f"/?issue={quote(issue)}").text
        assert "The bridge opens again" in page
        asked = quote(issue)
        assert preview.ask(f"/frame?issue={asked}").body == (folder / "index.html").read_bytes()
        sent = preview.ask(f"/message.eml?issue={asked}").body
        assert sent == (folder / "message.eml").read_bytes()


def test_nothing_beside_the_outbox_is_read(project: Project) -> None:
    secret = project.folder / "secret"
    for name in ("index.html", "message.txt", "message.eml", "issue.json"):
        project.write(f"secret/{name}", "Subject: a secret\n\na secret")
    home = project.folder / "outbox/digest"
    home.mkdir(parents=True)
    (home / "link").symlink_to(secret, target_is_directory=True)
    with served(project) as preview:
        for issue in ("../secret", "digest/../../secret", "/etc", "digest/link", "%2e%2e/secret"):
            for path in (f"/message.eml?issue={issue}", f"/frame?issue={issue}", f"/../{issue}"):
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
    with served(project) as preview:
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
        project.write("digest.toml", SMTP.format(port=server.port))
        project.write("seeds/1.txt", article(1))
        run = project.digest("run", "--now", NOW)
        assert "nobody to send it to" in run.stderr
        [folder] = project.issues()
        asked = quote(f"digest/{folder.name}")
        with served(project) as preview:
            assert "Cut short" in preview.ask("/").text
            shown = preview.ask(f"/message.eml?issue={asked}").body
            project.write("people.csv", "address\nada@reader.test\n")
            assert project.digest("recipients", "import", "people.csv").returncode == 0
            assert preview.post("/again").status == 303
            copy = preview.ask(f"/message.eml?issue={asked}&to=ada@reader.test").body
        assert shown == (folder / "message.eml").read_bytes()
        assert project.digest("send", "--resume", "--now", NOW).returncode == 0
        assert [mail.data for mail in server.accepted] == [copy]


def test_what_the_gate_keeps_back_is_shown_with_its_reasons(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    settings = '[newsletter]\nfrom = "tide@courier.example"\n[edition]\ngate = "warning"\n'
    project.write("digest.toml", settings)
    with served(project) as preview:
        page = preview.ask("/?pane=checks").text
        assert "The gate keeps this issue back" in page
        assert "No List-Unsubscribe header" in page
        assert preview.ask("/message.eml").status == 200
    assert project.digest("run", "--now", NOW).returncode == 1
    assert project.issues() == []
