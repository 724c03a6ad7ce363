"""What several pages of a host repeat is its furniture."""

from __future__ import annotations

import pytest

from digest.read import read
from digest.read.repeats import learn, without
from tests.builders import document
from tests.read.pages import PARAGRAPHS, page, paragraphs

OFFER = "The Lantern is printed on both sides of 48 leaves, and we are proud of each of them."


def text(number: int, *more: str) -> str:
    return "\n\n".join((f"Story number {number} has words of its own: {'x' * number}.", *more))


def test_what_three_pages_repeat_is_furniture_whatever_its_figures() -> None:
    offers = (OFFER, OFFER.replace("48", "52"), OFFER.upper().replace("48", "9"))
    learnt = learn(text(number, offer) for number, offer in enumerate(offers, start=2))
    assert without((PARAGRAPHS[0], OFFER, PARAGRAPHS[1]), learnt) == PARAGRAPHS[:2]


@pytest.mark.parametrize(
    "pages",
    [
        [text(1, OFFER), text(2, OFFER)],
        [text(1, OFFER, OFFER, OFFER)],
        [text(number, OFFER * 6) for number in range(5)],
    ],
    ids=["two pages", "thrice on one page", "a long paragraph"],
)
def test_what_is_no_furniture(pages: list[str]) -> None:
    assert learn(pages) == ()


def test_an_article_is_never_emptied() -> None:
    learnt = learn(text(number, OFFER) for number in range(1, 4))
    assert without((OFFER,), learnt) == (OFFER,)


def test_the_value_is_small_and_the_same_in_any_order() -> None:
    pages = [text(number, OFFER, PARAGRAPHS[2]) for number in range(1, 9)]
    assert learn(pages) == learn(reversed(pages))
    assert [len(mark) for mark in learn(pages)] == [16, 16]


def test_a_document_is_read_without_the_furniture_of_its_host() -> None:
    html = page(paragraphs(2) + f"<p>{OFFER}</p>" + paragraphs())
    source = document(html.encode(), media_type="text/html")
    learnt = learn(text(number, OFFER) for number in range(1, 4))
    assert OFFER in read(source).text
    assert OFFER not in read(source, furniture=learnt).text
