"""An issue sent by ``digest run``: what readers get, and what looking leaves as it was."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from digest.mail import load_signer
from tests.acceptance.posting import LEAVE, QUICK, Post, parsed, part
from tests.builders import Project, plain_text
from tests.mail.dkimpy import is_signed_by
from tests.smtpserver import Fault, Manners, Message, Say, SmtpServer

NOW = "2026-11-22T07:30"
READERS = (
    "email,name,town,topics",
    "ada@elsby.example,Ada Møller,Elsby,",
    "noor@bücher.example,نور السعدي,,",
    "devi@elsby.example,देवी शर्मा,पुणे,Harbour",
    "wim@elsby.example,,,World",
    "zoë@elsby.example,,,",
    "sports@elsby.example,,,Sport",
)
NEWSLETTER = f"""
subject = "🚧 {{headline}}"
unsubscribe = "{LEAVE}"
unsubscribe_by_mail = "mailto:leave@courier.example?subject={{token}}"
view = "https://courier.example/latest.html"
"""
DKIM = """
[dkim]
selector = "digest"
key_file = "rsa.pem"
ed25519_selector = "digest-ed"
ed25519_key_file = "ed.pem"
"""
GREETING = "Dear {{ field('name', 'reader') }} of {{ field('town', 'somewhere') }},"


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as it:
        yield it


@pytest.fixture(scope="module")
def posted(
    tmp_path_factory: pytest.TempPathFactory, root: Path
) -> Iterator[tuple[Project, dict[str, Message]]]:
    """One run with everything that a newsletter may have, and what came by recipient."""
    project = Project(tmp_path_factory.mktemp("posted"))
    _theme(project, root)
    _keys(project)
    with SmtpServer() as server:
        post = Post(project, server, newsletter=NEWSLETTER, more=DKIM, readers=READERS)
        for place, number in (("harbour", 3), ("world", 4)):
            project.write(f"seeds/{place}/{number}.txt", plain_text(number))
        for number in range(2):
            (project.folder / f"seeds/{number}.txt").unlink()
        post.join()
        done = project.digest("run", "--now", NOW)
        assert (done.returncode, done.stderr) == (0, "")
        assert "5 sent, 1 skipped" in done.stdout
        yield project, {message.recipient: message for message in server.accepted}
        assert server.breaches == []


@pytest.fixture(scope="module")
def root() -> Path:
    return Path(__file__).parent.parent.parent


def _theme(project: Project, root: Path) -> None:
    """A copy of the theme that greets each reader."""
    theme = project.folder / "templates/classic"
    shutil.copytree(root / "templates/classic", theme)
    for file, greeting in (
        ("issue.txt.j2", f"{GREETING}\n"),
        (
            "issue.mjml.j2",
            f"<mj-section><mj-column><mj-text>{GREETING}</mj-text></mj-column></mj-section>",
        ),
    ):
        text = (theme / file).read_text("utf-8")
        place = text.index("<mj-body") if "<mj-body" in text else 0
        end = text.index("\n", place) + 1 if place else text.index("{{ page.title")
        (theme / file).write_text(text[:end] + greeting + text[end:], encoding="utf-8")


def _keys(project: Project) -> None:
    for name, key in (
        ("rsa.pem", rsa.generate_private_key(65537, 2048)),
        ("ed.pem", ed25519.Ed25519PrivateKey.generate()),
    ):
        assert isinstance(key, rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        project.write(name, pem)


def leave_link(message: Message) -> str:
    """The reader's own link, from the header."""
    links = str(parsed(message)["List-Unsubscribe"])
    [link] = re.findall(r"<(https:[^>]+)>", links)
    return str(link)


def test_everybody_gets_a_message_of_their_own(posted: tuple[Project, dict[str, Message]]) -> None:
    by_recipient = dict(posted[1])
    assert set(by_recipient) == {
        "ada@elsby.example",
        "noor@xn--bcher-kva.example",
        "devi@elsby.example",
        "wim@elsby.example",
        "zoë@elsby.example",
    }
    zoe = by_recipient.pop("zoë@elsby.example")
    assert "SMTPUTF8" in zoe.parameters
    assert "To: zoë@elsby.example\r\n".encode() in zoe.data
    readers = {parsed(m)["To"].addresses[0].display_name for m in by_recipient.values()}
    assert readers == {"Ada Møller", "نور السعدي", "देवी शर्मा", ""}
    assert len({parsed(message)["Message-ID"] for message in by_recipient.values()}) == 4
    assert "SMTPUTF8" not in by_recipient["ada@elsby.example"].parameters


def test_headers_are_read_back_as_they_were_meant(
    posted: tuple[Project, dict[str, Message]],
) -> None:
    _, by_recipient = posted
    message = by_recipient["noor@xn--bcher-kva.example"]
    found = parsed(message)
    assert found["Subject"].startswith("🚧 The story of item")
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(leave_link(message)) > 200
    head = message.data.partition(b"\r\n\r\n")[0]
    assert leave_link(message).encode() in head, "a link is never folded or encoded"
    assert "<mailto:leave@courier.example?subject=" in found["List-Unsubscribe"]
    assert found["Auto-Submitted"] == "auto-generated"
    assert message.sender == "news@courier.example"


