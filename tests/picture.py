"""``python -m tests.picture``: make README's picture from the samples, with a real browser."""

from __future__ import annotations

import shutil
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import Literal

from tests.browser import launched
from tests.builders import Project

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "templates/classic/preview.png"

#: Width of the window, colour scheme, and the element at which the part that is shown begins.
VIEWS: tuple[tuple[int, Literal["light", "dark"], str], ...] = (
    (700, "light", ".headline >> nth=0"),
    (700, "dark", "h2:has-text('World')"),
    (375, "light", "h1"),
)
HEIGHT, MARGIN = 1_240, 70


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        project = Project(Path(folder))
        shutil.copytree(ROOT / "seeds", project.folder / "seeds")
        project.digest("run", "--now", "2026-11-22T07:30")
        [issue] = project.issues()
        shots = []
        for width, scheme, first in VIEWS:
            page = browser.new_page(
                viewport={"width": width, "height": HEIGHT}, color_scheme=scheme
            )
            page.goto((issue / "index.html").as_uri())
            box = page.locator(first).bounding_box()
            top = max(0, (box["y"] if box else 0) - MARGIN)
            picture = page.screenshot(
                full_page=True, clip={"x": 0, "y": top, "width": width, "height": HEIGHT}
            )
            shots.append(b64encode(picture).decode())
        page = browser.new_page(viewport={"width": 1_900, "height": HEIGHT + 60})
        images = "".join(f'<img src="data:image/png;base64,{shot}">' for shot in shots)
        page.set_content(
            "<style>body{margin:0;padding:30px;display:flex;gap:30px;background:#8a8f98}"
            "img{border-radius:10px;box-shadow:0 6px 24px #0004}</style>" + images
        )
        page.screenshot(path=PICTURE, full_page=True)


if __name__ == "__main__":
    main()
