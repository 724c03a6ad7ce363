"""A newsletter's desk in a real folder, its clock in the test's hands."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.ledger.sqlite import SqliteLedger
from digest.ledger.visits import OUTAGE
from digest.schedule.service import Book, Desk, Service
from digest.visits import Visit, VisitState
from digest.wiring import book, open_slots, project
from tests.builders import Project, plain_text

SEVEN = 'at = "daily at 07:30"'


@dataclass
class Office:
    """A scheduler whose clock is set by hand; each setting of it is a waking."""

    folder: Project
    now: datetime = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
    _book: Book = field(init=False)
    _service: Service = field(init=False)

    def open(self, schedule: str = SEVEN, more: str = "") -> Office:
        zone = '[newsletter]\ntimezone = "UTC"\n'
        self.folder.write("digest.toml", f"{zone}{more}\n[schedule]\n{schedule}\n")
        config = self.folder.folder / "digest.toml"
        clock = lambda: self.now  # noqa: E731  it is asked again and again
        self._book = book(config, folder=self.folder.folder, clock=clock)
        self._service = Service(load=lambda: self._book, clock=clock)
        return self.at(self.now)

    @property
    def desks(self) -> Sequence[Desk]:
        return self._book.desks

    def at(self, now: datetime) -> Office:
        self.now = now
        for desk in self._book.desks:
            self._service.see_to(desk)
        return self

    def look(self, day: int, hour: int = 0, minute: int = 0) -> Office:
        """Between slots: look at the sources that it is time for."""
        self.now = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
        self._service.gather()
        return self

    def ring(self, day: int, hour: int = 0, minute: int = 0) -> Office:
        """Tell the operator what could not be told so far."""
        self.now = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
        self._service.retry_alerts()
        return self

    def day(self, day: int, hour: int = 7, minute: int = 30) -> Office:
        return self.at(datetime(2026, 11, day, hour, minute, tzinfo=UTC))

    def article(self, *numbers: int) -> Office:
        for number in numbers:
            self.folder.write(f"seeds/{number}.txt", plain_text(number))
        return self

    def issues(self) -> list[str]:
        return [it.name for it in self.folder.issues()]

    def skipped(self) -> dict[str, str]:
        """The days whose slots made no issue, and why."""
        return {slot[:10]: why for slot, why in self.skipped_slots().items()}

    def skipped_slots(self) -> dict[str, str]:
        with open_slots(project(None, folder=self.folder.folder)) as slots:
            return {
                row["slot"]: row["why"] for row in slots.skipped("digest", now=self.now, limit=9999)
            }

    def alarms(self) -> list[str]:
        with open_slots(project(None, folder=self.folder.folder)) as slots:
            return [row["text"] for row in slots.alarms()]


@pytest.fixture
def office(project: Project) -> Office:
    return Office(folder=project)


def test_a_slot_makes_one_issue_however_often_we_are_woken(office: Office) -> None:
    office.article(1).open().day(20, 7, 29)
    assert office.issues() == []
    for minute in (30, 30, 31, 45):
        office.day(20, 7, minute)
    assert office.issues() == ["2026-11-20T073000Z"]
    office.article(2).day(20, 23)
    assert office.issues() == ["2026-11-20T073000Z"]
    office.day(21)
    assert office.issues() == ["2026-11-20T073000Z", "2026-11-21T073000Z"]


def test_no_slot_is_due_from_before_the_schedule_was_there(office: Office) -> None:
    office.now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    office.article(1).open()
    assert (office.issues(), office.skipped()) == ([], {})


def test_a_schedule_that_was_changed_begins_now(office: Office) -> None:
    office.article(1).open().day(20).article(2)
    office.now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    office.open('at = "daily at 11:00"')
    assert office.issues() == ["2026-11-20T073000Z"]
    office.day(21, 11, 0)
    assert office.issues()[1:] == ["2026-11-21T110000Z"]


def test_a_machine_that_was_off_makes_up_for_the_last_slot(office: Office) -> None:
    office.article(1).open().day(23, 9, 0)
    assert office.issues() == ["2026-11-23T073000Z"]
    assert sorted(office.skipped()) == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert "missed" in office.skipped()["2026-11-20"]


def test_what_is_too_late_is_skipped_and_told_once(office: Office, tmp_path: Path) -> None:
    bell = tmp_path / "bell.txt"
    ring = f"import sys; open({str(bell)!r}, 'a').write(sys.stdin.read())"
    alerts = f"[alerts]\ncommand = {json.dumps([sys.executable, '-c', ring])}"
    office.article(1).open(more=alerts).day(20, 20, 0)
    assert office.issues() == []
    assert office.skipped() == {"2026-11-20": "missed: nobody was there until 2026-11-20 20:00"}
    office.day(20, 21, 0).day(20, 22, 0)
    assert bell.read_text().count("\n") == 1
    assert "slots missed: 1, the first 2026-11-20 07:30 UTC" in bell.read_text()
    assert len(office.alarms()) == 1
    office.day(21)
    assert office.alarms() == []


def test_a_clock_that_is_set_back_doubles_nothing(office: Office) -> None:
    office.article(1).open().day(20)
    office.article(2)
    office.day(20, 6, 0).day(20, 7, 30).day(20, 7, 31)
    assert office.issues() == ["2026-11-20T073000Z"]
    assert office.day(21).issues() == ["2026-11-20T073000Z", "2026-11-21T073000Z"]


def test_a_clock_that_went_ahead_loses_nothing(office: Office) -> None:
    office.article(1).open().day(20)
    office.at(datetime(2027, 2, 1, 12, 0, tzinfo=UTC))
    office.article(2).day(21).article(3).day(22)
    assert office.issues()[:3] == [f"2026-11-{day}T073000Z" for day in (20, 21, 22)]


@pytest.mark.parametrize("before", [SEVEN, 'at = "daily at 09:00"'], ids=["new", "changed"])
def test_a_schedule_that_was_first_seen_while_the_clock_was_ahead_begins_now(
    office: Office, before: str
) -> None:
    office.article(1)
    if before != SEVEN:
        office.open(before)
    office.now = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)
    office.open().day(20, 6)
    assert office.day(20).issues() == ["2026-11-20T073000Z"]
    assert office.article(2).at(datetime(2027, 2, 2, 7, 30, tzinfo=UTC)).issues()[1:] == [
        "2027-02-02T073000Z"
    ]


def test_what_a_clock_that_was_ahead_has_skipped_is_not_told(office: Office) -> None:
    office.open().day(20)
    office.at(datetime(2027, 2, 1, 12, 0, tzinfo=UTC)).day(21, 7, 0)
    assert office.skipped() == {"2026-11-20": "nothing new"}
    office.day(25, 12, 0)
    assert office.skipped()["2026-11-22"] == "missed: nobody was there until 2026-11-25 12:00"


def test_a_pause_that_a_clock_ahead_has_noted_holds(office: Office) -> None:
    office.article(1).open()
    with open_slots(project(None, folder=office.folder.folder)) as slots:
        slots.pause("digest", datetime(2027, 2, 1, tzinfo=UTC))
    assert office.day(20).issues() == []


@pytest.mark.parametrize(
    ("after", "made"),
    [
        ('at = "daily at 7:30"', "2026-11-20T073000Z"),
        ('at = "30 7 * * *"', "2026-11-20T073000Z"),
        ('at = ["daily at 06:00", "daily at 07:30"]', "2026-11-20T073000Z"),
        ('at = "daily at 07:45"', None),
    ],
)
def test_a_changed_schedule_keeps_an_open_slot_that_it_has_too(
    office: Office, after: str, made: str | None
) -> None:
    office.article(1).open('at = ["daily at 07:30", "daily at 19:00"]')
    office.now = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)  # nobody has looked since
    office.open(after)
    assert office.issues() == ([made] if made else [])
    assert office.skipped() == {}


def test_an_open_slot_is_kept_until_its_run_succeeds(office: Office) -> None:
    office.folder.write("templates/classic/edition.mjml", "{{")
    office.article(1).open().day(20)
    for at in ('at = ["daily at 07:30", "daily at 07:40"]', SEVEN):
        office.now += timedelta(minutes=15)
        office.open(at)
    shutil.rmtree(office.folder.folder / "templates")
    assert office.open().issues() == ["2026-11-20T073000Z"]


def test_a_run_that_died_before_it_told_of_its_slot_is_not_repeated(office: Office) -> None:
    office.article(1).open().day(20)
    ledger = office.folder.folder / ".digest" / "ledger.sqlite3"
    with closing(sqlite3.connect(ledger)) as db, db:
        db.execute("DELETE FROM slot")
    office.article(2).day(20, 7, 31)
    assert office.issues() == ["2026-11-20T073000Z"]


def test_nothing_new_is_a_slot_with_a_reason(office: Office) -> None:
    (office.folder.folder / "seeds").mkdir()
    office.open().day(20)
    assert office.skipped() == {"2026-11-20": "nothing new"}
    assert "nothing new" in office.folder.digest("status").stdout


def test_what_status_tells_is_there_as_data(office: Office) -> None:
    office.open().day(20)
    office.article(1).day(21)
    told = json.loads(office.folder.digest("status", "--json").stdout)
    [skipped] = told["skipped"]
    assert skipped == {
        "slot": "2026-11-20T07:30:00+00:00",
        "decided": "2026-11-20T07:30:00.000000+00:00",
        "why": "nothing new",
    }
    assert [it["id"] for it in told["issues"]] == ["digest/2026-11-21T073000Z"]
    assert (told["newsletter"], told["waiting"], told["paused"]) == ("digest", 0, None)
    with open_slots(project(None, folder=office.folder.folder)) as slots:
        slots.pause("digest", office.now)
    told = json.loads(office.folder.digest("status", "--json").stdout)
    assert told["paused"] == "2026-11-21T07:30:00+00:00"


def test_few_stories_roll_over_to_the_next_slot(office: Office) -> None:
    office.article(1).open(f"{SEVEN}\nmin_stories = 3").day(20)
    assert office.skipped() == {"2026-11-20": "1 story of the 3 that are wanted"}
    office.article(2).day(21)
    office.article(3).day(22)
    assert office.issues() == ["2026-11-22T073000Z"]
    assert len(office.skipped()) == 2


def test_few_stories_do_not_wait_for_ever(office: Office) -> None:
    office.now = datetime.now(UTC).replace(hour=0, minute=0)  # when an article was seen is real
    today = office.now.date()
    office.article(1).open(f'{SEVEN}\nmin_stories = 3\nmax_wait = "2 days"')
    for days in range(1, 4):
        office.at(office.now.replace(hour=7, minute=30) + timedelta(days=1))
        assert len(office.issues()) == (days == 3)
    assert office.issues()[0].startswith(str(today + timedelta(days=3)))


def test_a_paused_newsletter_makes_no_issues_until_it_is_resumed(office: Office) -> None:
    office.article(1).open()
    with open_slots(project(None, folder=office.folder.folder)) as slots:
        assert slots.pause("digest", office.now)
        assert not slots.pause("digest", office.now)
        assert office.day(20).issues() == []
        assert "Paused since 2026-11-20" in office.folder.digest("status").stdout
        assert slots.resume("digest", office.now + timedelta(hours=1))
        assert not slots.resume("digest", office.now)
    assert office.day(21).issues() == ["2026-11-21T073000Z"]
    assert office.skipped() == {"2026-11-20": "paused since 2026-11-20 00:00"}


def test_a_run_that_fails_is_told_once_and_tried_again(office: Office) -> None:
    office.article(1).open()
    theme = office.folder.folder / "templates" / "classic"
    office.folder.write("templates/classic/edition.mjml", "{{")
    office.open().day(20)
    assert office.issues() == []
    [alarm] = office.alarms()
    assert alarm.startswith("digest: digest: the run failed: ")
    for file in theme.iterdir():
        file.unlink()
    theme.rmdir()
    office.open().day(20, 8, 0)
    assert office.issues() == ["2026-11-20T073000Z"]
    assert office.alarms() == []


def test_a_slot_that_failed_until_it_was_too_late_says_so(office: Office) -> None:
    office.folder.write("templates/classic/edition.mjml", "{{")
    office.article(1).open().day(20)
    office.now = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
    office.open()  # started again
    [why] = office.skipped().values()
    assert why.startswith("the run failed: ")
    [alarm] = office.alarms()
    assert alarm.startswith("digest: digest: the run failed: ")


def test_a_run_that_fails_does_not_stop_the_others(office: Office) -> None:
    office.article(1)
    office.folder.write("templates/broken/edition.mjml", "{{")
    both_in = '[[newsletters]]\nid = "{}"\ntheme = "{}"\ntimezone = "UTC"\n'
    newsletters = both_in.format("a", "broken") + both_in.format("b", "classic")
    folder = office.folder.folder
    office.folder.write("digest.toml", f"{newsletters}[schedule]\n{SEVEN}\n")
    clock = lambda: office.now  # noqa: E731  it is asked again and again
    both = book(folder / "digest.toml", folder=folder, clock=clock)
    service = Service(load=lambda: both, clock=clock)
    for hour in (0, 12):
        office.now = office.now.replace(hour=hour)
        for desk in both.desks:
            service.see_to(desk)
    assert [it.parent.name for it in office.folder.issues()] == ["b"]


def test_without_a_schedule_there_is_nothing_to_do(project: Project) -> None:
    with pytest.raises(ConfigError, match="no newsletter has one"):
        book(None, folder=project.folder, clock=lambda: datetime.now(UTC))


def test_what_falls_due_during_a_long_run_does_not_pile_up(office: Office) -> None:
    office.article(1).open('at = "* * * * *"').day(20, 7, 30)
    office.article(2).day(20, 7, 45)
    assert office.issues() == ["2026-11-20T073000Z", "2026-11-20T074500Z"]
    made = 2
    assert len(office.skipped_slots()) + made == 7 * 60 + 45


def test_a_folder_that_is_gone_is_told(office: Office) -> None:
    office.article(1).open().day(20)
    (office.folder.folder / "seeds").rename(office.folder.folder / "away")
    assert office.day(21).alarms() == ["digest: source seeds is down: there is no such folder"]
    (office.folder.folder / "away").rename(office.folder.folder / "seeds")
    assert office.day(22).alarms() == []


def look(office: Office, *visits: Visit) -> None:
    with closing(SqliteLedger.open(office.folder.folder / ".digest", sources=["wire"])) as ledger:
        for visit in visits:
            ledger.visit(visit)


def test_a_source_that_is_down_is_told_once_and_so_is_that_it_is_back(
    office: Office, tmp_path: Path
) -> None:
    feed = tmp_path / "feed.xml"
    office.open('at = "every 6 hours"', f'[[sources]]\nfeed = "{feed}"\nname = "wire"')
    failed = Visit(source="wire", address=str(feed), at=office.now, state=VisitState.FAILED)
    look(office, *(replace(failed, at=office.now + timedelta(minutes=n)) for n in range(OUTAGE)))
    down = office.day(20, 18, 0).alarms()
    assert [alarm[:29] for alarm in down] == ["digest: source wire is down: "]
    assert office.day(21, 0, 0).alarms() == down
    look(office, replace(failed, at=office.now, state=VisitState.OK))
    assert office.day(21, 6, 0).alarms() == []


@pytest.mark.parametrize("only_if_new", [True, False])
def test_what_an_issue_had_no_room_for_may_wait_for_news(
    office: Office,
    only_if_new: bool,  # noqa: FBT001 - a column
) -> None:
    tight = '[edition]\nbudget = "16 KB"'
    office.article(*range(1, 90)).open(f"{SEVEN}\nonly_if_new = {str(only_if_new).lower()}", tight)
    office.day(20).day(21)
    assert len(office.issues()) == (1 if only_if_new else 2)
    assert ("nothing new" in office.skipped().get("2026-11-21", "")) is only_if_new
    office.article(90).day(22)
    assert "2026-11-22T073000Z" in office.issues()
