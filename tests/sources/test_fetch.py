"""One fetch: what it asks, what it brings, where redirects lead, what each failure is called."""

from __future__ import annotations

import asyncio
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import SourceError
from digest.sources.http import Fault, Fetcher, FetchError, Validators, user_agent
from tests.sources.fetching import AGENT, QUICK, Clock, failure, fetch, fetch_all, quick
from tests.webserver import Asked, Reply, WebServer, conditional, redirect

MODIFIED = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
ETAG = '"harbour-7"'


def test_a_fetch_says_who_asks_and_for_what() -> None:
    with WebServer() as web:
        web["/feed"] = Reply(b"<rss/>", media_type="application/rss+xml; charset=ISO-8859-1")
        response = fetch(web.url("/feed?a=1&b=ä b"), ask={"accept": "application/rss+xml"})
        (asked,) = web.log
    assert (response.status, response.data) == (200, b"<rss/>")
    assert (response.media_type, response.charset) == ("application/rss+xml", "iso-8859-1")
    assert response.url == web.url("/feed?a=1&b=%C3%A4%20b")
    assert response.moved is None
    assert response.latency > 0
    assert asked.method == "GET"
    assert asked.path == "/feed?a=1&b=%C3%A4%20b"
    assert asked.headers == {
        "host": f"127.0.0.1:{web.port}",
        "user-agent": AGENT,
        "accept": "application/rss+xml",
        "accept-encoding": "gzip, br, zstd",
    }


def test_the_agent_names_a_contact() -> None:
    assert user_agent("1.0", "https://elsby.example/about") == AGENT
    assert user_agent("1.0") == "digest/1.0"
    assert (
        user_agent("1.0", "post@elsby.example\r\nX: y") == "digest/1.0 (+post@elsby.example X: y)"
    )


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_packed_body_is_unpacked(encoding: str) -> None:
    text = b"The ferry is back. " * 20_000
    with WebServer() as web:
        web["/page"] = Reply(text, encoding=encoding)
        assert fetch(web.url("/page")).data == text


@pytest.mark.parametrize(
    "known",
    [
        Validators(etag=ETAG, modified="Fri, 20 Nov 2026 08:30:00 GMT"),
        Validators(etag=ETAG),
        Validators(modified="Fri, 20 Nov 2026 08:30:00 GMT"),
    ],
    ids=["both", "etag", "modified"],
)
def test_what_is_known_is_not_sent_again(known: Validators) -> None:
    with WebServer() as web:
        web["/feed"] = conditional(b"<rss/>", etag=ETAG, modified=MODIFIED)
        first = fetch(web.url("/feed"))
        second = fetch(web.url("/feed"), ask={"validators": known})
        third = fetch(web.url("/feed"), ask={"validators": Validators(etag='"older"')})
    assert first.validators == Validators(etag=ETAG, modified="Fri, 20 Nov 2026 08:30:00 GMT")
    assert (second.status, second.data, second.validators) == (304, b"", first.validators)
    assert (third.status, third.data) == (200, b"<rss/>")
    assert [asked.headers.get("if-none-match") for asked in web.log[:2]] == [None, known.etag]
    assert web.log[1].headers.get("if-modified-since") == known.modified


def test_an_unchanged_document_keeps_validators_that_the_server_does_not_repeat() -> None:
    with WebServer() as web:
        web["/feed"] = Reply(status=304)
        response = fetch(web.url("/feed"), ask={"validators": Validators(etag=ETAG)})
    assert (response.status, response.validators) == (304, Validators(etag=ETAG))


def test_how_long_it_stays_fresh_is_reported() -> None:
    with WebServer() as web:
        web["/feed"] = Reply(b"<rss/>", headers={"Cache-Control": "public, max-age=1800"})
        assert fetch(web.url("/feed")).fresh_for == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("way", "moved"),
    [
        ((301,), 1),
        ((308, 301), 2),
        ((301, 302, 301), 1),
        ((302, 301), None),
        ((303,), None),
        ((307,), None),
    ],
    ids=str,
)
def test_only_a_permanent_way_is_remembered(way: tuple[int, ...], moved: int | None) -> None:
    with WebServer() as web:
        for place, status in enumerate(way):
            web[f"/{place}"] = redirect(f"/{place + 1}", status)
        web[f"/{len(way)}"] = b"<rss/>"
        response = fetch(web.url("/0"))
    assert response.url == web.url(f"/{len(way)}")
    assert response.moved == (None if moved is None else web.url(f"/{moved}"))


