"""The page in a browser: every switch, every key, for everyone, and with a hostile article."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.builders import Project
from tests.preview.conftest import article
from tests.preview.served import ROOT, Served, served

PANES = ("mail", "text", "source", "headers", "raw", "checks", "stories", "test")
# The frame holds a mail, which has neither landmarks nor a <main>; what is in it is looked at by
# the tests of the themes.
_AXE = {"iframes": False, "resultTypes": ["violations"]}

HOSTILE = """<!doctype html><html lang="en"><head>
<title>Ferry <script>top.pwned = 1</script></title>
<meta property="og:title" content='"><img src=x onerror="top.pwned=1">'></head><body><article>
<h1>Ferry <img src="https://evil.test/a.png" onerror="top.pwned=1"> sails again</h1>
<p>The ferry of Low Tarn sailed again on Monday
<script>top.pwned = 1; fetch("//evil.test/b")</script> after seven years
in the dock, and half of the town stood on the quay to see it leave for the
islands with its old bell ringing &lt;script&gt;top.pwned = 1&lt;/script&gt; and its flags out.</p>
<p>“We never gave her up for lost, whatever the &lt;img src=x onerror=top.pwned=1&gt; council
said,” said <a href="javascript:top.pwned=1" style="background:url(//evil.test/c)">Agnes
Thorley</a>, who kept the keys of the ferry house all these years.</p>
<iframe src="https://evil.test/d"></iframe><form action="https://evil.test/e"><button>Go</button>
</form><p>The crossing takes forty minutes and costs three crowns, as it did before the storm that
broke the slipway, and children under ten travel free on weekdays until the end of the year.</p>
</article></body></html>"""

PEOPLE = "address,name,topics\nada@reader.test,Ada Low,World\nbo@reader.test,Bo,\n"
_HANDLER = "<img src='data:,' onerror='top.pwned = 1'>"
_SCRIPT = "Object.assign(mail.document.createElement('script'), {text: 'top.pwned = 1'})"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Hostile articles, links, readers, a theme of one's own, and an issue that went out."""
    project = Project(tmp_path_factory.mktemp("town"))
    project.write("people.csv", PEOPLE)
    assert project.digest("recipients", "import", "people.csv").returncode == 0
    project.write("seeds/old.txt", article(6))
    assert project.digest("run", "--now", "2026-11-21T07:30").returncode == 0
    shutil.copytree(ROOT / "templates/classic", project.folder / "templates/mine")
    project.write("seeds/town/ferry.html", HOSTILE)
    project.write("seeds/town/1.txt", article(1, title="<img src=x onerror=top.pwned=1> opens"))
    project.write("seeds/world/2.md", "---\nurl: https://post.example/2\n---\n" + article(2))
    with served(project) as preview:
        yield preview


@pytest.fixture(scope="module")
def window(browser: Browser, samples: Served) -> Iterator[opened]:
    """One window on the samples for many tests."""
    window = opened(browser, samples.url)
    with window:
        yield window


@pytest.fixture
def page(window: opened, samples: Served) -> Iterator[Page]:
    """A page on the samples; it ends with an error if anything complained or left the machine."""
    window.page.goto(samples.url)
    yield window.page
    window.page.evaluate("localStorage.clear()")
    window.check()


class opened:  # noqa: N801  reads like the function that it is
    """A window on a preview, watched for complaints and for requests to elsewhere."""

    def __init__(
        self, browser: Browser, url: str, *, width: int = 1280, dark: bool = False
    ) -> None:
        scheme: Literal["dark", "light"] = "dark" if dark else "light"
        viewport = {"width": width, "height": 860}
        self._context = browser.new_context(color_scheme=scheme, viewport=viewport)  # type: ignore[arg-type]  # a TypedDict
        self._url = url
        self._wrong: list[str] = []

    def __enter__(self) -> Page:
        self.page = page = self._context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda asked: self._asked(asked.url))
        page.on("pageerror", lambda error: self._wrong.append(str(error)))
        page.on("console", lambda told: self._told(told.type, told.text))
        page.goto(self._url)
        return page

    def __exit__(self, *_: object) -> None:
        self._context.close()
        self.check()

    def check(self) -> None:
        """Nothing was wrong so far."""
        wrong, self._wrong = self._wrong, []
        assert wrong == []

    def _asked(self, url: str) -> None:
        if not url.startswith(self._url.split("?")[0]):
            self._wrong.append(url)

    def _told(self, kind: str, text: str) -> None:
        # That the sandbox kept a script from running is what is wanted of it.
        if kind == "error" and not text.startswith("Blocked script execution"):
            self._wrong.append(text)


def mail(page: Page, expression: str) -> object:
    """What an expression is within the frame, seen from the page."""
    return page.evaluate(
        f"(() => {{ const mail = at('mail').contentWindow; return {expression} }})()"
    )


