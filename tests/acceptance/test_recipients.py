"""The commands for recipients, as a user meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.builders import Project


def listed(project: Project) -> dict[str, dict[str, Any]]:
    """Everybody by address, as ``list --json`` shows them."""
    done = project.digest("recipients", "list", "--json")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["address"]: row for row in rows}


def test_a_table_as_a_spreadsheet_writes_it(project: Project) -> None:
    """A mark at the beginning, semicolons, capitals, own columns, IDN, and a name in Arabic."""
    table = (
        "\ufeffE-Mail;Name;Town;Topics;Timezone;Status\r\n"
        "Ada@Elsby.Example;Ada Møller;Elsby;Harbour|World;Europe/Oslo;active\r\n"
        'ben@bücher.example;"Ben; the baker";"Nether\r\nElsby";;;suppressed\r\n'
        "noor@elsby.example;نور السعدي;;;;\r\n"
    )
    project.write("readers.csv", table.encode())
    done = project.digest("recipients", "import", "readers.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("3 rows read: 3 new, 3 recipients now\n1 of them suppressed")
    found = listed(project)
    assert found["Ada@elsby.example"] == {
        "address": "Ada@elsby.example",
        "name": "Ada Møller",
        "topics": ["Harbour", "World"],
        "timezone": "Europe/Oslo",
        "fields": {"town": "Elsby"},
        "suppressed": None,
    }
    assert found["ben@xn--bcher-kva.example"]["name"] == "Ben; the baker"
    assert found["ben@xn--bcher-kva.example"]["suppressed"]
    assert found["noor@elsby.example"]["name"] == "نور السعدي"


def test_bad_rows_are_named_and_the_rest_goes_in(project: Project) -> None:
    rows = ["email,name,timezone", "ada@elsby.example,Ada,", "ben.elsby.example,Ben,"]
    rows += ["cy@elsby.example,Cy,Europe/Elsby", 'dora@elsby.example,"Do\nra",', "eve@b.example,,"]
    project.write("readers.csv", "\n".join(rows))
    done = project.digest("recipients", "import", "readers.csv")
    assert done.returncode == 1
    assert "2 rows read: 2 new" in done.stdout
    assert [line.partition(": ")[2].partition(" ")[0] for line in done.stderr.splitlines()] == [
        "readers.csv:3:",
        "readers.csv:4:",
        "readers.csv:5:",
    ]
    assert list(listed(project)) == ["ada@elsby.example", "eve@b.example"]


def test_many_bad_rows_are_counted(project: Project) -> None:
    project.write("readers.csv", "email\n" + "nobody\n" * 30)
    done = project.digest("recipients", "import", "readers.csv")
    assert len(done.stderr.splitlines()) == 21
    assert done.stderr.endswith("and 10 rows more\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name,town\nAda,Elsby\n", "readers.csv:1: there is no column for the address"),
        ("email,Town,town\na@b.example,1,2\n", "readers.csv:1: two columns are named town"),
        (None, "readers.csv: cannot be read: No such file or directory"),
    ],
    ids=["no address", "twice a name", "no file"],
)
def test_a_list_that_is_none(project: Project, content: str | None, told: str) -> None:
    if content:
        project.write("readers.csv", content)
    done = project.digest("recipients", "import", "readers.csv")
    assert done.returncode == (1 if content else 2)
    assert told in done.stderr
    assert listed(project) == {}


def test_the_standard_input_is_a_list_too(project: Project, root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "digest", "recipients", "import", "-"],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(root)},
        input="Ada Møller <ada@elsby.example>\n# nobody\nben@elsby.example  # the baker\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found = listed(project)
    assert [(address, row["name"]) for address, row in found.items()] == [
        ("ada@elsby.example", "Ada Møller"),
        ("ben@elsby.example", ""),
    ]


def test_what_is_exported_comes_back(project: Project, tmp_path: Path) -> None:
    table = (
        "email,name,town,topics,status\n"
        'ada@elsby.example,"Ada ""A"" Møller",Elsby,Harbour|World,\n'
        "ben@elsby.example,=1+1,,,suppressed\n"
    )
    project.write("readers.csv", table)
    project.digest("recipients", "import", "readers.csv")
    assert project.digest("recipients", "export", "all.csv").returncode == 0
    other = Project(tmp_path / "other")
    other.folder.mkdir()
    assert other.digest("recipients", "import", project.folder / "all.csv").returncode == 0
    assert _facts(listed(other)) == _facts(listed(project))
    printed = project.digest("recipients", "export").stdout
    assert printed.encode() == (project.folder / "all.csv").read_bytes().replace(b"\r\n", b"\n")


def _facts(found: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """All but the words about why somebody is away."""
    return {k: {**row, "suppressed": bool(row["suppressed"])} for k, row in found.items()}


def test_one_by_one(project: Project) -> None:
    def does(*arguments: str, code: int = 0) -> str:
        done = project.digest("recipients", *arguments)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    does("add", "Ada Møller <Ada@elsby.example>", "--topic", "Harbour", "--topic", "World")
    does("add", "ben@elsby.example")
    assert listed(project)["Ada@elsby.example"]["topics"] == ["Harbour", "World"]
    does("suppress", "ada@ELSBY.example", "--why", "wrote a letter")
    assert listed(project)["Ada@elsby.example"]["suppressed"] == "wrote a letter"
    assert "which is suppressed" in does("add", "ada@elsby.example")
    does("restore", "ada@elsby.example")
    assert "2 recipients, 0 suppressed" in does("list")
    does("remove", "ada@elsby.example")
    assert "is no recipient" in does("restore", "ada@elsby.example", code=2)
    assert "has a line break" in does("add", "A\nB <ada@elsby.example>", code=2)
    assert "was not made by this newsletter" in does("suppress", "--token", "made.up.x", code=2)
