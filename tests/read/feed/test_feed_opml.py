"""Lists of feeds, in and out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.read.feed import Outline, read_opml, write_opml
from tests.read.feed.pairs import attempt

FILE = """<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.0"><head><title>My feeds</title></head><body>
<outline text="Café" title="Other" type="rss" htmlUrl="https://cafe.example/"
  xmlUrl="https://cafe.example/feed?a=1&amp;utm_source=b"/>
<outline text="World">
  <outline text="Europe"><outline text="Quai" type="rss" xmlURL="https://quai.example/rss"/></outline>
  <outline title="Only a title" xmlUrl="https://title.example/rss"/>
  <outline text="A / B"><outline xmlUrl="https://nameless.example/rss"/></outline>
</outline>
<outline text="A page" type="link" url="https://page.example/news"/>
<outline text="A map" type="sitemap" url="https://map.example/sitemap.xml"/>
<outline text="Script" type="rss" xmlUrl="javascript:alert(1)"/>
<outline text="Nothing"/>
<outline text="Café" type="rss" htmlUrl="https://cafe.example/"
  xmlUrl="https://cafe.example/feed?a=1&amp;utm_source=b"/>
</body></opml>"""
OUTLINES = (
    Outline(
        title="Café",
        feed_url="https://cafe.example/feed?a=1&utm_source=b",
        site_url="https://cafe.example/",
    ),
    Outline(title="Quai", feed_url="https://quai.example/rss", section="World/Europe"),
    Outline(title="Only a title", feed_url="https://title.example/rss", section="World"),
    Outline(
        title="https://nameless.example/rss",
        feed_url="https://nameless.example/rss",
        section="World/A - B",
    ),
    Outline(title="A page", feed_url="https://page.example/news", kind="page"),
    Outline(title="A map", feed_url="https://map.example/sitemap.xml", kind="sitemap"),
)


def test_outlines_are_read_with_their_sections() -> None:
    assert read_opml(FILE.encode("latin-1"), "feeds.opml") == OUTLINES


def test_what_is_written_is_read_again() -> None:
    assert read_opml(write_opml(OUTLINES, "My feeds"), "out.opml") == OUTLINES


def test_written_read_and_written_again_is_the_same() -> None:
    mixed = (OUTLINES[1], OUTLINES[0], OUTLINES[2], OUTLINES[4])
    once = write_opml(mixed, "Feeds & more")
    assert write_opml(read_opml(once, "out.opml"), "Feeds & more") == once
    assert once.startswith(b"<?xml")
    assert b"<title>Feeds &amp; more</title>" in once


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"{}", "is no OPML"),
        (b"<rss><channel/></rss>", "is no OPML"),
        (b"<html><body>no</body></html>", "is no OPML"),
        (b'<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hostname">]><opml/>', "stands outside"),
    ],
    ids=["empty", "JSON", "feed", "page", "attack"],
)
def test_what_is_no_list_is_named(data: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why) as caught:
        read_opml(data, "feeds.opml")
    assert caught.value.where == "feeds.opml"


def test_a_list_without_a_body_is_empty() -> None:
    assert read_opml(b"<opml version='2.0'><head/></opml>", "feeds.opml") == ()


def test_deep_nesting_is_borne() -> None:
    deep = (
        "<outline text='a'>" * 200 + "<outline xmlUrl='https://x.example/'/>" + "</outline>" * 200
    )
    (found,) = read_opml(f"<opml><body>{deep}</body></opml>".encode(), "feeds.opml")
    assert found.section
    assert found.section.count("/") == 19
    assert read_opml(b"<opml><body>" + b"<outline text='a'>" * 50_000, "feeds.opml") == ()


NAMES = st.text(max_size=12)
ANY_OUTLINE = st.builds(
    Outline,
    title=NAMES,
    feed_url=st.integers(0, 99).map("https://x.example/{}".format),
    site_url=st.none() | st.just("https://x.example/"),
    section=st.none() | st.lists(NAMES, max_size=3).map("/".join),
    kind=st.sampled_from(["feed", "page", "sitemap", "article"]),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY_OUTLINE, max_size=8), NAMES)
def test_any_list_survives_the_second_trip(outlines: list[Outline], title: str) -> None:
    once = read_opml(write_opml(outlines, title), "a")
    assert {o.feed_url for o in once} == {o.feed_url for o in outlines}
    assert read_opml(write_opml(once, title), "b") == once


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_torn_list_gives_outlines_or_an_error(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(FILE)))
    torn = FILE[:start].encode() + data.draw(st.binary(max_size=20)) + FILE[start + 9 :].encode()
    found = attempt(lambda: read_opml(torn, "feeds.opml"))
    assert all(outline.feed_url.startswith("http") for outline in found or ())