def test_the_outbox_shows_what_readers_get(posted: tuple[Project, dict[str, Message]]) -> None:
    project, by_recipient = posted
    [issue] = project.issues()
    own = (issue / "message.eml").read_bytes()
    theirs = by_recipient["ada@elsby.example"]
    for kind, file in (("html", "index.html"), ("plain", "message.txt")):
        shown = (issue / file).read_text("utf-8")
        got = part(parsed(theirs), kind)
        assert part(parsed(own), kind) == shown
        assert "Dear Ada Møller of Elsby," in got
        assert "Dear The Courier of somewhere," in shown
        assert _impersonal(got, theirs.data) == _impersonal(shown, own)


def _impersonal(content: str, message: bytes) -> str:
    """A part without what is a reader's own."""
    token = re.findall(rb"&reader=([\w.-]+)>", message)[0].decode()
    return re.sub("Dear .* of .*,", "", content.replace(token, ""))


def test_each_message_is_signed_twice(posted: tuple[Project, dict[str, Message]]) -> None:
    project, by_recipient = posted
    for file, selector in (("rsa.pem", "digest"), ("ed.pem", "digest-ed")):
        key = (project.folder / file).read_bytes()
        signer = load_signer(key, domain="courier.example", selector=selector, where=file)
        message = by_recipient["devi@elsby.example"].data
        assert is_signed_by(signer, message)
        assert not is_signed_by(signer, message.replace(b"story of item 3", b"story of item 9"))


def test_topics_choose_the_sections(posted: tuple[Project, dict[str, Message]]) -> None:
    _, by_recipient = posted
    for address, harbour, world in (
        ("ada@elsby.example", True, True),
        ("devi@elsby.example", True, False),
        ("wim@elsby.example", False, True),
    ):
        for kind in ("html", "plain"):
            content = part(parsed(by_recipient[address]), kind)
            assert ("The story of item 3" in content, "The story of item 4" in content) == (
                harbour,
                world,
            )


def test_who_leaves_by_the_link_gets_no_more(project: Project, server: SmtpServer) -> None:
    post = Post(project, server)
    post.join()
    assert project.digest("run").returncode == 0
    assert sorted(server.recipients) == [f"{name}@elsby.example" for name in ("ada", "ben", "cy")]
    [ben] = [it for it in server.accepted if it.recipient.startswith("ben")]
    token = leave_link(ben).rpartition("=")[2]
    left = project.digest("recipients", "suppress", "--token", token)
    assert "ben@elsby.example is written to no more" in left.stdout
    post.configure(smtp=QUICK + "outbox = false\n")
    project.write("seeds/8.txt", plain_text(8))
    second = project.digest("run")
    assert (second.returncode, second.stderr) == (0, "")
    assert sorted(server.recipients[3:]) == ["ada@elsby.example", "cy@elsby.example"]
    assert len(project.issues()) == 1, "the second was not for the outbox"
    assert post.tally() == {"sent": 2}


def test_a_test_consumes_nothing(project: Project, server: SmtpServer) -> None:
    post = Post(project, server)
    post.join()
    before = _files(project)
    tested = project.digest("send", "--test", "ada@elsby.example", "--now", NOW)
    assert (tested.returncode, tested.stderr) == (0, "")
    assert "Nothing was consumed" in tested.stdout
    assert project.digest("run", "--dry-run", "--now", NOW).returncode == 0
    assert len(server.accepted) == 1
    assert _files(project) == before
    assert project.digest("run", "--now", NOW).returncode == 0
    first, *others = server.accepted
    [again] = [message for message in others if message.recipient == first.recipient]
    assert first.data == again.data
    assert len(others) == 3


def _files(project: Project) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in project.folder.rglob("*") if file.is_file()}


def test_an_older_issue_goes_on_beside_the_new_one(project: Project) -> None:
    later = Fault("rcpt", Say("450 4.2.0 greylisted\r\n"), first=2)
    with SmtpServer(Manners(faults=[later])) as server:
        impatient = QUICK.replace("5 seconds", "0 seconds")
        post = Post(project, server, smtp=f"{impatient}connections = 1\n")
        post.join()
        first = project.digest("run")
        assert first.returncode == 1
        assert "2 sent, 1 deferred" in first.stderr
        [issue] = json.loads(project.digest("status", "--json").stdout)["issues"]
        told = project.digest("status", issue["id"]).stdout
        assert "3 recipients: 2 sent, 1 deferred" in told
        assert "queued as" not in told, "what went well needs no reason"
        assert "ben@elsby.example  deferred after 1 try: 450 4.2.0 greylisted" in told
        time.sleep(1)
        project.write("seeds/9.txt", plain_text(9))
        second = project.digest("run")
        assert (second.returncode, second.stderr) == (0, "")
        assert Counter(server.recipients) == {
            f"{name}@elsby.example": 2 for name in ("ada", "ben", "cy")
        }
        assert server.recipients[2] == "ben@elsby.example"


def test_without_a_server_messages_are_files(project: Project) -> None:
    project.write("seeds/1.txt", plain_text(1))
    project.write("readers.csv", "ada@elsby.example\nben@elsby.example\n")
    project.digest("recipients", "import", "readers.csv")
    done = project.digest("run")
    assert (done.returncode, done.stderr) == (0, "")
    [issue] = project.issues()
    files = sorted((issue / "messages").iterdir())
    assert [parsed(file.read_bytes())["To"] for file in files] == [
        "ada@elsby.example",
        "ben@elsby.example",
    ]
    [told] = json.loads(project.digest("status", "--json").stdout)["issues"]
    assert told["recipients"] == {"sent": 2}
