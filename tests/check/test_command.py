"""`digest check` by the program itself; links by a server of its own."""

from __future__ import annotations

import asyncio
import json
from html import unescape
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from digest.check import Finding, Level
from digest.wiring import Project as Wired
from digest.wiring import check_outside
from digest.wiring import project as wire
from digest.wiring.check import check_alive, check_by_spamassassin
from digest.wiring.pressed import links_of
from tests.builders import Project, plain_text
from tests.check.sample import HTML, TEXT, message, swapped
from tests.check.test_gate import NOW, PLAIN, theme
from tests.webserver import Reply, WebServer

BROKEN = swapped(HTML, (' alt="People on the quay"', ""))
DOUBTFUL = swapped(HTML, ("People on the quay", "quay.png"))


def private(place: str) -> str:
    """Settings with a source that may be on this machine."""
    pause = '[fetch]\npause = "0 seconds"'
    return f'{pause}\n[[sources]]\nfeed = "{place}"\nprivate = true\n'


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


def test_each_edition_that_goes_out_is_checked(project: Project) -> None:
    for number in range(4):
        folder = "world" if number % 2 else "town"
        project.write(f"seeds/{folder}/{number}.txt", plain_text(number))
    project.write("people.csv", "address,topics\nada@r.example,\nbo@r.example,World\n")
    assert project.digest("recipients", "import", "people.csv").returncode == 0
    bad = "<p class='small'><a href='/more'>More of it</a></p>"
    bad = f"{{% if page.sections|length == 1 %}}{bad}{{% endif %}}"
    theme(project, '<h1 class="title">', f'{bad}<h1 class="title">')
    project.write("digest.toml", '[edition]\ngate = "error"\n')

    done = project.digest("check", *NOW, **PLAIN)
    assert done.returncode == 1
    assert "edition    World" in done.stdout
    assert "link-relative" in done.stdout
    assert "only in  World" in done.stdout
    found = json.loads(project.digest("check", "--json", *NOW, **PLAIN).stdout)
    assert found["editions"] == ["the whole issue", "World"]
    [error] = [it for it in found["findings"] if it["level"] == "error"]
    assert (error["rule"], error["editions"]) == ("link-relative", ["World"])
    assert all(it["editions"] == [] for it in found["findings"] if it["rule"] == "sender-local")

    kept = project.digest("run", *NOW)
    assert kept.returncode == 1
    assert "link-relative: a link that is relative (only in: World)" in kept.stderr
    assert project.issues() == []
    assert project.digest("recipients", "remove", "bo@r.example").returncode == 0
    assert project.digest("run", *NOW).returncode == 0


def ask(here: Wired, *links: str, seconds: float) -> list[Finding]:
    return list(asyncio.run(check_alive(here, links, seconds=seconds)))


def near(folder: Path, place: str) -> Wired:
    """A newsletter of a source at ``place`` that may be on this machine."""
    config = folder / "digest.toml"
    config.write_text(private(place))
    return wire(config, folder=folder)


def test_links_are_asked(tmp_path: Path) -> None:
    with WebServer() as web:
        here = near(tmp_path, web.url("/feed"))
        web["/good"] = b"good"
        web["/shy"] = Reply(status=403)
        web["/gone"] = Reply(status=410)
        web["/late"] = Reply(silent=True)
        good, shy, gone, late = (web.url(f"/{it}") for it in ("good", "shy", "gone", "late"))
        assert [it.rule for it in ask(here, good, shy, seconds=20)] == ["link-alive"]
        [dead, unknown] = ask(here, good, gone, late, seconds=3)
    assert (dead.rule, dead.level, len(dead.where)) == ("link-dead", Level.ERROR, 1)
    assert dead.where[0].startswith(gone)
    assert (unknown.rule, unknown.level, unknown.where) == ("link-unknown", Level.INFO, (late,))


def test_a_private_source_opens_its_own_host_and_port_only(tmp_path: Path) -> None:
    with WebServer() as ours, WebServer() as other:
        ours["/on"] = Reply(status=302, headers={"Location": other.url("/reboot")})
        ours["/good"] = b"good"
        here = near(tmp_path, ours.url("/feed"))
        [unknown] = ask(here, ours.url("/good"), ours.url("/on"), other.url("/"), seconds=20)
        assert len(ours.log) == 2
        assert other.log == []
    assert unknown.rule == "link-unknown"
    assert unknown.where == (ours.url("/on"), other.url("/"))


OWN = """
[newsletter]
unsubscribe = "https://courier.example/go/{token}"
view = "https://courier.example/web/{token}"
"""
SPARED = (
    "https://courier.example/leave?reader=x1",  # what List-Unsubscribe names
    "http://courier.example/leave?reader=x1&amp;from=body",
    "https://courier.example/go/c2VjcmV0",  # of the settings
    "https://courier.example/web/c2VjcmV0",
    "https://courier.example/poll?who=nora%40post.example",
    "https://courier.example/poll?code=Q-77+x",
    "https://else.example/lists/Unsubscribe/9",
)


