"""Alerts: each outage is told once, and what could not be told is tried again."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from digest.alerts import LONGEST, PAUSE, Alarm, Alerts, Check, command
from digest.errors import DigestError, StoppedError
from digest.schedule.service import Service
from digest.wiring import book, open_slots
from digest.wiring import project as project_of
from digest.wiring.alerts import bells
from digest.wiring.schedule import Register
from tests.builders import Project, now_in_berlin
from tests.schedule.test_desk import SEVEN, Office
from tests.smtpserver import Fault, Hang, Manners, SmtpServer

NOW = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
DOWN = {"source:digest:wire:down": "wire is down"}


@dataclass
class Operator:
    """Somebody who can be reached, or not."""

    folder: Project
    is_away: bool = False
    heard: list[str] = field(default_factory=list)
    #: How often somebody tried.
    calls: int = 0

    def ring(self, text: str, *, check: Check = lambda: None) -> None:
        check()
        self.calls += 1
        if self.is_away:
            raise DigestError("alerts.command", "nobody answers")
        self.heard.append(text)

    def alerts(self) -> Alerts:
        """As a scheduler that was just started has them."""
        register = Register(project=project_of(None, folder=self.folder.folder))
        return Alerts(register=register, bells=(self.ring,))

    def standing(self) -> list[str]:
        """What `digest health` would tell of."""
        register = Register(project=project_of(None, folder=self.folder.folder))
        return [alarm.text for alarm in register.alarms()]

    @contextmanager
    def no_ledger(self) -> Iterator[None]:
        """It cannot be used for a while."""
        with open_slots(project_of(None, folder=self.folder.folder)):
            pass
        file = self.folder.folder / ".digest" / "ledger.sqlite3"
        good = file.read_bytes()
        file.write_bytes(b"no ledger")
        yield
        file.write_bytes(good)


@pytest.fixture
def operator(project: Project) -> Operator:
    return Operator(project)


def test_an_outage_is_told_once(operator: Operator) -> None:
    for _ in range(2):
        operator.alerts().update("source:digest:", DOWN, NOW)
        operator.alerts().retry(NOW + timedelta(days=1))
    assert operator.heard == ["wire is down"]
    operator.alerts().update("source:digest:", {}, NOW)
    operator.alerts().update("source:digest:", DOWN, NOW)
    assert len(operator.heard) == 2


def test_what_could_not_be_told_is_tried_again_after_a_pause_that_grows(
    operator: Operator,
) -> None:
    operator.is_away = True
    operator.alerts().update("source:digest:", DOWN, NOW)
    tried = []
    for minute in range(1, 12 * 60):
        before = operator.calls
        operator.alerts().retry(NOW + timedelta(minutes=minute))
        if operator.calls > before:
            tried.append(minute)
    assert tried[:5] == [5, 15, 35, 75, 155]
    assert tried[5] - tried[4] == LONGEST // timedelta(minutes=1)
    operator.is_away = False
    operator.alerts().retry(NOW + timedelta(days=1))
    operator.alerts().retry(NOW + timedelta(days=2))
    assert operator.heard == ["wire is down"]


def test_the_pause_holds_if_the_problem_comes_up_again(operator: Operator) -> None:
    operator.is_away = True
    for _ in range(3):
        operator.alerts().update("source:digest:", DOWN, NOW)
        operator.alerts().retry(NOW + PAUSE / 2)
    assert operator.calls == 1


def test_a_clock_that_is_set_back_makes_no_pause_longer(operator: Operator) -> None:
    operator.is_away = True
    operator.alerts().update("source:digest:", DOWN, NOW)
    operator.is_away = False
    operator.alerts().retry(NOW - timedelta(days=30))
    assert operator.heard == ["wire is down"]


def test_what_is_mended_meanwhile_is_not_told(operator: Operator) -> None:
    operator.is_away = True
    operator.alerts().update("source:digest:", DOWN, NOW)
    operator.alerts().update("source:digest:", {}, NOW)
    operator.is_away = False
    operator.alerts().retry(NOW + timedelta(days=1))
    assert operator.heard == []


def test_of_many_problems_at_once_one_is_enough_to_see_that_nobody_is_there(
    operator: Operator,
) -> None:
    operator.is_away = True
    many = {f"source:digest:{n}:down": f"source {n} is down" for n in range(4)}
    alerts = operator.alerts()
    alerts.update("source:digest:", many, NOW)
    alerts.retry(NOW + PAUSE / 2)
    assert operator.calls == 1
    operator.is_away = False
    alerts.retry(NOW + PAUSE)
    assert operator.heard == ["\n".join(many.values())]


def test_what_comes_up_where_nobody_was_reached_just_now_waits_too(operator: Operator) -> None:
    operator.is_away = True
    alerts = operator.alerts()
    for name in ("a", "b", "c"):
        alerts.update(f"run:{name}:", {f"run:{name}:": f"{name} failed"}, NOW)
    assert operator.calls == 1
    assert operator.standing() == ["a failed", "b failed", "c failed"]
    operator.is_away = False
    alerts.retry(NOW + PAUSE)
    assert operator.heard == ["a failed\nb failed\nc failed"]
    alerts.update("run:d:", {"run:d:": "d failed"}, NOW + PAUSE)
    assert operator.heard[1:] == ["d failed"]


def test_what_was_missed_stands_until_it_is_told(operator: Operator) -> None:
    operator.is_away = True
    alerts = operator.alerts()
    for slot in ("20", "21"):
        alerts.update("missed:digest:", {f"missed:digest:{slot}": f"missed: {slot}"}, NOW)
    alerts.update("missed:digest:", {}, NOW)  # a run that went well
    operator.is_away = False
    alerts.retry(NOW + PAUSE)
    assert operator.heard == ["missed: 20\nmissed: 21"]
    alerts.update("missed:digest:", {}, NOW + PAUSE)
    assert operator.standing() == []


def test_another_mistake_in_its_place_is_shown_and_rings_no_more(operator: Operator) -> None:
    for mistake in ("one", "another"):
        operator.alerts().update("config", {"config": f"refused: {mistake}"}, NOW)
    assert operator.heard == ["refused: one"]
    assert operator.standing() == ["refused: another"]


def test_the_pause_holds_if_the_problem_changes(operator: Operator) -> None:
    operator.is_away = True
    for mistake in ("one", "another"):
        operator.alerts().update("config", {"config": f"refused: {mistake}"}, NOW)
    operator.is_away = False
    operator.alerts().retry(NOW + PAUSE)
    assert operator.heard == ["refused: another"]


def test_many_new_problems_are_one_alert(operator: Operator) -> None:
    many = {f"source:digest:{n:02}:down": f"source {n}\n is down" for n in range(20)}
    operator.alerts().update("source:digest:", many, NOW)
    [text] = operator.heard
    assert text.splitlines() == [f"source {n} is down" for n in range(20)]


def test_a_name_that_nothing_can_spell_is_told(operator: Operator) -> None:
    operator.alerts().update("source:digest:", {"source:digest:x:down": "caf\udce9 is down"}, NOW)
    assert operator.heard == ["caf\\udce9 is down"]
    assert operator.standing() == ["caf\\udce9 is down"]


def test_killed_before_the_bell_was_rung(operator: Operator) -> None:
    register = Register(project=project_of(None, folder=operator.folder.folder))
    register.alarm(Alarm(key="missed:digest:", text="slots missed: 1", due=NOW), NOW)
    operator.alerts().retry(NOW)
    operator.alerts().retry(NOW)
    assert operator.heard == ["slots missed: 1"]


def test_what_was_told_while_nothing_could_be_written_is_not_told_again(
    operator: Operator,
) -> None:
    alerts = operator.alerts()
    with operator.no_ledger():
        for _ in range(2):
            alerts.update("source:digest:", DOWN, NOW)
            alerts.retry(NOW + timedelta(days=1))
    alerts.update("source:digest:", DOWN, NOW)
    alerts.retry(NOW + timedelta(days=1))
    assert operator.heard == ["wire is down"]


@pytest.mark.parametrize("is_away", [False, True])
def test_what_rang_while_nothing_could_be_written_stands_in_health(
    operator: Operator,
    is_away: bool,  # noqa: FBT001 - a column
) -> None:
    alerts = operator.alerts()
    operator.is_away = is_away
    with operator.no_ledger():
        alerts.update("run:digest:", {"run:digest:": "the run failed"}, NOW)
    assert (operator.calls, operator.standing()) == (1, [])
    alerts.retry(NOW)
    assert (operator.calls, operator.standing()) == (1, ["the run failed"])
    alerts.update("run:digest:", {}, NOW)
    assert operator.standing() == []


def test_what_was_mended_while_nothing_could_be_written_is_mended(operator: Operator) -> None:
    alerts = operator.alerts()
    alerts.update("run:digest:", {"run:digest:": "the run failed"}, NOW)
    with operator.no_ledger():
        alerts.update("run:digest:", {}, NOW)
    alerts.retry(NOW)
    assert operator.standing() == []


def test_what_came_up_again_while_nothing_could_be_written_is_told_again(
    operator: Operator,
) -> None:
    alerts = operator.alerts()
    alerts.update("source:digest:", DOWN, NOW)
    with operator.no_ledger():
        alerts.update("source:digest:", {}, NOW)
        alerts.update("source:digest:", DOWN, NOW, check=stopped)
    alerts.retry(NOW)
    assert operator.heard == ["wire is down"] * 2


def stopped() -> None:
    raise StoppedError("digest schedule", "was asked to stop")


def test_a_stop_leaves_the_alert_to_the_next_start(operator: Operator) -> None:
    operator.alerts().update("run:digest:", {"run:digest:": "the run failed"}, NOW, check=stopped)
    assert operator.heard == []
    operator.alerts().retry(NOW)
    assert operator.heard == ["the run failed"]


PYTHON = (sys.executable, "-c")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*PYTHON, "import sys; sys.exit(3)", "S3CR3T"), f"{sys.executable!r} ended with code 3"),
        ((*PYTHON, "while True: 0", "S3CR3T"), f"{sys.executable!r} took more than 0.5 seconds"),
        (("./none", "S3CR3T"), "'./none' cannot be run: No such file or directory"),
        (("./n\0ne", "S3CR3T"), "cannot be run"),
    ],
    ids=["fails", "hangs", "missing", "misspelt"],
)
def test_what_is_told_of_a_command_that_fails(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(DigestError) as error:
        command(arguments, patience=0.5)("Störung")
    assert said in str(error.value)
    assert "S3CR3T" not in str(error.value)


def test_what_a_command_prints_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    command((*PYTHON, "import sys; print('S3CR3T'); print('S3CR3T', file=sys.stderr)"))("Störung")
    assert capfd.readouterr() == ("", "")


def test_a_command_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    """The reader of a pipe finds its end when nobody is left who could write."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    def check() -> None:
        if os.read(reader, 100):
            stopped()

    with pytest.raises(StoppedError):
        command(("sh", "-c", f"(echo up; exec sleep 60) > '{pipe}' & wait"))("...", check=check)
    end = time.monotonic() + 10
    while is_open(reader) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_open(reader)
    os.close(reader)


