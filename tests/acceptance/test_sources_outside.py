"""Twenty sources on a hostile web, as their owner meets them: by the program and its output."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

import pytest

from tests.acceptance.killing import printed
from tests.builders import Project, body
from tests.sources.following import item, page, rss
from tests.webserver import Asked, Reply, WebServer, bomb, conditional, redirect, squeeze

NOW = datetime.now(UTC)


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        for number in range(1, 40):
            server[f"/{number}.html"] = page(number)
        yield server


def follow(project: Project, sources: Mapping[str, str]) -> None:
    """A digest.toml with these sources: by name the kind and the place, as it would be written."""
    blocks = (
        f'[[sources]]\nname = "{name}"\n{place}\nprivate = true\n'
        for name, place in sources.items()
    )
    head = '[fetch]\npause = "0 seconds"\ntimeout = "5 seconds"\n[select]\nmax_stories = 40\n'
    project.write("digest.toml", head + "\n".join(blocks))


def story(number: int, web: WebServer, title: str = "", more: str = "", day: str = "") -> str:
    """An item that gives its article in full."""
    words = "".join(f"<p>{part} {part} {part}</p>" for part in body(number).split("\n\n"))
    link = f"<link>{web.url(f'/{number}.html')}</link>"
    return (
        f"<item><guid>tag:{number}</guid><title>{title or f'Story {number}'}</title>"
        f"<pubDate>{day or format_datetime(NOW)}</pubDate>"
        f"{more or link}"
        f"<description>{escape(words)}</description></item>"
    )


# --- every kind of source


def kinds(web: WebServer) -> dict[str, str]:
    """One source of each kind; the story of each has the number of its place."""
    url, day = web.url, NOW.isoformat()
    atom = (
        f"<entry><id>urn:2</id><title>Story 2</title><link href='/2.html'/>"
        f"<updated>{day}</updated><summary>Cut…</summary></entry>"
    )
    rdf = f"<item><title>Story 3</title><link>{url('/3.html')}</link></item>"
    news = (
        f'{{"id": "4", "url": "{url("/4.html")}", "title": "Story 4", "date_published": "{day}"}}'
    )
    cards = "".join(
        f"<article><h2><a href='/{n}.html'>Story {n} of the harbour and the town</a></h2></article>"
        for n in (5, 6, 7)
    )
    part = f"<url><loc>{url('/8.html')}</loc><lastmod>{day}</lastmod></url>"
    web["/rss"] = conditional(rss(item(1, url("/1.html"), when=NOW)), etag='"1"')
    web["/atom"] = conditional(
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title>{atom}</feed>".encode(),
        modified=NOW,
    )
    web["/rdf"] = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        f"xmlns='http://my.netscape.com/rdf/simple/0.9/'>{rdf}</rdf:RDF>"
    ).encode()
    web["/json"] = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{news}]}}'.encode()
    web["/front"] = f"<html><body><main>{cards}</main></body></html>".encode()
    web["/map.gz"] = squeeze(f"<urlset>{part}</urlset>".encode(), "gzip")
    web["/index"] = (
        f"<sitemapindex><sitemap><loc>{url('/map.gz')}</loc></sitemap></sitemapindex>".encode()
    )
    return {
        "rss": f'feed = "{url("/rss")}"',
        "atom": f'feed = "{url("/atom")}"',
        "rdf": f'feed = "{url("/rdf")}"',
        "json": f'feed = "{url("/json")}"',
        "front": f'page = "{url("/front")}"',
        "index": f'sitemap = "{url("/index")}"',
        "article": f'article = "{url("/9.html")}"',
        "disk": 'feed = "disk.xml"',
    }


def test_every_kind_of_source_gives_its_articles_once(project: Project, web: WebServer) -> None:
    follow(project, kinds(web))
    project.write("disk.xml", rss(item(10, web.url("/10.html"), when=NOW)))
    first = project.digest("run")
    assert first.returncode == 0, first.stderr
    assert "10 stories went in." in first.stdout
    web.log.clear()
    second = project.digest("run")
    assert second.returncode == 0, second.stderr
    assert "Nothing new" in second.stdout
    assert list(printed(project.folder).values()) == [1] * 10
    asked = {it.path: it.headers for it in web.log}
    assert asked["/rss"]["if-none-match"] == '"1"'
    assert "if-modified-since" in asked["/atom"]
    assert {path for path in asked if path.endswith(".html")} == {"/9.html"}


# --- the hostile web

LOL = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUT = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def hop(asked: Asked) -> Reply:
    return redirect(f"/hop/{int(asked.path.rpartition('/')[2]) + 1}", 301)


#: By name: the kind, what is served, what is said of it.
HOSTILE: dict[str, tuple[str, bytes | Reply | Callable[[Asked], Reply], str]] = {
    "entities": ("feed", LOL.encode() + rss("<item><title>&c;</title></item>"), "grow without end"),
    "outside": ("feed", OUT.encode() + rss("<item><title>&a;</title></item>"), "stands outside"),
    "bomb": ("feed", bomb("gzip"), "is larger than the 10 MB"),
    "nodes": ("page", b"<html><body>" + b"<div><p>x</p></div>" * 500_000, "no list of articles"),
    "deep": ("article", b"<html><body>" + b"<div>" * 100_000, "no article text found"),
    "html": ("feed", page(1), "is a web page and no feed"),
    "feed page": ("page", rss(), "is a feed and no page"),
    "feed article": ("article", rss(), "is a feed and no page"),
    "empty": ("feed", b"", "is empty"),
    "empty page": ("page", b"", "is empty"),
    "empty article": ("article", b"", "is empty"),
    "empty map": ("sitemap", b"", "is empty"),
    "file": ("feed", redirect("file:///etc/passwd"), "is no address of http: or https:"),
    "script": ("feed", redirect("javascript:alert(1)"), "is no address of http: or https:"),
    "hop/0": ("feed", hop, "is the end of 10 redirects"),
    "circle": ("feed", redirect("/circle", 301), "redirects in a circle"),
    "half": ("feed", Reply(rss(), cut=40), "breaks off in the middle"),
    "noise": ("feed", Reply(raw=b"\x00\xff\r\n\r\n"), "does not speak HTTP"),
    "binary": ("article", Reply(b"%PDF-1.7 \x00", media_type="application/pdf"), "media type"),
    "login": ("feed", Reply(status=401), "refuses the request (401)"),
    "gone": ("feed", Reply(status=410), "is gone for good (410)"),
    "odd": ("feed", Reply(status=206), "is no document (206)"),
}


def test_each_hostile_source_is_named_and_the_rest_goes_out(
    project: Project, web: WebServer
) -> None:
    sources = {"good": f'feed = "{web.url("/good")}"'}
    web["/good"] = rss(item(1, web.url("/1.html"), when=NOW))
    for name, (kind, reply, _) in HOSTILE.items():
        path = f"/{name.replace(' ', '-')}"
        web["/hop/*" if name == "hop/0" else path] = reply
        sources[name] = f'{kind} = "{web.url(path)}"'
    sources["long"] = f'feed = "https://long.example/{"a" * 10_000}"'
    sources["idn"] = 'feed = "https://☃.example/feed"'
    follow(project, sources)
    done = project.digest("run")
    assert done.returncode == 1
    assert "1 story went in." in done.stdout
    lines = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(lines) == len(sources) - 1
    told = {line.removeprefix("error: ").partition(" (http")[0]: line for line in lines}
    assert {name for name, (*_, why) in HOSTILE.items() if why not in told[name]} == set()
    assert "is 10,021 characters long" in told["long"]
    assert "names a host that no registry allows" in told["idn"]
    assert max(map(len, lines)) < 600
    assert "Traceback" not in done.stdout + done.stderr


LINKS = ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[::1", "//")
DATES = ("Mon, 01 Jan 0000 00:00:00 GMT", "9999-12-31T23:59:59-12:00", "now", "9" * 40)
TITLES = (
    "&lt;script&gt;alert(1)&lt;/script&gt;Salt &amp;amp; &lt;b&gt;bread&lt;/b&gt;",
    "<![CDATA[<img src=x onerror=alert(2)>5 < 6]]>",
    "{{ 7 * 7 }} {% raw %}",
)


def test_hostile_items_are_printed_without_harm(project: Project, web: WebServer) -> None:
    items = [story(1 + n, web, more=f"<link>{link}</link>") for n, link in enumerate(LINKS)]
    items += [story(11 + n, web, day=day) for n, day in enumerate(DATES)]
    items += [story(21 + n, web, title) for n, title in enumerate(TITLES)]
    web["/feed"] = rss(*items)
    follow(project, {"wire": f'feed = "{web.url("/feed")}"'})
    done = project.digest("run")
    assert done.returncode == 0, done.stderr
    assert "12 stories went in." in done.stdout
    [folder] = project.issues()
    html, text = ((folder / f).read_text("utf-8") for f in ("index.html", "message.txt"))
    for page_of_it in (html, text):
        assert not re.search(
            r"alert\(|onerror|javascript:|data:text|etc/passwd|\b9999\b", page_of_it
        )
    assert "Salt &amp; bread" in html
    assert "5 &lt; 6" in html
    assert "{{ 7 * 7 }} {% raw %}" in text


# --- what a reader and an owner would miss


def test_items_that_share_one_link_are_all_printed(project: Project, web: WebServer) -> None:
    link = f"<link>{web.url('/')}</link>"
    titles = ("Ferry is late", "Bridge was closed", "Orchard in bloom", "Library moves")
    items = [story(n, web, title, more=link) for n, title in enumerate(titles)]
    follow(project, {"wire": f'feed = "{web.url("/feed")}"'})
    web["/feed"] = rss(*items[:3])
    assert "3 stories went in." in project.digest("run").stdout
    web["/feed"] = rss(*items)
    assert "1 story went in." in project.digest("run").stdout
    assert sorted(printed(project.folder)) == sorted(titles)


def test_many_pages_behind_one_wall_are_one_line(project: Project, web: WebServer) -> None:
    wall = b"<html><body><p>Please turn on JavaScript to read on.</p></body></html>"
    words = "The council of the harbour town voted for bridge number %d on Monday evening. "
    items = []
    for number in range(1, 6):
        web[f"/{number}.html"] = wall
        url = web.url(f"/{number}.html")
        items.append(item(number, url, description=words % number * 2 + "[...]", when=NOW))
    web["/feed"] = rss(*items)
    follow(project, {"wire": f'feed = "{web.url("/feed")}"'})
    done = project.digest("run")
    assert done.returncode == 0
    [line] = done.stderr.splitlines()
    assert line.startswith(f"warning: wire ({web.url('/1.html')} and 4 more): the page ")


def test_a_feed_names_the_paper_that_its_articles_are_from(
    project: Project, web: WebServer
) -> None:
    feed = rss(story(1, web)).replace(b"https://wire.example/", web.url("/").encode())
    web["/feed"] = feed.replace(b"<title>Wire</title>", b"<title>The Wire of Elsby</title>")
    follow(project, {"wire": f'feed = "{web.url("/feed")}"'})
    assert project.digest("run").returncode == 0
    [folder] = project.issues()
    assert "The Wire of Elsby" in (folder / "message.txt").read_text("utf-8")


ADDRESSES = (
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/",
    "http://0x7f000001:{port}/", "http://127.1:{port}/", "http://0177.0.0.1:{port}/",
    "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://[64:ff9b::7f00:1]:{port}/",
    "http://１２７.０.０.１:{port}/", "http://127.0.0.1.:{port}/", "http://0.0.0.0:{port}/",
    "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[fd00::1]/",
    "http://[fe80::1%25lo]/",
)  # fmt: skip


def test_no_spelling_leads_to_a_private_network(project: Project, web: WebServer) -> None:
    addresses = [address.format(port=web.port) for address in ADDRESSES]
    blocks = (f'[[sources]]\nname = "{n}"\nfeed = "{it}"\n' for n, it in enumerate(addresses))
    linked = (item(n, it, when=NOW) for n, it in enumerate(addresses))
    project.write("disk.xml", rss(*linked))
    project.write("digest.toml", "".join(blocks) + '[[sources]]\nfeed = "disk.xml"\n')
    done = project.digest("run")
    assert done.returncode == 1
    assert "Nothing new" in done.stdout
    assert done.stderr.count("error: ") >= 2 * len(addresses) - 1
    assert web.log == []


def test_a_password_in_an_address_is_refused_and_never_shown(project: Project) -> None:
    address = "http://reader:hunter2@post.example/feed"
    project.write("digest.toml", f'[[sources]]\nfeed = "{address}"\n')
    for command in (("run",), ("sources",), ("sources", "add", address, "--yes")):
        done = project.digest(*command)
        assert done.returncode == 2
        assert "holds a user name or password" in done.stderr
        assert "hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["add", "test"])
def test_a_very_long_address_is_no_file(project: Project, command: str) -> None:
    done = project.digest("sources", command, f"http://{'a' * 9_990}.example/")
    assert done.returncode == 1
    assert "is 10,006 characters long" in done.stderr
    assert len(done.stderr) < 1_000
