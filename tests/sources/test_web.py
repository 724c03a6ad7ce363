"""Following a feed: what comes of it, what is asked again, and what a failure leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digest.model import Document
from digest.visits import VisitState
from tests.sources.following import Newsroom, follow, item, page, rss
from tests.webserver import Asked, Reply, WebServer, conditional, in_turn, redirect

WORDS = "The council of the harbour town met on Monday and voted for the new bridge, " * 12


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        for number in range(1, 9):
            server[f"/{number}.html"] = page(number)
        yield server


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def feed(web: WebServer, *numbers: int, description: str = "") -> bytes:
    return rss(*(item(n, web.url(f"/{n}.html"), description=description) for n in numbers))


def conditions(asked: list[Asked]) -> list[str | None]:
    return [it.headers.get("if-none-match") for it in asked]


def test_a_teaser_leads_to_the_page(web: WebServer, room: Newsroom) -> None:
    web["/feed"] = conditional(feed(web, 1, 2), etag='"a"')
    [visit] = room.run(follow(web.url("/feed"), section="World")).visits
    assert (visit.state, visit.status, visit.listed, visit.new) == (VisitState.OK, 200, 2, 2)
    assert visit.latency is not None
    one, two = room.documents
    assert isinstance(one, Document)
    assert one.data == page(1)
    assert (one.media_type, one.charset, one.section) == ("text/html", "utf-8", "World")
    assert (one.origin, one.url, one.source) == (web.url("/1.html"), web.url("/1.html"), "wire")
    assert one.entry is not None
    assert one.entry.title == "Story 1"
    assert not one.fragment
    assert two.data == page(2)


def test_the_second_run_asks_on_conditions_and_reads_nothing(
    web: WebServer, room: Newsroom
) -> None:
    web["/feed"] = conditional(feed(web, 1, 2), etag='"a"')
    room.run(follow(web.url("/feed")))
    web.log.clear()
    [visit] = room.run(follow(web.url("/feed"))).visits
    assert (visit.state, visit.status, visit.new) == (VisitState.UNCHANGED, 304, 0)
    assert [asked.path for asked in web.log] == ["/feed"]
    assert conditions(web.log) == ['"a"']
    web["/feed"] = conditional(feed(web, 3, 1, 2), etag='"b"')
    room.run(follow(web.url("/feed")))
    assert room.titles == ["Story 3"]
    room.run(follow(web.url("/feed")))
    assert conditions(web.asked("/feed")) == ['"a"', '"a"', '"b"']


def test_the_same_bytes_are_unchanged_where_the_server_has_no_conditions(
    web: WebServer, room: Newsroom
) -> None:
    web["/feed"] = feed(web, 1)
    room.run(follow(web.url("/feed")))
    [visit] = room.run(follow(web.url("/feed"))).visits
    assert (visit.state, visit.status) == (VisitState.UNCHANGED, 200)
    assert room.documents == []


@pytest.mark.parametrize(
    ("mode", "description", "fragment"),
    [
        ("auto", "The first words of it [...]", False),
        ("auto", WORDS, True),
        ("never", "The first words of it [...]", True),
        ("always", WORDS, False),
    ],
)
def test_whether_the_page_is_fetched(
    web: WebServer,
    room: Newsroom,
    mode: str,
    description: str,
    fragment: bool,  # noqa: FBT001 - a row of the table
) -> None:
    web["/feed"] = feed(web, 1, description=description)
    room.run(follow(web.url("/feed"), full_text=mode))
    [document] = room.documents
    assert document.fragment is fragment
    assert bool(web.asked("/1.html")) is not fragment
    assert (description[:20].encode() in document.data) is fragment


def test_the_feeds_words_stand_in_for_a_page_that_is_not_there(
    web: WebServer, room: Newsroom
) -> None:
    del web["/1.html"]
    web["/feed"] = feed(web, 1, description=f"{WORDS[:300]} […]")
    done = room.run(follow(web.url("/feed")))
    [document] = room.documents
    assert document.fragment
    assert WORDS[:100].encode() in document.data
    assert done.failures == ()
    [warning] = done.warnings
    assert "1.html): the page was not found (404). The feed's words stand" in str(warning)


def test_a_page_that_is_not_there_and_no_words_is_a_failure_once(
    web: WebServer, room: Newsroom
) -> None:
    del web["/1.html"]
    web["/feed"] = feed(web, 1, 2, description="Comments")
    done = room.run(follow(web.url("/feed")))
    [failure] = done.failures
    assert str(failure).startswith(f"wire ({web.url('/1.html')}): was not found (404)")
    assert room.titles == ["Story 2"]
    web["/feed"] = feed(web, 3, 1, 2, description="Comments")
    assert room.run(follow(web.url("/feed"))).failures == ()
    assert room.titles == ["Story 3"]


def test_robots_txt_is_heard_for_pages(web: WebServer, room: Newsroom) -> None:
    web["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /", media_type="text/plain")
    web["/feed"] = feed(web, 1, description="Comments")
    [failure] = room.run(follow(web.url("/feed"))).failures
    assert "robots.txt" in str(failure)
    assert web.asked("/1.html") == []


@pytest.mark.parametrize("mode", ["auto", "always"])
def test_a_page_that_fails_for_now_is_asked_for_again(
    web: WebServer, room: Newsroom, mode: str
) -> None:
    short = "Comments" if mode == "auto" else f"{WORDS[:300]} […]"
    web["/feed"] = conditional(feed(web, 1, description=short), etag='"a"')
    web["/1.html"] = Reply(status=500)
    [failure] = room.run(follow(web.url("/feed"), full_text=mode)).failures
    assert "reports a fault of its server (500). The next run tries again." in str(failure)
    web["/1.html"] = page(1)
    done = room.run(follow(web.url("/feed"), full_text=mode))
    assert done.visits[0].state is VisitState.UNCHANGED
    assert [document.data for document in room.documents] == [page(1)]
    room.run(follow(web.url("/feed"), full_text=mode))
    assert room.documents == []


def test_a_page_that_fails_again_and_again_is_given_up(web: WebServer, room: Newsroom) -> None:
    web["/feed"] = feed(web, 1, description="Comments")
    web["/1.html"] = Reply(status=500)
    told = [room.run(follow(web.url("/feed"))).failures for _ in range(5)]
    assert [len(failures) for failures in told] == [1, 1, 1, 0, 0]
    assert len(web.asked("/1.html")) == 3


def test_a_host_that_fails_page_after_page_is_left_alone(web: WebServer, room: Newsroom) -> None:
    web["/feed"] = feed(web, *range(1, 9), description="Comments")
    for number in range(1, 9):
        web[f"/{number}.html"] = Reply(status=500)
    assert len(room.run(follow(web.url("/feed"))).failures) == 3
    for number in range(1, 9):
        web[f"/{number}.html"] = page(number)
    room.run(follow(web.url("/feed")))
    assert sorted(room.titles) == [f"Story {n}" for n in range(1, 9)]


def test_more_pages_than_a_run_fetches_wait_for_the_next(web: WebServer, room: Newsroom) -> None:
    web["/*"] = lambda asked: page(int(asked.path[1:-5]))
    web["/feed"] = conditional(feed(web, *range(1, 71)), etag='"a"')
    web["/robots.txt"] = b""
    room.run(follow(web.url("/feed")))
    assert room.titles == [f"Story {n}" for n in range(1, 51)]
    room.run(follow(web.url("/feed")))
    assert sorted(room.titles) == sorted(f"Story {n}" for n in range(51, 71))
    room.run(follow(web.url("/feed")))
    assert room.titles == []


BROKEN = {
    "a fault": (Reply(status=500), "reports a fault of its server (500)"),
    "a page": (Reply(page(1)), "is a web page and no feed"),
    "nothing": (Reply(b""), "is empty"),
    "half a body": (Reply(b"<rss>" * 99, cut=9), ""),
    "silence": (Reply(silent=True), "sends nothing"),
}


@pytest.mark.parametrize(("reply", "said"), BROKEN.values(), ids=BROKEN)
def test_a_failed_look_keeps_the_conditions_of_the_last_good_one(
    web: WebServer, room: Newsroom, reply: Reply, said: str
) -> None:
    web["/feed"] = conditional(feed(web, 1), etag='"a"')
    room.run(follow(web.url("/feed")))
    bad = Reply(
        reply.body,
        reply.status,
        {"ETag": '"bad"'},
        cut=reply.cut,
        silent=reply.silent,
    )
    web["/feed"] = bad
    done = room.run(follow(web.url("/feed")))
    [failure], [visit] = done.failures, done.visits
    assert str(failure).startswith(f"wire ({web.url('/feed')}): ")
    assert said in str(failure)
    assert visit.state is VisitState.FAILED
    web["/feed"] = conditional(feed(web, 2, 1), etag='"b"')
    room.run(follow(web.url("/feed")))
    assert room.titles == ["Story 2"]
    assert set(conditions(web.asked("/feed"))[1:]) == {'"a"'}


def test_one_bad_source_does_not_stop_the_rest(web: WebServer, room: Newsroom) -> None:
    web["/feed"] = feed(web, 1)
    web["/other"] = feed(web, 2)
    done = room.run(
        follow(web.url("/feed"), name="first"),
        follow(web.url("/none"), name="second"),
        follow("http://nowhere.invalid/feed", name="third"),
        follow(web.url("/feed"), name="fourth", private=False),
        follow(web.url("/other"), name="fifth"),
    )
    assert sorted(room.titles) == ["Story 1", "Story 2"]
    failed = {str(failure).partition(" ")[0] for failure in done.failures}
    assert failed == {"second", "third", "fourth"}


def test_a_permanent_redirect_is_remembered(web: WebServer, room: Newsroom) -> None:
    web["/old"] = redirect("/feed", 301)
    web["/feed"] = feed(web, 1)
    room.run(follow(web.url("/old")))
    web["/feed"] = feed(web, 2, 1)
    room.run(follow(web.url("/old")))
    assert room.titles == ["Story 2"]
    assert len(web.asked("/old")) == 1


def test_a_redirect_that_led_astray_is_forgotten(web: WebServer, room: Newsroom) -> None:
    web["/old"] = redirect("/feed", 301)
    web["/feed"] = feed(web, 1)
    room.run(follow(web.url("/old")))
    del web["/feed"]
    web["/old"] = feed(web, 2, 1)
    assert len(room.run(follow(web.url("/old"))).failures) == 1
    assert room.run(follow(web.url("/old"))).failures == ()
    assert room.titles == ["Story 2"]


@pytest.mark.parametrize(
    ("status", "body"), [(302, None), (301, page(1))], ids=["for now", "to what is no feed"]
)
def test_other_redirects_are_not(
    web: WebServer, room: Newsroom, status: int, body: bytes | None
) -> None:
    web["/old"] = redirect("/feed", status)
    web["/feed"] = body or feed(web, 1)
    room.run(follow(web.url("/old")))
    room.run(follow(web.url("/old")))
    assert len(web.asked("/old")) == 2


def test_what_is_gone_is_not_asked_again_until_its_address_changes(
    web: WebServer, room: Newsroom
) -> None:
    web["/feed"] = Reply(status=410)
    done = room.run(follow(web.url("/feed")))
    assert "is gone for good (410)" in str(done.failures[0])
    again = room.run(follow(web.url("/feed")))
    assert again.failures == ()
    assert again.visits[0].state is VisitState.RESTING
    assert "digest sources remove" in str(again.warnings[0])
    assert len(web.asked("/feed")) == 1
    web["/new"] = feed(web, 1)
    assert room.run(follow(web.url("/new"))).warnings == ()
    assert room.titles == ["Story 1"]


def test_a_new_address_is_asked_without_the_old_ones_conditions(
    web: WebServer, room: Newsroom
) -> None:
    web["/feed"] = conditional(feed(web, 1), etag='"a"')
    web["/moved"] = conditional(feed(web, 2, 1), etag='"a"')
    room.run(follow(web.url("/feed")))
    room.run(follow(web.url("/moved")))
    assert room.titles == ["Story 2"]
    assert conditions(web.asked("/moved")) == [None]


@pytest.mark.parametrize(
    ("reply", "rest"),
    [
        (Reply(status=429, headers={"Retry-After": "7200"}), timedelta(hours=2)),
        (Reply(status=503, headers={"Retry-After": "999999"}), timedelta(hours=23)),
        (Reply(headers={"Cache-Control": "max-age=600"}), timedelta(minutes=10)),
        (Reply(headers={"Cache-Control": "max-age=86400"}), timedelta(hours=1)),
    ],
    ids=["too many requests", "down for long", "fresh", "fresh for very long"],
)
def test_a_source_rests_as_long_as_its_server_wishes(
    web: WebServer, room: Newsroom, reply: Reply, rest: timedelta
) -> None:
    web["/feed"] = Reply(feed(web, 1), reply.status, reply.headers)
    second = timedelta(seconds=1)
    room.run(follow(web.url("/feed")), later=rest - second)
    asked = len(web.asked("/feed"))
    done = room.run(follow(web.url("/feed")), later=2 * second)
    assert done.failures == ()
    assert done.visits[0].state is VisitState.RESTING
    assert len(web.asked("/feed")) == asked
    room.run(follow(web.url("/feed")))
    assert len(web.asked("/feed")) > asked


def test_failures_in_a_row_make_longer_pauses_and_one_alert(web: WebServer, room: Newsroom) -> None:
    hours, told = [], []
    for hour in range(100):
        before = len(web.log)
        done = room.run(follow(web.url("/none")), later=timedelta(hours=1))
        told += [str(warning) for warning in done.warnings]
        if len(web.log) > before:
            hours.append(hour)
    assert hours == [0, 1, 2, 3, 4, 6, 9, 15, 26, 48, 71, 94]
    [alert] = told
    assert alert.startswith("wire: failed 3 times since 2026-11-22 07:30: was not found (404)")


def test_an_outage_that_was_told_is_silent_until_it_is_over(web: WebServer, room: Newsroom) -> None:
    def failures(*addresses: str, later: int = 24) -> list[int]:
        hours = timedelta(hours=later)
        return [len(room.run(follow(web.url(it)), later=hours).failures) for it in addresses]

    down, up = Reply(status=500), Reply(feed(web, 1))
    web["/feed"] = in_turn(*[down] * 5, up, down)
    assert failures(*["/feed"] * 8) == [1, 1, 1, 0, 0, 0, 1, 1]
    assert failures("/none", "/none", "/none", "/none") == [1, 1, 1, 0]
    web["/feed"] = Reply(status=410)
    assert failures("/feed", "/feed") == [1, 0]


def test_a_source_that_dies_in_an_outage_is_told(web: WebServer, room: Newsroom) -> None:
    down = Reply(status=500)
    web["/feed"] = in_turn(down, down, down, down, Reply(status=410))
    told = [len(room.run(follow(web.url("/feed"))).failures) for _ in range(6)]
    assert told == [1, 1, 1, 0, 1, 0]


def test_an_outage_that_is_over_may_be_told_again(web: WebServer, room: Newsroom) -> None:
    down, up = Reply(status=500), Reply(feed(web, 1))
    web["/feed"] = in_turn(down, down, down, up, down)
    told = [len(room.run(follow(web.url("/feed"))).warnings) for _ in range(7)]
    assert sum(told) == 2


HOSTILE = {
    "lone surrogates": {"id": "\ud800", "title": "\udfff", "content_text": f"\ud800 {WORDS}"},
    "controls": {"id": "\x00", "title": "\x1b[31m\x00", "content_text": f"\x00 {WORDS}"},
    "an address that is none": {"id": "1", "url": "http://[::1", "title": "Story"},
    "an address of another scheme": {"id": "1", "url": "javascript:alert(1)", "title": "Story"},
    "a very long address": {"id": "1", "url": "https://x.example/" + "a" * 10_000},
    "a very long id": {"id": "a" * 1_000_000, "title": "Story", "content_text": WORDS},
    "no words": {"id": "1"},
    "an odd date": {"id": "1", "date_published": "9999-99-99T99:99:99Z", "content_text": WORDS},
}


@pytest.mark.parametrize("entry", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_entry_is_its_own_affair(
    web: WebServer, room: Newsroom, entry: dict[str, str]
) -> None:
    version = "https://jsonfeed.org/version/1.1"
    listed = {"version": version, "title": "Wire", "items": [entry, {**entry, "id": "2"}]}
    web["/hostile"] = json.dumps(listed).encode()
    web["/feed"] = feed(web, 1)
    for _ in range(2):
        room.run(
            follow(web.url("/hostile"), name="hostile", start=timedelta.max),
            follow(web.url("/feed"), start=timedelta.max),
        )
        web["/feed"] = feed(web, 2, 1)
        listed["items"] = [{**entry, "id": "3", "content_text": f"Else. {WORDS}"}]
        web["/hostile"] = json.dumps(listed).encode()
    assert "Story 2" in room.titles
