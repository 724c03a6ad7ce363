"""Whatever comes in, a reader gives an article or a `ReadError`, in bounded time."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.model import Document, Entry
from digest.read import explain, read
from tests.builders import document
from tests.read.pages import PARAGRAPHS, linked, page, paragraphs

TAGS = (
    "a", "article", "aside", "b", "base", "blockquote", "body", "br", "div", "figure", "footer",
    "form", "h1", "h2", "head", "header", "html", "iframe", "img", "li", "link", "main", "meta",
    "nav", "noscript", "ol", "p", "picture", "pre", "script", "section", "source", "span", "style",
    "svg", "table", "td", "template", "textarea", "time", "title", "tr", "ul", "x-card", "é", "1",
)  # fmt: skip
WORDS = ("related", "By Ana Sol", "3 May 2026", "page not found", *PARAGRAPHS)
VALUES = ("author", "byline", "og:image", "date", "http://[", "a,b 2x, ,", "0", "hidden", "\x00")
NAMES = ("class", "id", "rel", "property", "name", "content", "itemprop", "datetime", "srcset",
         "src", "href", "style", "lang", "width", "type")  # fmt: skip

texts = st.one_of(st.sampled_from(WORDS), st.text(max_size=40))
values = st.one_of(st.sampled_from(VALUES), st.text(max_size=20))
attributes = st.lists(st.tuples(st.sampled_from(NAMES), values), max_size=4).map(
    lambda pairs: "".join(f' {name}="{value}"' for name, value in pairs)
)
openings = st.tuples(st.sampled_from(TAGS), attributes).map(lambda pair: f"<{pair[0]}{pair[1]}>")
closings = st.sampled_from(TAGS).map("</{}>".format)
pages = st.lists(st.one_of(openings, closings, texts), max_size=60).map("".join)
datas = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), values),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ("@type", "@id", "@graph", "headline", "author", "name", "image", "url", "keywords",
                 "datePublished", "articleBody", "isAccessibleForFree", "publisher", "width")
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=12,
)  # fmt: skip
lines = st.lists(
    st.one_of(texts, st.sampled_from(("References", "© 2026", "Read more", "...", "")))
)


def try_to_read(source: Document) -> None:
    """Nothing but a `ReadError` may come out."""
    for verb in (read, explain):
        with suppress(ReadError):
            verb(source)


@settings(max_examples=120, deadline=None)
@given(pages, st.booleans())
@example("<html><body><p>" + "</div>" * 9, True)  # noqa: FBT003 - a position of the test
def test_pages(html: str, fragment: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    entry = Entry(id="1", title="Lamps", content=html, published=datetime(2026, 5, 3, tzinfo=UTC))
    for said in (None, entry):
        data = html.encode("utf-8", "surrogatepass")
        try_to_read(document(data, media_type="text/html", entry=said, fragment=fragment))


@settings(max_examples=80, deadline=None)
@given(datas)
@example({"@type": ["Article", 1], "author": [{"@id": {}}], "image": [[]], "articleBody": 7})
def test_data_inside_pages(data: object) -> None:
    html = page(paragraphs(2), head=linked(data))
    assert read(document(html.encode(), media_type="text/html")).text


@settings(max_examples=120, deadline=None)
@given(lines)
def test_scraped_texts(given_lines: list[str]) -> None:
    try_to_read(document("\n".join(given_lines).encode("utf-8", "surrogatepass")))


LARGE = {
    "a million nodes": page("<p>word</p>" * 1_000_000),
    "a million inline nodes": page("<p>" + "<b>w</b> " * 1_000_000),
    "deep": page("<div>" * 100_000 + paragraphs()),
    "one line of a megabyte": page(f"<p>{'word ' * 200_000}</p>"),
    "one word of a megabyte": page(f"<p>{'w' * 1_000_000}</p>"),
    "related headings": page(paragraphs() + "<h3>Related</h3><p>x</p>" * 10_000),
    "bylines": page("<p class=author>By</p>" * 10_000 + paragraphs()),
    "dates": page("<p>3 May 2026</p>" * 10_000 + paragraphs()),
    "profiles": page("<a href='/author/x'>x</a>" * 20_000 + paragraphs()),
    "metas": page(head="<meta name=author content=x>" * 20_000),
    "data": page(head=f"<script type='application/ld+json'>{json.dumps([{}] * 99_999)}</script>"),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_pages_are_bounded(name: str) -> None:
    with suppress(ReadError):
        assert read(document(LARGE[name].encode(), media_type="text/html")).text


@pytest.mark.parametrize(
    "line", ["Related\nA line of words.\n", "word ", "By Ana Sol\n", "References\n", "Ana Sol\n"]
)
def test_large_scraped_texts_are_bounded(line: str) -> None:
    assert read(document(("\n\n".join(PARAGRAPHS) + "\n" + line * 10_000).encode())).text