@pytest.mark.parametrize(
    "location",
    ["/new", "new", "./x/../new", "//127.0.0.1:{port}/new", "/n\tew", "/new#part"],
    ids=repr,
)
def test_a_redirect_may_be_relative(location: str) -> None:
    with WebServer() as web:
        raw = f"HTTP/1.1 302 Found\r\nLocation: {location.format(port=web.port)}\r\n\r\n"
        web["/old"] = Reply(raw=raw.encode())
        web["/new"] = b"<rss/>"
        assert fetch(web.url("/old")).url == web.url("/new")


def test_a_redirect_in_utf8_is_followed() -> None:
    with WebServer() as web:
        web["/old"] = Reply(raw="HTTP/1.1 301 Moved\r\nLocation: /höfe\r\n\r\n".encode())
        web["/h%C3%B6fe"] = b"<rss/>"
        assert fetch(web.url("/old")).data == b"<rss/>"


@pytest.mark.parametrize(
    ("reply", "kind", "status", "words"),
    [
        (Reply(status=410), Fault.GONE, 410, "gone for good"),
        (Reply(status=404), Fault.MISSING, 404, "not found"),
        (Reply(status=401), Fault.REFUSED, 401, "refuses"),
        (Reply(status=403), Fault.REFUSED, 403, "refuses"),
        (Reply(status=418), Fault.REFUSED, 418, "refuses"),
        (Reply(status=429), Fault.THROTTLED, 429, "left alone"),
        (Reply(status=500), Fault.SERVER, 500, "fault of its server"),
        (Reply(status=503), Fault.SERVER, 503, "fault of its server"),
        (Reply(status=204), Fault.BROKEN, 204, "no document"),
        (Reply(status=304), Fault.BROKEN, 304, "no document"),
        (Reply(status=301), Fault.BROKEN, 301, "redirects to nowhere"),
        (redirect("file:///etc/hosts"), Fault.BLOCKED, None, "no address of http"),
        (redirect("//user:pass@elsby.example/"), Fault.BLOCKED, None, "password"),
        (redirect("http://[::1"), Fault.BLOCKED, None, "no web address"),
        (redirect("/" + "x" * 10_000), Fault.BLOCKED, None, "characters long"),
        (Reply(raw=b""), Fault.NETWORK, None, "hangs up"),
        (Reply(raw=b"220 mail.elsby.example\r\n\r\n"), Fault.BROKEN, None, "speak HTTP"),
        (
            Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000),
            Fault.BROKEN,
            None,
            "speak HTTP",
        ),
        (Reply(b"half a body", cut=4), Fault.BROKEN, None, "breaks off"),
        (Reply(b"half a body", cut=4, length=-1), Fault.BROKEN, None, "breaks off"),
        (Reply(b"short", length=50, cut=5), Fault.BROKEN, None, "breaks off"),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), Fault.BROKEN, 200, "not packed"),
        (Reply(b"x" * 101), Fault.TOO_LARGE, None, "larger than"),
        (Reply(b"x" * 101, length=-1), Fault.TOO_LARGE, None, "larger than"),
        (Reply(b"x" * 101, encoding="br"), Fault.TOO_LARGE, None, "larger than"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_every_failure_has_a_name(
    reply: Reply, kind: Fault, status: int | None, words: str
) -> None:
    with WebServer() as web:
        web["/feed"] = reply
        error = failure(web.url("/feed"), ask={"max_size": 100})
    assert (error.kind, error.status) == (kind, status)
    assert words in error.why
    assert error.where == web.url("/feed")
    assert error.remedy
    assert "user:pass" not in str(error)


def test_a_body_longer_than_it_says_is_cut_where_it_says() -> None:
    with WebServer() as web:
        web["/feed"] = Reply(b"<rss/><more>", length=6, headers={"Connection": "close"})
        assert fetch(web.url("/feed")).data == b"<rss/>"


def test_a_failure_behind_a_redirect_names_both_addresses() -> None:
    with WebServer() as web:
        web["/old"] = redirect("/new")
        error = failure(web.url("/old"))
    assert error.where == web.url("/old")
    assert error.why == f"leads to {web.url('/new')}, which was not found (404)"
    assert error.kind is Fault.MISSING


def test_a_failure_survives_pickling() -> None:
    error = FetchError("https://elsby.example/", "is gone", "", Fault.GONE, 410, MODIFIED)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert isinstance(again, FetchError)
    assert isinstance(again, SourceError)
    assert (again.kind, again.status, again.retry_at) == (Fault.GONE, 410, MODIFIED)
    assert str(again) == str(error)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://nobody.elsby.invalid/", "nobody knows"),
        ("http://127.0.0.1:1/", "connection refused"),
    ],
)
def test_no_server_is_a_failure_of_the_network(url: str, words: str) -> None:
    error = failure(url)
    assert error.kind is Fault.NETWORK
    assert words in error.why