def is_open(reader: int) -> bool:
    """Whether anybody can write into a pipe still, who has not."""
    try:
        return os.read(reader, 100) != b""
    except BlockingIOError:
        return True


def test_a_stop_ends_the_waiting_for_a_server_that_hangs(project: Project) -> None:
    with SmtpServer(Manners(faults=[Fault("connect", Hang())])) as server:
        smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"'
        project.write("digest.toml", f'{smtp}\n[alerts]\nto = "ops@post.example"')
        [ring] = bells(project_of(None, folder=project.folder), clock=now_in_berlin)
        with pytest.raises(StoppedError):
            ring("the run failed", check=lambda: stopped() if server.connections else None)


def test_many_problems_are_one_mail(project: Project) -> None:
    with SmtpServer() as server:
        smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"'
        project.write("digest.toml", f'{smtp}\n[alerts]\nto = "ops@post.example"')
        here = project_of(None, folder=project.folder)
        alerts = Alerts(register=Register(project=here), bells=bells(here, clock=now_in_berlin))
        alerts.update(
            "source:digest:", {f"source:digest:{n}": f"{n} is down" for n in range(3)}, NOW
        )
    [message] = server.accepted
    assert b"Subject: 0 is down (and 2 more)\r\n" in message.data
    assert b"0 is down\r\n1 is down\r\n2 is down\r\n" in message.data