@pytest.mark.parametrize(
    ("key", "query"),
    [
        ("p", "width=375"),
        ("t", "width=768"),
        ("n", "mode=dark"),
        ("b", "mode=light"),
        ("i", "images=on"),
        ("x", "language=ar"),
        ("2", "pane=text"),
        ("5", "pane=raw"),
        ("8", "pane=test"),
    ],
)
def test_a_key_leads_to_a_state_that_is_a_link(page: Page, key: str, query: str) -> None:
    page.keyboard.press(key)
    expect(page).to_have_url(re.compile(re.escape(query)))
    state = page.url
    page.go_back()
    expect(page).not_to_have_url(state)
    page.goto(state)
    switches = page.locator("#bar > .group [aria-current=true], #tabs [aria-current=page]")
    expect(switches.last).to_be_visible()
    assert page.url == state


def test_the_frame_has_the_width_that_is_asked_for(page: Page) -> None:
    page.keyboard.press("p")
    expect(page.locator("#mail")).to_have_attribute("width", "375")
    assert mail(page, "mail.innerWidth") == 375
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("width=395"))
    handle = page.locator("#handle").bounding_box()
    assert handle
    page.mouse.move(handle["x"] + 4, handle["y"] + 200)
    page.mouse.down()
    page.mouse.move(handle["x"] + 54, handle["y"] + 200)
    page.mouse.up()
    expect(page).to_have_url(re.compile("width=495"))


def test_light_and_dark_are_those_of_the_mail(page: Page) -> None:
    ground = "mail.getComputedStyle(mail.document.body).backgroundColor"
    colours = {}
    for key, mode in (("b", "light"), ("n", "dark")):
        page.keyboard.press(key)
        expect(page.locator("#mail")).to_have_attribute("data-shown", re.compile(f"mode={mode}"))
        page.frame_locator("#mail").locator("h1").wait_for()
        page.wait_for_timeout(300)
        colours[mode] = mail(page, ground)
    assert colours["light"] != colours["dark"]


def test_a_switch_that_is_pressed_again_is_off(page: Page) -> None:
    for key, name in (("x", "Direction turned round"), ("i", "Pictures from the network")):
        before = page.locator("#bar").inner_text()
        page.keyboard.press(key)
        expect(page.locator(f"[data-name='{name}']")).to_have_attribute("aria-checked", "true")
        page.keyboard.press(key)
        expect(page.locator("#notes")).to_have_text("")
        expect(page.locator("#bar")).to_have_text(before, use_inner_text=True)


