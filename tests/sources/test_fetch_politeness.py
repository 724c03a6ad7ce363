"""Pacing, limits, waiting when asked to, second tries, robots.txt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from protego import Protego

from digest.sources.http import Fault, FetchError, Limits, Response
from digest.sources.http.robots import own_groups
from tests.sources.fetching import Clock, Names, Net, failure, fetch, fetch_all, quick
from tests.webserver import Reply, WebServer, in_turn, redirect

PAGE = {"robots": True}


def paced(clock: Clock, chance: float = 0.0, **limits: float) -> Any:
    return {
        "limits": quick(**limits),
        "clock": clock,
        "sleep": clock.sleep,
        "chance": lambda: chance,
    }


def kinds(outcomes: list[Response | FetchError]) -> list[Fault | None]:
    return [outcome.kind if isinstance(outcome, FetchError) else None for outcome in outcomes]


@pytest.mark.parametrize(("chance", "pause"), [(0.0, 2.0), (0.5, 2.5), (1.0, 3.0)])
def test_requests_to_a_host_keep_their_distance(chance: float, pause: float) -> None:
    clock = Clock()
    with WebServer() as web:
        web["/*"] = b"<rss/>"
        fetch_all([web.url(f"/{n}") for n in range(3)], **paced(clock, chance, pause=2, jitter=0.5))
    assert clock.slept == [pause, pause]


def test_hosts_do_not_wait_for_each_other() -> None:
    clock = Clock()
    with WebServer() as web:
        web["/*"] = b"<rss/>"
        fetch_all(
            [f"http://{name}.example/" for name in ("one", "two", "three")],
            network=Net(web.port),
            resolve=Names(one=[["10.0.0.1"]], two=[["10.0.0.2"]], three=[["10.0.0.3"]]),
            **paced(clock, pause=60),
        )
        assert len(web.log) == 3
    assert clock.slept == []


def test_a_redirect_keeps_its_distance_too() -> None:
    clock = Clock()
    with WebServer() as web:
        web["/old"] = redirect("/new")
        web["/new"] = b"<rss/>"
        fetch(web.url("/old"), **paced(clock, pause=2))
    assert clock.slept == [2.0]


def test_a_host_is_asked_by_few_connections() -> None:
    with WebServer(delay=0.02) as web:
        web["/*"] = b"<rss/>"
        fetch_all([web.url(f"/{n}") for n in range(12)], together=True, limits=quick(per_host=3))
        assert {asked.connection for asked in web.log} == {1, 2, 3}


def test_few_requests_are_under_way_in_all() -> None:
    names = ("one", "two", "three", "four")
    with WebServer(delay=0.1) as web:
        web["/*"] = b"<rss/>"
        fetch_all(
            [f"http://{name}.example/" for name in names],
            together=True,
            network=Net(web.port),
            resolve=Names(**{name: [["10.0.0.1"]] for name in names}),
            limits=quick(connections=2),
        )
        times = [asked.time for asked in web.log]
    assert len(times) == 4
    # The third begins after the first has ended, however slow the machine is.
    assert all(later - earlier >= 0.1 for earlier, later in zip(times, times[2:], strict=False))


def test_few_idle_connections_are_kept() -> None:
    """The second host finds no room for its connection while the first one's is kept."""
    with WebServer() as web:
        web["/*"] = b"<rss/>"
        fetch_all(
            [f"http://{name}.example/{n}" for n in range(2) for name in ("one", "two")],
            together=True,
            network=Net(web.port),
            resolve=Names(one=[["10.0.0.1"]], two=[["10.0.0.2"]]),
            limits=quick(connections=1, per_host=1),
        )
        hosts = [(asked.headers["host"], asked.connection) for asked in web.log]
    assert hosts == [("one.example", 1), ("two.example", 2), ("one.example", 1), ("two.example", 3)]


