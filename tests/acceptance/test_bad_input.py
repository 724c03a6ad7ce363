"""Bad input is an item, not the end: a clear message, the rest goes out, no traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from tests.builders import Project, plain_text

GOOD = "The story of item 1"


def lone_surrogates() -> bytes:
    return b"<html><body><article><h1>Pair</h1>" + b"<p>\xed\xa0\x80 half a pair </p>" * 3


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not text"),
        ("zip.html", b"PK\x03\x04" + bytes(range(256)) * 20, "not text"),
        ("huge.txt", b"a line of prose.\n" * 3_000_000, "max_size"),
        ("matter.md", b"---\ntitle: [unclosed\n---\n\nWords.\n", "front matter"),
        (
            "only-nav.html",
            b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
            "no article",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_bad_file_is_named_and_the_rest_goes_out(
    project: Project, name: str, content: bytes, said: str
) -> None:
    project.write("seeds/good.txt", plain_text(1))
    project.write(f"seeds/{name}", content)
    run = project.digest("run")
    assert run.returncode == 1
    assert f"seeds/{name}" in run.stderr
    assert said in run.stderr
    expect_the_good_story(project, run)
    second = project.digest("run")
    assert "Nothing new" in second.stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("unclosed.html", b"<html><body><article><h1>Open<p>" + b"Words that go on and on. " * 40),
        ("nested.html", b"<div>" * 20_000 + b"<p>" + b"A deep thing was said here. " * 30),
        ("nul.html", b"<html><body><p>" + b"Before and \x00 after the thing. " * 40),
        ("surrogates.html", lone_surrogates()),
        (
            "title.txt",
            b"Long " * 2_000 + b"\n\nBy Nora Quill\n\n" + b"A sentence of the body. " * 20,
        ),
        (
            "script.html",
            b"<title>A <script>alert(1)</script> {{ 7*7 }} {% x %}</title><p>"
            + b"Words here. " * 60,
        ),
        (
            "braces.md",
            b"---\ntitle: '{{ config }} <script>alert(1)</script>'\n---\n\n"
            + b"Some words here. " * 20,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_nasty_file_does_no_harm(project: Project, name: str, content: bytes) -> None:
    project.write("seeds/good.txt", plain_text(1))
    project.write(f"seeds/{name}", content)
    run = project.digest("run")
    assert run.returncode in (0, 1)
    html = expect_the_good_story(project, run)
    assert "<script" not in html
    if b"{{" in content:
        assert "{{" in html


def test_a_file_name_of_odd_bytes_does_no_harm(project: Project) -> None:
    project.write("seeds/good.txt", plain_text(1))
    odd = os.fsencode(project.folder / "seeds") + b"/\xff\x1b[31mred.txt"
    Path(os.fsdecode(odd)).write_text(plain_text(2), encoding="utf-8")
    run = project.digest("run", PYTHONIOENCODING="ascii")
    assert run.returncode == 0, run.stderr
    assert "2 stories went in" in run.stdout
    assert "\x1b" not in run.stdout
    assert "[31mred.txt" in run.stdout


def test_a_loop_of_links_is_named(project: Project) -> None:
    project.write("seeds/good.txt", plain_text(1))
    (project.folder / "seeds/loop.txt").symlink_to("loop.txt")
    run = project.digest("run")
    assert run.returncode == 1
    assert "seeds/loop.txt" in run.stderr
    expect_the_good_story(project, run)


def test_a_source_that_is_not_there_does_not_stop_the_others(project: Project) -> None:
    project.write("seeds/good.txt", plain_text(1))
    project.write("digest.toml", '[[sources]]\nfolder = "gone"\n[[sources]]\nfolder = "seeds"\n')
    run = project.digest("run")
    assert run.returncode == 1
    assert "gone: there is no such folder" in run.stderr
    expect_the_good_story(project, run)


def test_without_any_article_nothing_is_written(project: Project) -> None:
    run = project.digest("run")
    assert run.returncode == 1
    assert "there is no such folder" in run.stderr
    assert project.issues() == []


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("issue.mjml.j2", "{% if %}"),
        ("issue.mjml.j2", "{{ nothing.of.the.kind }}"),
        ("issue.txt.j2", "{% for x in %}"),
    ],
)
def test_a_broken_template_is_named_with_line_and_nothing_is_lost(
    project: Project, template: str, said: str
) -> None:
    project.digest("init", ".", "--templates")
    file = project.folder / "templates/classic" / template
    good = file.read_text("utf-8")
    lines = good.splitlines(keepends=True)
    file.write_text("".join([*lines[:-1], f"{said}\n", lines[-1]]), encoding="utf-8")
    run = project.digest("run")
    assert run.returncode == 1
    assert f"{template}:{len(lines)}:" in run.stderr
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert project.issues() == []
    file.write_text(good, encoding="utf-8")
    assert project.digest("run").returncode == 0
    assert len(project.issues()) == 1


def test_an_unknown_key_stops_before_any_work(project: Project) -> None:
    project.write("seeds/good.txt", plain_text(1))
    project.write("digest.toml", "[select]\nmax_storys = 3\n")
    run = project.digest("run")
    assert run.returncode == 2
    assert "digest.toml: select.max_storys" in run.stderr
    assert "Did you mean max_stories?" in run.stderr
    assert not (project.folder / ".digest").exists()


def test_a_locked_ledger(project: Project) -> None:
    project.write("seeds/good.txt", plain_text(1))
    (project.folder / ".digest").mkdir()
    with FileLock(project.folder / ".digest/run.lock"):
        run = project.digest("run")
    assert run.returncode == 1
    assert "another run is at work" in run.stderr
    assert "Traceback" not in run.stderr
    expect_the_good_story(project, project.digest("run"))


def _garbage(project: Project) -> None:
    (project.folder / ".digest/ledger.sqlite3").write_bytes(b"not a database " * 999)


def _newer(project: Project) -> None:
    with sqlite3.connect(project.folder / ".digest/ledger.sqlite3") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


@pytest.mark.parametrize(("damage", "said"), [(_garbage, "is damaged"), (_newer, "newer version")])
def test_a_ledger_that_cannot_be_used(
    project: Project, damage: Callable[[Project], None], said: str
) -> None:
    project.write("seeds/good.txt", plain_text(1))
    project.digest("run")
    damage(project)
    for command in ("run", "status"):
        told = project.digest(command)
        assert told.returncode == 1
        assert "ledger.sqlite3" in told.stderr
        assert said in told.stderr
        assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--now", "yesterday"),
        ("run", "--now", "9999-12-31T23:59:59-12:00"),
        ("run", "--now", "0001-01-01"),
        ("run", "--config", "nowhere.toml"),
        ("run", "--unknown"),
        ("read",),
        ("nonsense",),
        ("init", "seeds"),
    ],
)
def test_wrong_usage_is_exit_code_2(project: Project, arguments: tuple[str, ...]) -> None:
    project.write("seeds/seeds/a.txt", "x")
    told = project.digest(*arguments)
    assert told.returncode == 2
    assert told.stderr
    assert "Traceback" not in told.stderr


def test_a_file_that_is_not_there(project: Project) -> None:
    for command in ("read", "explain"):
        told = project.digest(command, "nowhere.txt")
        assert told.returncode == 1
        assert "nowhere.txt: cannot be read: No such file" in told.stderr


def expect_the_good_story(project: Project, run: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in run.stderr
    [issue] = project.issues()
    html = (issue / "index.html").read_text("utf-8")
    assert GOOD in html
    return html
