"""How soon the preview's page is ready, and how soon it follows a template that is edited."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from digest.check import inspect
from tests.builders import Project
from tests.preview.served import NOW, ROOT, Served, served

TEMPLATE = "templates/classic/issue.mjml.j2"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        for name in ("seeds", "templates"):
            shutil.copytree(ROOT / name, project.folder / name)
        starts(project)
        with served(project) as preview:
            changes(preview, project.folder / TEMPLATE)


def starts(project: Project) -> None:
    """The page, beside a run that does the same work and serves nothing."""
    page_ready(project)  # warms the disk
    times = [
        (page_ready(project), wall(lambda: project.digest("run", "--dry-run", "--now", NOW)))
        for _ in range(7)
    ]
    ready, floor = (median(column) for column in zip(*times, strict=True))
    print(f"page ready after `digest preview`: {ready:.2f} s, ", end="")
    print(f"{ready / floor:.2f} x `digest run --dry-run` ({floor:.2f} s)")


def changes(preview: Served, template: Path) -> None:
    """A template that is edited, beside a look that is asked for: nothing watched, nobody told."""
    preview.ask("/")
    times = [(edited(preview, template), wall(lambda: looked(preview))) for _ in range(15)]
    shown, floor = (median(column) for column in zip(*times, strict=True))
    message = preview.ask("/message.eml").body
    checks = median(wall(lambda: inspect(message)) for _ in range(9))
    print(f"frame after a change of the template: {shown * 1e3:.0f} ms, ", end="")
    print(f"{max(edit for edit, _ in times) * 1e3:.0f} ms at most, ", end="")
    print(f"{shown / floor:.2f} x a look that is asked for ({floor * 1e3:.0f} ms); ", end="")
    print(f"of it the checks: {checks * 1e3:.0f} ms")


def page_ready(project: Project) -> float:
    """Seconds from the start of the process until its page is here."""
    start = time.perf_counter()
    with served(project) as preview:
        assert preview.ask("/").status == 200
        return time.perf_counter() - start


def edited(preview: Served, template: Path) -> float:
    """Seconds from a change of the template until page and frame are here."""
    line = HTTPConnection("127.0.0.1", preview.port, timeout=20)
    line.request("GET", "/live")
    events = line.getresponse()
    told = events.readline()
    template.write_text(template.read_text("utf-8") + "{# edited #}", "utf-8")
    start = time.perf_counter()
    while (said := events.readline()) in {b"\n", b":\n", told}:
        continue
    assert said.startswith(b"data: ")
    assert preview.ask("/").status == 200
    assert preview.ask("/frame").status == 200
    spent = time.perf_counter() - start
    line.close()
    time.sleep(0.2)
    return spent


def looked(preview: Served) -> None:
    """Page and frame, looked at anew."""
    assert preview.post("/again").status == 303
    assert preview.ask("/").status == 200
    assert preview.ask("/frame").status == 200


def wall(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
