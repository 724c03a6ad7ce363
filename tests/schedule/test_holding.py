"""In quiet hours and in a pause nothing goes out, also of an issue that is under way."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from digest.wiring import open_slots
from digest.wiring import project as project_of
from tests.acceptance.scheduling import until
from tests.builders import Project
from tests.schedule.test_desk import SEVEN, Office
from tests.smtpserver import Fault, Manners, Say, SmtpServer

READERS = 12
SMTP = '[smtp]\nhost = "127.0.0.1"\nport = {}\nsecurity = "none"\n'


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as it:
        yield it


@pytest.fixture
def office(project: Project) -> Office:
    readers = "".join(f"reader{number}@post.example\n" for number in range(READERS))
    project.write("readers.csv", f"email\n{readers}")
    done = project.digest("recipients", "import", "readers.csv")
    assert done.returncode == 0, done.stderr
    return Office(folder=project).article(1)


def pause(office: Office) -> None:
    with open_slots(project_of(None, folder=office.folder.folder)) as slots:
        assert slots.pause("digest", office.now)


def resume(office: Office) -> None:
    with open_slots(project_of(None, folder=office.folder.folder)) as slots:
        assert slots.resume("digest", office.now)


def put_off(server: SmtpServer) -> None:
    """Everybody is put off at the first try."""
    busy = Fault("rcpt", Say("451 4.3.0 Busy.\r\n"), times=READERS)
    server.manners = Manners(faults=[busy])


def test_who_was_put_off_is_left_alone_in_quiet_hours(office: Office, server: SmtpServer) -> None:
    put_off(server)
    evening = 'at = "daily at 21:50"\nquiet = ["22:00-06:00"]'
    office.open(evening, SMTP.format(server.port)).day(20, 21, 50)
    connections = server.connections
    assert connections
    office.day(20, 22, 30).day(21, 5, 59)
    assert (server.connections, server.accepted) == (connections, [])
    office.day(21, 6, 0)
    assert len(server.accepted) == READERS


def test_a_pause_holds_what_is_under_way(
    office: Office, server: SmtpServer, caplog: pytest.LogCaptureFixture
) -> None:
    put_off(server)
    office.open(SEVEN, SMTP.format(server.port)).day(20)
    office.now = office.now.replace(hour=8)
    pause(office)
    with caplog.at_level(logging.INFO):
        office.day(20, 8, 30).day(20, 9, 0)
    assert caplog.messages == ["held"]
    assert server.accepted == []
    office.now = office.now.replace(hour=10)
    resume(office)
    assert len(office.day(20, 10, 1).issues()) == 1
    assert len(server.accepted) == READERS


def test_a_pause_stops_a_mailing(office: Office, server: SmtpServer) -> None:
    server.manners = Manners(delay=0.1)
    _brake_in_the_middle(office, server)
    sent = len(server.accepted)
    assert office.alarms() == []
    office.day(20, 7, 40)
    assert len(server.accepted) == sent
    office.now += timedelta(minutes=10)
    resume(office)
    office.day(20, 8, 0)
    assert sorted(set(server.recipients)) == sorted(server.recipients)
    assert len(server.accepted) == READERS


def test_a_mailing_does_not_run_into_the_night(office: Office, server: SmtpServer) -> None:
    slowly = f"{SMTP.format(server.port)}per_second = 2\n"
    office.open('at = "daily at 21:50"\nquiet = ["22:00-06:00"]', slowly)
    office.at(datetime(2026, 11, 20, 21, 59, 58, tzinfo=UTC))
    sent = len(server.accepted)
    assert sent < READERS
    assert office.alarms() == []
    office.day(20, 23)
    assert len(server.accepted) == sent
    office.day(21, 6)
    assert len(set(server.recipients)) == len(server.accepted) == READERS


def test_an_issue_that_was_made_as_quiet_hours_began_waits(
    office: Office, server: SmtpServer
) -> None:
    quiet = 'at = "daily at 21:50"\nquiet = ["22:00-06:00"]'
    office.open(quiet, SMTP.format(server.port))
    [desk] = office.desks
    late = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
    done = desk.run(late - timedelta(minutes=10), late, check=lambda: None)
    assert (done.issues, done.faults) == (("digest/2026-11-20T215000Z",), ())
    assert (server.connections, office.issues()) == (0, [])
    office.day(21, 6)
    assert len(server.accepted) == READERS
    assert office.issues() == ["2026-11-20T215000Z"]


def test_after_a_pause_the_rest_does_not_wait_for_who_was_put_off(
    office: Office, server: SmtpServer
) -> None:
    busy = Fault("rcpt", Say("451 4.3.0 Busy.\r\n"))
    server.manners = Manners(delay=0.1, faults=[busy])
    _brake_in_the_middle(office, server, 'retries = ["1 hour"]\n')
    office.now += timedelta(minutes=1)
    resume(office)
    office.day(20, 7, 32)
    assert len(server.accepted) == READERS - 1
    assert office.alarms() == []
    office.day(20, 8, 32)
    assert len(server.accepted) == READERS


def test_a_pause_does_not_make_an_issue_too_old(office: Office, server: SmtpServer) -> None:
    server.manners = Manners(delay=0.1)
    _brake_in_the_middle(office, server)
    office.now += timedelta(days=3)
    resume(office)
    office.at(office.now)
    assert len(set(server.recipients)) == len(server.accepted) == READERS
    assert office.alarms() == []


def test_a_pause_that_is_over_at_once_is_no_fault(office: Office, server: SmtpServer) -> None:
    server.manners = Manners(delay=0.1)
    _brake_in_the_middle(office, server, release=lambda: "QUIT" in server.commands)
    assert len(server.accepted) < READERS
    assert office.alarms() == []
    office.day(20, 7, 31)
    assert len(server.accepted) == READERS


def test_who_was_never_tried_in_time_is_told_of(office: Office, server: SmtpServer) -> None:
    away = Fault("connect", Say("554 Closed.\r\n"), first=2, times=99)
    server.manners = Manners(most_messages=3, faults=[away])
    office.open(SEVEN, SMTP.format(server.port) + "connections = 1\n").day(20)
    assert len(server.accepted) == 3
    assert ["not delivered" in text for text in office.alarms()] == [True]
    server.manners = Manners()
    office.article(2).day(22)
    assert any("3 sent, 9 expired" in text for text in office.alarms())


def _brake_in_the_middle(
    office: Office,
    server: SmtpServer,
    settings: str = "",
    release: Callable[[], bool] | None = None,
) -> None:
    """Pause when three have it, and resume at once when ``release`` says so."""
    office.open(SEVEN, f"{SMTP.format(server.port)}connections = 1\n{settings}")

    def brake() -> None:
        until(lambda: len(server.accepted) >= 3)
        pause(office)
        if release:
            until(release)
            resume(office)

    office.now = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    operator = Thread(target=brake)
    operator.start()
    office.at(office.now)
    operator.join()
    assert 3 <= len(server.accepted) < READERS