def test_a_host_that_asks_for_peace_gets_it() -> None:
    clock = Clock()
    began = datetime.fromtimestamp(clock.now, UTC)
    with WebServer() as web:
        web["/busy"] = Reply(status=429, headers={"Retry-After": "120"})
        web["/feed"] = b"<rss/>"
        first, second = fetch_all([web.url("/busy"), web.url("/feed")], **paced(clock))
        assert len(web.log) == 1
    for outcome in (first, second):
        assert isinstance(outcome, FetchError)
        assert outcome.kind is Fault.THROTTLED
        assert outcome.retry_at == began + timedelta(minutes=2)
        assert f"{outcome.retry_at:%H:%M:%S}" in outcome.why


def test_peace_ends() -> None:
    clock = Clock()
    with WebServer() as web:
        web["/busy"] = Reply(status=429, headers={"Retry-After": "120"})
        web["/feed"] = b"<rss/>"
        outcomes = fetch_all([web.url("/busy"), web.url("/feed")], **paced(clock, pause=121))
    assert kinds(outcomes) == [Fault.THROTTLED, None]


@pytest.mark.parametrize(
    ("replies", "asked", "slept", "kind"),
    [
        ((Reply(status=503), b"<rss/>"), 2, [1.0], None),
        ((Reply(status=502), Reply(status=504), b"<rss/>"), 3, [1.0, 2.0], None),
        ((Reply(raw=b""), b"<rss/>"), 2, [1.0], None),
        ((Reply(b"<rss/>", cut=3), b"<rss/>"), 2, [1.0], None),
        ((Reply(status=503),), 3, [1.0, 2.0], Fault.SERVER),
        ((Reply(status=503, headers={"Retry-After": "9"}),), 1, [], Fault.THROTTLED),
        ((Reply(status=500),), 1, [], Fault.SERVER),
        ((Reply(status=404),), 1, [], Fault.MISSING),
        ((Reply(b"x", headers={"Content-Encoding": "gzip"}),), 1, [], Fault.BROKEN),
    ],
    ids=["503", "502 and 504", "hang-up", "half a body", "always 503", "told when", "500", "404",
         "not gzip"],
)  # fmt: skip
def test_what_may_pass_is_tried_again(
    replies: tuple[bytes | Reply, ...], asked: int, slept: list[float], kind: Fault | None
) -> None:
    clock = Clock()
    with WebServer() as web:
        web["/feed"] = in_turn(*replies)
        outcomes = fetch_all([web.url("/feed")], **paced(clock, retries=2, backoff=1))
        assert len(web.log) == asked
    assert clock.slept == slept
    assert kinds(outcomes) == [kind]


def test_limits_are_polite_unless_told_otherwise() -> None:
    limits = Limits()
    assert limits.pause >= 1
    assert limits.per_host <= 2


RULES = b"""\
User-agent: digest
Disallow: /private/

User-agent: *
Disallow: /
"""


def test_robots_are_asked_once_and_obeyed() -> None:
    with WebServer() as web:
        web["/robots.txt"] = RULES
        web["/*"] = b"<html>"
        paths = ("/a", "/private/b", "/c")
        outcomes = fetch_all([web.url(path) for path in paths], ask=PAGE)
        assert kinds(outcomes) == [None, Fault.BLOCKED, None]
        assert [asked.path for asked in web.log] == ["/robots.txt", "/a", "/c"]
    assert "robots.txt" in str(outcomes[1])


def test_robots_are_asked_once_by_many_at_once() -> None:
    with WebServer(delay=0.02) as web:
        web["/p*"] = b"<html>"
        urls = [web.url(f"/p{n}") for n in range(5)]
        assert kinds(fetch_all(urls, ask=PAGE, together=True)) == [None] * 5
        assert len(web.asked("/robots.txt")) == 1


def test_feeds_do_not_ask_robots() -> None:
    with WebServer() as web:
        web["/robots.txt"] = b"User-agent: *\nDisallow: /\n"
        web["/feed"] = b"<rss/>"
        fetch(web.url("/feed"))
        assert [asked.path for asked in web.log] == ["/feed"]


