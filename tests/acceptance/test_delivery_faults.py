"""What cannot be sent: a clear message before the first envelope, and nobody lost."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.acceptance.posting import QUICK, Post
from tests.authority import Authority
from tests.builders import Project, plain_text
from tests.smtpserver import EXTENSIONS, Manners, SmtpServer

SECRET = "correct-horse-battery"  # noqa: S105  a test's own
LOGIN = 'username = "news"\npassword_env = "NEWS_PASSWORD"\n'
STARTTLS = 'security = "starttls"\nca = "authority.pem"\n'


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def good(authority: Authority) -> Manners:
    """A server as it should be."""
    return Manners(certificate=authority.certify("127.0.0.1"), users={"news": SECRET})


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with an account, and what is said of it."""

    smtp: str
    told: str
    spoil: Callable[[Manners], object] = field(default=lambda _: None)
    password: str = SECRET


FAULTS = {
    "wrong password": Fault(
        smtp=STARTTLS + LOGIN,
        password="wrong-pony",  # noqa: S106  no password
        told="the login of news failed: 535",
    ),
    "no password": Fault(
        smtp=STARTTLS + LOGIN, password="", told="the variable NEWS_PASSWORD is not set"
    ),
    "untrusted certificate": Fault(
        smtp='security = "starttls"\n' + LOGIN, told="certificate cannot be trusted"
    ),
    "no STARTTLS": Fault(
        smtp=STARTTLS + LOGIN,
        told="the server offers no STARTTLS",
        spoil=lambda it: setattr(it, "certificate", None),
    ),
    "no login": Fault(
        smtp=STARTTLS + LOGIN,
        told="the server offers no login",
        spoil=lambda it: it.users.clear(),
    ),
    "SIZE too small": Fault(
        smtp=STARTTLS + LOGIN,
        told="takes at most 3,000 octets",
        spoil=lambda it: setattr(it, "extensions", (*EXTENSIONS[:3], "SIZE 3000")),
    ),
    "no such authority": Fault(
        smtp='security = "starttls"\nca = "none.pem"\n', told="cannot be read as certificates"
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_run_stops_before_the_first_envelope(
    project: Project, good: Manners, authority: Authority, fault: Fault
) -> None:
    fault.spoil(good)
    project.write("authority.pem", authority.file.read_bytes())
    with SmtpServer(good) as server:
        post = Post(project, server, smtp=QUICK + fault.smtp)
        post.join()
        done = project.digest("run", NEWS_PASSWORD=fault.password)
        assert done.returncode == 1
        assert fault.told in done.stderr
        assert not [line for line in server.commands if line.startswith("MAIL")]
        assert SECRET not in done.stdout + done.stderr
        assert "wrong-pony" not in done.stdout + done.stderr
        assert post.tally() == {"remaining": 3}


def test_what_could_not_go_out_goes_out_later(
    project: Project, good: Manners, authority: Authority
) -> None:
    project.write("authority.pem", authority.file.read_bytes())
    with SmtpServer(good) as server:
        post = Post(project, server, smtp=QUICK + STARTTLS + LOGIN)
        post.join()
        assert project.digest("run").returncode == 1
        done = project.digest("send", "--resume", "--trace", NEWS_PASSWORD=SECRET)
        assert done.returncode == 0, done.stderr
        assert "3 sent" in done.stdout
        assert "> AUTH PLAIN ***" in done.stderr
        assert SECRET not in done.stderr
        assert len(server.accepted) == 3
        again = project.digest("send", "--resume")
        assert (again.returncode, again.stdout) == (0, "Nothing was left undone.\n")


SERVER = 'host = "127.0.0.1"\n'
SETTINGS = {
    "From is no address": (
        'from = "The Courier"',
        SERVER,
        "newsletter.from: 'The Courier' is not a mailbox",
    ),
    "bounces is no address": (
        "",
        SERVER + 'bounces = "nobody"',
        "smtp.bounces: 'nobody' is not an address",
    ),
    "a host that is none": ("", 'host = "smtp .example"', "'smtp .example' is not a host"),
    "a port that is none": ("", SERVER + "port = 70000", "70000 is not a port"),
    "a password in the file": ("", SERVER + 'password = "x"', "smtp.password: is not a known key"),
    "two passwords": (
        "",
        SERVER + 'username = "u"\npassword_env = "A"\npassword_file = "b"',
        "there is password_env already",
    ),
    "no number": ("", SERVER + "per_second = nan", "nan is not a rate"),
    "no pause": ("", SERVER + "retries = []", "has no pause"),
    "a link with a line break": (
        'unsubscribe = "https://a.example/\\r\\nX: y"',
        SERVER,
        "is not a link",
    ),
    "a mail link with a line break": (
        'unsubscribe_by_mail = "mailto:a@b.example\\r\\nX: y"',
        SERVER,
        "is not a link",
    ),
    "a key that is none": (
        "",
        SERVER + '[dkim]\nselector = "d"\nkey_file = "digest.toml"',
        "dkim.key_file: is not a private key",
    ),
    "no key": (
        "",
        SERVER + '[dkim]\nselector = "d"\nkey_file = "no.pem"',
        "no.pem cannot be read",
    ),
}


@pytest.mark.parametrize(("newsletter", "smtp", "told"), SETTINGS.values(), ids=SETTINGS)
def test_a_wrong_setting_stops_before_any_work(
    project: Project, newsletter: str, smtp: str, told: str
) -> None:
    project.write("digest.toml", f"[newsletter]\n{newsletter}\n[smtp]\n{smtp}\n")
    project.write("seeds/1.txt", plain_text(1))
    done = project.digest("run")
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert project.issues() == []


def test_a_theme_without_its_token_is_told_before_the_issue_is_made(project: Project) -> None:
    project.digest("init", "new", "--templates")
    with SmtpServer() as server:
        Post(project, server).join()
        (project.folder / "new/templates").rename(project.folder / "templates")
        theme = project.folder / "templates/classic/issue.txt.j2"
        theme.write_text(theme.read_text("utf-8").replace("page.unsubscribe", "none"), "utf-8")
        done = project.digest("run")
        assert done.returncode == 1
        assert "the text has no link to {{ page.unsubscribe }}" in done.stderr
        assert server.connections == 0
    assert json.loads(project.digest("status", "--json").stdout)["issues"] == []


def test_line_breaks_in_titles_are_blanks(project: Project) -> None:
    with SmtpServer() as server:
        title = 'title = "News\\r\\nBcc: eve@mallory.example"\n'
        Post(project, server, newsletter=title).join()
        done = project.digest("run")
        assert done.returncode in (0, 1), done.stderr
        assert not [m for m in server.accepted if b"\nBcc:" in m.data.partition(b"\r\n\r\n")[0]]


def test_an_issue_waits_for_recipients(project: Project) -> None:
    with SmtpServer() as server:
        post = Post(project, server)
        first = project.digest("run")
        assert first.returncode == 1
        assert "there is nobody to send it to" in first.stderr
        post.join()
        assert project.digest("run").returncode == 0
        assert len(server.accepted) == 3


# doctor


def seen(text: str) -> dict[str, str]:
    """The table of a check-up by its first column."""
    rows = [line.strip().partition("  ") for line in text.splitlines()]
    return {name: rest.strip() for name, _, rest in rows}


def test_a_check_up_of_a_good_account(
    project: Project, good: Manners, authority: Authority
) -> None:
    project.write("authority.pem", authority.file.read_bytes())
    with SmtpServer(good) as server:
        post = Post(project, server, smtp=STARTTLS + LOGIN)
        post.join()
        done = project.digest("doctor", NEWS_PASSWORD=SECRET)
        assert (done.returncode, done.stderr) == (0, "")
        found = seen(done.stdout)
        assert found["✓ recipients"] == "3, 0 of them suppressed"
        assert found["✓ unsubscribing"] == "one click, by each reader's own link"
        assert found["✓ encryption"].startswith("TLSv1.3, 127.0.0.1, good until 20")
        assert found["✓ login"] == "accepted by PLAIN"
        assert "PIPELINING" in found["✓ offers"]
        assert server.accepted == []
        assert not [line for line in server.commands if line.startswith("MAIL")]


@pytest.mark.parametrize("name", ["wrong password", "untrusted certificate", "no STARTTLS"])
def test_a_check_up_names_what_stands_in_the_way(
    project: Project, good: Manners, authority: Authority, name: str
) -> None:
    fault = FAULTS[name]
    fault.spoil(good)
    project.write("authority.pem", authority.file.read_bytes())
    with SmtpServer(good) as server:
        Post(project, server, smtp=fault.smtp).join()
        done = project.digest("doctor", "--trace", NEWS_PASSWORD=fault.password)
        assert done.returncode == 1
        assert fault.told in done.stderr
        assert fault.password not in done.stdout + done.stderr
        assert "> EHLO" in done.stderr


def test_a_check_up_names_everything_at_once(project: Project) -> None:
    manners = Manners(extensions=(*EXTENSIONS[:3], "SIZE 60000"))
    with SmtpServer(manners) as server:
        more = (
            '[dkim]\nselector = "d"\nkey_file = "digest.toml"\n[folders]\nstate = "digest.toml/x"\n'
        )
        Post(project, server, more=more)
        done = project.digest("doctor")
    assert done.returncode == 1
    assert "x: cannot be written" in done.stderr
    assert "recipients: there is nobody to send to" in done.stderr
    assert "dkim.key_file: is not a private key" in done.stderr
    assert "takes messages of 60,000 bytes; an issue may have 140,000" in done.stderr


def test_a_check_up_of_a_closed_port_and_a_damaged_ledger(project: Project) -> None:
    with socket.socket() as unused, SmtpServer() as server:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        Post(project, server).configure(port=str(port))
        project.write(".digest/ledger.sqlite3", b"no database at all" * 1_000)
        done = project.digest("doctor")
    assert done.returncode == 1
    assert f"127.0.0.1:{port}: no connection: Connection refused" in done.stderr
    assert "Restore a copy" in done.stderr
    assert "Traceback" not in done.stderr


PASSWORDS = {
    "file": 'password_file = "secret.txt"\n',
    "command": 'password_command = ["cat", "secret.txt"]\n',
}


@pytest.mark.parametrize("line", PASSWORDS.values(), ids=PASSWORDS)
def test_where_a_password_may_be(project: Project, good: Manners, line: str) -> None:
    project.write("secret.txt", f"{SECRET}\nand a note\n")
    good.certificate = None
    with SmtpServer(good) as server:
        post = Post(project, server, smtp=f'username = "news"\n{line}')
        post.join()
        done = project.digest("doctor")
        assert done.returncode == 0, done.stderr
        assert server.logins == ["PLAIN news"]
        (project.folder / "secret.txt").unlink()
        done = project.digest("doctor")
        assert done.returncode == 1
        assert "smtp.password_" in done.stderr


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWS_PASSWORD", raising=False)
