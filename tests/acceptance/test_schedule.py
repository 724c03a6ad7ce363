"""The scheduler as a process: killed, stopped, put to sleep, its clock moved, its file changed."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.acceptance.scheduling import scheduler, set_clock, until
from tests.builders import Project, plain_text
from tests.smtpserver import SmtpServer
from tests.sources.following import rss
from tests.webserver import Reply, WebServer

SLOT = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
NAME = "2026-11-20T073000Z"
SETTINGS = """
[newsletter]
timezone = "UTC"
[[sources]]
folder = "seeds"
settle = "0 seconds"
[schedule]
at = "daily at 07:30"
"""


@pytest.fixture
def due(project: Project) -> Project:
    """A newsletter that is due in ten minutes."""
    project.write("seeds/1.txt", plain_text(1))
    project.write("digest.toml", SETTINGS)
    set_clock(project, SLOT - timedelta(minutes=10))
    return project


def issues(project: Project) -> list[str]:
    """Issues in the outbox; what is still being written is hidden."""
    return [folder.name for folder in project.issues() if not folder.name.startswith(".")]


def is_kept(project: Project, time: str = "07:30") -> bool:
    """Whether the scheduler has come to know the schedule, so that it keeps it."""
    file = project.folder / ".digest/ledger.sqlite3"
    hour, minute = map(int, time.split(":"))
    if not (project.folder / ".digest/scheduler.json").exists() or not file.exists():
        return False
    with closing(sqlite3.connect(file)) as db, suppress(sqlite3.OperationalError):
        known = [schedule for (schedule,) in db.execute("SELECT schedule FROM timetable")]
        return any(f"{minute} {hour} " in schedule for schedule in known)
    return False


def test_a_slot_a_few_seconds_ahead_makes_one_issue(due: Project, root: Path) -> None:
    with scheduler(due, root) as it:
        until(partial(is_kept, due))
        set_clock(due, SLOT - timedelta(seconds=2))
        done = it.wait_for("done")
        assert (done["slot"], done["issues"]) == (SLOT.isoformat(), [f"digest/{NAME}"])
        assert issues(due) == [NAME]
        assert it.stop() == 0
    assert [event["event"] for event in it.events()] == ["started", "run", "done", "stopped"]


def test_killed_before_its_slot_and_started_after_it(due: Project, root: Path) -> None:
    with scheduler(due, root) as first:
        until(partial(is_kept, due))
        first.kill()
    set_clock(due, SLOT + timedelta(hours=1))
    for _ in range(2):
        with scheduler(due, root) as again:
            again.wait_for("started")
            until(lambda: issues(due))
            assert again.stop() == 0
    assert issues(due) == [NAME]


def test_killed_in_the_middle_of_its_run(due: Project, root: Path) -> None:
    for number in range(2, 40):
        due.write(f"seeds/{number}.txt", plain_text(number))
    with scheduler(due, root) as first:
        until(partial(is_kept, due))
        set_clock(due, SLOT)
        first.wait_for("run")
        first.kill()
    with scheduler(due, root) as again:
        assert until(lambda: issues(due)) == [NAME]
        assert again.stop() == 0
    with scheduler(due, root) as third:
        third.wait_for("started")
        assert third.stop() == 0
    assert issues(due) == [NAME]


def test_two_schedulers_on_one_state_folder(due: Project, root: Path) -> None:
    with scheduler(due, root) as first:
        until(partial(is_kept, due))
        with scheduler(due, root) as second:
            assert second.process.wait(30) == 1
        told = second.log.read_text("utf-8")
        assert f"another scheduler is at work here: process {first.pid} since 2026-11-20" in told
        set_clock(due, SLOT)
        first.wait_for("done")
        assert first.stop() == 0
    assert issues(due) == [NAME]


def test_asleep_over_its_slot(due: Project, root: Path) -> None:
    with scheduler(due, root) as it:
        until(partial(is_kept, due))
        it.send(signal.SIGSTOP)
        set_clock(due, SLOT + timedelta(hours=3))
        it.send(signal.SIGCONT)
        it.wait_for("done", slot=SLOT.isoformat())
        assert it.stop() == 0
    assert issues(due) == [NAME]


def test_a_clock_that_jumps(due: Project, root: Path) -> None:
    with scheduler(due, root) as it:
        until(partial(is_kept, due))
        set_clock(due, SLOT)
        it.wait_for("done")
        due.write("seeds/2.txt", plain_text(2))
        set_clock(due, SLOT - timedelta(hours=1))
        set_clock(due, SLOT + timedelta(seconds=1))
        set_clock(due, SLOT + timedelta(days=1, minutes=1))
        it.wait_for("done", slot=(SLOT + timedelta(days=1)).isoformat())
        assert it.stop() == 0
    assert issues(due) == [NAME, "2026-11-21T073000Z"]


def test_a_wrong_configuration_leaves_the_old_one_in_force(due: Project, root: Path) -> None:
    with scheduler(due, root) as it:
        until(partial(is_kept, due))
        due.write("digest.toml", SETTINGS.replace("at =", "att ="))
        it.send(signal.SIGHUP)
        refused = it.wait_for("configuration refused, the old one stays")
        assert "digest.toml: schedule.att: is not a known key (at line 8)" in refused["why"]
        set_clock(due, SLOT + timedelta(seconds=1))
        it.wait_for("done", slot=SLOT.isoformat())
        due.write("digest.toml", SETTINGS.replace("07:30", "09:00"))
        it.send(signal.SIGHUP)
        it.wait_for("configuration read")
        until(partial(is_kept, due, "09:00"))
        due.write("seeds/2.txt", plain_text(2))
        set_clock(due, SLOT + timedelta(hours=2))
        it.wait_for("done", slot=(SLOT + timedelta(minutes=90)).isoformat())
        assert it.stop(signal.SIGINT) == 0
    assert issues(due) == [NAME, "2026-11-20T090000Z"]


def test_its_state_folder_is_taken_away(due: Project, root: Path) -> None:
    with scheduler(due, root) as it:
        until(partial(is_kept, due))
        (due.folder / ".digest").rename(due.folder / "away")
        set_clock(due, SLOT)
        assert it.process.wait(30) == 1
    assert ".digest: was removed or moved while the scheduler" in it.log.read_text("utf-8")
    assert issues(due) == []
    assert not (due.folder / ".digest" / "ledger.sqlite3").exists()


def test_a_run_elsewhere_is_waited_for(due: Project, root: Path) -> None:
    from filelock import FileLock

    (due.folder / ".digest").mkdir()
    with FileLock(due.folder / ".digest" / "run.lock"), scheduler(due, root) as it:
        until(partial(is_kept, due))
        set_clock(due, SLOT)
        waits = it.wait_for("waits")
        assert waits["why"] == "another run is at work here"
        assert issues(due) == []
    with scheduler(due, root) as it:
        it.wait_for("done")
        assert it.stop() == 0
    assert issues(due) == [NAME]


def test_sigterm_finishes_the_delivery_in_flight(due: Project, root: Path) -> None:
    with SmtpServer() as server:
        send_slowly(due, server)
        with scheduler(due, root) as it:
            until(partial(is_kept, due))
            set_clock(due, SLOT)
            until(lambda: len(server.accepted) >= 2)
            assert it.stop() == 0
            it.wait_for("interrupted")
        sent = len(server.accepted)
        assert 2 <= sent < READERS
        with scheduler(due, root) as it:
            it.wait_for("done")
            assert it.stop() == 0
        assert len(server.accepted) == READERS
        assert len({message.recipient for message in server.accepted}) == READERS


def test_stopped_while_a_source_does_not_answer(due: Project, root: Path) -> None:
    with WebServer() as web:
        web["/feed"] = Reply(silent=True)
        slow = f'[[sources]]\nname = "slow"\nfeed = "{web.url("/feed")}"\nprivate = true'
        due.write("digest.toml", f"{SETTINGS}gather = '1 minute'\n{slow}\n")
        set_clock(due, SLOT - timedelta(hours=1))
        with scheduler(due, root) as it:
            until(lambda: web.asked("/feed"))
            assert it.stop() == 0
            it.wait_for("interrupted")
        web["/feed"] = Reply(rss(), media_type="application/rss+xml")
        set_clock(due, SLOT - timedelta(minutes=30))
        with scheduler(due, root) as it:
            it.wait_for("gathered", newsletter="digest")
            assert it.stop() == 0
    assert issues(due) == []


READERS = 12


def send_slowly(project: Project, server: SmtpServer) -> None:
    """Mail to some readers, a few in a second."""
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nper_second = 4'
    project.write("digest.toml", f"{SETTINGS}\n{smtp}\n")
    readers = "\n".join(["email", *(f"reader{number}@post.example" for number in range(READERS))])
    project.write("readers.csv", readers)
    done = project.digest("recipients", "import", "readers.csv")
    assert done.returncode == 0, done.stderr


def test_health_for_a_monitor(due: Project, root: Path) -> None:
    none = due.digest("health")
    assert (none.returncode, none.stdout) == (1, "error: no scheduler is at work\n")
    set_clock(due, datetime.now(UTC))
    with scheduler(due, root) as it:
        until(partial(is_kept, due))
        well = due.digest("health")
        assert well.returncode == 0, well.stdout
        assert f"process {it.pid} since" in well.stdout
        assert "next digest" in well.stdout
        assert "no issue" not in well.stdout
        assert due.digest("pause").returncode == 0
        assert "no issue: paused since " in due.digest("health").stdout
        it.kill()
    dead = due.digest("health", "--json")
    assert dead.returncode == 1
    assert '"fault": "no scheduler is at work"' in dead.stdout
    assert '"digest": "paused since ' in dead.stdout


def test_stopped_while_it_gathers(due: Project, root: Path) -> None:
    for number in range(2, 150):
        due.write(f"seeds/{number}.txt", plain_text(number))
    with scheduler(due, root) as it:
        until(partial(is_kept, due))
        set_clock(due, SLOT)
        it.wait_for("run")
        assert it.stop() == 0
        it.wait_for("interrupted")
    assert issues(due) == []
    with scheduler(due, root) as it:
        it.wait_for("done")
        assert it.stop() == 0
    assert issues(due) == [NAME]
