"""The outbox: all files of an issue or none, and never another issue's place."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from digest.delivery.outbox import Outbox
from digest.model import Envelope, State

ENVELOPE = Envelope(
    issue="digest/2026-11-22T073000Z",
    message=b"From: a@b.example\r\n\r\n",
    html=b"<p>",
    text=b"text",
    record=b"{}\n",
)


def test_an_issue_is_four_files(tmp_path: Path) -> None:
    [receipt] = Outbox(tmp_path)([ENVELOPE])
    place = tmp_path / ENVELOPE.issue
    assert (receipt.state, receipt.detail) == (State.ACCEPTED, str(place))
    assert {file.name: file.read_bytes() for file in place.iterdir()} == {
        "index.html": b"<p>",
        "message.txt": b"text",
        "message.eml": ENVELOPE.message,
        "issue.json": b"{}\n",
    }
    assert [file.name for file in place.parent.iterdir()] == [place.name]


def test_delivering_again_changes_nothing(tmp_path: Path) -> None:
    list(Outbox(tmp_path)([ENVELOPE]))
    place = tmp_path / ENVELOPE.issue
    before = {file.name: file.stat().st_mtime_ns for file in place.iterdir()}
    [receipt] = Outbox(tmp_path)([ENVELOPE])
    assert receipt.state is State.ACCEPTED
    assert {file.name: file.stat().st_mtime_ns for file in place.iterdir()} == before


def test_another_issues_place_is_left_alone(tmp_path: Path) -> None:
    list(Outbox(tmp_path)([ENVELOPE]))
    [receipt] = Outbox(tmp_path)([replace(ENVELOPE, record=b"another")])
    assert receipt.state is State.DEFERRED
    assert "holds another issue" in receipt.detail
    assert (tmp_path / ENVELOPE.issue / "issue.json").read_bytes() == b"{}\n"


def test_what_a_killed_run_left_aside_is_replaced(tmp_path: Path) -> None:
    aside = tmp_path / "digest" / ".2026-11-22T073000Z.part"
    aside.mkdir(parents=True)
    (aside / "index.html").write_bytes(b"half")
    [receipt] = Outbox(tmp_path)([ENVELOPE])
    assert receipt.state is State.ACCEPTED
    assert not aside.exists()


def test_an_outbox_that_cannot_be_written_defers(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    [receipt] = Outbox(tmp_path / "outbox")([ENVELOPE])
    assert receipt.state is State.DEFERRED
    assert "outbox" in receipt.detail


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def full(descriptor: int) -> None:
        with Path("/dev/full").open("wb", buffering=0) as device:  # the kernel's own ENOSPC
            device.write(b"x")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    [receipt] = Outbox(tmp_path)([ENVELOPE])
    assert receipt.state is State.DEFERRED
    assert "No space left" in receipt.detail
    assert list((tmp_path / "digest").iterdir()) == []
