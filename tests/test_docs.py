"""What README says is true: its commands run, its TOML parses, its picture is there."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from pathlib import Path

import click
import pytest

from digest.cli.commands import cli, starter
from digest.config import Settings, parse
from tests.builders import Project


@pytest.fixture
def readme(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


def blocks(readme: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", readme, re.DOTALL)


def test_ci_runs_the_test_command_of_the_readme(readme: str, root: Path) -> None:
    tests = next(block.strip() for block in blocks(readme, "sh") if "pytest" in block)
    assert (root / ".ci/run").read_text("utf-8").rstrip().endswith(tests)
    assert tests in (root / "CONTRIBUTING.md").read_text("utf-8")


def test_the_toml_is_the_starter_with_every_default(readme: str) -> None:
    [toml] = blocks(readme, "toml")
    assert toml == starter()
    assert parse(toml) == Settings()


def test_every_command_and_option_is_described_and_has_help(readme: str) -> None:
    for name, command in cli.commands.items():
        assert f"`digest {name}" in readme
        inner = command.commands if isinstance(command, click.Group) else {}
        for part in (command, *inner.values()):
            assert part.help
            assert str(part.name) in readme
            for option in part.params:
                if isinstance(option, click.Option):
                    assert option.opts[0] in readme, option.opts[0]
                    assert option.help, option.opts[0]


def test_its_pictures_and_links_are_there(readme: str, root: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", readme):
        assert (root / target).is_file(), target


def test_the_library_example_runs(readme: str, root: Path) -> None:
    [example] = blocks(readme, "python")
    code = example.replace("open(", f"open({str(root)!r} + '/' + ")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1


def test_init_and_run_as_described(project: Project) -> None:
    assert project.digest("init", "demo").returncode == 0
    demo = Project(project.folder / "demo")
    run = demo.digest("run")
    assert run.returncode == 0, run.stderr
    assert len(demo.issues()) == 1
    again = project.digest("init", "demo")
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_the_built_wheel_carries_all_that_a_first_run_needs(tmp_path: Path, root: Path) -> None:
    """The wheel in an environment of its own, which borrows only the dependencies."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", tmp_path, root],
        capture_output=True,
        check=True,
    )
    [wheel] = tmp_path.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv/bin/python"
    site = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--no-index",
            "--target",
            site,
            wheel,
        ],
        check=True,
        capture_output=True,
    )
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    (site / "borrowed.pth").write_text("\n".join(borrowed))
    for command in (("init", "demo"), ("run",)):
        folder = tmp_path / "demo" if command == ("run",) else tmp_path
        done = subprocess.run(
            [python, "-m", "digest", *command],
            cwd=folder,
            env={"PATH": "", "TZ": "UTC"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
    [page] = (tmp_path / "demo").glob("outbox/*/*/index.html")
    assert "The Digest" in page.read_text("utf-8")
    where = subprocess.run(
        [python, "-c", "import digest; print(digest.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert str(site) in where.stdout
