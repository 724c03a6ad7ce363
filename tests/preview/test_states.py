"""States of the page that nothing good comes of: junk, faults, tests of what went out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

import pytest

from digest.errors import ConfigError
from digest.model import Recipient
from digest.preview.checked import arriving
from digest.preview.excerpt import setting
from digest.preview.view import PANES, View
from digest.wiring import project as opened
from digest.wiring.state import held_ledger
from tests.builders import Project
from tests.preview.conftest import article
from tests.preview.inside import Inside, run, subscribe
from tests.preview.test_truth import DAILY, MORNING, SMTP, written
from tests.smtpserver import SmtpServer

ISSUE = quote("digest/2026-11-22T073000Z")
SENDER = "tide@courier.example"
BO = Recipient(address="bo@reader.test", topics=("World",))


def words(html: str) -> str:
    """What a page says, without markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture(scope="module")
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        yield server


@pytest.fixture(scope="module")
def both(server: SmtpServer, tmp_path_factory: pytest.TempPathFactory) -> Inside:
    """An issue that went out and one that is pending; nothing of them may be changed."""
    project = Project(tmp_path_factory.mktemp("both"))
    written(project, SMTP.format(port=server.port))
    subscribe(project, BO)
    run(project, MORNING)
    for number in (5, 6):
        project.write(f"seeds/{'world' if number % 2 else 'town'}/{number}.txt", article(number))
    server.accepted.clear()
    return Inside(project, MORNING + timedelta(hours=1))


JUNK = (
    *("", "topics:", "topics:0,", "topics:9", "topics:-1", "../..", "%_", "\0", "'", '"><b>'),
    *("\U0001f600", "²", "-1", "9" * 400, "a" * 400),
)


@pytest.mark.parametrize("name", [field.name for field in fields(View)])
def test_whatever_a_parameter_says_there_is_a_page(both: Inside, name: str) -> None:
    past = {"pane": "test", "issue": "digest/2026-11-22T073000Z"}
    for junk in JUNK:
        said = {name: junk}
        for path, state in (("/", {}), ("/", past), ("/readers", {}), ("/message.eml", {})):
            answer = both.ask(f"{path}?{urlencode(state | said)}")
            assert answer.status in ({200, 404} if "eml" in path else {200}), (path, junk)
        assert both.ask("/test", {"address": "eve@x.test"} | said).status == 422


def test_what_has_no_section_is_called_so(project: Project) -> None:
    for place in ("1.txt", "world/3.txt"):
        project.write(f"seeds/{place}", article(int(place[-5])))
    subscribe(project, Recipient(address="cy@reader.test", topics=("Chess",)))
    preview = Inside(project, MORNING)
    page = preview.ask("/").text
    assert "Topics: stories without a section" in words(page)
    [key] = set(re.findall(r"to=(topics[^\"&]*)", page))
    chosen = preview.ask(f"/?to={key}").text
    assert "There is no such recipient" not in chosen
    assert "1 story" not in preview.ask(f"/frame?to={key}").text
    assert preview.ask(f"/frame?to={key}").status == 200


# --- what is wrong is said wherever one looks ---


def test_a_source_that_cannot_be_read_is_told_on_every_pane(project: Project) -> None:
    preview = Inside(written(project, "[newsletter]\n", articles=1), MORNING)
    assert preview.note() == ""
    shutil.rmtree(project.folder / "seeds")
    preview.again()
    for pane in PANES:
        page = preview.ask(f"/?pane={pane}").text
        assert '<span class="badge error">1</span>' in page, pane
        assert ("What to do" in page) == (pane != "stories"), pane
        assert "seeds" in words(page.partition('id="notes"')[2]), pane
    stories = preview.ask("/?pane=stories").text
    assert stories.index('id="sources"') < stories.index("No article is waiting")


def test_a_mistake_in_the_settings_is_shown_with_its_line(project: Project) -> None:
    preview = Inside(project, MORNING)
    cases = {
        '[newsletter]\ntitel = "x"\n': ("titel", "Did you mean title?"),
        "[newsletter]\ntitle = = 1\n": ("title =", "is not valid TOML"),
    }
    for settings, (line, told) in cases.items():
        project.write("digest.toml", settings)
        preview.again()
        page = preview.ask("/").text
        wrong = page.partition('<li value="2" class="wrong">')[2].partition("</li>")[0]
        assert words(wrong).startswith(line)
        assert told in words(page)


