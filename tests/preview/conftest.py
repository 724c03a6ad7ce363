"""What the tests of the preview share: the samples in a preview that only is looked at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.browser import browser
from tests.builders import SUBJECTS, Project, body
from tests.preview.served import ROOT, Served, served

__all__ = ["browser"]

TEMPLATE = "templates/classic/issue.mjml.j2"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample articles in a preview; nothing of them may be changed."""
    project = Project(tmp_path_factory.mktemp("samples"))
    shutil.copytree(ROOT / "seeds", project.folder / "seeds")
    with served(project) as preview:
        yield preview


@pytest.fixture
def themed(project: Project) -> Project:
    """Two articles, and a theme of the user's own."""
    shutil.copytree(ROOT / "templates/classic", project.folder / "templates/classic")
    for number in (1, 2):
        project.write(f"seeds/{number}.txt", article(number))
    return project


def article(number: int, *, title: str = "") -> str:
    """A file as a user would drop it, with a quote; no two of them tell the same story."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    headline = title or f"The {subject} opens again after {number + 3} years"
    said = f"“We{number} never{number} gave the {subject} up for lost,” said Agnes Thorley."
    return f"{headline}\n\nBy Nora Quill\n\n{body(number)}\n\n{said}\n"
