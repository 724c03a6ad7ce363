"""The checks on the page: of every edition at once, and of links and spam when they are asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, expect

from tests.builders import Project
from tests.preview.conftest import article
from tests.preview.served import Served, served
from tests.preview.test_page import opened
from tests.webserver import Reply, WebServer

SETTINGS = """
[fetch]
pause = "0 seconds"
[edition]
gate = "error"
[[sources]]
folder = "seeds"
"""
#: A feed on this machine, so that links may lead there; it has no entry.
FEED = """
[[sources]]
feed = "{}"
private = true
"""
NOTHING = b'<rss version="2.0"><channel><title>Nothing</title></channel></rss>'
STORY = """<!doctype html><html lang="en"><head><title>The {subject} opens again</title>
<link rel="canonical" href="{url}"></head><body><article><h1>The {subject} opens again</h1>
{body}</article></body></html>"""


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        server["/feed"] = NOTHING
        yield server


def pressed(web: WebServer) -> list[str]:
    """The links that were asked for."""
    return [asked.path for asked in web.log if asked.path != "/feed"]


@pytest.fixture
def spam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for SpamAssassin that finds nothing, before all others on the PATH."""
    program = tmp_path / "programs" / "spamassassin"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\ncat > /dev/null\necho 'Content analysis details:   (0.1 points)'\n"
        "echo ' 0.1 HTML_MESSAGE  BODY: HTML included in message'\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return program


def written(project: Project, *urls: str) -> Project:
    """Stories whose links lead to ``urls``."""
    project.write(
        "digest.toml", SETTINGS + "".join(FEED.format(urljoin(it, "/feed")) for it in urls[:1])
    )
    for number, url in enumerate(urls):
        words = "".join(f"<p>{it}</p>" for it in article(number).split("\n\n")[2:])
        subject = ("harbour", "bridge", "orchard", "library")[number]
        html = STORY.format(subject=subject, url=url, body=words)
        project.write(f"seeds/{number}.html", html)
    return project


def answered(preview: Served, query: str = "/?pane=checks") -> str:
    """The page once all who were asked have answered."""
    end = monotonic() + 50
    while 'id="asking"' in (page := preview.ask(query).text):
        assert monotonic() < end
        sleep(0.1)
    return page


@pytest.mark.usefixtures("spam")
def test_links_and_spam_rules_are_asked_when_the_button_is_pressed(
    project: Project, web: WebServer
) -> None:
    web["/good"], web["/gone"] = b"good", Reply(status=410)
    written(project, web.url("/good"), web.url("/gone"))
    with served(project) as preview:
        page = preview.ask("/?pane=checks").text
        assert '<span class="badge warning">1</span>' in page  # the links are not encrypted
        assert "A link that does not open" not in page
        assert pressed(web) == []
        answer = preview.post("/ask", pane="checks")
        assert (answer.status, answer.headers["location"]) == (303, "/?pane=checks")
        page = answered(preview)
        assert "A link that does not open" in page
        assert web.url("/gone") in page
        assert "SpamAssassin gives it 0.1 points" in page
        # It counts on every pane, and is kept at the next look, which has another date.
        assert '<span class="badge error">2</span>' in preview.ask("/").text
        assert preview.post("/again").status == 303
        assert "A link that does not open" in preview.ask("/?pane=checks").text
        asked = len(pressed(web))
        # Another message: what was said of the old one is not said of this.
        project.write("seeds/2.txt", article(3))
        preview.post("/again")
        page = preview.ask("/?pane=checks").text
        assert "A link that does not open" not in page
        assert len(pressed(web)) == asked


