"""Sources on the web from outside: each article once, whatever happens between two runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest import wiring
from digest.model import Document
from digest.sources.health import HealthState
from digest.visits import Stand, Visit
from tests.acceptance.killing import after_kills
from tests.builders import Project, body
from tests.sources.following import item, page, rss
from tests.webserver import Asked, Reply, WebServer, conditional

SETTINGS = """
[fetch]
pause = "0 seconds"

[[sources]]
name = "post"
feed = "{feed}"
private = true
"""


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        for number in range(1, 13):
            server[f"/{number}.html"] = page(number)
        yield server


def feed(web: WebServer, *numbers: int, **how: str) -> bytes:
    now = datetime.now(UTC)
    return rss(*(item(n, web.url(f"/{n}.html"), when=now, **how) for n in numbers))


def follow(project: Project, web: WebServer) -> None:
    project.write("digest.toml", SETTINGS.format(feed=web.url("/feed")))


def test_the_second_run_makes_nothing_and_asks_on_conditions(
    project: Project, web: WebServer
) -> None:
    web["/feed"] = conditional(feed(web, 1, 2, 3), etag='"a"', modified=datetime.now(UTC))
    follow(project, web)
    first = project.digest("run")
    assert first.returncode == 0, first.stderr
    assert "3 stories went in." in first.stdout
    [issue] = project.issues()
    web.log.clear()
    second = project.digest("run")
    assert second.returncode == 0, second.stderr
    assert "Nothing new" in second.stdout
    assert project.issues() == [issue]
    [asked] = web.log
    assert asked.path == "/feed"
    assert asked.headers["if-none-match"] == '"a"'
    assert "if-modified-since" in asked.headers
    assert asked.headers["user-agent"].startswith("digest/")


def test_a_rehearsal_consumes_nothing(project: Project, web: WebServer) -> None:
    web["/feed"] = conditional(feed(web, 1, 2, 3), etag='"a"')
    follow(project, web)
    for _ in range(2):
        assert "3 stories would go in." in project.digest("run", "--dry-run").stdout
    assert "3 stories went in." in project.digest("run").stdout


def test_a_failing_source_is_told_and_the_rest_goes_out(project: Project, web: WebServer) -> None:
    web["/feed"] = feed(web, 1, 2)
    web["/down"] = Reply(status=500)
    more = f'[[sources]]\nname = "down"\nfeed = "{web.url("/down")}"\nprivate = true\n'
    project.write("digest.toml", SETTINGS.format(feed=web.url("/feed")) + more)
    done = project.digest("run")
    assert done.returncode == 1
    assert f"down ({web.url('/down')}): reports a fault of its server (500)" in done.stderr
    assert "2 stories went in." in done.stdout


def test_a_wall_gives_way_to_the_feeds_own_words(project: Project, web: WebServer) -> None:
    words = "The council of the harbour town voted for the new bridge on Monday evening. " * 3
    web["/1.html"] = b"<html><body><p>Please turn on JavaScript.</p></body></html>"
    web["/feed"] = feed(web, 1, description=f"{words} [...]")
    follow(project, web)
    done = project.digest("run")
    assert done.returncode == 0, done.stderr
    [folder] = project.issues()
    assert "voted for the new bridge" in (folder / "message.txt").read_text("utf-8")


def test_an_edit_is_no_second_story(project: Project, web: WebServer) -> None:
    def told(last: str) -> bytes:
        words = f"{body(1)}\n\n{body(2)}\n\n{last}".split("\n\n")
        return feed(web, 1, description="".join(f"<p>{part}</p>" for part in words))

    web["/feed"] = told("Nobody was hurt, said the harbour office.")
    follow(project, web)
    assert "1 story went in." in project.digest("run").stdout
    web["/feed"] = told("Two people were hurt, said the harbour office on Monday.")
    second = project.digest("run")
    assert second.returncode == 0, second.stderr
    assert "a corrected version of “Story 1”" in second.stdout
    assert len(project.issues()) == 1


def test_a_flood_waits_for_the_users_word(project: Project, web: WebServer) -> None:
    web["/feed"] = feed(web, 1, 2)
    follow(project, web)
    assert "2 stories went in." in project.digest("run").stdout
    long_ago = datetime(2019, 5, 1, tzinfo=UTC)
    archive = [item(n, web.url(f"/{n}.html"), when=long_ago) for n in range(3, 11)]
    web["/feed"] = rss(*archive)
    assert "Nothing new" in project.digest("run").stdout
    here = wiring.project(None, folder=project.folder)
    with wiring.open_ledger(here) as ledger:
        assert ledger.held() == {"post": 8}
        [state] = wiring.health(here, ledger, datetime.now(UTC))
    assert (state.state, state.held, state.weeks[-1]) == (HealthState.HELD, 8, 2)
    assert wiring.release(here, "post") == 8
    web["/feed"] = feed(web)  # gone from the feed by then
    assert "8 stories went in." in project.digest("run").stdout
    assert wiring.discard(here, "post") == 0


def test_a_trial_shows_what_would_come_and_keeps_nothing(project: Project, web: WebServer) -> None:
    web["/feed"] = conditional(feed(web, *range(1, 13)), etag='"a"')
    follow(project, web)
    here = wiring.project(None, folder=project.folder)
    [source] = here.settings.sources
    for _ in range(2):
        *items, visit = wiring.trial(here, source, pages=3)
        assert [i.entry.title for i in items if isinstance(i, Document) and i.entry] == [
            "Story 1",
            "Story 2",
            "Story 3",
        ]
        assert isinstance(visit, Visit)
        assert visit.new == 12
        waiting = [it for it in visit.noted if it.stand is Stand.WAITING]
        assert len(waiting) == 9
    assert not (project.folder / ".digest").exists()
    assert "12 stories went in." in project.digest("run").stdout


def by_contact(before: bytes, after: bytes) -> Callable[[Asked], Reply]:
    """A feed in its first state for those who say so, with conditions."""
    first, second = (conditional(body, etag=f'"{len(body)}"') for body in (before, after))
    return lambda asked: (first if "before" in asked.headers["user-agent"] else second)(asked)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_at_every_step_between_fetch_and_outbox(
    tmp_path: Path, root: Path, web: WebServer
) -> None:
    web["/feed"] = by_contact(feed(web, 1), feed(web, 3, 2, 1))
    done = subprocess.run(
        [sys.executable, "-m", "tests.acceptance.killing", web.url("/feed")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": "", "TZ": "UTC"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["articles"] == 3
    assert told["steps"] > 30
    assert told["wrong"] == []


def test_sigkill_at_any_moment(project: Project, root: Path, web: WebServer) -> None:
    web.delay = 0.02
    web["/feed"] = conditional(feed(web, *range(1, 13)), etag='"a"')
    follow(project, web)
    titles = after_kills(project, root)
    assert len(titles) == 12
    assert set(titles.values()) == {1}