def test_the_palette_finds_and_does(page: Page) -> None:
    page.keyboard.press("k")
    page.keyboard.type("raw")
    expect(page.locator("#found li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("pane=raw"))
    page.keyboard.press("Control+k")
    page.keyboard.type("zzz")
    expect(page.locator("#found li")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_the_keys_are_listed(page: Page) -> None:
    page.keyboard.press("?")
    listed = set(page.locator("#keylist kbd").all_inner_texts())
    assert {"k", "?", "p", "n", "1", "8", "o", "r"} <= listed
    assert len(listed) == page.locator("#keylist kbd").count()


def test_everything_that_can_be_done_has_a_name(page: Page) -> None:
    unnamed = "[...document.querySelectorAll('#tabs a, #bar a, .tools button, nav .issue')]"
    assert page.evaluate(f"{unnamed}.filter(it => !it.dataset.name).length") == 0


def test_a_story_that_is_clicked_is_explained(page: Page) -> None:
    second = page.frame_locator("#mail").locator("[id='story-2']")
    title = second.inner_text()
    second.click()
    expect(page).to_have_url(re.compile("story=2"))
    expect(page.locator(".explain h2")).to_have_text(title)
    for name in ("lead", "quote", "speaker"):
        assert page.locator(f"article mark.{name}").count() >= 1
    assert page.locator(".classes tbody tr").count() > 3
    assert "Taken: " in page.locator(".options .chosen").first.inner_text()
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile("story=3"))


def test_no_barrier_for_anyone(page: Page, samples: Served) -> None:
    found: dict[tuple[str, bool], list[tuple[str, str]]] = {}
    for pane in ("mail", "headers", "raw", "checks", "stories", "stories&story=2", "test"):
        page.goto(f"{samples.url}?pane={pane}")
        found |= {(pane, dark): violations(page, dark=dark) for dark in (False, True)}
    for key, name in (("k", "palette"), ("?", "keys")):
        page.keyboard.press(key)
        found |= {(name, dark): violations(page, dark=dark) for dark in (False, True)}
        page.keyboard.press("Escape")
    page.emulate_media(color_scheme="light")
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


def violations(page: Page, *, dark: bool = False) -> list[tuple[str, str]]:
    page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
    found = Axe().run(page, options=_AXE).response["violations"]
    return [(wrong["id"], node["html"][:160]) for wrong in found for node in wrong["nodes"]]


def test_it_fits_a_phone(browser: Browser, samples: Served) -> None:
    with opened(browser, samples.url, width=375) as page:
        for pane in (*PANES, "stories&story=2"):
            page.goto(f"{samples.url}?pane={pane}")
            assert page.evaluate("document.documentElement.scrollWidth") == 375, pane
        for name in ("View: Mail", "Look again, and ask the web"):
            page.locator(f'[data-name="{name}"]').scroll_into_view_if_needed()
            expect(page.locator(f'[data-name="{name}"]')).to_be_in_viewport()


def test_its_own_light_and_dark_are_remembered(page: Page) -> None:
    page.keyboard.press("l")
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_a_hostile_article_does_nothing(browser: Browser, town: Served) -> None:
    with opened(browser, town.url) as page:
        for pane in (*PANES, "stories&story=1", "stories&story=2", "stories&story=3"):
            page.goto(f"{town.url}?pane={pane}&images=on")
            assert page.evaluate("window.pwned") is None
        page.goto(f"{town.url}?images=on")
        frame = page.frame_locator("#mail")
        frame.locator("h1").wait_for()
        assert frame.locator("script, iframe, form, [onerror]").count() == 0
        # Even what would be in a mail could not run: neither a handler nor a script.
        mail(page, f"mail.document.body.insertAdjacentHTML('beforeend', `{_HANDLER}`)")
        mail(page, f"mail.document.body.append({_SCRIPT})")
        page.wait_for_timeout(200)
        assert page.evaluate("window.pwned") is None


def test_a_link_in_the_mail_leads_nowhere(browser: Browser, town: Served) -> None:
    with opened(browser, town.url) as page:
        frame = page.frame_locator("#mail")
        link = frame.locator("a[href^='https://post.example/']").first
        link.hover()
        expect(page.locator("#status")).to_contain_text("https://post.example/2")
        link.click()
        expect(page).to_have_url(re.compile("pane=stories"))


def test_a_story_of_a_sent_issue_is_explained_by_a_click(browser: Browser, town: Served) -> None:
    with opened(browser, town.url, dark=True) as page:
        page.locator(".issue").last.click()
        headline = page.frame_locator("#mail").locator(".headline").first
        expect(headline).to_contain_text("The tramway opens again")
        headline.click()
        expect(page.locator(".explain h2")).to_contain_text("The tramway opens again")
        assert page.locator("article mark.lead").count() >= 1
        assert violations(page, dark=True) == []
        page.keyboard.press("u")
        expect(page.locator(".fates a")).to_have_text("The tramway opens again after 9 years")
        assert violations(page, dark=True) == []


def test_each_reader_can_be_found_and_chosen(browser: Browser, town: Served) -> None:
    with opened(browser, town.url) as page:
        headlines = page.frame_locator("#mail").locator(".headline")
        expect(headlines).to_have_count(3)
        page.keyboard.press("o")
        page.get_by_role("link", name="Topics: World").click()
        expect(headlines).to_have_count(1)
        expect(page.locator("summary")).to_have_text("Reader Topics: World")
        page.locator("#main").focus()
        page.keyboard.press("o")
        page.keyboard.type("LOW")
        expect(page.locator("#readers a")).to_have_count(1)
        expect(page.locator("#readers")).to_have_text("Ada Low ada@reader.test · World")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("to=ada"))
        expect(page.locator("summary")).to_be_focused()
        page.keyboard.press("4")
        expect(page.locator("table.headers")).to_contain_text("Ada Low <ada@reader.test>")


def test_the_list_of_readers_is_gone_through_by_keys(browser: Browser, town: Served) -> None:
    with opened(browser, town.url) as page:
        page.keyboard.press("o")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        expect(page.locator("#readers a").nth(2)).to_be_focused()
        assert violations(page) == []
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(page.locator("#find")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#find")).to_be_hidden()
        expect(page.locator("summary")).to_be_focused()
        page.keyboard.press("o")
        page.locator("h1").first.click()
        expect(page.locator("#find")).to_be_hidden()


def test_without_a_script_readers_are_found_too(browser: Browser, town: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(town.url)
    page.locator("summary").click()
    page.locator("#find").fill("low")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Ada Low").click()
    expect(page).to_have_url(re.compile("to=ada"))
    expect(page.locator("summary")).to_have_text("Reader Ada Low")
    context.close()


def test_a_theme_can_be_tried(browser: Browser, town: Served) -> None:
    with opened(browser, town.url) as page:
        page.keyboard.press("c")
        page.locator("select[name=theme]").select_option("mine")
        expect(page).to_have_url(re.compile("theme=mine"))
        expect(page.locator("#notes")).to_contain_text("A trial")
