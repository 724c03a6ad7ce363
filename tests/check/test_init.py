"""`digest init --templates` where a newsletter is already."""

from __future__ import annotations

from pathlib import Path

from tests.builders import Project


def contents(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in found}


def test_themes_are_added_to_a_newsletter_that_is_there(project: Project) -> None:
    project.write("digest.toml", "# mine\n")
    project.write("seeds/mine.txt", "Mine\n")
    project.write("templates/mine/issue.txt.j2", "Mine\n")
    before = contents(project.folder)
    done = project.digest("init", ".", "--templates")
    assert (done.returncode, done.stderr) == (0, "")
    assert "templates/classic is made" in done.stdout
    after = contents(project.folder)
    assert {name: after[name] for name in before} == before
    added = {Path(name).parent for name in after.keys() - before.keys()}
    assert added == {Path("templates/classic")}


def test_a_theme_that_is_there_is_never_overwritten(project: Project) -> None:
    project.write("digest.toml", "# mine\n")
    project.write("templates/classic/issue.txt.j2", "Mine\n")
    before = contents(project.folder)
    done = project.digest("init", ".", "--templates")
    assert done.returncode == 2
    assert "templates/classic: is there already" in done.stderr
    assert contents(project.folder) == before


def test_without_templates_a_newsletter_is_left_alone(project: Project) -> None:
    project.write("digest.toml", "# mine\n")
    done = project.digest("init", ".")
    assert done.returncode == 2
    assert "digest.toml: is there already" in done.stderr
