"""An issue becomes an edition: everything in both parts, nothing of it code."""

from __future__ import annotations

import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from html import unescape
from multiprocessing import get_context

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis.strategies import characters, text

from digest.errors import RenderError
from digest.model import Edition, Quote, Section
from digest.render import render
from digest.render.page import make_page
from digest.render.wrap import columns
from digest.text import squeeze
from digest.tokens import UNSUBSCRIBE, VIEW
from tests.render.sample import CLASSIC, HARBOUR, LINES, NOTES, issue, one, span, story, whole

draw = partial(render, theme=CLASSIC)


def words_of(html: str) -> str:
    """The text that a reader sees, on one line."""
    body = lxml.html.fromstring(html).find("body")
    assert body is not None
    return squeeze(str(body.text_content()))


def links_of(html: str) -> set[str]:
    """The addresses that the HTML leads to, without those into the page itself."""
    hrefs = lxml.html.fromstring(html).xpath("//a/@href")
    return {href for href in hrefs if not href.startswith("#")}


def joined(text: str) -> str:
    """Wrapped text without its line ends and blanks, to be compared across parts."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return draw(whole())


def test_both_parts_say_every_word(edition: Edition) -> None:
    html, text = joined(words_of(edition.html)), joined(edition.text)
    for printed in whole().stories:
        article, summary = printed.article, printed.summary
        said = [squeeze(article.title), article[summary.lead]]
        if summary.quote:
            said += [article[words] for words in summary.quote.words]
        for words in map(joined, said):
            assert words in html
            assert words in text
    for line in LINES:
        assert joined(line.title) in html
        assert joined(line.title) in text


def test_both_parts_lead_to_the_same_addresses(edition: Edition) -> None:
    printed = {line.strip() for line in edition.text.splitlines() if "://" in line}
    assert printed == links_of(edition.html)
    assert len(printed) > 30


def test_the_same_issue_gives_the_same_bytes(edition: Edition) -> None:
    assert draw(whole()) == edition


def test_twenty_typical_stories_take_at_most_fifty_kilobytes() -> None:
    told = tuple(
        story(
            f"The council of town number {n} votes to keep its night ferry",
            "The council voted eleven to four on Thursday to pay for the night ferry until spring, "
            "ending months of argument over a boat that carries thirty people home every night.",
            quote="We were told that nobody would miss it, and then four hundred people stood on "
            "the quay"
            if n % 2
            else "",
            speaker="Marisol Teague" if n % 2 else "",
            site="The Ansel Courier",
            byline="Owen Brandt",
            url=f"https://courier.example/2026/11/20/night-ferry-number-{n}",
        )
        for n in range(20)
    )
    sections = (Section(name=f"Part {n}", stories=told[n * 5 : n * 5 + 5]) for n in range(4))
    assert len(draw(issue(*sections)).html.encode()) <= 50_000


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "expression": "{{ 7 * 7 }}{{ page.__class__ }}",
    "statement": "{% include '/etc/passwd' %}{# gone #}",
    "comment": "<!-- open -- <!--[if mso]> ",
    "whole comment": '<!-- </head></title><mj-raw><img src="x"> -->',
    "cdata": "<![CDATA[ x ]]> ]]>",
    "quotation marks": '"double" \'single\' "><img src=x onerror=y>',
    "backslashes": r"C:\new\table \u{94d} \\share\path",
    "entities": "&amp; &lt;b&gt; &#39; &nope;",
    "combining": "e\u0301 n\u0303 \u0915\u094d\u0937 \u05e9\u05c1\u05b8",
    "joiners": "👩‍🔬 🏳️‍🌈 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "marks of direction": "left \u200f right \u200e left",
    "mjml": "</mj-text></mj-column><mj-raw>x</mj-raw>",
    "style": "</style><style>*{display:none}</style>",
    "tokens": "__UNSUBSCRIBE__ %% ${x} \\1 \\g<0>",
}


PLACES = ("Title", "Lead", "Quote", "Speaker", "Role", "Site", "Byline", "Section", "Newsletter")


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_outside_words_are_words_wherever_they_stand(words: str) -> None:
    told = story(
        f"Title {words}",
        f"Lead {words}",
        quote=f"Quote {words}",
        speaker=f"Speaker {words}",
        role=f"Role {words}",
        site=f"Site {words}",
        byline=f"Byline {words}",
        section=f"Kicker {words}",
        url="https://a.example/x?q=" + words,
        also=(HARBOUR[0].article.headline,),
    )
    edition = draw(
        issue(
            Section(name=f"Section {words}", stories=(told, *NOTES)),
            title=f"Newsletter {words}",
            tagline=f"Tagline {words}",
            address=f"Address {words}",
        )
    )
    seen, text = words_of(edition.html), joined(edition.text)
    for place in (*PLACES, "Kicker"):
        assert squeeze(f"{place} {words}") in seen
    for place in (*PLACES, "Address"):
        assert joined(squeeze(f"{place} {words}")) in text
    root = lxml.html.fromstring(edition.html)
    assert not root.xpath("//script | //img | //*[@onerror] | //@href[contains(., 'javascript:')]")
    assert root.xpath("//body//style") == []
    title = f"{squeeze(f'Newsletter {words}')}: {squeeze(f'Title {words}')}"
    assert root.findtext(".//title") == edition.subject == title
    assert root.xpath("//*[@role='article']/@aria-label") == [title]


@settings(max_examples=60, deadline=None)
@given(words=text(characters(codec=None, exclude_categories=()), min_size=1, max_size=60))
def test_any_characters_can_be_printed(words: str) -> None:
    told = story("T" + words, words, quote="Q" + words, site=words, byline=words, url=words)
    edition = draw(one(told, title="N" + words, tagline=words, address=words))
    title = squeeze("T" + words)
    assert title in words_of(edition.html)
    assert joined(title) in joined(edition.text)
    edition.html.encode()
    edition.text.encode()


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://", "http://[", "", None],
)
def test_only_the_web_is_linked(url: str | None) -> None:
    edition = draw(one(story("A title", "A lead.", quote="A quote", url=url)))
    assert links_of(edition.html) == {VIEW, UNSUBSCRIBE}


def test_tokens_stand_only_for_what_the_newsletter_has() -> None:
    with_both = draw(one(NOTES[0]))
    without = draw(one(NOTES[0], unsubscribe=None, view=None))
    for token in (UNSUBSCRIBE, VIEW):
        for part in (with_both.html, with_both.text):
            assert token in part
        for part in (without.html, without.text):
            assert token not in part


SUBJECTS = {
    "default": (
        "{title}: {headline}",
        "The Quay Letter: Sea pool reopens with warmer changing rooms",
    ),
    "date": ("{title}, {date}", "The Quay Letter, Friday, November 20, 2026"),
    "no placeholder": ("News", "News"),
    "line ends": ("A\r\nBcc: x@y.example", "A Bcc: x@y.example"),
    "empty": ("", "The Quay Letter"),
}


@pytest.mark.parametrize(("pattern", "expected"), SUBJECTS.values(), ids=SUBJECTS.keys())
def test_subject(pattern: str, expected: str) -> None:
    assert draw(one(NOTES[0], subject=pattern)).subject == expected


def test_subject_of_an_issue_without_stories() -> None:
    assert draw(issue()).subject == "The Quay Letter"


def test_subject_and_preheader_are_short() -> None:
    told = story("word " * 2_000, "lead " * 2_000)
    edition = draw(issue(Section(name=None, stories=(told, told))))
    assert len(edition.subject) <= 150
    assert len(edition.preheader) <= 140


def test_unknown_placeholder() -> None:
    with pytest.raises(RenderError, match=r"unknown placeholder \{volume\}"):
        draw(one(NOTES[0], subject="No. {volume}"))


def test_preheader_says_what_the_subject_does_not() -> None:
    assert draw(issue(Section(name=None, stories=NOTES[:2]))).preheader == NOTES[1].article.title
    alone = NOTES[0]
    assert draw(one(alone)).preheader == alone.article[alone.summary.lead]


def test_a_long_issue_has_a_table_of_contents() -> None:
    short = draw(issue(Section(name=None, stories=NOTES * 2)))
    long = draw(issue(Section(name=None, stories=(*NOTES * 2, HARBOUR[0]))))
    assert "In this issue" not in short.html + short.text
    assert "In this issue" in words_of(long.html)
    assert "In this issue" in long.text
    root = lxml.html.fromstring(long.html)
    targets = {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")}
    assert targets == set(root.xpath("//h2/@id | //h3/@id"))
    assert len(targets) == 9


def test_a_quote_in_pieces_is_printed_as_one() -> None:
    told = story("Title", "Lead.", url="https://a.example/")
    text = "Lead.\n\n“We stayed,” she said, “and\n\nwe sang.”"
    pieces = Quote(words=(span(text, "We stayed,"), span(text, "and\n\nwe sang.")))
    told = replace(
        told,
        article=replace(told.article, text=text),
        summary=replace(told.summary, quote=pieces),
    )
    quote = make_page(one(told)).sections[0].stories[0].quote
    assert quote is not None
    assert quote.words == "We stayed, and we sang."
    assert quote.url == "https://a.example/#:~:text=We%20stayed%2C,we%20sang."


KICKERS = {
    "section of the article": ("Weather", "Harbour", "Weather"),
    "same as the heading": ("Harbour", "Harbour", "The Courier"),
    "none": (None, "Harbour", "The Courier"),
}


@pytest.mark.parametrize(("own", "heading", "kicker"), KICKERS.values(), ids=KICKERS.keys())
def test_kicker(own: str | None, heading: str, kicker: str) -> None:
    told = story("Title", "Lead.", section=own, site="The Courier")
    page = make_page(issue(Section(name=heading, stories=(told,))))
    assert page.sections[0].stories[0].kicker == kicker


def test_an_article_of_an_unknown_language_stands_on_the_side_of_its_letters() -> None:
    right = story("... «ميناء» Port", "x", language="und")
    left = story("123 Port ميناء", "x", language='en" onload="x')
    views = make_page(issue(Section(name=None, stories=(right, left)))).headlines
    assert [(view.lang, view.dir) for view in views] == [("", "rtl"), ("", "ltr")]


def test_a_time_is_told_in_the_zone_of_the_newsletter() -> None:
    told = story("Title", "Lead.", published=datetime(2026, 11, 19, 23, 40, tzinfo=UTC))
    page = make_page(one(told, timezone="Europe/Berlin"))
    assert page.headlines[0].date == "November 20, 2026"


def test_text_part_is_well_set(edition: Edition) -> None:
    lines = edition.text.splitlines()
    assert "-- " in lines
    for line in lines:
        assert "\t" not in line
        assert line == line.rstrip() or line == "-- "
        assert columns(line) <= 78 or line.strip().startswith("https://")
    assert "\n\n\n" not in edition.text
    assert edition.text.index(NOTES[0].article.title) < edition.text.index("-- \n")


def test_names_the_number_that_waits() -> None:
    edition = draw(issue(Section(name=None, stories=NOTES), held=7))
    assert "And 7 more stories in the next issue." in words_of(edition.html)
    assert "And 7 more stories in the next issue." in edition.text


def test_renders_in_other_processes() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(draw, one(NOTES[0])).result() == draw(one(NOTES[0]))
        failed = pool.submit(draw, one(NOTES[0], subject="{x}")).exception()
    assert isinstance(failed, RenderError)
    assert failed.where == "subject"


def test_entities_are_not_doubled() -> None:
    html = draw(one(story("Fish & Chips", "Salt & vinegar < mayonnaise."))).html
    assert "Fish &amp; Chips" in html
    assert "&amp;amp;" not in html
    assert unescape("Salt &amp; vinegar &lt; mayonnaise.") in words_of(html)
