"""The scheduler's heartbeat: one at a time, and what a monitor makes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.errors import BusyError, LedgerError
from digest.schedule import pulse
from digest.schedule.pulse import Pulse

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)


def beating(**changes: object) -> Pulse:
    values: dict[str, object] = {"pid": 7, "since": NOW, "beat": NOW}
    return Pulse(**(values | changes))  # type: ignore[arg-type]  # a test's changes


@pytest.mark.parametrize(
    ("alive", "beat", "said"),
    [
        (True, beating(), ""),
        (True, beating(beat=NOW + timedelta(hours=1)), ""),
        (True, beating(at_work="digest", at_work_since=NOW - timedelta(hours=1)), ""),
        (False, beating(), "no scheduler is at work"),
        (True, None, "has not told of itself"),
        (True, beating(beat=NOW - timedelta(minutes=3)), "hangs: process 7 was last heard of at"),
        (True, beating(at_work="digest", at_work_since=NOW - timedelta(hours=3)), "the run of"),
    ],
    ids=["well", "clock set back", "at work", "gone", "young", "hangs", "long run"],
)
def test_what_is_wrong_with_a_scheduler(alive: bool, beat: Pulse | None, said: str) -> None:  # noqa: FBT001 - a column
    told = pulse.fault(beat, NOW, alive=alive)
    assert said in told
    assert bool(said) is bool(told)


def test_a_heartbeat_comes_back_as_it_was(tmp_path: Path) -> None:
    told = beating(coming={"digest": NOW}, at_work="digest", at_work_since=NOW)
    pulse.beat(tmp_path, told)
    assert pulse.read(tmp_path) == told
    assert [file.name for file in tmp_path.iterdir()] == [pulse.FILE]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": "x"}', b"\xff\x00"])
def test_a_damaged_heartbeat_is_none(tmp_path: Path, content: bytes) -> None:
    assert pulse.read(tmp_path) is None
    (tmp_path / pulse.FILE).write_bytes(content)
    assert pulse.read(tmp_path) is None


def test_a_folder_that_is_taken_away_is_noticed(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with pulse.sole(state) as hold:
        hold.check()
        state.rename(tmp_path / "elsewhere")
        with pytest.raises(LedgerError, match="was removed or moved"):
            hold.check()
        with pulse.sole(state) as second:  # in its place
            pulse.beat(state, beating())
            assert hold.is_lost
            second.check()
        pulse.beat(state, beating())
    assert pulse.read(state) == beating()  # of whoever came after us


def test_a_second_one_is_told_of_the_first(tmp_path: Path) -> None:
    assert not pulse.is_alive(tmp_path)
    with pulse.sole(tmp_path):
        pulse.beat(tmp_path, beating())
        assert pulse.is_alive(tmp_path)
        with (
            pytest.raises(BusyError, match="process 7 since 2026-11-22 07:30:00 UTC"),
            pulse.sole(tmp_path),
        ):
            pass
        assert pulse.is_alive(tmp_path)
    assert not pulse.is_alive(tmp_path)
    assert pulse.read(tmp_path) is None
