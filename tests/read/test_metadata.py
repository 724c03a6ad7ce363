"""The facts of a page: where they come from and how they are cleaned."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from digest.read.markup import parse
from digest.read.metadata import Metadata, metadata, study


def facts(head: str = "", body: str = "<p>Text.</p>", *, url: str | None = None) -> Metadata:
    tree = parse(f"<html lang='de-AT'><head>{head}</head><body>{body}</body></html>")
    assert tree is not None
    return metadata(study(tree, url))


def linked(data: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Storks return to the chimney of Ahrenfeld",
    "author": [{"@type": "Person", "name": "By Jonna Reet"}, {"name": "Tilo Bask"}],
    "datePublished": "2026-02-03T08:15:00+01:00",
    "publisher": {"@type": "Organization", "name": "Ahrenfelder Bote"},
    "articleSection": "Nature",
    "image": {"@type": "ImageObject", "url": "https://bote.example/stork.jpg"},
    "inLanguage": "de",
}


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE,
        [{"@type": "BreadcrumbList"}, ARTICLE],
        {"@graph": [{"@type": "WebSite", "name": "Other"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        ARTICLE | {"@type": ["Article", "CreativeWork"]},
        ARTICLE | {"@type": "https://schema.org/BlogPosting"},
    ],
    ids=["object", "list", "graph", "nested", "types", "address"],
)
def test_json_ld_in_every_shape(data: Any) -> None:
    found = facts(linked(data))
    assert found.title is not None
    assert found.title.value == "Storks return to the chimney of Ahrenfeld"
    assert found.title.found == "JSON-LD headline"
    assert found.byline is not None
    assert found.byline.value == "Jonna Reet, Tilo Bask"
    assert found.published is not None
    assert found.published[0] == datetime(2026, 2, 3, 7, 15, tzinfo=UTC)
    assert found.site is not None
    assert found.site.value == "Ahrenfelder Bote"
    assert found.section is not None
    assert found.section.value == "Nature"


def test_an_author_may_be_a_reference() -> None:
    graph = [
        ARTICLE | {"author": {"@id": "#jr"}},
        {"@id": "#jr", "@type": "Person", "name": "J. Reet"},
    ]
    found = facts(linked({"@graph": graph}))
    assert found.byline is not None
    assert found.byline.value == "J. Reet"


@pytest.mark.parametrize(
    "text",
    [
        '<!-- {"@type": "Article", "headline": "Storks return"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Storks return"}\n//]]>',
        '{"@type": "Article", "headline": "Storks return",}',
        '{"@type": "Article", "headline": "Storks\n return"}',
        '{"@type": "Article", "headline": "Storks return"} trailing words',
    ],
    ids=["comment", "cdata", "trailing comma", "line break", "trailing words"],
)
def test_sloppy_json_ld_is_read(text: str) -> None:
    found = facts(f'<script type="application/ld+json">{text}</script>')
    assert found.title is not None
    assert found.title.value == "Storks return"


@pytest.mark.parametrize("text", ["", "{", "nonsense", "[" * 50_000, '{"a":' * 50_000, "null", "7"])
def test_broken_json_ld_is_left_out(text: str) -> None:
    found = facts(f'<script type="application/ld+json">{text}</script><title>Storks return</title>')
    assert found.title is not None
    assert found.title.found == "title tag"


def test_the_article_of_the_page_is_chosen_among_several() -> None:
    other = ARTICLE | {
        "headline": "Another story",
        "datePublished": "2020-01-01",
        "author": "A. Other",
    }
    head = linked([ARTICLE | {"headline": "Storks return"}, other]) + "<title>x</title>"
    found = facts(head, "<h1>Storks return</h1>")
    assert found.byline is not None
    assert found.byline.value == "Jonna Reet, Tilo Bask"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>Storks return | Ahrenfelder Bote</title>",
            "<h1>Storks return</h1>",
            "Storks return",
        ),
        (
            "<title>The storks of Ahrenfeld return - Bote</title>",
            "",
            "The storks of Ahrenfeld return",
        ),
        (
            "<meta property=og:site_name content=Bote><title>Bote: Storks return early</title>",
            "",
            "Storks return early",
        ),
        (
            "<meta property=og:title content='Storks &amp; chimneys: a love story'>",
            "<h1>Der Bote</h1><h1>Storks &amp; chimneys: <i>a love</i> story</h1>",
            "Storks & chimneys: a love story",
        ),
        ("<title>Salt – sugar – fat: what we know</title>", "", "Salt – sugar – fat: what we know"),
        ("", "<h1>Only a headline</h1>", "Only a headline"),
    ],
)
def test_titles_lose_the_name_of_the_site(head: str, body: str, title: str) -> None:
    found = facts(head, body)
    assert found.title is not None
    assert found.title.value == title


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("By Ana Sol", "Ana Sol"),
        ("Von Jörg Ede und Kai Uhl", "Jörg Ede, Kai Uhl"),
        ("Ana Sol, Ben Ort", "Ana Sol, Ben Ort"),
        ("Ana Sol | Science Editor", "Ana Sol"),
        ("Ana Sol, PhD", "Ana Sol"),
        ("ANA SOL and Ana Sol", "Ana Sol"),
        ("ana@bote.example", None),
        ("https://bote.example/ana", None),
        ("admin", None),
        ("Staff", None),
        ("2026", None),
    ],
)
def test_bylines_are_names_only(author: str, byline: str | None) -> None:
    found = facts(f"<meta name=author content='{author}'>")
    assert (found.byline.value if found.byline else None) == byline


@pytest.mark.parametrize(
    "body",
    [
        "<a rel=author href=/a>Ana Sol</a>",
        "<span itemprop=author><b itemprop=name>Ana Sol</b></span>",
        "<p class='post-author byline'>by Ana Sol</p>",
    ],
)
def test_the_page_itself_names_the_author(body: str) -> None:
    found = facts("", body)
    assert found.byline is not None
    assert found.byline.value == "Ana Sol"


def test_the_site_is_the_author_only_where_nobody_else_is() -> None:
    head = "<meta property=og:site_name content=Bote><meta name=author content=Bote>"
    alone, signed = facts(head), facts(head, "<a rel=author>Ana Sol</a>")
    assert alone.byline is not None
    assert signed.byline is not None
    assert (alone.byline.value, signed.byline.value) == ("Bote", "Ana Sol")


@pytest.mark.parametrize(
    ("head", "body", "url", "found"),
    [
        ("<meta property='article:published_time' content='2026-02-03'>", "", None, "meta"),
        ("<meta itemprop=datePublished content='3 February 2026'>", "", None, "meta"),
        ("", "<article><time datetime='2026-02-03'>today</time></article>", None, "time element"),
        ("", "<time>3. Februar 2026</time>", None, "time element"),
        ("", "", "https://bote.example/2026/02/03/storks", "address"),
        ("", "", "https://bote.example/2026-02-03-storks.html", "address"),
    ],
)
def test_strong_dates(head: str, body: str, url: str | None, found: str) -> None:
    published = facts(head, body, url=url).published
    assert published is not None
    assert published[0] == date(2026, 2, 3)
    assert published.found.startswith(found)


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        ("<meta property='article:modified_time' content='2026-02-03'>", "", None),
        ("", "<footer>Copyright 2026-02-03</footer>", None),
        ("", "<p>The fair of 3 February 2026 was cancelled.</p>", None),
        ("", "", "https://bote.example/2026/02/storks"),
        ("", "", "https://bote.example/99/2026/13/41/storks"),
    ],
)
def test_dates_that_merely_stand_somewhere_are_not_printed(
    head: str, body: str, url: str | None
) -> None:
    assert facts(head, body, url=url).published is None


def test_the_rest() -> None:
    head = (
        "<link rel=canonical href='https://bote.example/a'>"
        "<meta property=article:section content=Natur>"
    )
    found = facts(head)
    assert found.url is not None
    assert found.section is not None
    assert found.language is not None
    values = (found.url.value, found.section.value, found.language.value)
    assert values == ("https://bote.example/a", "Natur", "de-AT")


def byline(head: str = "", body: str = "") -> str | None:
    found = facts(head, body).byline
    return found.value if found else None


@pytest.mark.parametrize(
    "body",
    [
        "<span class='post-hero__author'>Ana Sol</span>",
        "<p class='authorName'>Ana Sol</p>",
        "<div class='byline'><span>Ana Sol</span><br><span>Night desk</span></div>",
        "<p>By <a href='https://bote.example/author/ana/'>Ana Sol</a></p>",
        "<div itemprop=author>Ana Sol<br>Senior reporter of the tides</div>",
    ],
    ids=["class", "camel case", "role in a block of its own", "link to a profile", "line break"],
)
def test_names_are_found_by_the_elements_that_hold_them(body: str) -> None:
    assert byline(body=body) == "Ana Sol"


def test_a_card_s_label_names_the_writer() -> None:
    head = (
        "<meta name='twitter:label1' content='Written by'>"
        "<meta name='twitter:data1' content='Ana Sol'>"
    )
    assert byline(head) == "Ana Sol"
    assert byline(head.replace("Written by", "Reading time")) is None


def test_a_person_on_the_page_counts_before_an_account_or_the_site() -> None:
    signed = "<span class=author>Ana Sol</span>"
    for name in ("Bote", "asol"):
        head = linked(ARTICLE | {"author": {"name": name}, "publisher": {"name": "Bote"}})
        assert (byline(head), byline(head, signed)) == (name, "Ana Sol")


@pytest.mark.parametrize(
    "claim",
    [
        "Ana Sol, Editor",
        "Ana Sol, Politics Reporter",
        "Ana Sol — Chief Correspondent",
        "Ana Sol, 3 May",
    ],
)
def test_roles_and_days_are_no_names(claim: str) -> None:
    assert byline(f"<meta name=author content='{claim}'>") == "Ana Sol"


def test_a_day_gets_the_time_that_another_place_knows() -> None:
    head = linked(ARTICLE | {"datePublished": "2026-02-03"})
    more = "<meta property='article:published_time' content='2026-02-03T08:15:00+01:00'>"
    published = facts(head + more).published
    assert published is not None
    assert published.day == datetime(2026, 2, 3, 7, 15, tzinfo=UTC)
    assert published.by == "json-ld"


@pytest.mark.parametrize(
    ("head", "body", "tags"),
    [
        (
            "".join(f"<meta property='article:tag' content='{t}'>" for t in ("A", "#a", "B")),
            "",
            ("A", "B"),
        ),
        ("", "<a rel='category tag' href=/b>Birds</a>", ("Birds",)),
        (f"<meta property='article:tag' content='{'x' * 70}'>", "", ()),
        ("<meta name=keywords content='storks, chimneys'>", "", ()),
    ],
    ids=["article:tag", "rel=tag", "too long", "keywords alone"],
)
def test_tags(head: str, body: str, tags: tuple[str, ...]) -> None:
    assert facts(head, body).tags == tags
