"""The page follows what is edited: template, settings, samples, the state after a run."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from tests.builders import Project
from tests.preview.conftest import TEMPLATE, article
from tests.preview.served import served
from tests.preview.test_page import mail, opened


def test_a_template_reloads_the_frame_and_keeps_all_else(browser: Browser, themed: Project) -> None:
    file = themed.folder / TEMPLATE
    with served(themed) as preview, opened(browser, f"{preview.url}?width=375") as page:
        frame = page.frame_locator("#mail")
        frame.locator("h1").wait_for()
        mail(page, "mail.scrollTo(0, 200)")
        page.locator("[data-name='Choose a reader']").focus()
        file.write_text(file.read_text("utf-8").replace("{{ page.title }}", "Mended"), "utf-8")
        expect(frame.locator("h1")).to_contain_text("Mended")
        expect(page.locator("#mail")).to_have_attribute("width", "375")
        assert mail(page, "Math.round(mail.scrollY)") == 200
        assert page.evaluate("document.activeElement.dataset.name") == "Choose a reader"


FAULTS = {
    "{{ page.subject }}": "{{ page.subjekt }}",
    "{% macro contents(headlines) %}": "{% macro contents(headlines) }",
    "<mj-title>": "<mj-titel>",
}


def test_a_fault_of_a_template_is_shown_until_it_is_mended(
    browser: Browser, themed: Project
) -> None:
    file = themed.folder / TEMPLATE
    text = file.read_text("utf-8")
    with served(themed) as preview, opened(browser, preview.url) as page:
        fault, frame = page.locator(".note.fault"), page.frame_locator("#mail")
        expect(frame.locator("h1")).to_be_visible()
        for good, bad in FAULTS.items():
            number = text[: text.index(good)].count("\n") + 1
            file.write_text(text.replace(good, bad), "utf-8")
            expect(fault.locator("b").first).to_contain_text(f"issue.mjml.j2:{number}:")
            expect(fault.locator(".wrong")).to_contain_text(bad)
            expect(frame.locator("h1")).to_be_visible()
            file.write_text(text, "utf-8")
            expect(fault).to_have_count(0)
            expect(frame.locator("h1")).to_be_visible()


def test_settings_that_are_wrong_are_shown_until_they_are_mended(
    browser: Browser, themed: Project
) -> None:
    themed.write("digest.toml", "[newsletter]\ntitel = 1\n")
    with served(themed) as preview, opened(browser, preview.url) as page:
        expect(page.locator(".note.fault")).to_contain_text("titel")
        themed.write("digest.toml", '[newsletter]\ntitle = "The Morning Tide"\n')
        expect(page.locator(".note.fault")).to_have_count(0)
        expect(page.frame_locator("#mail").locator("h1")).to_contain_text("The Morning Tide")
        themed.write("digest.toml", "[newsletters]\n")
        expect(page.locator(".note.fault")).to_contain_text("newsletters")
        expect(page.frame_locator("#mail").locator("h1")).to_contain_text("The Morning Tide")


def test_sources_that_are_added_are_watched_too(browser: Browser, themed: Project) -> None:
    themed.write("more/4.txt", article(4))
    with served(themed) as preview, opened(browser, preview.url) as page:
        settings = '[[sources]]\nfolder = "seeds"\n[[sources]]\nfolder = "more"\n'
        themed.write("digest.toml", settings)
        expect(page.locator(".issue[aria-current]")).to_contain_text("3 stories")
        (themed.folder / "more/5.txt").write_text(article(5), "utf-8")
        expect(page.locator(".issue[aria-current]")).to_contain_text("4 stories")


def test_articles_and_runs_are_noticed_at_once(browser: Browser, themed: Project) -> None:
    with served(themed) as preview, opened(browser, preview.url) as page:
        shown = page.locator(".issue[aria-current]")
        expect(shown).to_contain_text("2 stories")
        (themed.folder / "seeds/new.txt").write_text(article(3), "utf-8")
        expect(shown).to_contain_text("3 stories")
        assert themed.digest("run").returncode == 0
        expect(shown).to_contain_text("Nothing is pending")
        page.locator(".issue", has_text="written to the outbox").click()
        expect(page.frame_locator("#mail").locator("h1")).to_contain_text("The Digest")
