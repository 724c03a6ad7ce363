"""A test from the page: to a configured address only, and with what the server answered."""

from __future__ import annotations

from email import message_from_bytes

from playwright.sync_api import Browser, expect

from tests.builders import Project
from tests.preview.conftest import article
from tests.preview.served import served
from tests.preview.test_page import opened
from tests.preview.test_truth import PEOPLE, SMTP, traces
from tests.smtpserver import Fault, Manners, Say, SmtpServer

EDITOR = "editor@courier.example"


def prepared(project: Project, server: SmtpServer) -> Project:
    project.write("digest.toml", SMTP.format(port=server.port))
    project.write("seeds/1.txt", article(1))
    return project


def test_what_is_shown_is_sent_and_nothing_is_consumed(project: Project) -> None:
    with SmtpServer() as server:
        prepared(project, server)
        before = traces(project.folder)
        with served(project, "--test-to", EDITOR) as preview:
            answer = preview.post("/test", address=EDITOR)
            assert "Accepted" in answer.text
            assert "250" in answer.text
            [mail] = server.accepted
            assert mail.recipient == EDITOR
            assert message_from_bytes(mail.data)["To"] == EDITOR
            assert "1 story" in preview.ask("/").text
        assert traces(project.folder) == before


def test_the_edition_that_is_shown_is_sent(project: Project) -> None:
    with SmtpServer() as server:
        project.write("digest.toml", SMTP.format(port=server.port))
        project.write("people.csv", f"{PEOPLE}cy@reader.test,,Chess\n")
        for number in range(4):
            folder = "world" if number % 2 else "town"
            project.write(f"seeds/{folder}/{number}.txt", article(number))
        assert project.digest("recipients", "import", "people.csv").returncode == 0
        with served(project, "--test-to", EDITOR) as preview:
            for to in ("bo@reader.test", "topics:0", "ada@reader.test", ""):
                assert "Accepted" in preview.post("/test", address=EDITOR, to=to).text
            for nobody in ("cy@reader.test", "eve@reader.test", "topics:7"):
                assert preview.post("/test", address=EDITOR, to=nobody).status == 422
        assert {mail.recipient for mail in server.accepted} == {EDITOR}
        town = [b"The harbour opens" in mail.data for mail in server.accepted]
        assert town == [False, False, True, True]


def test_the_servers_refusal_is_shown(browser: Browser, project: Project) -> None:
    manners = Manners(faults=[Fault("rcpt", Say("550 5.1.1 nobody <b>here</b>\r\n"))])
    with (
        SmtpServer(manners) as server,
        served(prepared(project, server)) as preview,
        opened(browser, f"{preview.url}?pane=test") as page,
    ):
        page.get_by_role("button", name="Send it there").click()
        told = page.locator(".note.fault")
        expect(told).to_contain_text("Refused for tide@courier.example")
        expect(told).to_contain_text("5.1.1 nobody <b>here</b>")


def test_a_server_that_takes_nothing_is_told(project: Project) -> None:
    manners = Manners(faults=[Fault("connect", Say("554 5.3.2 not today\r\n", drop=True))])
    with SmtpServer(manners) as server, served(prepared(project, server)) as preview:
        answer = preview.post("/test", address="tide@courier.example")
        assert 'class="note fault"' in answer.text
        assert "not today" in answer.text


def test_no_other_address_is_written_to(project: Project) -> None:
    with SmtpServer() as server, served(prepared(project, server)) as preview:
        for address in ("", "eve@evil.example", f"{EDITOR}, eve@evil.example"):
            assert preview.post("/test", address=address).status == 422
        assert server.accepted == []


def test_without_a_server_the_page_says_so(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    with served(project, "--test-to", EDITOR) as preview:
        assert "No server is configured" in preview.ask("/?pane=test").text
        assert "no server is configured" in preview.post("/test", address=EDITOR).text
