"""The SSRF guard: no fetch reaches this machine or its network unless its source may."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from digest.sources.http import Fault, Fetcher, FetchError
from digest.sources.http.reach import objection
from tests.sources.fetching import AGENT, Names, Net, failure, fetch, fetch_all, quick
from tests.webserver import Reply, WebServer, redirect

PUBLIC = {"private": False}
#: Addresses of the public net, which the tests' net leads to the local server.
HERE, THERE = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

INNER = (
    "127.0.0.1", "127.255.255.254", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "100.64.0.1", "100.127.255.255", "::1", "fc00::1", "fd12:3456::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a00:1", "64:ff9b::10.0.0.1", "64:ff9b::7f00:1",
)  # fmt: skip
NEVER = (
    "169.254.169.254", "169.254.0.1", "169.254.170.2", "100.100.100.200", "168.63.129.16",
    "192.0.0.192", "fd00:ec2::254", "fe80::1", "fe80::1%2", "0.0.0.0", "0.1.2.3", "::",  # noqa: S104
    "224.0.0.1", "239.255.255.250", "ff02::1", "240.0.0.1", "255.255.255.255", "192.0.2.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "192.88.99.1", "192.0.0.1", "2001:db8::1",
    "2001::1", "2002:7f00:1::1", "2002:5db8:d70e::1", "::ffff:169.254.169.254",
    "64:ff9b::169.254.169.254", "64:ff9b:1::1", "::127.0.0.1", "fec0::1", "100::1", "3fff::1",
    "4000::1", "5f00::1", "::ffff:0:127.0.0.1",
)  # fmt: skip
OUTER = (
    "93.184.215.14", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.3.1", "2606:4700::1111",
    "2001:4860:4860::8888", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1",
)  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_inner_addresses_are_for_private_sources_only(address: str) -> None:
    assert objection([address], private=False)
    assert objection([address], private=True) is None


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_for_nobody(address: str) -> None:
    assert objection([address], private=False)
    assert objection([address], private=True)


@pytest.mark.parametrize("address", OUTER)
def test_public_addresses_are_for_all(address: str) -> None:
    assert objection([address], private=False) is None
    assert objection([address], private=True) is None


def test_one_bad_address_is_enough() -> None:
    assert objection([HERE, "10.0.0.1"], private=False) == "is at 10.0.0.1: a private network"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
     "127。0。0。1", "①27.0.0.1", "１２７.0.0.1"],
)  # fmt: skip
def test_this_machine_is_not_asked(host: str) -> None:
    with WebServer() as web:
        error = failure(web.url("/", host), ask=PUBLIC)
        assert error.kind is Fault.BLOCKED
        assert "this machine itself" in error.why
        assert "private = true" in error.remedy
        assert web.log == []


@pytest.mark.parametrize(
    "answer",
    [["10.0.0.7"], [HERE, "10.0.0.7"], ["::ffff:10.0.0.7"], [THERE, "fe80::1%2"], ["0.0.0.0"]],  # noqa: S104
    ids=str,
)
def test_a_name_is_judged_by_all_its_addresses(answer: list[str]) -> None:
    net = Net(port=1)
    error = failure("http://inner.example/", ask=PUBLIC, network=net, resolve=Names(inner=[answer]))
    assert error.kind is Fault.BLOCKED
    assert net.dialled == []


def test_what_was_judged_is_what_is_dialled() -> None:
    """A name server that answers the second question differently is asked no second one."""
    with WebServer() as web:
        web["/"] = Reply(b"<rss/>", headers={"Connection": "close"})
        net, names = Net(web.port), Names(turning=[[HERE], ["127.0.0.1"]])
        first, second = fetch_all(
            ["http://turning.example/"] * 2, ask=PUBLIC, network=net, resolve=names
        )
        assert not isinstance(first, FetchError)
        assert isinstance(second, FetchError)
        assert second.kind is Fault.BLOCKED
        assert net.dialled == [HERE]
        assert names.asked == ["turning.example"] * 2
        assert [asked.headers["host"] for asked in web.log] == ["turning.example"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1/", "http://inner.example/", "http://[::1]/", "http://169.254.169.254/meta",
     "http://0x7f.0.0.1/", "http://2130706433/", "http://127.1/", "http://017700000001/",
     "http://127.0.0.1./", "file:///etc/passwd", "gopher://inner.example:25/", "http://outer.example:25/"],
)  # fmt: skip
def test_a_redirect_is_judged_like_an_address(location: str, status: int) -> None:
    with WebServer() as web:
        web["/"] = redirect(location, status)
        net, names = Net(web.port), Names(outer=[[HERE]], inner=[["10.0.0.7"]])
        error = failure("http://outer.example/", ask=PUBLIC, network=net, resolve=names)
        assert error.kind is Fault.BLOCKED
        assert error.why.startswith("leads to ")
        assert net.dialled == [HERE]
        assert len(web.log) == 1


def test_a_private_source_may_be_redirected_within_its_network() -> None:
    with WebServer() as web:
        web["/"] = redirect("http://inner.example/feed")
        web["/feed"] = b"<rss/>"
        names = Names(outer=[["192.168.0.9"]], inner=[["10.0.0.7"]])
        response = fetch("http://outer.example/", network=Net(web.port), resolve=names)
    assert response.data == b"<rss/>"


def test_even_a_private_source_does_not_reach_credentials() -> None:
    net = Net(port=1)
    error = failure("http://169.254.169.254/latest/meta-data/", network=net)
    assert error.kind is Fault.BLOCKED
    assert "private = true" not in error.remedy
    assert net.dialled == []


def test_a_connection_of_a_private_source_is_not_shared() -> None:
    """An open connection to an inner host must not let another source in."""

    async def run(web: WebServer) -> FetchError:
        async with Fetcher(AGENT, limits=quick(per_host=2), proxies={}) as fetcher:
            slow = asyncio.create_task(fetcher.fetch(web.url("/slow"), accept="*/*", private=True))
            await fetcher.fetch(web.url("/quick"), accept="*/*", private=True)
            with pytest.raises(FetchError) as caught:
                await fetcher.fetch(web.url("/quick"), accept="*/*")
            await slow
            return caught.value

    with WebServer() as web:
        web["/slow"] = Reply(b"slow", delay=0.3)
        web["/quick"] = b"quick"
        assert asyncio.run(run(web)).kind is Fault.BLOCKED
        assert len(web.log) == 2


def test_a_dead_address_leaves_the_others() -> None:
    with WebServer() as web:
        web["/"] = b"<rss/>"
        net, names = Net(web.port, dead=[THERE]), Names(double=[[THERE, HERE]])
        response = fetch("http://double.example/", ask=PUBLIC, network=net, resolve=names)
        assert response.data == b"<rss/>"
        assert net.dialled == [THERE, HERE]


@pytest.mark.parametrize(
    ("url", "ask", "kind", "proxied"),
    [
        ("http://outer.example/feed", PUBLIC, None, True),
        ("http://unknown.example/feed", PUBLIC, None, True),
        ("http://inner.example/feed", {}, None, True),
        ("http://inner.example/feed", PUBLIC, Fault.BLOCKED, False),
        ("http://10.0.0.7/feed", PUBLIC, Fault.BLOCKED, False),
        ("http://169.254.169.254/feed", {}, Fault.BLOCKED, False),
        ("http://127.0.0.1/feed", {}, None, False),
        ("http://here.localhost/feed", {}, None, False),
        ("http://direct.example/feed", {}, None, False),
    ],
)
def test_a_proxy_is_no_way_around(
    url: str,
    ask: dict[str, Any],
    kind: Fault | None,
    proxied: bool,  # noqa: FBT001 - a column of the table
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("no_proxy", "direct.example")
    with WebServer() as web:
        web["/*"] = web["http://*"] = b"<rss/>"
        (outcome,) = fetch_all(
            [url],
            ask=ask,
            network=Net(web.port),
            resolve=Names(
                outer=[[HERE]], inner=[["10.0.0.7"]], here=[["127.0.0.1"]], direct=[["10.0.0.8"]]
            ),
            proxies={"http": "http://user:secret@proxy.example:3128"},
        )
        assert (outcome.kind if isinstance(outcome, FetchError) else None) == kind
        path = url if proxied else "/feed"
        assert [asked.path for asked in web.log] == ([] if kind else [path])
        if proxied:
            assert web.log[0].headers["proxy-authorization"] == "Basic dXNlcjpzZWNyZXQ="


@pytest.mark.parametrize(
    ("proxy", "why"),
    [
        ("socks5://user:secret@proxy.example:1080", "not supported (socks5)"),
        ("http://user:secret@proxy.example:port", "no address of a proxy"),
        ("user:secret@[proxy", "no address of a proxy"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_named(proxy: str, why: str) -> None:
    error = failure("http://outer.example/", resolve=Names(outer=[[HERE]]), proxies={"all": proxy})
    assert why in error.why
    assert "secret" not in str(error)


def test_the_proxy_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with WebServer() as web:
        web["http://*"] = b"<rss/>"
        monkeypatch.setenv("http_proxy", web.url())
        response = fetch("http://outer.example/feed", resolve=Names(), proxies=None)
        assert response.data == b"<rss/>"
        assert web.log[0].path == "http://outer.example/feed"
