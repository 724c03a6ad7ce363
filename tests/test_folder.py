"""The folder source: what it finds, what it leaves, and what waits."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.errors import SourceError, UnsettledError
from digest.model import Document
from digest.sources.folder import Folder, load, section_name

EPOCH = 1_790_000_000.0


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = EPOCH + 1_000
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def put(folder: Path, name: str, content: bytes = b"text", *, age: float = 1_000) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (EPOCH + 1_000 - age, EPOCH + 1_000 - age))
    return file


def source(folder: Path, clock: Clock | None = None, **options: object) -> Folder:
    clock = clock or Clock()
    return Folder(folder, name="seeds", clock=clock, sleep=clock.sleep, **options)  # type: ignore[arg-type]  # a test's options


def test_finds_articles_in_nested_folders_and_leaves_the_rest(tmp_path: Path) -> None:
    for name in (
        "a.txt",
        "world/europe/b.HTML",
        "city-life/c.md",
        "d.eml",
        "page.html",
        "page_files/frame.html",
        ".hidden.txt",
        ".git/e.txt",
        "~lock.txt",
        "draft.txt~",
        "photo.png",
    ):
        put(tmp_path, name)
    found = list(source(tmp_path))
    documents = [item for item in found if isinstance(item, Document)]
    assert found == documents
    assert [(d.origin, d.media_type, d.section) for d in documents] == [
        ("seeds/a.txt", "text/plain", None),
        ("seeds/d.eml", "message/rfc822", None),
        ("seeds/page.html", "text/html", None),
        ("seeds/city-life/c.md", "text/markdown", "City life"),
        ("seeds/world/europe/b.HTML", "text/html", "World"),
    ]
    assert len(source(tmp_path)) == 5


def test_a_rename_and_a_touch_leave_the_fingerprint(tmp_path: Path) -> None:
    file = put(tmp_path, "a.txt", b"the same")
    [before] = source(tmp_path)
    file.rename(tmp_path / "b.txt")
    put(tmp_path, "b.txt", b"the same", age=500)
    [after] = source(tmp_path)
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert before.fingerprint == after.fingerprint


def test_a_file_that_was_just_written_is_taken_when_it_has_settled(tmp_path: Path) -> None:
    put(tmp_path, "young.txt", age=0.5)
    put(tmp_path, "old.txt")
    clock = Clock()
    found = list(source(tmp_path, clock, settle=timedelta(seconds=2)))
    assert [item.origin for item in found if isinstance(item, Document)] == [
        "seeds/old.txt",
        "seeds/young.txt",
    ]
    assert clock.slept == [1.5]


def test_a_file_that_is_still_being_written_waits(tmp_path: Path) -> None:
    file = put(tmp_path, "growing.txt", age=0.5)
    clock = Clock()

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        file.write_bytes(b"more and more")
        os.utime(file, (clock.now, clock.now))

    folder = Folder(tmp_path, name="seeds", clock=clock, sleep=sleep)
    [item] = folder
    assert isinstance(item, UnsettledError)
    assert item.where == "seeds/growing.txt"


def test_a_file_from_the_future_does_not_wait_for_ever(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", age=-86_400)
    clock = Clock()
    [item] = source(tmp_path, clock)
    assert isinstance(item, Document)
    assert clock.slept == []


def test_a_folder_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    [item] = source(tmp_path / "nowhere")
    assert isinstance(item, SourceError)
    assert "there is no such folder" in str(item)
    assert len(source(tmp_path / "nowhere")) == 0


def test_what_cannot_be_read_is_an_item_and_the_rest_goes_on(tmp_path: Path) -> None:
    put(tmp_path, "good.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    put(tmp_path, "huge.txt", b"x" * 2_000)
    found = {
        item.where if isinstance(item, SourceError) else item.origin: item
        for item in source(tmp_path, max_size=1_000)
        if isinstance(item, SourceError | Document)
    }
    assert isinstance(found["seeds/good.txt"], Document)
    assert "cannot be read" in str(found["seeds/loop.txt"])
    assert "not a regular file" in str(found["seeds/pipe.txt"])
    assert "max_size" in str(found["seeds/huge.txt"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    file = put(tmp_path, "secret.txt")
    file.chmod(0)
    with pytest.raises(SourceError, match="Permission denied"):
        load(file, now=datetime.now(UTC))


@pytest.mark.parametrize(
    ("folder", "name"), [("world", "World"), ("city-life", "City life"), ("eu_news", "Eu news")]
)
def test_section_names(folder: str, name: str) -> None:
    assert section_name(folder) == name
