"""Pages: the body without its surroundings, and pages that want to break the reader."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from digest.read.draft import Draft
from digest.read.html import read_html
from digest.read.markup import flatten

PARAGRAPHS = tuple(
    """
The ferry that linked the two halves of Port Lindow for ninety years made its last crossing on
Tuesday, watched by several hundred people who had brought folding chairs and soup.
--
“I learned to read the tide on this boat, and I am not done with it,” said Marta Quill, the last of
four captains, before she handed the wheel to the town's museum.
--
The new bridge, which took six years and two contractors, opens to lorries on Friday and to everyone
else a week later, the harbour office said in a statement.
--
Traders on the east quay fear that visitors will now drive past them. The council has promised a
pedestrian lane, lower rents until spring and a sign that nobody can overlook.
""".strip()
    .replace("\n", " ")
    .split(" -- ")
)
PAGE = """<!doctype html>
<html lang="en-GB"><head>
<title>Last ferry crosses Lindow sound | The Lindow Courier</title>
<meta property="og:site_name" content="The Lindow Courier">
<script>var tracking = "<p>Never printed.</p>";</script><style>p {{ color: red }}</style>
</head><body>
<div id="cookie-banner"><p>We use cookies to improve it. <button>Accept</button></p></div>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article>
<h1>Last ferry crosses Lindow sound</h1>
<p class="meta">By Ines Marrow</p><p>14 March 2026</p>
<p>{0}</p>
<p>{1}</p>
<p>Advertisement</p>
<h2>What comes next</h2>
<p>{2}</p>
<ul><li>Lorries cross from Friday on.</li><li>Cars follow one week later.</li></ul>
<p>{3}</p>
<h3>Related articles</h3>
<ul><li><a href="/1">Bridge toll to be decided in May, says council leader</a></li>
<li><a href="/2">How a museum learned to float: the story of an odd purchase</a></li></ul>
</article></main>
<footer><p>© 2026 The Lindow Courier. All rights reserved.</p></footer>
</body></html>"""


def page() -> Draft:
    return read_html(PAGE.format(*PARAGRAPHS), "https://courier.example/2026/03/14/ferry")


def label(draft: Draft, text: str) -> str:
    return next(line.label for line in draft.lines if line.text == text)


def test_the_body_is_the_article_and_nothing_else() -> None:
    assert page().paragraphs == (
        PARAGRAPHS[0],
        PARAGRAPHS[1],
        "What comes next",
        PARAGRAPHS[2],
        "Lorries cross from Friday on.",
        "Cars follow one week later.",
        PARAGRAPHS[3],
    )


HIDDEN = "“Nobody may ever read this sentence in an issue,” said a voice that no screen shows."


@pytest.mark.parametrize(
    "element",
    [
        "<p hidden>{}</p>",
        '<div hidden=""><p>{}</p></div>',
        '<p style="display:none">{}</p>',
        '<div style="color: red; DISPLAY : None !important"><p>{}</p></div>',
        '<p style="visibility:hidden;">{}</p>',
        "<template><p>{}</p></template>",
        "<noscript><p>{}</p></noscript>",
    ],
)
def test_what_no_reader_sees_is_not_read(element: str) -> None:
    html = PAGE.format(
        PARAGRAPHS[0], PARAGRAPHS[1] + "</p>" + element.format(HIDDEN) + "<p>", *PARAGRAPHS[2:]
    )
    assert read_html(html).paragraphs == page().paragraphs


def test_facts_may_be_hidden_and_a_page_too_until_its_script_has_run() -> None:
    html = PAGE.format(*PARAGRAPHS).replace("<body>", '<body style="visibility: hidden">')
    html = html.replace("<main>", "<main hidden>")
    draft = read_html(html.replace('class="meta"', 'itemprop="author" hidden'))
    assert draft.byline == "Ines Marrow"
    assert draft.paragraphs == page().paragraphs


def test_the_facts_come_from_the_head_and_from_above_the_text() -> None:
    draft = page()
    assert draft.title == "Last ferry crosses Lindow sound"
    assert draft.byline == "Ines Marrow"
    assert str(draft.published) == "2026-03-14"
    assert (draft.language, draft.site) == ("en-GB", "The Lindow Courier")
    assert draft.url == "https://courier.example/2026/03/14/ferry"


def test_every_block_is_explained_in_the_order_of_the_page() -> None:
    draft = page()
    assert [line.number for line in draft.lines] == list(range(1, len(draft.lines) + 1))
    assert label(draft, PARAGRAPHS[0]) == "body"
    assert label(draft, "By Ines Marrow") == "byline"
    assert label(draft, "14 March 2026") == "date"
    assert label(draft, "Advertisement") == "furniture"
    assert label(draft, "Home") == "furniture"
    texts = [line.text for line in draft.lines if line.label == "body"]
    assert texts == list(draft.paragraphs)
    assert all(line.rule for line in draft.lines)


def test_scripts_and_styles_never_reach_the_text() -> None:
    shown = " ".join(line.text for line in page().lines)
    assert "tracking" not in shown
    assert "Never printed" not in shown
    assert "color" not in shown


def test_a_heading_that_ends_the_article_is_no_word_for_its_middle() -> None:
    middle = "<h2>Sources</h2>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    draft = read_html(f"<html><body><article>{middle}</article></body></html>")
    assert draft.paragraphs[-4:] == PARAGRAPHS


@pytest.mark.parametrize(
    "word", ["Related", "Mehr zum Thema", "À lire aussi", "関連記事", "اقرأ أيضًا"]
)
def test_what_follows_a_related_heading_is_cut_in_any_language(word: str) -> None:
    teaser = "<p>Another story of the same paper that an extractor would take for a paragraph.</p>"
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + f"<h3>{word}</h3>{teaser * 2}"
    draft = read_html(f"<html><body><article><h1>Ferry</h1>{body}</article></body></html>")
    assert draft.paragraphs == PARAGRAPHS


def test_line_breaks_part_paragraphs_and_ruby_readings_are_not_read() -> None:
    ruby = "<ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby>"
    body = "<br><br>".join((*PARAGRAPHS, f"The sign says {ruby} in tall letters, for all to see."))
    draft = read_html(
        f"<html><body><article><h1>Ferry</h1><div>{body}</div></article></body></html>"
    )
    assert draft.paragraphs[:4] == PARAGRAPHS
    assert draft.paragraphs[4] == "The sign says 橋 in tall letters, for all to see."


def test_a_paragraph_that_holds_the_headline_is_no_headline() -> None:
    words = "صوت مجلس المدينة يوم الخميس لصالح إغلاق الجسر القديم."
    draft = read_html(f"<html><body><h1>إغلاق الجسر</h1><p>{words}</p></body></html>")
    assert (draft.title, draft.paragraphs) == ("إغلاق الجسر", (words,))


def test_a_single_paragraph_is_a_page() -> None:
    assert read_html("<p>One sentence and no page.</p>").paragraphs == (
        "One sentence and no page.",
    )


def test_a_page_of_bare_divs_among_teasers_is_read() -> None:
    teasers = "".join(
        f"<div class='teaser'><a href='/{n}'>A headline of story {n}</a></div>" for n in range(30)
    )
    body = "".join(f"<div>{text}</div>" for text in PARAGRAPHS)
    draft = read_html(f"<html><body>{teasers}<div id='story'>{body}</div></body></html>")
    assert draft.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("html", ["", " ", "<", "<html>", "<!-- only a comment -->", "<p></p>"])
def test_a_page_without_text_has_no_paragraphs(html: str) -> None:
    assert read_html(html).paragraphs == ()


def story(above: str = "", between: str = "", below: str = "", middle: str = "") -> Draft:
    """A page with something above its headline, between headline and text, inside, and below."""
    one, two, three, four = (f"<p>{text}</p>" for text in PARAGRAPHS)
    text = f"<div>{one}{two}{middle}{three}{four}</div>"
    return read_html(
        f"<html><head><title>Last ferry crosses Lindow sound</title></head><body>{above}<article>"
        f"<h1>Last ferry crosses Lindow sound</h1>{between}{text}{below}</article></body></html>"
    )


@pytest.mark.parametrize(
    "line", ["FOR IMMEDIATE RELEASE", "Harbour", "All stories for two shillings. See the offer"]
)
def test_what_stands_above_the_headline_is_not_the_article(line: str) -> None:
    assert story(above=f"<div><p>{line}</p></div>").paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "Press release",
        "4 min read",
        "Temps de lecture : 3 min.",
        "Lesezeit: 3 Minuten",
        "Subscribe to our newsletter",
        "Updated 15 March 2026",
    ],
)
def test_notes_between_headline_and_text_are_not_the_article(line: str) -> None:
    assert story(between=f"<p>{line}</p>").paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "Press contact: Ines Marrow, ines@courier.example",
        "Pressekontakt: Ines Marrow, Telefon 0123",
        "# # #",
        "You receive this message because you asked for it.",
        "This post may contain affiliate links.",
        "© 2026 The Lindow Courier",
    ],
)
def test_notes_below_the_text_are_not_the_article(line: str) -> None:
    assert story(below=f"<p>{line}</p>").paragraphs == PARAGRAPHS


def test_a_box_inside_the_text_is_not_the_article() -> None:
    box = "<div class='newsletter-box'><h2>Tides</h2><p>One letter a week about them.</p></div>"
    assert story(middle=box).paragraphs == PARAGRAPHS


def test_teasers_below_a_related_heading_go_even_if_the_heading_was_not_taken() -> None:
    teaser = (
        "<div><a href='/1'><h4>Toll</h4></a><p>The council will decide on it in May...</p></div>"
    )
    assert story(below=f"<div><h3>Read next</h3>{teaser * 2}</div>").paragraphs == PARAGRAPHS


def test_a_long_text_above_the_headline_stays() -> None:
    one, two, three, four = (f"<p>{text}</p>" for text in PARAGRAPHS)
    draft = read_html(
        f"<html><body><main>{one}{two}<h1>Ferry</h1>{three}{four}</main></body></html>"
    )
    assert draft.paragraphs == PARAGRAPHS


def test_a_page_that_holds_all_of_its_text_twice_is_read() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    draft = read_html(f"<html><body><main>{body}<h1>Ferry</h1>{body}</main></body></html>")
    assert draft.paragraphs[:4] == PARAGRAPHS


@pytest.mark.parametrize("tag", ["nav", "div"])
def test_a_page_of_links_has_no_paragraphs(tag: str) -> None:
    links = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(20))
    html = f"<html><body><{tag}><ul>{links}</ul></{tag}></body></html>"
    assert read_html(html).paragraphs == ()


# --- hostile pages

BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
HOSTILE = {
    "20,000 nested tags": "<div>" * 20_000 + BODY + "</div>" * 20_000,
    "nested and never closed": "<div><b>" * 20_000 + BODY,
    "nested tables": "<table><tr><td>" * 15_000 + BODY,
    "unclosed": "<article><h1>Ferry" + BODY.replace("</p>", ""),
    "unclosed button": "<button>Menu" + f"<main><article>{BODY}</article></main>",
    "NULs": BODY.replace("ferry", "f\0erry"),
    "lone surrogates": BODY + "<p>\ud800 &#xD800; &#55296;</p>",
    "a comment without an end": BODY + "<!-- " * 50_000,
    "tags without an end": BODY + "<a " * 100_000,
    "a script without an end": BODY + "<script>" * 50_000,
    "attributes": f"<p {'x=1 ' * 50_000}>" + BODY,
    "tails": BODY + ("<div><p>some words</p></div>" + " word" * 45) * 15_000,
    "classes": BODY + ("<p class=author>By Ann Lee</p>" + " word" * 25) * 29_000,
    "deep JSON-LD": f"<script type='application/ld+json'>{'[' * 100_000}</script>" + BODY,
}

_PROBE = """
import json, sys
from digest.read.html import read_html
for name, html in json.load(sys.stdin).items():
    print(name, sum(map(len, read_html(html).paragraphs)), sep="\t", flush=True)
