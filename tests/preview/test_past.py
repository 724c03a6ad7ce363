"""Issues that went out: all that the ledger knows of them, and the very bytes where they are."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import quote

import pytest

from digest.model import Recipient
from digest.wiring import open_ledger
from digest.wiring import project as opened
from tests.builders import Project, body
from tests.preview.conftest import article
from tests.preview.inside import Inside, run, subscribe
from tests.preview.test_truth import DAILY, MORNING, SMTP, written
from tests.smtpserver import Fault, Manners, Say, SmtpServer

ISSUE = "digest/2026-11-22T073000Z"
ASKED = quote(ISSUE)
_NAME = "%Y-%m-%dT%H%M%SZ"
ADA = Recipient(address="ada@reader.test", name="Ada Low")
BO = Recipient(address="bo@reader.test", topics=("World",))
CY = Recipient(address="cy@reader.test", topics=("Chess",))
DEE = Recipient(address="dee@reader.test", name="Dee Øster")


def words(html: str) -> str:
    """What a page says, without markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def side(preview: Inside) -> str:
    return words(preview.ask().text.partition("<aside")[2].partition("</aside>")[0])


@pytest.fixture(scope="module")
def server() -> Iterator[SmtpServer]:
    refusal = Fault("rcpt", Say("550 5.7.1 not wanted\r\n"), first=3)
    with SmtpServer(Manners(faults=[refusal])) as server:
        yield server


