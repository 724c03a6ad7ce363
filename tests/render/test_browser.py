"""What a reader sees: in light and dark, on a desk and on a phone, judged by a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from digest.model import Issue, Section
from digest.render import render
from digest.render.inline import add_to_head
from digest.render.markup import compile_mjml
from digest.render.page import make_page
from digest.render.theme import load
from tests.render.sample import CLASSIC, HARBOUR, LINES, NOTES, WORLD, issue, one, story, whole

Scheme = Literal["light", "dark"]

VIEWS: tuple[tuple[Scheme, int], ...] = (
    ("light", 700),
    ("dark", 700),
    ("light", 375),
    ("dark", 375),
)
# The first asks for a <main> and the second for landmarks: a mail has neither.
_AXE = {
    "rules": {"landmark-one-main": {"enabled": False}, "region": {"enabled": False}},
    "resultTypes": ["violations"],
}
_LONG = "Donaudampfschifffahrtskapitän" * 40

ISSUES = {
    "whole": whole(),
    "arabic newsletter": issue(
        Section(name="الساحل", stories=WORLD[3:6]),
        Section(name=None, stories=HARBOUR[:1], headlines=LINES),
        language="ar",
        title="رسالة الرصيف",
    ),
    "no section": issue(Section(name=None, stories=NOTES)),
    "long words": one(
        story(_LONG, _LONG, quote=_LONG + "x", speaker=_LONG + "y", site=_LONG[:200], byline=_LONG),
        title=_LONG[:200],
        tagline=_LONG[:200],
        address=_LONG,
    ),
}
views = pytest.mark.parametrize(("scheme", "width"), VIEWS, ids=[f"{s}-{w}" for s, w in VIEWS])
issues = pytest.mark.parametrize("told", ISSUES.values(), ids=ISSUES.keys())


@contextmanager
def opened(
    browser: Browser, html: str, scheme: Scheme = "light", width: int = 700
) -> Iterator[Page]:
    """``html`` in a window of its own; ends with an error if it asked for anything."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.set_content(html)
    yield page
    context.close()
    assert requests == []


@issues
@views
def test_no_barrier_for_anyone(browser: Browser, told: Issue, scheme: Scheme, width: int) -> None:
    html = render(told, theme=CLASSIC).html
    with opened(browser, html, scheme, width) as page:
        found = Axe().run(page, options=_AXE).response["violations"]
    grave = [
        (finding["id"], node["html"][:200], node.get("failureSummary"))
        for finding in found
        if finding["impact"] in {"serious", "critical"}
        for node in finding["nodes"]
    ]
    assert grave == []


@issues
def test_headings_begin_at_one_and_skip_no_level(browser: Browser, told: Issue) -> None:
    with opened(browser, render(told, theme=CLASSIC).html) as page:
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"
        )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@issues
@views
def test_nothing_is_wider_than_the_window(
    browser: Browser, told: Issue, scheme: Scheme, width: int, tmp_path: Path
) -> None:
    with opened(browser, render(told, theme=CLASSIC).html, scheme, width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        picture = page.screenshot(path=tmp_path / f"{scheme}-{width}.png", full_page=True)
    assert picture.startswith(b"\x89PNG")


@views
def test_inlining_changes_no_pixel(
    browser: Browser, scheme: Scheme, width: int, tmp_path: Path
) -> None:
    edition = render(whole(), theme=CLASSIC)
    page_view = make_page(whole())
    compiled = compile_mjml(load(CLASSIC).markup(page_view))
    plain = add_to_head(add_to_head(compiled.html, compiled.inline), compiled.head)
    pictures = []
    for name, html in (("inlined", edition.html), ("plain", plain)):
        with opened(browser, html, scheme, width) as page:
            pictures.append(page.screenshot(path=tmp_path / f"{name}.png", full_page=True))
    assert 'style="margin:8px 0 0"' in edition.html
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("hook", ["media", "ogsc"])
def test_dark_mode_reaches_the_inner_tables(browser: Browser, hook: str) -> None:
    html = render(whole(), theme=CLASSIC).html
    if hook == "ogsc":
        html = html.replace("<body", "<body data-ogsc='' data-ogsb=''")
    with opened(browser, html, "dark" if hook == "media" else "light") as page:
        grounds = page.evaluate(
            "[...document.querySelectorAll('.card, .card table')].map("
            "e => getComputedStyle(e).backgroundColor)"
        )
        inks = page.evaluate(
            "[...document.querySelectorAll('.card p, .card h3, .card a, .card blockquote')].map("
            "e => getComputedStyle(e).color)"
        )
    assert set(grounds) == {"rgb(30, 28, 26)"}
    assert all(min(map(int, ink[4:-1].split(","))) > 120 for ink in inks)


def test_the_phone_pads_each_text_once(browser: Browser) -> None:
    with opened(browser, render(whole(), theme=CLASSIC).html, width=375) as page:
        left = page.evaluate(
            "[...document.querySelectorAll('.lead, .kicker:not(.rtl)')].map("
            "e => e.getBoundingClientRect().left)"
        )
    assert set(left) == {22}


@pytest.mark.parametrize("name", ["whole", "arabic newsletter"])
def test_a_story_stands_on_the_side_of_its_script(browser: Browser, name: str) -> None:
    script = """[...document.querySelectorAll('.mark')].map(mark => {
        const css = getComputedStyle(mark), quote = getComputedStyle(mark.firstElementChild)
        return [/[\u0590-\u06ff]/.test(mark.textContent),
            quote.textAlign, quote.direction, css.borderLeftWidth, css.borderRightWidth]})"""
    with opened(browser, render(ISSUES[name], theme=CLASSIC).html) as page:
        rows = page.evaluate(script)
    from_right = ["right", "rtl", "0px", "3px"]
    from_left = ["left", "ltr", "3px", "0px"]
    assert {row[0] for row in rows} == {True, False}
    for is_right_to_left, *sides in rows:
        assert sides == (from_right if is_right_to_left else from_left)


def test_text_fragments_are_understood_by_the_browser(browser: Browser, tmp_path: Path) -> None:
    told = HARBOUR[0]
    file = tmp_path / "page.html"
    filler = "<p>Nothing to see.</p>" * 200
    file.write_text(
        f"<meta charset=utf-8><body>{filler}<p>{told.article.text}</p>{filler}", encoding="utf-8"
    )
    quote = make_page(one(told)).sections[0].stories[0].quote
    assert quote is not None
    directive = str(quote.url).partition("#")[2]
    context = browser.new_context(viewport={"width": 700, "height": 400})
    page = context.new_page()
    page.goto(f"{file.as_uri()}#{directive}")
    page.wait_for_function("window.scrollY > 0")
    context.close()