"""


@pytest.fixture(scope="module")
def survived() -> dict[str, int]:
    """Characters read of each page, in another process: a crash must not end the tests."""
    pages = {name: f"<html><body>{html}</body></html>" for name, html in HOSTILE.items()}
    done = subprocess.run(
        [sys.executable, "-c", _PROBE],
        input=json.dumps(pages),
        capture_output=True,
        timeout=120,
        text=True,
        check=False,
    )
    rows = (line.split("\t") for line in done.stdout.splitlines())
    return {name: int(length) for name, length in rows}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_in_one_piece(name: str, survived: dict[str, int]) -> None:
    assert survived.get(name, -1) >= 0.9 * sum(map(len, PARAGRAPHS))


def test_flattening_leaves_ordinary_pages_alone() -> None:
    html = PAGE.format(*PARAGRAPHS)
    assert flatten(html) == html


def test_flattening_drops_only_the_tags_that_are_too_deep() -> None:
    flat = flatten("<i>" * 1_000 + "<p>deep</p>" + "</i>" * 1_000)
    assert flat.count("<i>") == flat.count("</i>") == 150
    assert "deep" in flat


def test_flattening_knows_what_closes_by_itself() -> None:
    rows = "<table>" + "<tr><td>cell" * 5_000 + "</table>" + "<p>line" * 5_000 + "<li>item" * 5_000
    assert flatten(rows) == rows
    script = "<script>" + "'<div>'" * 1_000 + "</script><!-- " + "<div>" * 1_000 + " -->"
    assert flatten(script) == script
