"""``digest preview --png``: what an installed Chromium makes of the mail."""

from __future__ import annotations

import struct

from playwright.sync_api import Browser

from tests.builders import Project
from tests.preview.conftest import article


def test_light_dark_and_phone(project: Project, browser: Browser) -> None:
    project.write("seeds/1.txt", article(1))
    done = project.digest("preview", "--png", "shots")
    assert done.returncode == 0, done.stderr
    files = sorted((project.folder / "shots").iterdir())
    assert [file.name for file in files] == ["dark.png", "light.png", "phone.png"]
    sizes = {file.stem: struct.unpack(">II", file.read_bytes()[16:24]) for file in files}
    assert {name: width for name, (width, _) in sizes.items()} == {
        "light": 1400,
        "dark": 1400,
        "phone": 750,
    }
    assert (project.folder / "shots/light.png").read_bytes() != files[0].read_bytes()
    assert not (project.folder / ".digest").exists()
    # Each is as high as its mail, at two points for a pixel.
    assert project.digest("run").returncode == 0
    html = (project.issues()[0] / "index.html").read_text("utf-8")
    for name, width in (("light", 700), ("phone", 375)):
        page = browser.new_page(viewport={"width": width, "height": 100})
        page.set_content(html)
        high = page.evaluate("document.documentElement.scrollHeight")
        assert abs(sizes[name][1] - 2 * high) <= 4
        page.close()


def test_a_file_that_cannot_be_written_is_named(project: Project, browser: Browser) -> None:  # noqa: ARG001  one is needed
    project.write("seeds/1.txt", article(1))
    (project.folder / "shots/light.png").mkdir(parents=True)
    done = project.digest("preview", "--png", "shots")
    assert done.returncode == 2
    assert done.stderr.strip().endswith("light.png: cannot be written: Is a directory")


def test_nothing_pending_is_told(project: Project) -> None:
    (project.folder / "seeds").mkdir()
    done = project.digest("preview", "--png", "shots")
    assert done.returncode == 1
    assert "nothing is pending" in done.stderr


def test_without_a_browser_it_says_which(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    done = project.digest("preview", "--png", "shots", PATH="")
    assert done.returncode == 2
    assert "Install the package chromium" in done.stderr