@pytest.mark.parametrize(
    ("delay", "slept"), [(b"3", 3.0), (b"0.5", 1.0), (b"86400", 10.0), (b"1e400", 1.0)]
)
def test_a_crawl_delay_counts_up_to_a_limit(delay: bytes, slept: float) -> None:
    clock = Clock()
    with WebServer() as web:
        web["/robots.txt"] = b"User-agent: *\nCrawl-delay: " + delay
        web["/*"] = b"<html>"
        fetch_all([web.url("/a"), web.url("/b")], ask=PAGE, **paced(clock, pause=1))
        starts = clock.slept
    # The pause after robots.txt itself is the usual one: its words were not yet known.
    assert starts == [1.0, slept]


def test_robots_hold_behind_a_redirect() -> None:
    with WebServer() as web:
        web["/robots.txt"] = RULES
        web["/a"] = redirect("/private/b")
        error = failure(web.url("/a"), ask=PAGE)
        assert error.kind is Fault.BLOCKED
        assert not web.asked("/private/b")


@pytest.mark.parametrize(
    ("robots", "kind"),
    [
        (Reply(status=404), None),
        (Reply(status=410), None),
        (Reply(status=403), None),
        (redirect("/robots.txt"), None),
        (Reply(b"\xff\xfe\x00" * 1000), None),
        (Reply(b"<html>Welcome</html>"), None),
        (Reply(b"# full\r\n" * 100_000), None),
        (Reply(status=500), Fault.SERVER),
        (Reply(status=429), Fault.THROTTLED),
        (Reply(raw=b""), Fault.NETWORK),
    ],
    ids=["404", "410", "403", "circle", "noise", "html", "large", "500", "429", "hang-up"],
)
def test_robots_that_cannot_be_had(robots: Reply, kind: Fault | None) -> None:
    with WebServer() as web:
        web["/robots.txt"] = robots
        web["/a"] = b"<html>"
        outcomes = fetch_all([web.url("/a")], ask=PAGE)
        assert kinds(outcomes) == [kind]
        assert len(web.asked("/a")) == (0 if kind else 1)


def test_what_is_wrong_with_a_host_is_not_laid_on_its_robots() -> None:
    with WebServer() as web:
        web["/robots.txt"] = Reply(status=500)
        [ill] = fetch_all([web.url("/a")], ask=PAGE)
    [inner] = fetch_all(["http://127.0.0.1:8000/a"], ask={**PAGE, "private": False})
    assert "has a robots.txt that cannot be had now: it reports a fault" in str(ill)
    assert str(inner).startswith("http://127.0.0.1:8000/a: is at 127.0.0.1: this machine itself")


def test_thousands_of_other_robots_are_one() -> None:
    lines = [f"User-agent: robot-{n} # no {n}" for n in range(2000)]
    lines += ["USERAGENT other", "user agent: Digest/2.0", "Disallow: /x", "User-Agent : *"]
    groups = own_groups("\n".join(lines).encode(), "digest").splitlines()
    assert set(groups[:2001]) == {"User-agent: another"}
    assert groups[2001:] == ["User-agent: digest", "Disallow: /x", "User-agent: *"]
    assert len(groups) == len(lines)
    assert all(before is not after for before, after in pairwise(groups[2001:]))


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.tuples(
                st.sampled_from(["User-agent", "Disallow", "Allow", "Crawl-delay", "Sitemap"]),
                st.sampled_from([":", " ", ": /", ": *"]),
                st.text(max_size=10),
            ).map("".join),
            max_size=8,
        ).map(lambda lines: "\n".join(lines).encode("utf-8", "replace")),
    )
)
def test_any_robots_can_be_read(data: bytes) -> None:
    rules = Protego.parse(own_groups(data, "digest"))
    assert rules.can_fetch("https://elsby.example/a?b", "digest") in (True, False)
    assert (rules.crawl_delay("digest") or 0) >= 0