def test_links_of_a_readers_own_are_not_pressed(project: Project) -> None:
    people = "address,name,code\nnora@post.example,Nora Quill,Q-77 x\n"
    project.write("people.csv", people)
    project.write("digest.toml", OWN)
    assert project.digest("recipients", "import", "people.csv").returncode == 0
    links = "".join(f'<p><a href="{link}">Go {n}</a></p>' for n, link in enumerate(SPARED))
    links += '<p><a href="https://else.example/c/8d7f">Abmelden</a></p>'
    raw = message(html=swapped(HTML, ("<h3>", f"{links}<h3>")))
    here = wire(project.folder / "digest.toml", folder=project.folder)
    found = links_of(here, {"the whole issue": raw})
    assert found.pressed == ("https://courier.example/ferry", "https://courier.example/bread")
    own = {unescape(it) for it in SPARED} | {"https://else.example/c/8d7f"}
    assert set(found.spared) == own
    notes = asyncio.run(check_outside(here, {}, links=found._replace(pressed=())))
    assert [(it.rule, it.level, it.where) for it in notes] == [
        ("link-own", Level.INFO, found.spared)
    ]


def test_links_on_a_private_network_are_not_asked(tmp_path: Path) -> None:
    here = wire(None, folder=tmp_path)
    with WebServer() as web:
        [unknown] = ask(here, web.url("/"), seconds=20)
        assert web.log == []
    assert unknown.rule == "link-unknown"
    assert ask(here, seconds=1) == []


REPORT = """echo 'Content analysis details:   (7.1 points, 5.0 required)'
echo ' 7.1 SHOUTING  Subject: all in capitals'
"""


def program(folder: Path, does: str) -> None:
    """A stand-in for SpamAssassin: it gives back what it was given, and does ``does``."""
    file = folder / "spamassassin"
    file.write_text(f'#!/bin/sh\nwhile read -r line; do echo "$line"; done\n{does}')
    file.chmod(0o755)


@pytest.mark.parametrize(
    ("does", "rule", "level", "what"),
    [
        (None, "spam-unknown", Level.INFO, "is not installed"),
        (REPORT, "spam", Level.ERROR, "7.1 points"),
        ("true\n", "spam-unknown", Level.INFO, "gave no report"),
        ("exec sleep 60\n", "spam-unknown", Level.INFO, "no answer within 0.5 seconds"),
    ],
    ids=["none", "spam", "silent", "hangs"],
)
def test_spamassassin_is_asked_where_it_is_installed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    does: str | None,
    rule: str,
    level: Level,
    what: str,
) -> None:
    if does is None:
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        program(tmp_path, does)
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    seconds = 0.5 if "sleep" in (does or "") else 20
    [found] = asyncio.run(check_by_spamassassin(message(), seconds=seconds))
    assert (found.rule, found.level) == (rule, level)
    assert what in found.what


@pytest.mark.parametrize(("options", "code"), [([], 1), (["--strict"], 1)])
def test_spam_fails_the_command(project: Project, options: list[str], code: int) -> None:
    program(project.folder, REPORT)
    project.write("message.eml", message())
    path = {"PATH": f"{project.folder}:/bin:/usr/bin"}
    done = project.digest("check", "message.eml", *options, **path)
    assert done.returncode == code
    assert "error: spam: SpamAssassin gives it 7.1 points; 5 are spam" in done.stdout
    assert "1 error, 0 warnings" in done.stdout


def test_a_dead_link_fails_the_command_that_asks(project: Project) -> None:
    links = ("ferry", "bread", "leave?reader=x1")
    leave = dict.fromkeys(("List-Unsubscribe", "List-Unsubscribe-Post"), None)
    with WebServer() as web:
        project.write("digest.toml", private(web.url("/feed")))
        web["/good"] = b"good"
        web["/leave"] = b"left"
        swaps = [(f"https://courier.example/{it}", web.url("/good")) for it in links[:2]]
        swaps.append((f"https://courier.example/{links[2]}", web.url("/leave")))
        raw = message(html=swapped(HTML, *swaps), text=swapped(TEXT, *swaps), headers=leave)
        project.write("message.eml", raw)
        asked = ("check", "message.eml", "--json")
        unasked = project.digest(*asked, **PLAIN)
        assert web.log == []
        good = project.digest(*asked, "--links", **PLAIN)
        del web["/good"]
        dead = project.digest(*asked, "--links", **PLAIN)
        assert {line.path for line in web.log} == {"/good"}
    assert [it.returncode for it in (unasked, good, dead)] == [0, 0, 1]
    assert told(unasked) == {"link-http"}
    assert told(good) == {"link-http", "link-alive", "link-own"}
    assert told(dead) == {"link-http", "link-dead", "link-own"}


def told(done: CompletedProcess[str]) -> set[str]:
    """The rules on links that were broken."""
    rules = (it["rule"] for it in json.loads(done.stdout)["findings"])
    return {it for it in rules if it.startswith("link-")}


def test_all_who_are_outside_are_asked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, REPORT)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    answers: list[None] = []
    here = wire(None, folder=tmp_path)
    local = [("https://courier.example/", "http://127.0.0.1:9/")]
    raw = message(html=swapped(HTML, *local), text=swapped(TEXT, *local))
    messages = {"the whole issue": raw, "World": raw}
    asking = check_outside(
        here,
        messages,
        links=links_of(here, messages),
        observe=lambda: answers.append(None),
    )
    unknown, own, spam = asyncio.run(asking)
    assert (unknown.rule, len(unknown.where)) == ("link-unknown", 2)
    assert (own.rule, len(own.where)) == ("link-own", 1)
    assert (spam.rule, spam.editions) == ("spam", ())
    assert len(answers) == 4