def test_no_line_is_shown_of_another_file(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text("one\ntwo\n", "utf-8")
    for where, why in (("other.toml: a", "wrong (at line 1)"), (f"{tmp_path}/digest.toml", "is")):
        assert setting(ConfigError(where, why), tmp_path / "digest.toml") == ()


def test_what_is_being_sent_is_not_called_cut_short(project: Project, server: SmtpServer) -> None:
    written(project, SMTP.format(port=server.port), articles=1)
    run(project, MORNING)
    preview = Inside(project, MORNING)
    side = words(preview.ask("/").text)
    assert "Cut short" in side
    assert "the next run goes on" in side
    with held_ledger(opened(None, folder=project.folder), rehearse=False):
        side = words(preview.ask("/").text)
        assert "Cut short" not in side
        assert "being sent" in side


# --- every command from every pane ---


@pytest.mark.parametrize("pane", PANES)
def test_every_command_is_known_on_every_pane(both: Inside, pane: str) -> None:
    page = both.ask(f"/?pane={pane}").text
    keys = set(re.findall(r'data-key="([^"]+)"', page))
    assert set("12345678ptdfabnixouwrlk?]0") <= keys
    for key in "pnix":  # they are done to the mail, so they lead to one
        [where] = re.findall(rf'href="(/[^"]*)"[^>]*data-key="{key}"', page)
        shown = View.parse(dict(it.split("=") for it in where[2:].split("&amp;")))
        assert shown.pane == (pane if key == "x" and pane not in {"stories", "test"} else "mail")


# --- tests ---


def test_a_copy_that_went_out_can_be_sent_as_a_test(both: Inside, server: SmtpServer) -> None:
    page = words(both.ask(f"/?pane=test&issue={ISSUE}").text)
    assert "This issue went out: nobody else gets it again" in page
    server.accepted.clear()
    for to in ("", "bo@reader.test"):
        form = {"address": SENDER, "issue": unquote(ISSUE), "to": to}
        assert "Accepted" in both.ask("/test", form).text
    whole, world = (mail.data for mail in server.accepted)
    assert (b"The harbour opens" in whole, b"The harbour opens" in world) == (True, False)
    assert message_from_bytes(whole)["Date"] == "Sun, 22 Nov 2026 07:30:00 +0000"
    assert "1 sent" in words(both.ask("/").text)


def test_an_issue_of_the_outbox_alone_says_that_it_cannot_be_sent(
    project: Project, server: SmtpServer
) -> None:
    written(project, SMTP.format(port=server.port), articles=1)
    run(project, MORNING)
    shutil.rmtree(project.folder / ".digest")
    page = words(Inside(project, MORNING).ask(f"/?pane=test&issue={ISSUE}").text)
    assert "known only by its files in the outbox" in page


def test_a_test_of_a_slot_to_come_is_dated_now(project: Project, server: SmtpServer) -> None:
    written(project, SMTP.format(port=server.port) + DAILY, articles=1)
    now = datetime.now(UTC)
    preview = Inside(project, now, scheduled=True)
    shown = message_from_bytes(preview.ask("/message.eml").body)["Date"]
    assert parsedate_to_datetime(shown) > now
    server.accepted.clear()
    assert "Accepted" in preview.ask("/test", {"address": SENDER}).text
    [mail] = server.accepted
    sent = parsedate_to_datetime(message_from_bytes(mail.data)["Date"])
    assert now - timedelta(seconds=1) <= sent <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("date", "judged"),
    [
        ("Mon, 23 Nov 2026 07:30:00 +0100", "Sun, 22 Nov 2026 07:30:00 +0000"),
        ("Sat, 21 Nov 2026 07:30:00 +0100", None),
        ("soon", None),
        ("Mon, 23 Nov 2026 07:30:00 -0000", None),
    ],
)
def test_a_date_to_come_is_judged_as_if_it_had_come(date: str, judged: str | None) -> None:
    message = f"From: a\r\nDate: {date}\r\nSubject: b\r\n\r\nDate: body\r\n".encode()
    expected = message.replace(date.encode(), (judged or date).encode())
    assert arriving(message, MORNING) == expected


def test_the_version_tells_processes_and_changes_apart(project: Project) -> None:
    preview = Inside(project, MORNING)

    def version() -> str:
        match = re.search(r'data-version="([^"]+)"', preview.ask("/").text)
        return match[1] if match else ""

    first = version()
    preview.again()
    assert first != version()
    assert first.split(".")[0] == version().split(".")[0]


def test_the_frame_tells_nobody_where_it_stands(both: Inside) -> None:
    assert both.ask("/frame?images=on").headers["referrer-policy"] == "no-referrer"
