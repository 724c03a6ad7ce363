"""Pages without a feed, sitemaps, single articles and feeds on disk."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.visits import VisitState
from tests.sources.following import NOW, Newsroom, follow, item, page, rss
from tests.webserver import Reply, WebServer, conditional


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        for number in range(1, 40):
            server[f"/news/{number}.html"] = page(number)
        yield server


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "state")


def front_page(*numbers: int, ago: str = "1 hour") -> bytes:
    items = "".join(
        f'<article><h2><a href="/news/{n}.html">The harbour town number {n} has news</a></h2>'
        f"<p>What happened in town {n} on Monday, {ago} ago.</p></article>"
        for n in numbers
    )
    menu = '<nav><a href="/">Home</a> <a href="/about">About us</a></nav>'
    return f"<!doctype html><html><body>{menu}<main>{items}</main></body></html>".encode()


def sitemap(web: WebServer, *numbers: int) -> bytes:
    urls = "".join(
        f"<url><loc>{web.url(f'/news/{n}.html')}</loc>"
        f"<lastmod>{(NOW - timedelta(hours=n)).isoformat()}</lastmod></url>"
        for n in numbers
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def asked_pages(web: WebServer) -> list[str]:
    return [asked.path for asked in web.log if asked.path.startswith("/news/")]


def test_a_page_without_a_feed(web: WebServer, room: Newsroom) -> None:
    front = follow(web.url("/"), kind="page")
    web["/"] = front_page(1, 2, 3, 4, 5)
    room.run(front)
    assert asked_pages(web) == [f"/news/{n}.html" for n in range(1, 6)]
    web["/"] = front_page(6, 1, 2, 3, 4, ago="25 hours")
    room.run(front)
    assert asked_pages(web)[5:] == ["/news/6.html"]


def test_the_links_of_a_page_by_selector(web: WebServer, room: Newsroom) -> None:
    web["/"] = b'<div class=box><a href="/news/1.html">One</a></div><a href="/news/2.html">Two</a>'
    room.run(follow(web.url("/"), kind="page", links=".box a"))
    assert asked_pages(web) == ["/news/1.html"]
    [failure] = room.run(follow(web.url("/"), name="odd", kind="page", links="a[[")).failures
    assert "a[[" in str(failure)


def test_a_sitemap(web: WebServer, room: Newsroom) -> None:
    source = follow(web.url("/sitemap.xml"), kind="sitemap")
    web["/sitemap.xml"] = sitemap(web, 1, 2)
    room.run(source)
    assert asked_pages(web) == ["/news/1.html", "/news/2.html"]
    web["/sitemap.xml"] = sitemap(web, 1, 2, 3)
    room.run(source)
    assert asked_pages(web)[2:] == ["/news/3.html"]


def test_a_sitemap_index_is_asked_for_its_parts_each_time(web: WebServer, room: Newsroom) -> None:
    source = follow(web.url("/sitemap.xml"), kind="sitemap")
    parts = "".join(f"<sitemap><loc>{web.url(f'/part{n}.xml.gz')}</loc></sitemap>" for n in (1, 2))
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    index = f'<sitemapindex xmlns="{schema}">{parts}</sitemapindex>'.encode()
    web["/sitemap.xml"] = conditional(index, etag='"same"')
    web["/part1.xml.gz"] = gzip.compress(sitemap(web, 1))
    web["/part2.xml.gz"] = gzip.compress(sitemap(web, 2))
    room.run(source)
    assert sorted(asked_pages(web)) == ["/news/1.html", "/news/2.html"]
    web["/part2.xml.gz"] = gzip.compress(sitemap(web, 3, 2))
    room.run(source)
    assert asked_pages(web)[2:] == ["/news/3.html"]


def test_a_single_article_again_whenever_it_changes(web: WebServer, room: Newsroom) -> None:
    live = follow(web.url("/live"), kind="article", section="Live")
    web["/live"] = conditional(page(1), etag='"a"')
    room.run(live)
    [document] = room.documents
    assert (document.data, document.url, document.section) == (page(1), web.url("/live"), "Live")
    room.run(live)
    assert room.documents == []
    web["/live"] = conditional(page(2), etag='"b"')
    room.run(live)
    assert [document.data for document in room.documents] == [page(2)]


@pytest.mark.parametrize("kind", ["page", "article"])
def test_robots_txt_is_heard_for_named_pages(web: WebServer, room: Newsroom, kind: str) -> None:
    web["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /", media_type="text/plain")
    web["/live"] = page(1)
    [failure] = room.run(follow(web.url("/live"), kind=kind)).failures
    assert "robots.txt" in str(failure)
    assert web.asked("/live") == []


def test_a_feed_on_disk(web: WebServer, room: Newsroom, tmp_path: Path) -> None:
    file = tmp_path / "wire.xml"
    file.write_bytes(rss(item(1, web.url("/news/1.html"))))
    source = replace(follow("wire.xml"), base=tmp_path)
    [visit] = room.run(source).visits
    assert (visit.state, visit.new, visit.status) == (VisitState.OK, 1, None)
    assert asked_pages(web) == ["/news/1.html"]
    assert room.run(source).visits[0].state is VisitState.UNCHANGED
    file.unlink()
    [failure] = room.run(source).failures
    assert str(failure).startswith("wire (wire.xml): cannot be read: No such file")


def test_a_feed_does_not_lead_into_a_private_network(
    web: WebServer, room: Newsroom, tmp_path: Path
) -> None:
    targets = [web.url("/news/1.html"), "http://169.254.169.254/latest", "http://[::1]:1/"]
    items = [item(number, target) for number, target in enumerate(targets)]
    (tmp_path / "wire.xml").write_bytes(rss(*items))
    done = room.run(replace(follow("wire.xml"), base=tmp_path, private=False))
    assert {it.where for it in done.failures} == {f"wire ({target})" for target in targets}
    assert web.log == []