def test_without_spamassassin_the_page_says_so(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/1.txt", article(1))
    monkeypatch.setenv("PATH", str(tmp_path))
    with served(project) as preview:
        preview.post("/ask")
        assert "SpamAssassin is not installed" in answered(preview)


def test_who_takes_too_long_does_not_keep_the_page_from_stopping(
    project: Project, web: WebServer, spam: Path
) -> None:
    web["/late"] = Reply(silent=True)
    spam.write_text("#!/bin/sh\nexec sleep 50\n")
    written(project, web.url("/late"))
    with served(project) as preview:
        preview.post("/ask")
        page = preview.ask("/?pane=checks").text
        assert 'id="asking"' in page
        assert '<noscript><p><a href="/?pane=checks">' in page
        assert preview.post("/ask").status == 303
        began = monotonic()
    assert monotonic() - began < 15


@pytest.mark.usefixtures("spam")
def test_the_answers_come_by_themselves(browser: Browser, project: Project, web: WebServer) -> None:
    web["/good"], web["/slow"] = b"good", Reply(b"slow", delay=1.5)
    written(project, web.url("/good"), web.url("/slow"))
    with (
        served(project) as preview,
        opened(browser, f"{preview.url}?pane=checks") as page,
    ):
        page.keyboard.press("w")
        expect(page.locator("#asking progress")).to_have_attribute("max", "3")
        expect(page.locator("#asking")).to_contain_text(re.compile("[12] of 3 answers"))
        expect(page.locator("summary", has_text="Every link opens")).to_be_visible(timeout=15_000)
        again = page.get_by_role("button", name="Check links and spam rules again")
        expect(again).to_be_visible()


def test_only_our_form_makes_it_ask(project: Project, web: WebServer) -> None:
    web["/good"] = b"good"
    written(project, web.url("/good"))
    with served(project) as preview:
        good = preview.csrf()
        assert preview.ask("/ask").status == 405
        assert preview.ask("/ask", form={"csrf": good}).status == 403
        assert preview.ask("/ask", form={"csrf": good + "x"}, Origin=preview.home).status == 403
        elsewhere = {"Origin": "https://evil.example"}
        assert preview.ask("/ask", form={"csrf": good}, **elsewhere).status == 403
        assert 'id="asking"' not in preview.ask("/?pane=checks").text
        assert pressed(web) == []


def test_every_edition_is_checked_and_the_gate_knows(themed: Project) -> None:
    for number in range(4):
        themed.write(f"seeds/{'world' if number % 2 else 'town'}/{number}.txt", article(number))
    for number in (1, 2):
        (themed.folder / f"seeds/{number}.txt").unlink()
    themed.write("digest.toml", '[edition]\ngate = "error"\n')
    themed.write("people.csv", "address,topics\nada@reader.test,\nbo@reader.test,World\n")
    assert themed.digest("recipients", "import", "people.csv").returncode == 0
    bad = "{% if page.sections|length == 1 %}<p class='small'><a href='/x'>News</a></p>{% endif %}"
    template = themed.folder / "templates/classic/issue.mjml.j2"
    top = '<h1 class="title">'
    assert top in template.read_text("utf-8")
    template.write_text(template.read_text("utf-8").replace(top, bad + top), "utf-8")
    with served(themed) as preview:
        page = preview.ask("/?pane=checks").text
        assert "Checked: the whole issue; World" in page
        assert "A link that is relative" in page
        assert "Only in: World" in page
        assert '<span class="badge error">1</span>' in page
        assert "The gate keeps this issue back" in page
        # One reader's copy is checked alone, but the issue is kept back for all.
        ada, bo = (preview.ask(f"/?pane=checks&to={it}@reader.test").text for it in ("ada", "bo"))
        assert "A link that is relative" not in ada
        assert "A link that is relative" in bo
        assert "The gate keeps this issue back" in ada
    assert themed.digest("run", "--now", "2026-11-22T07:30").returncode == 1


def test_an_issue_of_the_past_is_checked_as_it_went_out(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    assert project.digest("run", "--now", "2026-11-21T07:30").returncode == 0
    [folder] = project.issues()
    with served(project) as preview:
        page = preview.ask(f"/?pane=checks&issue=digest/{folder.name}").text
        assert "Nothing need be mended" in page
        assert 'action="/ask"' in page
        assert 'action="/ask"' not in preview.ask("/?pane=checks").text
        assert preview.post("/ask").status == 303
