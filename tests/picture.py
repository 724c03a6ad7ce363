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

#: Width of the window, colour scheme, and how far down the part begins that is shown.
VIEWS: tuple[tuple[int, Literal["light", "dark"], int], ...] = (
    (700, "light", 770),
    (700, "dark", 770),
    (375, "light", 0),
)
HEIGHT = 1_240


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, launched() as browser:
        project = Project(Path(folder))
        shutil.copytree(ROOT / "seeds", project.folder / "seeds")
        project.digest("run", "--now", "2026-11-22T07:30")
        [issue] = project.issues()
        shots = []
        for width, scheme, top in VIEWS:
            page = browser.new_page(
                viewport={"width": width, "height": HEIGHT}, color_scheme=scheme
            )
            page.goto((issue / "index.html").as_uri())
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
