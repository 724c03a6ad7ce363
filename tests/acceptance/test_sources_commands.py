"""Following sources from the command line, against a web server of our own."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.builders import Project
from tests.webserver import Reply, WebServer, redirect

HEADLINES = (
    "Ferry to the outer islands runs again",
    "Old lighthouse gets a new keeper",
    "Council quarrels about the price of slate",
    "Choir of Lindmoor looks for tenors",
    "Two bears seen near the reservoir",
)


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def feed(web: WebServer, numbers: range = range(5), *, days: int = 0) -> Reply:
    """A feed of teasers that are so many days old, the newest first."""
    now = datetime.now(UTC) - timedelta(days=days)
    items = "".join(
        f"<item><title>{HEADLINES[n % 5]}, part {n}</title><link>{web.url(f'/story/{n}')}</link>"
        f"<guid>{n}</guid><description>What came of it…</description>"
        f"<pubDate>{format_datetime(now - timedelta(hours=n % 20 + 1))}</pubDate></item>"
        for n in numbers
    )
    text = f"<rss version='2.0'><channel><title>The Harbour Post</title>{items}</channel></rss>"
    return Reply(text.encode(), media_type="application/rss+xml")


def story(number: int) -> bytes:
    words = "\n".join(
        f"<p>Paragraph {part} of report {number}{part} says what the {number + part} neighbours "
        f"of quay{number} thought{part} when the news{number}{part} reached them after dinner.</p>"
        for part in range(6)
    )
    title = f"{HEADLINES[number % 5]}, part {number}"
    head = f"<html lang=en><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{words}</article></body></html>".encode()


def serve(web: WebServer, numbers: range = range(5), *, days: int = 0) -> None:
    web["/feed.xml"] = feed(web, numbers, days=days)
    for number in numbers:
        web[f"/story/{number}"] = story(number)


def sources(project: Project) -> list[dict[str, object]]:
    text = (project.folder / "digest.toml").read_text("utf-8")
    found: list[dict[str, object]] = tomllib.loads(text)["sources"]
    return found


def follow(project: Project, web: WebServer) -> None:
    """A project that follows the server's feed, and an empty folder."""
    (project.folder / "seeds").mkdir()
    project.write(
        "digest.toml",
        f'[fetch]\npause = "0 seconds"\n[[sources]]\nfolder = "seeds"\n'
        f'[[sources]]\nname = "Post"\nfeed = "{web.url("/feed.xml")}"\nprivate = true\n',
    )


def front(*links: str, head: str = "") -> bytes:
    return f"<html lang=en><head><title>Front</title>{head}</head><body>{''.join(links)}".encode()


@pytest.mark.parametrize(
    ("page", "place"),
    [
        (front(head="<link rel=alternate type='application/rss+xml' href='/feed.xml'>"), "tag"),
        (front("<p><a href='/feed.xml'>RSS</a></p>"), "anchor"),
        (front("<p>Nothing said of a feed</p>"), "common place"),
    ],
    ids=["link tag", "anchor", "common place"],
)
def test_add_finds_the_feed_of_a_page(
    project: Project, web: WebServer, page: bytes, place: str
) -> None:
    serve(web)
    web["/"] = page
    added = project.digest("sources", "add", web.url("/"), "--private", "--yes")
    assert added.returncode == 0, (place, added.stderr)
    assert "RSS 2.0, 5 entries" in added.stdout
    assert HEADLINES[0] in added.stdout
    assert sources(project) == [
        {"feed": web.url("/feed.xml"), "name": "The Harbour Post", "private": True}
    ]


def test_what_was_added_is_read_once_and_then_asked_on_conditions(
    project: Project, web: WebServer
) -> None:
    serve(web)
    body = feed(web).body
    web["/feed.xml"] = lambda asked: (
        Reply(status=304)
        if asked.headers.get("if-none-match") == '"1"'
        else Reply(body, headers={"ETag": '"1"'}, media_type="application/rss+xml")
    )
    project.write("digest.toml", '[fetch]\npause = "0 seconds"\n[[sources]]\nfolder = "none"\n')
    (project.folder / "none").mkdir()
    project.digest("sources", "add", web.url("/feed.xml"), "--private", "--yes", "--section", "Sea")
    first = project.digest("run")
    assert first.returncode == 0, first.stderr
    assert "5 stories went in" in first.stdout
    web.log.clear()
    second = project.digest("run")
    assert "Nothing new" in second.stdout
    assert "1 unchanged" in second.stdout
    assert [(a.path, a.headers.get("if-none-match")) for a in web.log] == [("/feed.xml", '"1"')]
    listed = project.digest("sources").stdout
    assert "▁▁▁▁▁▁▁█    5 this week" in listed
    [_, post] = json.loads(project.digest("sources", "--json").stdout)
    assert (post["state"], post["weeks"][-1], post["error"]) == ("ok", 5, None)


def test_a_page_without_a_feed_a_sitemap_and_an_article_are_offered_as_such(
    project: Project, web: WebServer
) -> None:
    for number in range(5):
        web[f"/story/{number}"] = story(number)
    links = [f"<h2><a href='/story/{n}'>{HEADLINES[n]}, part {n}</a></h2>" for n in range(5)]
    web["/news"] = front("<main>", *links, "</main>")
    locations = "".join(f"<url><loc>{web.url(f'/story/{n}')}</loc></url>" for n in range(5))
    web["/map.xml"] = Reply(
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'.encode(),
        media_type="application/xml",
    )
    for path in ("/news", "/map.xml", "/story/1"):
        added = project.digest("sources", "add", web.url(path), "--private", "--yes")
        assert added.returncode == 0, added.stderr
    kinds = [next(iter(source)) for source in sources(project)]
    assert kinds == ["page", "sitemap", "article"]