def test_a_broken_command_leaves_the_problem_in_health_and_no_secret_in_the_log(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    tell = [*PYTHON, "import sys; print('S3CR3T', file=sys.stderr); sys.exit(3)", "S3CR3T"]
    project.write("templates/broken/edition.mjml", "{{")
    office = Office(folder=project).article(1)
    with caplog.at_level(logging.INFO):
        alerts = f"theme = 'broken'\n[alerts]\ncommand = {json.dumps(tell)}"
        office.open(SEVEN, alerts).day(20)
    health = project.digest("health", "--json")
    assert health.returncode == 1
    [alarm] = json.loads(health.stdout)["alarms"]
    assert (alarm["key"], alarm["told"]) == ("run:digest:", False)
    told = [str(getattr(it, "values", "")) for it in caplog.records]
    assert any("ended with code 3" in it for it in told)
    assert "S3CR3T" not in "".join(told)


def test_a_missed_slot_is_told_when_somebody_can_be_reached(
    project: Project, tmp_path: Path
) -> None:
    door, bell = tmp_path / "door", tmp_path / "bell.txt"
    ring = f"import sys; open({str(door)!r}); open({str(bell)!r}, 'a').write(sys.stdin.read())"
    alerts = f"[alerts]\ncommand = {json.dumps([sys.executable, '-c', ring])}"
    office = Office(folder=project).article(1).open(SEVEN, alerts).day(20, 20, 0)
    assert not bell.exists()
    health = project.digest("health")
    assert "slots missed: 1" in health.stdout
    assert "(nobody could be told of it yet)" in health.stdout
    door.touch()
    office.open(SEVEN, alerts).ring(20, 20, 4)
    assert not bell.exists()
    office.ring(20, 20, 5).ring(21, 7)
    assert bell.read_text("utf-8").count("slots missed: 1") == 1
    assert json.loads(project.digest("health", "--json").stdout)["alarms"][0]["told"]


def test_a_missed_slot_outlives_the_next_run(project: Project, tmp_path: Path) -> None:
    door, bell = tmp_path / "door", tmp_path / "bell.txt"
    ring = f"import sys; open({str(door)!r}); open({str(bell)!r}, 'a').write(sys.stdin.read())"
    alerts = f"[alerts]\ncommand = {json.dumps([sys.executable, '-c', ring])}"
    skipping = f'{SEVEN}\ncatch_up = "skip"'
    office = Office(folder=project).article(1).open(skipping, alerts).day(21)
    assert office.issues() == ["2026-11-21T073000Z"]
    door.touch()
    office.ring(21, 7, 35).day(22)
    assert bell.read_text("utf-8").count("slots missed: 1, the first 2026-11-20 07:30 UTC") == 1
    assert office.alarms() == []


def test_who_takes_over_notes_what_could_not_be_noted(operator: Operator) -> None:
    folder = operator.folder.folder
    operator.folder.write("digest.toml", f"[schedule]\n{SEVEN}\n")
    load = partial(book, folder / "digest.toml", folder=folder, clock=lambda: NOW)
    service = Service(load=load, clock=lambda: NOW)
    before = service._book.alerts  # noqa: SLF001 - only signals ask it to read anew
    with operator.no_ledger():
        before.update("run:digest:", {"run:digest:": "the run failed"}, NOW, check=lambda: None)
        service._reload()  # noqa: SLF001
    service.retry_alerts()
    assert operator.standing() == ["the run failed"]


def test_a_reload_that_fails_by_a_bug_leaves_the_old_one_in_force(operator: Operator) -> None:
    folder = operator.folder.folder
    operator.folder.write("digest.toml", f"[schedule]\n{SEVEN}\n")
    good = book(folder / "digest.toml", folder=folder, clock=lambda: NOW)
    books = iter([good])
    service = Service(load=lambda: next(books), clock=lambda: NOW)
    service._reload()  # noqa: SLF001 - only signals ask it to read anew
    [told] = operator.standing()
    assert told.startswith("digest: the new configuration is refused: StopIteration")
