"""``python -m tests.picture [mail|page]``: make README's pictures from the samples.

Those of the mail come from ``digest preview --png``; those of the preview's own page from a real
browser. Without a name both are made.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser import launched
from tests.builders import Project
from tests.preview.served import NOW, ROOT, Served, served
from tests.preview.test_page import opened

MAIL, PAGE = ROOT / "templates/classic/preview.png", ROOT / "tests/data/preview"
TEMPLATE = "templates/classic/issue.mjml.j2"
SETTINGS = """
[newsletter]
title = "The Morning Tide"
from = "The Morning Tide <tide@courier.example>"
timezone = "Europe/Berlin"
address = "1 Quay Street, Low Tarn"
unsubscribe = "https://courier.example/leave"
"""
#: The samples of the mail's picture: few enough for their stories to be seen, not their list only.
PICTURED = (
    "low-tarn",
    "dimmer-wards",
    "halcyon-probe",
    "elsby-barrier",
    "000_9f3c1b77",
    "004_c07b",
)
#: Of the mail's pictures, which are as long as the mail, so much is shown; in CSS pixels.
HEIGHT = 1240
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


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        project = Project(Path(folder))
        for name in ("seeds", "templates"):
            shutil.copytree(ROOT / name, project.folder / name)
        if "mail" in names:
            mail(browser, project)
        if "page" in names:
            page(browser, project)


def mail(browser: Browser, project: Project) -> None:
    """The pictures that the command takes, side by side."""
    for sample in sorted((project.folder / "seeds").rglob("*.*")):
        if not any(name in sample.name for name in PICTURED):
            sample.unlink()
    done = project.digest("preview", "--png", "shots", "--now", NOW)
    assert done.returncode == 0, done.stderr
    shots = [project.folder / f"shots/{name}.png" for name in ("light", "dark", "phone")]
    images = "".join(
        f'<div><img src="data:image/png;base64,{b64encode(shot.read_bytes()).decode()}"></div>'
        for shot in shots
    )
    sheet = browser.new_page(viewport={"width": 1900, "height": 100})
    # The command takes two points for one.
    sheet.set_content(
        "<style>body{margin:0;padding:30px;display:flex;gap:30px;align-items:start;"
        f"background:#8a8f98}}div{{zoom:.5;height:{2 * HEIGHT}px;overflow:hidden;"
        "border-radius:20px;box-shadow:0 12px 48px #0004}</style>" + images
    )
    sheet.screenshot(path=MAIL, full_page=True)


def page(browser: Browser, project: Project) -> None:
    """The preview's page in some of its states, one with a fault and one with a failing check."""
    PAGE.mkdir(exist_ok=True)
    project.write("digest.toml", SETTINGS)
    with served(project) as preview:
        for name, query, width, dark in VIEWS:
            picture(browser, preview, name, query, width=width, dark=dark)
        file = project.folder / TEMPLATE
        good = file.read_text("utf-8")
        file.write_text(good.replace("{{ page.subject }}", "{{ page.subjekt }}"), "utf-8")
        picture(browser, preview, "fault", "width=768", show=".note.fault")
        at = good.index(">", good.index("<mj-body")) + 1
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
    with opened(browser, f"{preview.url}?{query}", width=width, dark=dark) as shown:
        shown.locator(show).first.wait_for()
        shown.wait_for_timeout(900)
        shown.screenshot(path=PAGE / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:] or ["mail", "page"])
