"""Which blocks of a page are its article: what extractors miss, and what they take along."""

from __future__ import annotations

import pytest

from digest.read.blocks import blocks
from digest.read.holders import holder, home, inside
from digest.read.html import read_html
from digest.read.markup import parse
from tests.read.pages import PARAGRAPHS, page, paragraphs

ANSWERS = (
    "Yes, the pole is heavier than it looks, and every lamplighter has dropped one into the basin.",
    "No, the lamps are not lit on the night of the regatta, because nobody could hear the whistle.",
    "The gas comes from the same works as in 1911, though the works have moved to the other shore.",
)


def read(html: str) -> tuple[str, ...]:
    return read_html(html).paragraphs


def test_prose_in_other_containers_of_the_article_is_not_missed() -> None:
    answers = "".join(
        f"<div class='q{n}'><div><div><div><span>{text}</span></div></div></div></div>"
        for n, text in enumerate(ANSWERS)
    )
    body = f"{paragraphs(2)}<div class='accordion'>{answers}</div>" + "".join(
        f"<p>{text}</p>" for text in PARAGRAPHS[2:]
    )
    assert read(page(body)) == (*PARAGRAPHS[:2], *ANSWERS, *PARAGRAPHS[2:])


def test_a_list_of_other_stories_below_the_text_is_cut_though_it_has_no_heading() -> None:
    cards = "".join(
        f"<div class='card'><h3>Story {n} of the northern shore</h3><p>{text}</p></div>"
        for n, text in enumerate(ANSWERS)
    )
    assert read(page(below=f"<section class='grid'>{cards}</section>")) == PARAGRAPHS


def test_sections_of_an_article_are_no_list_of_stories() -> None:
    sections = "".join(
        f"<section><h2>Part {n}</h2><p>{text}</p></section>"
        for n, text in enumerate((*PARAGRAPHS, *ANSWERS), start=1)
    )
    assert [text for text in read(page(sections)) if len(text) > 10] == [*PARAGRAPHS, *ANSWERS]


def test_an_author_s_note_in_a_part_of_its_own_is_cut() -> None:
    note = (
        "<div class='box'><p>Ivo Brandt has covered harbours for thirty years and sails.</p></div>"
    )
    assert read(page(below=note)) == PARAGRAPHS


def test_a_link_to_another_story_inside_the_text_does_not_end_it() -> None:
    link = "<p>Related</p><p><a href='/1'>How the timer broke on a Sunday in March</a></p>"
    html = page(paragraphs() + link + "".join(f"<p>{text * 2}</p>" for text in ANSWERS[:2]))
    assert read(html)[-2:] == tuple(text * 2 for text in ANSWERS[:2])


def test_a_page_whose_article_the_extractors_overlook_is_read() -> None:
    venues = "".join(
        f"<div class='venue'><div class='name'>Quay {n}</div><div class='info'><div>{text * 2}"
        f"<a href='/{n}'>Go</a></div></div></div>"
        for n, text in enumerate(PARAGRAPHS * 5)
    )
    html = page("<p>A short list of all the quays of Orvik follows, for those who walk.</p>")
    html = html.replace("</main>", f"</main><div class='venues'>{venues}</div>")
    found = " ".join(read(html))
    assert all(text in found for text in PARAGRAPHS)


@pytest.mark.parametrize(("share", "tag"), [(1.0, "main"), (0.9, "article"), (0.4, "div")])
def test_the_holder_is_the_innermost_element_with_enough_text(share: float, tag: str) -> None:
    tree = parse(
        f"<html><body><nav>Menu</nav><main><article><div>{paragraphs(3)}</div>"
        f"<p>{PARAGRAPHS[3]}</p></article><i>{'x' * 20}</i></main></body></html>"
    )
    assert tree is not None
    found = blocks(tree)
    element = holder(found, range(1, len(found)), share)
    assert element is not None
    assert element.tag == tag
    assert inside(found, element).start == 1


def test_a_page_without_parts_has_no_holder_and_every_block_a_home() -> None:
    tree = parse(f"<html><body>{paragraphs()}<ul><li>One</li></ul></body></html>")
    assert tree is not None
    found = blocks(tree)
    assert holder(found, range(len(found)), 0.8) is None
    assert {home(block).tag for block in found} == {"body"}