@pytest.mark.parametrize(
    ("reply", "limits", "words"),
    [
        (Reply(silent=True), {"read": 0.2}, "sends nothing for 0.2 seconds"),
        (Reply(b"drop by drop" * 20, drip=0.1), {"total": 0.5}, "is not done after 0.5 seconds"),
        (Reply(b"drop by drop" * 20, drip=0.1, length=-1), {"total": 0.5}, "is not done after"),
    ],
    ids=["silent", "drip", "drip in chunks"],
)
def test_a_server_cannot_hold_a_fetch_for_ever(
    reply: Reply, limits: dict[str, Any], words: str
) -> None:
    with WebServer() as web:
        web["/slow"] = reply
        error = failure(web.url("/slow"), limits=quick(**limits))
    assert error.kind is Fault.TIMEOUT
    assert words in error.why


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.binary(max_size=30), max_size=5).map(
            lambda lines: b"HTTP/1.1 200 OK\r\n" + b"\r\n".join(lines) + b"\r\n\r\n<rss/>"
        ),
        st.builds(
            "HTTP/1.1 {} OK\r\n{}: {}\r\n\r\n<rss/>".format,
            st.integers(100, 599),
            st.sampled_from(
                ["Location", "ETag", "Content-Length", "Transfer-Encoding", "Content-Encoding",
                 "Content-Type", "Cache-Control", "Expires", "Retry-After", "Age", "Connection"]
            ),
            st.text(max_size=30),
        ).map(lambda text: text.encode("utf-8", "replace")),
    )
)  # fmt: skip
def test_any_answer_is_a_document_or_a_failure(raw: bytes) -> None:
    with WebServer() as web:
        web["/*"] = Reply(raw=raw)
        (outcome,) = fetch_all([web.url("/feed")], limits=quick(read=0.5, total=2))
        assert isinstance(outcome, FetchError) or outcome.status == 200


def test_redirects_share_one_time_limit() -> None:
    with WebServer() as web:
        web["/hop/*"] = lambda asked: Reply(
            status=302, headers={"Location": asked.path + "x"}, delay=0.15
        )
        error = failure(web.url("/hop/"), limits=quick(total=0.5))
    assert error.kind is Fault.TIMEOUT
    assert len(web.log) <= 4


def test_redirects_end() -> None:
    with WebServer() as web:
        web["/round"] = redirect("/round/about")
        web["/round/about"] = redirect("/round")
        web["/hop/*"] = _further
        circle, endless = (failure(web.url(path)) for path in ("/round", "/hop/0"))
        hops = [asked for asked in web.log if asked.path.startswith("/hop")]
    assert (circle.kind, endless.kind) == (Fault.TOO_MANY_REDIRECTS,) * 2
    assert "circle" in circle.why
    assert len(hops) == QUICK.redirects + 1


def _further(asked: Asked) -> Reply:
    number = int(asked.path.rpartition("/")[2])
    return redirect(f"/hop/{number + 1}", 301) if number < 10_000 else Reply(b"<rss/>")


def test_one_connection_serves_what_is_asked_of_one_host_at_once() -> None:
    with WebServer() as web:
        web["/*"] = b"<rss/>"
        fetch_all([web.url(f"/{n}") for n in range(6)], together=True, limits=quick(per_host=1))
        assert [asked.connection for asked in web.log] == [1] * 6


def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    with WebServer() as web:
        web["/*"] = Reply(b"<rss/>", headers={"Connection": "close"})
        outcomes = fetch_all(
            [web.url(f"/{n}") for n in range(3)], together=True, limits=quick(per_host=1)
        )
        assert not [outcome for outcome in outcomes if isinstance(outcome, FetchError)]
        assert [asked.connection for asked in web.log] == [1, 2, 3]


def test_a_cancelled_fetch_hinders_no_other() -> None:
    clock = Clock()

    async def run(web: WebServer) -> bytes:
        async with Fetcher(AGENT, limits=quick(per_host=1), proxies={}, clock=clock) as fetcher:
            slow = asyncio.create_task(fetcher.fetch(web.url("/never"), accept="*/*", private=True))
            while not web.log:
                await asyncio.sleep(0.01)
            slow.cancel()
            await asyncio.gather(slow, return_exceptions=True)
            return (await fetcher.fetch(web.url("/feed"), accept="*/*", private=True)).data

    with WebServer() as web:
        web["/never"] = Reply(silent=True)
        web["/feed"] = b"<rss/>"
        assert asyncio.run(run(web)) == b"<rss/>"
