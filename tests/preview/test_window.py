"""The page in a browser: what fits, what is found again, and one line to the server for all."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builders import Project
from tests.preview.conftest import article
from tests.preview.served import Served, served
from tests.preview.test_page import mail, opened


@pytest.mark.parametrize(
    ("window", "query", "told"),
    [
        (1280, "width=1024", "at 9"),
        (1280, "width=2400", "2400 px at 4"),
        (375, "width=768", "at 4"),
        (1600, "width=1024", ""),
    ],
)
def test_a_frame_wider_than_its_place_keeps_its_width(
    browser: Browser, samples: Served, window: int, query: str, told: str
) -> None:
    with opened(browser, f"{samples.url}?{query}", width=window) as page:
        page.frame_locator("#mail").locator("h1").wait_for()
        assert mail(page, "mail.innerWidth") == int(query.partition("=")[2])
        expect(page.locator("#wide")).to_contain_text(told)
        stage = page.locator(".stage").bounding_box()
        shown = page.locator("#mail").bounding_box()
        assert stage
        assert shown
        assert shown["width"] <= stage["width"] + 1
        assert abs(shown["height"] - stage["height"]) < 2
        page.locator("#main").focus()
        page.keyboard.press("+")
        width = min(int(query.partition("=")[2]) + 20, 2400)
        expect(page).to_have_url(f"{samples.url}?width={width}")
        assert mail(page, "mail.innerWidth") == width


def test_the_place_in_the_mail_is_found_again(browser: Browser, samples: Served) -> None:
    with opened(browser, samples.url) as page:
        page.frame_locator("#mail").locator("h1").wait_for()
        loaded(page)
        place = "Math.round(mail.scrollY)"
        mail(page, "mail.scrollTo(0, 900)")
        for away, back in (("6", "1"), ("p", "f"), ("n", "a")):
            page.keyboard.press(away)
            page.wait_for_timeout(200)
            page.keyboard.press(back)
            loaded(page)
            assert mail(page, place) == 900, away
        page.frame_locator("#mail").locator("[id='story-2']").click()
        expect(page.locator(".explain h2")).to_be_visible()
        assert page.evaluate("at('pane').scrollTop") == 0
        page.go_back()
        loaded(page)
        assert mail(page, "mail.scrollY > 0")


def loaded(page: Page) -> None:
    """The mail is there with all that belongs to it."""
    expect(page.locator("#mail")).to_have_attribute("data-loaded", "yes")


def test_no_click_in_the_mail_opens_a_link(browser: Browser, samples: Served) -> None:
    with opened(browser, samples.url) as page:
        link = page.frame_locator("#mail").locator("a[href]").last
        opens: list[Page] = []
        page.context.on("page", lambda it: opens.append(it))  # noqa: PLW0108  it takes no builtin
        link.click(button="middle")
        acts: tuple[Callable[[], None], ...] = (
            lambda: link.click(modifiers=["Control"]),
            lambda: link.press("Control+Enter"),
            lambda: link.press("Shift+Enter"),
        )
        for act in acts:
            page.goto(samples.url)  # a click may lead to the story that the link belongs to
            loaded(page)
            act()
            page.wait_for_timeout(100)
        assert opens == []


def test_a_command_of_another_pane_goes_there(browser: Browser, samples: Served) -> None:
    with opened(browser, f"{samples.url}?pane=stories&story=2") as page:
        page.keyboard.press("k")
        page.keyboard.type("width: phone")
        expect(page.locator("#found li")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.locator("#mail")).to_have_attribute("width", "375")
        page.keyboard.press("8")
        expect(page.locator(".pane.test")).to_be_visible()
        page.keyboard.press("o")
        expect(page.locator("#find")).to_be_focused()


def test_the_pictures_are_a_switch(browser: Browser, samples: Served) -> None:
    with opened(browser, samples.url) as page:
        switch = page.get_by_role("switch", name="Pictures")
        for state in ("true", "false"):
            switch.focus()
            page.keyboard.press(" ")
            expect(switch).to_have_attribute("aria-checked", state)
            expect(switch).to_be_focused()


def test_a_server_that_ended_is_told_until_it_is_back(browser: Browser, project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    with served(project) as first, opened(browser, first.url) as page:
        expect(page.locator("#gone")).to_be_hidden()
        page.wait_for_timeout(300)
        first.process.send_signal(signal.SIGINT)
        expect(page.locator("#gone")).to_be_visible()
        first.process.wait(20)
        project.write("seeds/2.txt", article(2))
        with served(project, "--port", str(first.port)):
            expect(page.locator("#gone")).to_be_hidden()
            expect(page.locator(".issue[aria-current]")).to_contain_text("2 stories")
            assert page.evaluate("document.body.dataset.version") != ""
        # The browser tells of lines that could not be had.
        page.wait_for_timeout(100)


def test_eight_tabs_share_one_line(browser: Browser, themed: Project) -> None:
    with served(themed) as preview, opened(browser, preview.url) as page:
        tabs = [page, *(page.context.new_page() for _ in range(7))]
        for tab in tabs[1:]:
            tab.goto(preview.url, timeout=5_000)
        themed.write("seeds/3.txt", article(3))
        for tab in tabs:
            expect(tab.locator(".issue[aria-current]")).to_contain_text("3 stories")
        # Another one leads on when the first is closed.
        page.close()
        themed.write("seeds/4.txt", article(4))
        for tab in tabs[1:]:
            expect(tab.locator(".issue[aria-current]")).to_contain_text("4 stories")


def test_the_chosen_tab_is_seen_on_a_phone(browser: Browser, samples: Served) -> None:
    with opened(browser, samples.url, width=375) as page:
        for pane in ("8", "1"):
            page.keyboard.press(pane)
            expect(page.locator("#tabs [aria-current]")).to_be_in_viewport(ratio=1)
        page.locator("#bar").evaluate("(it) => it.scrollTo(260, 0)")
        page.get_by_role("switch", name="Pictures").click()
        expect(page.get_by_role("switch", name="Pictures")).to_have_attribute(
            "aria-checked", "true"
        )
        assert page.locator("#bar").evaluate("(it) => it.scrollLeft") > 200
        expect(page.locator("#bar")).to_have_class("bar before after")


def test_on_paper_is_the_mail_alone_and_whole(browser: Browser, samples: Served) -> None:
    with opened(browser, samples.url) as page:
        loaded(page)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        for part in ("#side", "#tabs", "#bar"):
            expect(page.locator(part)).to_be_hidden()
        assert mail(page, "at('mail').offsetHeight >= mail.document.documentElement.scrollHeight")
        expect(page.locator("h1").first).to_be_visible()


def test_forced_colours_tell_the_marks_and_the_chosen_apart(
    browser: Browser, samples: Served
) -> None:
    with opened(browser, f"{samples.url}?pane=stories&story=2") as page:
        page.emulate_media(forced_colors="active")
        style = "[...document.querySelectorAll('.legend mark')].map((it) => getComputedStyle(it)"
        assert len(set(page.evaluate(f"{style}.textDecorationStyle)"))) == 4
        border = "[...document.querySelectorAll('#tabs a')].map((it) => getComputedStyle(it)"
        assert len(set(page.evaluate(f"{border}.borderBottomColor)"))) == 2
