"""Sources are looked at between slots, so that nothing is lost that a feed drops by then."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.ledger.sqlite import SqliteLedger
from digest.schedule.service import Service
from digest.schedule.when import Schedule
from digest.wiring import book, project
from digest.wiring.schedule import Desk
from tests.builders import Project, body
from tests.schedule.test_desk import Office
from tests.sources.following import item, rss
from tests.webserver import Asked, Reply, WebServer

WEEKLY = 'at = "mon at 07:30"'
FEED = """
[[sources]]
name = "wire"
feed = "feed.xml"
full_text = "never"
start = "all"
"""
#: The slot of `WEEKLY` that the tests wait for.
MONDAY = 23
#: Without any slot, as one whose clocks will show its times no more.
NEVER = Schedule(texts=("never",), crons=(), timezone="UTC")


@pytest.fixture
def office(project: Project) -> Office:
    return Office(folder=project)


def publish(office: Office, *numbers: int, words: str = "") -> None:
    """The feed holds these articles now."""
    items = (
        item(n, f"https://post.example/{n}", description=f"{words} {body(n)}", when=office.now)
        for n in numbers
    )
    office.folder.write("feed.xml", rss(*items))


def looks(office: Office, source: str = "wire") -> list[str]:
    """When a source was looked at."""
    state = office.folder.folder / ".digest"
    with closing(SqliteLedger.open(state, sources=[source])) as ledger:
        since = datetime(2020, 1, 1, tzinfo=UTC)
        return [f"{visit.at:%d %H:%M}" for visit in ledger.visits(source, since=since)]


def printed(office: Office) -> list[str]:
    [folder] = office.folder.issues()
    issue = json.loads((folder / "issue.json").read_text("utf-8"))
    return sorted(story["title"] for part in issue["sections"] for story in part["stories"])


def test_what_a_feed_drops_before_the_slot_is_not_lost(office: Office) -> None:
    office.open(WEEKLY, FEED)
    for day, number in ((20, 1), (21, 2), (22, 3)):
        publish(office, number)
        office.look(day, 12)
        assert office.issues() == []
    office.day(MONDAY)
    assert printed(office) == ["Story 1", "Story 2", "Story 3"]


def test_a_look_is_due_when_the_last_one_is_an_hour_ago(office: Office) -> None:
    publish(office, 1)
    office.open(WEEKLY, FEED).look(20, 0).look(20, 0, 59).look(20, 1)
    assert looks(office) == ["20 00:00", "20 01:00"]
    office.open(WEEKLY, FEED).look(20, 1, 30)  # started again
    assert len(looks(office)) == 2
    office.look(19, 20).look(19, 20, 30)  # set back
    assert looks(office) == ["19 20:00", "20 00:00", "20 01:00"]


def test_the_run_for_a_slot_is_a_look(office: Office) -> None:
    publish(office, 1)
    office.open(WEEKLY, FEED).day(MONDAY).look(MONDAY, 8, 29)
    assert looks(office) == ["23 07:30"]
    assert looks(office.look(MONDAY, 8, 30)) == ["23 07:30", "23 08:30"]


@pytest.mark.parametrize(
    ("gather", "number"), [("off", 0), ("6 hours", 2), ("1 hour", 12)], ids=str
)
def test_how_often_is_for_the_user_to_say(office: Office, gather: str, number: int) -> None:
    publish(office, 1)
    office.open(f'{WEEKLY}\ngather = "{gather}"', FEED)
    for quarter in range(48):
        office.look(20, quarter // 4, quarter % 4 * 15)
    assert len(looks(office)) == number


def test_a_source_of_two_newsletters_is_looked_at_once(office: Office) -> None:
    publish(office, 1)
    office.folder.write("other.xml", rss())
    newsletter = '[[newsletters]]\nid = "{}"\ntimezone = "UTC"\nsources = {}\n'
    both = newsletter.format("a", '["wire"]') + newsletter.format("b", '["wire", "other"]')
    other = '[[sources]]\nname = "other"\nfeed = "other.xml"\n'
    office.folder.write("digest.toml", f"{both}{FEED}{other}[schedule]\n{WEEKLY}\n")

    def clock() -> datetime:
        office.now += timedelta(seconds=1)
        return office.now

    folder = office.folder.folder
    both_of = book(folder / "digest.toml", folder=folder, clock=clock)
    Service(load=lambda: both_of, clock=clock).gather()
    assert [len(looks(office, source)) for source in ("wire", "other")] == [1, 1]


def test_a_folder_is_left_to_the_slot(office: Office) -> None:
    publish(office, 1)
    seeds = '[[sources]]\nfolder = "seeds"\n'
    office.article(7).open(WEEKLY, FEED + seeds).look(20)
    (office.folder.folder / "seeds" / "7.txt").unlink()
    office.day(MONDAY)
    assert printed(office) == ["Story 1"]


def test_just_before_a_slot_the_sources_are_left_to_its_run(office: Office) -> None:
    publish(office, 1)
    office.open(WEEKLY, FEED).look(MONDAY, 7, 25).look(MONDAY, 7, 29)
    assert looks(office) == []
    office.look(MONDAY, 7, 24)
    assert looks(office) == ["23 07:24"]


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def test_a_look_gives_way_to_a_slot_that_falls_due(
    office: Office, web: WebServer, caplog: pytest.LogCaptureFixture
) -> None:
    def slowly(_: Asked) -> Reply:
        office.now = datetime(2026, 11, MONDAY, 7, 30, tzinfo=UTC)
        return Reply(silent=True)

    publish(office, 1)
    web["/slow"] = slowly
    source = f'[[sources]]\nname = "slow"\nfeed = "{web.url("/slow")}"\nprivate = true\n'
    with caplog.at_level(logging.INFO):
        office.open(WEEKLY, FEED + source).look(MONDAY, 7)
    assert caplog.messages == ["gathering gives way to a slot"]
    web["/slow"] = Reply(rss(), media_type="application/rss+xml")
    assert office.issues() == []
    assert office.at(office.now).issues() == ["2026-11-23T073000Z"]
    assert printed(office) == ["Story 1"]


def test_a_source_that_fails_between_slots_is_told_and_so_is_that_it_is_back(
    office: Office,
) -> None:
    office.open(WEEKLY, FEED)
    for hour in range(6):
        assert office.look(20, hour).alarms() == []
    [down] = office.look(20, 6).alarms()
    assert down.startswith("digest: source wire is down: ")
    publish(office, 1)
    assert office.look(20, 23).alarms() == []


def test_a_look_that_fails_is_told_and_tried_again(office: Office) -> None:
    publish(office, 1)
    dkim = '[dkim]\nselector = "digest"\nkey_file = "none.pem"\n'
    office.open(WEEKLY, dkim + FEED).look(20)
    [alarm] = office.alarms()
    assert alarm.startswith("digest: digest: gathering failed: dkim.key_file: ")
    office.open(WEEKLY, FEED).look(20, 1)
    assert (office.alarms(), looks(office)) == ([], ["20 01:00"])


def test_an_article_that_is_still_changing_waits_for_a_later_issue(office: Office) -> None:
    settle = FEED + 'settle = "30 minutes"\n'
    publish(office, 1, 2)
    office.open('at = "every 1 hours"', settle).look(20, 0, 10)
    publish(office, 1, words="A correction of it all came out on Friday morning.")
    office.at(office.now.replace(hour=1, minute=0))
    assert printed(office) == ["Story 2"]
    explained = office.folder.digest("explain", "--issue", "digest/2026-11-20T010000Z")
    assert "still changing: changed at 01:00, waits 30 minutes" in explained.stdout
    told = json.loads(
        office.folder.digest("explain", "--issue", "digest/2026-11-20T010000Z", "--json").stdout
    )
    assert sorted(it["outcome"] for it in told) == ["changing", "printed", "replaced"]
    publish(office, 1, words="A second correction of it all came out on Friday at noon.")
    office.at(office.now.replace(hour=2))
    assert office.skipped_slots() == {
        "2026-11-20T02:00:00+00:00": "nothing to print: every article was left out or is still "
        "changing"
    }
    office.at(office.now.replace(hour=3))
    last = office.folder.issues()[-1]
    assert last.name == "2026-11-20T030000Z"
    assert "A second correction" in (last / "issue.json").read_text("utf-8")


def rivals(office: Office, weekly: str, more: str = "") -> Service:
    """A newsletter that is made each week, and one that is made very often."""
    both = f"""
