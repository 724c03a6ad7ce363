"""The lead image: the right one of those that a page offers."""

from __future__ import annotations

import pytest

from digest.errors import ReadError
from digest.model import Entry
from digest.read import read
from tests.builders import document
from tests.read.pages import linked, page, paragraphs

HOST = "https://lantern.example"


def image(head: str = "", body: str = "", **changes: object) -> str | None:
    html = page(body + paragraphs(), head=head)
    url = f"{HOST}/2026/lamps"
    return read(document(html.encode(), media_type="text/html", url=url, **changes)).image


def og(url: str, *more: str) -> str:
    return f"<meta property='og:image' content='{url}'>" + "".join(more)


def node(value: object) -> str:
    return linked({"@type": "NewsArticle", "image": value})


@pytest.mark.parametrize(
    ("head", "body", "found"),
    [
        (og("/lamp.jpg"), "", "/lamp.jpg"),
        (node({"url": "/quay.jpg", "width": 900}), "", "/quay.jpg"),
        (node([{"contentUrl": "/quay.png"}]), "", "/quay.png"),
        ("<meta name='twitter:image' content='/t.gif'>", "", "/t.gif"),
        (og("/logo.png") + node("/quay.jpg"), "", "/quay.jpg"),
        (og("/site-logo-big.png"), "", None),
        (og("/a.svg"), "", None),
        (og("/1x1.gif"), "", None),
        (
            og("/s.jpg", "<meta property='og:image:width' content='64'>") + node("/quay.jpg"),
            "",
            "/quay.jpg",
        ),
        (node({"url": "/s.jpg", "height": {"value": 40}}), "", None),
        (og("/lamp.webp") + node("/lamp.jpg"), "", "/lamp.jpg"),
        (og("/lamp.webp"), "", "/lamp.webp"),
        (og("/lamp.jpg?format=webp") + node("/plain.jpg"), "", "/plain.jpg"),
        (og("/logos-of-lamps/quay.jpg"), "", "/logos-of-lamps/quay.jpg"),
        ("", "<img src=/in.jpg>", "/in.jpg"),
        ("", "<img src=data:image/gif;base64,R0 data-src=/lazy.jpg>", "/lazy.jpg"),
        ("", "<img width=1 height=1 src=/count.gif><img src=/in.jpg>", "/in.jpg"),
        ("", "<amp-img src=/amp.jpg width=900 height=500></amp-img>", "/amp.jpg"),
        ("", "<img srcset='/a.jpg 320w, /c.jpg 1200w, /b.jpg 640w' src=/a.jpg>", "/c.jpg"),
        ("", "<img srcset='/a.jpg 1x,/b.jpg 2x'>", "/b.jpg"),
        ("", "<img srcset='/w_1,h_2/a.jpg 1x, /w_2,h_4/a.jpg 2x'>", "/w_2,h_4/a.jpg"),
        ("", "<img srcset='/a.jpg nonsense'>", "/a.jpg"),
        ("", "<img srcset=', ,' src=/in.jpg>", "/in.jpg"),
    ],
)
def test_the_lead_image(head: str, body: str, found: str | None) -> None:
    assert image(head, body) == (found and HOST + found)


def test_the_feed_s_image_counts_before_one_in_the_text() -> None:
    entry = Entry(id="1", title="Lamps", image="https://cdn.example/feed.jpg")
    assert image("", "<img src=/in.jpg>", entry=entry) == "https://cdn.example/feed.jpg"


@pytest.mark.parametrize("srcset", ["," * 50_000, "x" * 100_000, "a 1w," * 20_000])
def test_hostile_sets_of_pictures_are_bounded(srcset: str) -> None:
    try:
        image("", f"<img srcset='{srcset}'>")
    except ReadError:
        pytest.fail("the article is there")
