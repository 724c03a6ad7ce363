"""Who may talk to the page: nobody from outside, and no other site in the same browser."""

from __future__ import annotations

import asyncio
import platform
import socket
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.responses import PlainTextResponse

from digest.cli.preview import PORT
from digest.preview.guard import Guard, is_loopback
from tests.builders import Project
from tests.preview.conftest import article
from tests.preview.served import Served, served

ELSEWHERE = "https://evil.example"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "[::2]:{port}"]
)
def test_another_host_is_turned_away(samples: Served, host: str) -> None:
    answer = samples.ask("/", Host=host.format(port=samples.port))
    assert answer.status in {400, 421}
    assert "Digest" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_our_own_names_are_known(samples: Served, host: str) -> None:
    assert samples.ask("/", Host=f"{host}:{samples.port}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ELSEWHERE},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
    ],
    ids=["origin", "null", "image", "frame", "another port"],
)
@pytest.mark.parametrize("path", ["/", "/frame", "/message.eml", "/live"])
def test_other_sites_get_nothing(samples: Served, path: str, headers: dict[str, str]) -> None:
    assert samples.ask(path, None, **headers).status == 403


HOSTS = {
    "127.0.0.2": ("127.0.0.2:{port}", "localhost:{port}"),
    "localhost": ("127.0.0.1:{port}",),
    "::1": ("[::1]:{port}",),
    "Box.Example": ("box.example:{port}", "BOX.example.:{port}"),
    "0.0.0.0": ("192.0.2.7:{port}", "{node}:{port}", "{node}.local:{port}", "{full}:{port}"),  # noqa: S104  only named
    "::": ("[2001:db8::7]:{port}", "{node}:{port}"),
}


@pytest.mark.parametrize("listens", HOSTS)
def test_names_that_were_asked_for_and_the_machines_own_are_known(listens: str) -> None:
    token = "" if is_loopback(listens) else "secret"
    node, full = platform.node().partition(".")[0].upper(), socket.getfqdn()
    for port, suffix in ((8420, ":8420"), (80, "")):
        guard = Guard(app=PlainTextResponse("in"), host=listens, port=port, token=token)
        hosts = (it.replace(":{port}", suffix) for it in HOSTS[listens])
        known = [visited(guard, it.format(node=node, full=full)) for it in hosts]
        assert set(known) == {200}
        strangers = ("evil.example", f"evil.{node}", f"{node}.evil.example", "[::1", "::1", "")
        assert {visited(guard, f"{it}{suffix}") for it in strangers} == {421}


def visited(guard: Guard, host: str) -> int:
    """What a visitor who knows the token is answered."""

    async def visit() -> int:
        cookie = f"digest_preview_{guard.port}={guard.token}"
        headers = {"Host": host, "Cookie": cookie}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=guard)) as client:
            return (await client.get("http://127.0.0.1/", headers=headers)).status_code

    return asyncio.run(visit())


def test_a_link_from_elsewhere_opens_the_page(samples: Served) -> None:
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert samples.ask("/", None, **visit, Sec_Fetch_Dest="document").status == 200


@pytest.mark.parametrize("path", ["/again", "/test"])
def test_a_change_needs_our_form(samples: Served, path: str) -> None:
    good = samples.csrf()
    assert samples.ask(path).status == 405
    assert samples.ask(path, form={"csrf": good}).status == 403
    assert samples.ask(path, form={"csrf": good}, Origin=ELSEWHERE).status == 403
    assert samples.ask(path, form={"csrf": good + "x"}, Origin=samples.home).status == 403
    assert samples.ask(path, form={}, Origin=samples.home).status == 403
    assert samples.ask(path, form={"csrf": "é" * 9_000}, Origin=samples.home).status == 403


def test_every_answer_is_sealed(samples: Served) -> None:
    for path in ("/", "/app.js", "/nowhere", "/message.eml"):
        headers = samples.ask(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("query", "images"), [("", "img-src data:;"), ("?images=on", "https:")])
def test_the_frame_may_do_nothing(samples: Served, query: str, images: str) -> None:
    policy = samples.ask(f"/frame{query}").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert images in policy
    assert policy.endswith("sandbox allow-same-origin")
    assert "script" not in policy


def test_the_network_needs_the_token(project: Project) -> None:
    project.write("seeds/1.txt", article(1))
    with served(project, "--host", "0.0.0.0") as preview:  # noqa: S104  that is what is tested
        token = preview.url.partition("?token=")[2]
        assert len(token) > 20
        assert preview.ask("/").status == 401
        assert preview.ask("/?token=wrong").status == 401
        cookie = f"digest_preview_{preview.port}={token}"
        assert preview.ask("/", Cookie=cookie[:-1]).status == 401
        assert preview.ask("/", Cookie=cookie, Host="evil.example").status == 421
        entered = preview.ask(f"/?token={token}&pane=raw")
        assert (entered.status, entered.headers["location"]) == (303, "/?pane=raw")
        assert "httponly" in entered.headers["set-cookie"].lower()
        assert "samesite=strict" in entered.headers["set-cookie"].lower()
        assert cookie in entered.headers["set-cookie"]
        assert preview.ask("/", Cookie=cookie).status == 200
        again = preview.ask(f"//evil.example/?token={token}", Cookie=cookie)
        assert (again.status, again.headers["location"]) == (303, "/evil.example/")
        # The link can be opened on another machine: it names an address, not "all addresses".
        assert urlsplit(preview.url).hostname != "0.0.0.0"  # noqa: S104  only told apart
        opened = preview.ask("/", Cookie=cookie, Host=urlsplit(preview.url).netloc)
        assert opened.status == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_goes_without_a_token(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "box.example", ""])  # noqa: S104  only told apart
def test_all_else_needs_a_token(host: str) -> None:
    assert not is_loopback(host)


def test_a_host_that_is_not_ours_is_told(project: Project) -> None:
    done = project.digest("preview", "--host", "192.0.2.77", "--no-browser")
    assert done.returncode == 2
    assert "192.0.2.77 cannot be listened on" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--port", "{taken}"], "--port: {taken} cannot be listened on: Address already in use"),
        (["--port", "99999"], "99999 is not in the range 0<=x<=65535"),
        (["--test-to", "ed@courier.example\r\nBcc: eve@evil.example"], "--test-to: "),
        (["--test-to", "nobody"], "'nobody' has no @"),
    ],
    ids=["taken", "no port", "line break", "no address"],
)
def test_what_cannot_be_is_told_at_the_start(
    project: Project, samples: Served, arguments: list[str], why: str
) -> None:
    told = [it.format(taken=samples.port) for it in arguments]
    done = project.digest("preview", "--no-browser", *told)
    assert done.returncode == 2
    assert why.format(taken=samples.port) in done.stderr


def test_the_usual_port_gives_way_to_another(project: Project) -> None:
    with ExitStack() as stack:
        with suppress(OSError):  # somebody else has it: then it is taken all the same
            stack.enter_context(socket.create_server(("127.0.0.1", PORT)))
        with served(project, port=None) as preview:
            assert preview.port != PORT
