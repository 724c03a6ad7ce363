"""Changing the sources in ``digest.toml``: every other line stays as it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cli.commands import starter
from digest.config.edit import add_sources, remove_source
from digest.errors import ConfigError

NEW: dict[str, str | bool] = {
    "feed": "https://post.example/rss",
    "name": 'The "Post" \\ ü',
    "private": True,
}
BLOCK = """[[sources]]
feed = "https://post.example/rss"
name = "The \\"Post\\" \\\\ ü"
private = true
"""

FILES = {
    "one": '[[sources]]\nfolder = "a"  # mine\n# name = "x"\n{}\n# what goes in\n[select]\n',
    "at the end": '[select]\nquota = 5\n\n[[sources]]\nfolder = "a"\n{}',
    "no end of line": '[[sources]]\nfolder = "a"{}',
    "none": "# mine\n[select]\nquota = 5\n{}",
    "empty": "{}",
    "comments": "# nothing yet\n{}",
    "apart": '[[sources]]\nfolder="a"\n\n[select]\n\n[[sources]]\nfolder="b"\n{}\n[edition]\n',
    "with tables": '[[sources]]\nfolder="a"\n[sources.include]\ntitle=["[x]", "y"]\n{}\n[select]\n',
    "comment above a header": '[[sources]]\nfolder="a"\n{}\n# about select\n[select]\nquota = 5\n',
    "brackets in words": '[[sources]]\nfolder="a"\nname = """\n[b]"""\n{}\n[select]\n',
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_block_is_added_behind_the_last(tmp_path: Path, name: str) -> None:
    file, template = tmp_path / "digest.toml", FILES[name]
    before = template.format("")
    file.write_text(before)
    add_sources(file, [NEW])
    gap = "" if name == "empty" else "\n\n" if name == "no end of line" else "\n"
    assert file.read_text() == template.format(gap + BLOCK)
    assert tomllib.loads(file.read_text())["sources"][-1] == NEW


ONLY = {"none", "empty", "comments"}


@pytest.mark.parametrize("name", [name for name in FILES if name not in ONLY])
def test_what_was_added_is_taken_out_again(tmp_path: Path, name: str) -> None:
    file = tmp_path / "digest.toml"
    file.write_text(FILES[name].format("").rstrip("\n") + "\n")
    before = file.read_text()
    add_sources(file, [NEW])
    remove_source(file, len(tomllib.loads(file.read_text())["sources"]) - 1)
    assert file.read_text() == before


def test_the_first_block_can_be_taken_out(tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    file.write_text('[[sources]]\nfolder="a"\n\n[[sources]]\nfolder="b"\n')
    remove_source(file, 0)
    assert file.read_text() == '[[sources]]\nfolder="b"\n'


def test_the_only_source_is_not_taken_out(tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    file.write_text(BLOCK)
    with pytest.raises(ConfigError, match="has no other source"):
        remove_source(file, 0)
    assert file.read_text() == BLOCK


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    add_sources(tmp_path / "digest.toml", [NEW])
    assert (tmp_path / "digest.toml").read_text() == BLOCK


def test_the_starter_keeps_its_comments(tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    file.write_text(starter())
    add_sources(file, [NEW, {"folder": "more"}])
    assert set(starter().splitlines()) <= set(file.read_text().splitlines())
    remove_source(file, 2)
    remove_source(file, 1)
    assert file.read_text() == starter()


def test_byte_order_mark_line_ends_and_mode_stay(tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    file.write_bytes(b'\xef\xbb\xbf[[sources]]\r\nfolder = "a"\r\n')
    file.chmod(0o600)
    add_sources(file, [{"folder": "b"}])
    assert file.read_bytes().startswith(b"\xef\xbb\xbf[[sources]]\r\n")
    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n") == 5
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["digest.toml"]


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "digest.toml"
    real.write_text('[[sources]]\nfolder = "a"\n')
    link.symlink_to(real)
    add_sources(link, [{"folder": "b"}])
    assert link.is_symlink()
    assert 'folder = "b"' in real.read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('sources = [{folder = "a"}]\n', "only a person can edit"),
        ("[[sources]\n", "not valid TOML"),
        (BLOCK, "two of them are named"),
        ("[select]\nquota = 0\n", "select.quota"),
    ],
    ids=["inline", "broken", "same name", "wrong"],
)
def test_what_cannot_be_edited_stays_as_it_is(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "digest.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=said):
        add_sources(file, [NEW])
    assert file.read_text() == text


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="cannot be read as UTF-8"):
        add_sources(file, [NEW])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_name_is_written_so_that_it_is_read_again(name: str) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder) / "digest.toml"
        add_sources(file, [{"folder": "a", "name": name}])
        assert tomllib.loads(file.read_text("utf-8"))["sources"] == [{"folder": "a", "name": name}]