def test_an_address_that_moved_for_good_is_followed_where_it_is(
    project: Project, web: WebServer
) -> None:
    serve(web)
    web["/old"] = redirect("/feed.xml", 301)
    project.digest("sources", "add", web.url("/old"), "--private", "--yes")
    assert [source["feed"] for source in sources(project)] == [web.url("/feed.xml")]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["{web}"], 1, "--private"),
        (["{web}/nowhere", "--private"], 1, "was not found"),
        (["{web}/empty", "--private"], 1, "offers no feed"),
        (["http://127.0.0.1:1/", "--private"], 1, "cannot be reached"),
        (["http://["], 1, "http://["),
        (["ftp://post.example/"], 1, "ftp://post.example/"),
        (["{web}/feed.xml", "--private", "--no-yes"], 2, "--no-yes"),
    ],
    ids=["private", "missing", "nothing there", "closed", "no address", "scheme", "option"],
)
def test_what_cannot_be_followed_is_told_and_not_written(
    project: Project, web: WebServer, arguments: list[str], code: int, said: str
) -> None:
    web["/empty"] = b"<html><body></body></html>"
    given = [argument.replace("{web}", web.url("")) for argument in arguments]
    told = project.digest("sources", "add", *given, "--yes")
    assert told.returncode == code, told.stdout
    assert said in told.stderr
    assert "Traceback" not in told.stderr
    assert not (project.folder / "digest.toml").exists()


@pytest.mark.parametrize(("answer", "is_added"), [("y\n", True), ("\n", True), ("n\n", False)])
def test_a_terminal_is_asked(
    project: Project,
    web: WebServer,
    root: Path,
    answer: str,
    is_added: bool,  # noqa: FBT001  a column
) -> None:
    serve(web)
    keyboard, terminal = pty.openpty()
    os.write(keyboard, answer.encode())
    done = subprocess.run(
        [sys.executable, "-m", "digest", "sources", "add", web.url("/feed.xml"), "--private"],
        cwd=project.folder,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdin=terminal,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    os.close(keyboard)
    os.close(terminal)
    assert done.returncode == 0, done.stderr
    assert "Add it to digest.toml?" in done.stdout
    assert (project.folder / "digest.toml").exists() is is_added


def test_a_test_shows_what_would_come_and_keeps_nothing(project: Project, web: WebServer) -> None:
    serve(web, range(3))
    follow(project, web)
    before = (project.folder / "digest.toml").read_bytes()
    for given in (["Post"], [web.url("/feed.xml"), "--private"]):
        told = project.digest("sources", "test", *given)
        assert told.returncode == 0, told.stderr
        assert f"{HEADLINES[2]}, part 2" in told.stdout
        assert "3 entries listed, 3 new. Nothing was kept." in told.stdout
    assert (project.folder / "digest.toml").read_bytes() == before
    assert not (project.folder / ".digest").exists()
    assert "3 stories went in" in project.digest("run").stdout


def test_a_source_that_fails_is_told_and_listed(project: Project, web: WebServer) -> None:
    follow(project, web)
    web["/feed.xml"] = Reply(status=404)
    failed = project.digest("run")
    assert failed.returncode == 1
    assert f"Post ({web.url('/feed.xml')}): was not found" in failed.stderr
    assert "1 source on the web: 1 failed" in failed.stdout
    listed = project.digest("sources").stdout
    assert "failing" in listed
    assert "error: was not found" in listed
    tried = project.digest("sources", "test", "Post")
    assert tried.returncode == 1
    assert "was not found" in tried.stderr


def test_a_source_that_is_gone_is_told_until_it_is_taken_out(
    project: Project, web: WebServer
) -> None:
    follow(project, web)
    web["/feed.xml"] = Reply(status=410)
    project.digest("run")
    again = project.digest("run")
    assert again.returncode == 0, again.stderr
    assert "warning: Post: is gone for good" in again.stderr
    assert "retired" in project.digest("sources").stdout
    assert project.digest("sources", "remove", "Post").returncode == 0
    assert "warning" not in project.digest("run").stderr


@pytest.mark.parametrize(("word", "new"), [("release", 8), ("discard", 0)])
def test_a_flood_is_held_until_the_user_decides(
    project: Project, web: WebServer, word: str, new: int
) -> None:
    serve(web, range(3))
    follow(project, web)
    project.digest("run")
    serve(web, range(100, 108), days=9)
    held = project.digest("run")
    assert "warning: Post: 8 entries look like a flood" in held.stderr
    assert "digest sources release" in held.stderr
    assert "8 entries are held" in project.digest("sources").stdout
    decided = project.digest("sources", word, "Post")
    assert decided.returncode == 0, decided.stderr
    assert decided.stdout.startswith("8 entries")
    after = project.digest("run")
    assert after.returncode == 0, after.stderr
    [_, post] = json.loads(project.digest("sources", "--json").stdout)
    assert post["held"] == 0
    assert post["weeks"][-1] - 3 == new