[[newsletters]]
id = "often"
timezone = "UTC"
sources = ["seeds"]
schedule = {{ at = "every 5 minutes" }}
[[newsletters]]
id = "weekly"
timezone = "UTC"
sources = {weekly}
schedule = {{ at = "mon at 07:30" }}
"""
    seeds = '[[sources]]\nfolder = "seeds"\n'
    folder = office.folder.folder
    office.folder.write("digest.toml", f"{both}{FEED}{seeds}{more}")
    clock = lambda: office.now  # noqa: E731  it is asked again and again
    found = book(folder / "digest.toml", folder=folder, clock=clock)
    return Service(load=lambda: found, clock=clock)


def test_a_newsletter_that_is_made_often_keeps_no_other_from_looking(office: Office) -> None:
    publish(office, 1)
    service = rivals(office, '["wire"]')
    for minute in (1, 6, 61, 66):
        office.now = datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(minutes=minute)
        service.gather()
    assert looks(office) == ["20 12:01", "20 13:01"]


def test_what_a_look_that_gave_way_did_not_reach_is_looked_at_next(
    office: Office, web: WebServer
) -> None:
    def slowly(_: Asked) -> Reply:
        while not looks(office):  # the other source comes first
            time.sleep(0.01)
        office.now = datetime(2026, 11, 20, 12, 5, tzinfo=UTC)
        return Reply(silent=True)

    publish(office, 1)
    slow = f'[[sources]]\nname = "slow"\nfeed = "{web.url("/slow")}"\nprivate = true\n'
    service = rivals(office, '["wire", "slow"]', slow)
    web["/slow"] = slowly
    office.now = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
    service.gather()
    web["/slow"] = Reply(rss(), media_type="application/rss+xml")
    office.now += timedelta(minutes=1)
    service.gather()
    assert (looks(office), looks(office, "slow")) == (["20 12:01"], ["20 12:06"])


class Ended(Desk):
    """Of a newsletter that has no more slots."""

    @property
    def schedule(self) -> Schedule:
        return NEVER


def test_a_schedule_that_comes_never_stops_nobody(office: Office) -> None:
    publish(office, 1)
    office.open(WEEKLY, FEED)
    folder = office.folder.folder
    at_hand = book(folder / "digest.toml", folder=folder, clock=lambda: office.now)
    here, table = project(None, folder=folder), project(None, folder=folder).settings.schedule
    assert table
    ended = replace(at_hand, desks=[Ended(project=here, table=table)])
    Service(load=lambda: ended, clock=lambda: office.now).gather()
    assert looks(office) == ["20 00:00"]