@pytest.fixture(scope="module")
def sent(server: SmtpServer, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An issue that went out by a server alone; nothing of it may be changed."""
    project = Project(tmp_path_factory.mktemp("sent"))
    written(project, SMTP.format(port=server.port) + "outbox = false\nconnections = 1\n")
    project.write("seeds/town/same.txt", article(2, title="The orchard once more"))
    subscribe(project, ADA, BO, CY, DEE)
    run(project, MORNING)
    subscribe(project, Recipient(address="late@reader.test"))
    return project


@pytest.fixture(scope="module")
def preview(sent: Project) -> Inside:
    return Inside(sent, MORNING + timedelta(hours=1))


# --- what stands in the list ---


def test_what_went_by_a_server_alone_is_listed_with_how_it_stands(preview: Inside) -> None:
    assert "Sent" in side(preview)
    assert "22 Nov 2026, 07:30 · 2 sent, 1 refused, 1 skipped" in side(preview)
    assert not (preview.project.folder / "outbox").exists()


def test_no_more_than_the_last_are_listed(project: Project) -> None:
    written(project, "[newsletter]\n", articles=1)
    run(project, MORNING + timedelta(minutes=32))
    [last] = project.issues()
    for number in range(32):  # which the outbox alone knows
        shutil.copytree(last, last.with_name(f"{MORNING + timedelta(minutes=number):{_NAME}}"))
    preview = Inside(project, MORNING + timedelta(days=1))
    listed = re.findall(r"22 Nov 2026, (\d\d:\d\d) · ([a-z ]+ outbox)", side(preview))
    assert len(listed) == 30
    assert listed[0] == ("08:02", "written to the outbox")
    assert listed[1] == ("08:01", "in the outbox")


def test_an_issue_that_printed_nothing_says_what_became_of_its_articles(project: Project) -> None:
    written(project, "[newsletter]\n[select]\nmin_length = 90_000\n", articles=1)
    run(project, MORNING)
    preview = Inside(project, MORNING + timedelta(hours=1))
    assert "nothing was printed" in side(preview)
    assert "this issue printed nothing" in preview.ask(f"/?issue={ASKED}").text
    assert preview.ask(f"/frame?issue={ASKED}").status == 404
    told = words(preview.ask(f"/?issue={ASKED}&pane=stories").text)
    assert "filtered 1 The harbour opens again" in told


def test_the_issue_of_another_newsletter_is_none_of_ours(sent: Project, server: SmtpServer) -> None:
    preview = Inside(Project(sent.folder), MORNING)
    settings = (sent.folder / "digest.toml").read_text("utf-8")
    try:
        sent.write("digest.toml", settings.replace("[newsletter]", '[newsletter]\nid = "other"'))
        assert "There is no such issue here" in preview.ask(f"/?issue={ASKED}").text
        assert preview.ask(f"/message.eml?issue={ASKED}").status == 404
    finally:
        sent.write("digest.toml", settings)
    assert server.port


# --- the bytes ---


def test_each_readers_copy_is_what_the_server_was_given(
    preview: Inside, server: SmtpServer
) -> None:
    given = {mail.recipient: mail.data for mail in server.accepted}
    assert list(given) == [ADA.address, BO.address]
    for address, data in given.items():
        asked = f"issue={ASKED}&to={quote(address)}"
        assert preview.ask(f"/message.eml?{asked}").body == data
        assert b"<html" in preview.ask(f"/frame?{asked}").body
        page = preview.ask(f"/?{asked}").text
        assert "Sent: 250" in page
        assert "Made again from the ledger" in page


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("cy@reader.test", "Nothing was sent to them. Skipped: no section of this issue is theirs"),
        ("late@reader.test", "This issue was not sent to them"),
        ("eve@reader.test", "There is no such recipient"),
        ("topics:9", "There is no such choice of topics"),
    ],
    ids=["no section", "came later", "unknown", "no such topics"],
)
def test_who_got_nothing_is_told_so(preview: Inside, address: str, told: str) -> None:
    asked = f"issue={ASKED}&to={quote(address)}"
    assert told in preview.ask(f"/?{asked}").text
    assert preview.ask(f"/message.eml?{asked}").status == 404


def test_what_the_server_refused_is_shown_with_its_words(preview: Inside) -> None:
    page = words(preview.ask(f"/?issue={ASKED}&to=dee@reader.test&pane=headers").text)
    assert "Refused: 550 5.7.1 not wanted" in page
    assert "Dee Øster" in page


def test_a_choice_of_topics_is_shown_as_it_was_frozen(preview: Inside) -> None:
    page = preview.ask(f"/?issue={ASKED}").text
    assert "Topics: World" in page
    [key] = re.findall(r"to=topics%3A(\d)", page)
    frame = preview.ask(f"/frame?issue={ASKED}&to=topics:{key}").text
    assert ("The bridge opens" in frame, "The harbour opens" in frame) == (True, False)


@pytest.fixture
def boxed(project: Project) -> Project:
    """An issue that was written to the outbox, with a file for each reader."""
    written(project, '[newsletter]\nfrom = "tide@courier.example"\n')
    subscribe(project, ADA, BO)
    run(project, MORNING)
    return project


def test_what_the_outbox_holds_is_shown_as_it_is(boxed: Project) -> None:
    preview = Inside(boxed, MORNING + timedelta(hours=1))
    [folder] = boxed.issues()
    files = {"frame": "index.html", "message.eml": "message.eml"}
    for path, name in files.items():
        assert preview.ask(f"/{path}?issue={ASKED}").body == (folder / name).read_bytes()
    assert "Made again" not in preview.ask(f"/?issue={ASKED}").text
    [ada, _] = sorted((folder / "messages").iterdir())
    ada.write_bytes(ada.read_bytes().replace(b"Ada Low", b"Ada Loo"))
    asked = f"issue={ASKED}&to=ada@reader.test"
    assert preview.ask(f"/message.eml?{asked}").body == ada.read_bytes()
    assert "The harbour opens" in preview.ask(f"/frame?{asked}").text
    assert "The harbour opens" in preview.ask(f"/?pane=text&{asked}").text


def test_without_its_outbox_an_issue_is_made_again(boxed: Project) -> None:
    [folder] = boxed.issues()
    before = {name: (folder / name).read_bytes() for name in ("index.html", "message.eml")}
    texts = {file.stem: file.read_bytes() for file in (folder / "messages").iterdir()}
    shutil.rmtree(boxed.folder / "outbox")
    preview = Inside(boxed, MORNING + timedelta(hours=1))
    assert "The library opens again" in side(preview)
    assert preview.ask(f"/frame?issue={ASKED}").body == before["index.html"]
    assert preview.ask(f"/message.eml?issue={ASKED}").body == before["message.eml"]
    copies = [preview.ask(f"/message.eml?issue={ASKED}&to={it.address}").body for it in (ADA, BO)]
    assert copies == [texts[key] for key in sorted(texts)]
    assert "Made again from the ledger" in preview.ask(f"/?issue={ASKED}").text


@pytest.mark.parametrize(
    ("setting", "doubt"),
    [("", ""), ('unsubscribe_by_mail = "mailto:leave@courier.example"\n', "was changed since")],
    ids=["nothing", "a way to unsubscribe"],
)
def test_a_copy_that_others_than_these_went_out_of_says_so(
    boxed: Project, setting: str, doubt: str
) -> None:
    shutil.rmtree(boxed.issues()[0] / "messages")
    settings = (boxed.folder / "digest.toml").read_text("utf-8")
    boxed.write("digest.toml", settings.replace("[newsletter]", f"[newsletter]\n{setting}"))
    preview = Inside(boxed, MORNING + timedelta(hours=1))
    note = words(preview.ask(f"/?issue={ASKED}&to=ada@reader.test").text)
    assert ("Made again" in note) == bool(doubt)
    assert doubt in note


def test_what_only_the_outbox_knows_is_shown_too(boxed: Project) -> None:
    shutil.rmtree(boxed.folder / ".digest")
    [folder] = boxed.issues()
    preview = Inside(boxed, MORNING + timedelta(hours=1))
    assert "in the outbox" in side(preview)
    shown = preview.ask(f"/message.eml?issue={ASKED}").body
    assert shown == (folder / "message.eml").read_bytes()
    assert "only its files are there" in preview.ask(f"/?issue={ASKED}&pane=stories").text


# --- why it was so ---


def test_every_article_of_an_issue_is_told_as_explain_tells_it(preview: Inside) -> None:
    told = words(preview.ask(f"/?issue={ASKED}&pane=stories").text)
    assert "digest explain" not in told
    with open_ledger(opened(None, folder=preview.project.folder)) as ledger:
        fates = ledger.told(ISSUE)
    assert {str(fate.outcome) for _, fate in fates} >= {"printed", "folded"}
    for candidate, fate in fates:
        assert candidate.headline.title in told
        assert fate.why in told


def test_a_story_that_went_out_is_explained(preview: Inside) -> None:
    page = preview.ask(f"/?issue={ASKED}&pane=stories&story=1").text
    for mark in ("lead", "quote", "speaker"):
        assert f'<mark class="{mark}"' in page
    told = words(page)
    assert "Why it is here printed" in told
    assert "Taken: " in told
    assert "Leads that were weighed" in told
    assert "Every line of it Line Class Rule Words" in told


def test_what_was_folded_into_another_is_explained(preview: Inside) -> None:
    list_ = preview.ask(f"/?issue={ASKED}&pane=stories").text
    [link] = re.findall(r'href="(/\?[^"]*article=[^"]+)"', list_)
    told = words(preview.ask(unescape(link)).text)
    assert "folded" in told
    assert "Nora Quill" in told
    assert "Quotes that were weighed" in told


def test_classes_are_shown_only_of_the_document_that_was_read(boxed: Project) -> None:
    preview = Inside(boxed, MORNING + timedelta(hours=1))
    asked = f"/?issue={ASKED}&pane=stories&story=1"
    assert "Every line of the document" in preview.ask(asked).text
    for file in (boxed.folder / "seeds").rglob("*.txt"):
        file.write_text(f"{file.read_text('utf-8')}\nAnd another paragraph of it.\n", "utf-8")
    preview.again()
    page = preview.ask(asked).text
    assert "The document is not at hand any more" in page
    assert '<mark class="lead"' in page


# --- what waits ---

FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>
<id>urn:post</id><updated>{updated}</updated><entry><id>urn:1</id><title>A ferry is late</title>
<link href="https://post.example/1"/><published>{published}</published>
<updated>{updated}</updated><content type="html">{words}</content></entry></feed>"""


def test_an_article_that_is_still_changing_is_listed_with_its_reason(project: Project) -> None:
    now = datetime.now(UTC)
    published, updated = (
        (now - ago).isoformat(timespec="seconds") for ago in (timedelta(hours=2), timedelta(0))
    )
    text = "".join(f"&lt;p&gt;{it}&lt;/p&gt;" for it in body(3).split("\n\n"))
    project.write("feed.xml", FEED.format(published=published, updated=updated, words=text))
    source = (
        '[[sources]]\nname = "wire"\nfeed = "feed.xml"\nfull_text = "never"\nsettle = "1 hour"\n'
    )
    project.write("digest.toml", f'[newsletter]\ntimezone = "UTC"\n{source}')
    told = words(Inside(project, now + timedelta(minutes=5)).ask("/?pane=stories").text)
    assert "changing 1 A ferry is late" in told
    assert "still changing" in told


def test_the_page_is_out_of_date_when_its_slot_has_come(project: Project) -> None:
    written(project, f"[newsletter]\n{DAILY}", articles=1)
    preview = Inside(project, MORNING - timedelta(seconds=1), scheduled=True)
    preview.ask()

    async def versions() -> list[int]:
        told = []
        for second in (-1, 1, 2):
            preview.now = MORNING + timedelta(seconds=second)
            await preview.desk.wait(seconds=0.01)
            await asyncio.to_thread(preview.desk.stand)
            told.append(preview.desk.version)
        return told

    assert asyncio.run(versions()) == [1, 2, 2]


# --- whose copy ---


def found(preview: Inside, part: str, issue: str = "") -> list[str]:
    page = preview.ask(f"/readers?find={quote(part)}&issue={issue}").text
    return [words(it) for it in re.findall(r"<li><a dir.*?</li>", page)]


@pytest.mark.parametrize(
    ("part", "first"),
    [
        ("ada", "Ada Low ada@reader.test"),
        ("A LO", "Ada Low ada@reader.test"),
        ("O@READER", "bo@reader.test World"),
        ("øster", "Dee Øster dee@reader.test"),
        ("ØSTER", "Dee Øster dee@reader.test"),
        ("%", ""),
        ("nobody", ""),
    ],
)
def test_readers_are_found_by_part_of_an_address_or_name(
    preview: Inside, part: str, first: str
) -> None:
    assert (*found(preview, part, ASKED), "")[0] == first


def test_the_first_of_many_readers_are_offered(project: Project) -> None:
    written(project, "[newsletter]\n", articles=1)
    many = (Recipient(address=f"reader{n}@many.test", suppressed=n == 0) for n in range(1_200))
    subscribe(project, *many)
    preview = Inside(project, MORNING)
    assert len(found(preview, "")) == 10
    assert found(preview, "reader0@") == []  # is written to no more
    assert found(preview, "r1199@") == ["reader1199@many.test"]
    assert "Of 1,199. Type more of it to find others." in preview.ask("/readers?find=reader").text
    # Without a script it is the page itself that shows them.
    page = preview.ask("/?find=r1199@&pane=raw").text
    assert '<details class="readers" open>' in page
    assert "/?pane=raw&amp;to=reader1199%40many.test" in page
    assert preview.ask("/message.eml?to=reader1199@many.test").status == 200
