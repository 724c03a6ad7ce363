"""``python -m tests.preview.picture``: make README's pictures of the preview in a real browser."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import launched
from tests.builders import Project
from tests.preview.served import ROOT, Served, served
from tests.preview.test_page import opened

PICTURES = ROOT / "tests/data/preview"
TEMPLATE = "templates/classic/issue.mjml.j2"
SETTINGS = """
[newsletter]
title = "The Morning Tide"
from = "The Morning Tide <tide@courier.example>"
timezone = "Europe/Berlin"
address = "1 Quay Street, Low Tarn"
unsubscribe = "https://courier.example/leave"
"""
#: The failing check: a link that says nothing and leads nowhere.
WRONG = '<mj-text><a href="">click here</a></mj-text>'

#: Name, query, width of the window, dark or light.
VIEWS = (
    ("light", "width=768", 1280, False),
    ("dark", "width=375&mode=dark", 1280, True),
    ("phone", "", 375, False),
    ("headers", "pane=headers", 1280, False),
    ("explain", "pane=stories&story=2", 1280, False),
)


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        project = Project(Path(folder))
        for name in ("seeds", "templates"):
            shutil.copytree(ROOT / name, project.folder / name)
        project.write("digest.toml", SETTINGS)
        with served(project) as preview:
            for name, query, width, dark in VIEWS:
                picture(browser, preview, name, query, width=width, dark=dark)
            file = project.folder / TEMPLATE
            good = file.read_text("utf-8")
            file.write_text(good.replace("{{ page.subject }}", "{{ page.subjekt }}"), "utf-8")
            picture(browser, preview, "fault", "width=768", show=".note.fault")
            start = "<mj-body"
            at = good.index(">", good.index(start)) + 1
            wrong = f"<mj-section><mj-column>{WRONG}</mj-column></mj-section>"
            file.write_text(good[:at] + wrong + good[at:], "utf-8")
            picture(browser, preview, "check", "pane=checks", show=".finding")


def picture(
    browser: Browser,
    preview: Served,
    name: str,
    query: str,
    *,
    width: int = 1280,
    dark: bool = False,
    show: str = "h1",
) -> None:
    with opened(browser, f"{preview.url}?{query}", width=width, dark=dark) as page:
        page.locator(show).first.wait_for()
        page.wait_for_timeout(900)
        page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
