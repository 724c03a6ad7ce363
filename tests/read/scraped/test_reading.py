"""Scraped plain text, read whole: one case per file of ``tests/data/scraped``.

A case names what a reader would say of its text: title, by-line, date, paper and section if it
has one, how its body begins (``first``) and ends (``last``), and its number of paragraphs.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.read.draft import Draft
from digest.read.scraped import TEXT, read_scraped

CASES = sorted((Path(__file__).parents[2] / "data" / "scraped").glob("*.toml"))
FACTS = ("title", "byline", "published", "site", "section")


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    path: Path = request.param
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def draft(case: dict[str, Any]) -> Draft:
    return read_scraped(case["text"])


def test_reads_the_facts(case: dict[str, Any], draft: Draft) -> None:
    found = {name: getattr(draft, name) for name in FACTS}
    assert found == {"title": ""} | dict.fromkeys(FACTS) | {
        name: case[name] for name in FACTS if name in case
    }


def test_reads_the_body_and_nothing_else(case: dict[str, Any], draft: Draft) -> None:
    assert draft.paragraphs[0].startswith(case["first"])
    assert draft.paragraphs[-1].endswith(case["last"])
    assert len(draft.paragraphs) == case["count"]


def test_accounts_for_every_line(case: dict[str, Any], draft: Draft) -> None:
    lines = case["text"].split("\n")
    numbers = [number for number, line in enumerate(lines, 1) if line.strip()]
    assert sorted({line.number for line in draft.lines}) == numbers
    assert all(line.text in lines[line.number - 1] for line in draft.lines)
    assert all(line.label and line.rule for line in draft.lines)


def test_the_labels_say_what_became_text(draft: Draft) -> None:
    text = "".join(line.text for line in draft.lines if line.label in TEXT)
    assert "".join(text.split()) == "".join("".join(draft.paragraphs).split())


def test_a_date_head_is_a_line_of_its_own() -> None:
    first, second, *_ = read_scraped("date 2024-03-11 Donate now\nA title\nIt rained.\n").lines
    assert (first.number, first.text, first.label) == (1, "date 2024-03-11", "date")
    assert (second.number, second.text, second.label) == (1, "Donate now", "appeal")


@pytest.mark.parametrize("text", ["", " \n\t\n"], ids=["empty", "blank"])
def test_an_empty_text_is_an_empty_draft(text: str) -> None:
    assert read_scraped(text) == Draft()


def test_an_impossible_date_is_no_date() -> None:
    assert read_scraped("date 2024-13-45\nA title\nIt rained.\n").published is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry confirmed the figures on Sunday evening, a spokesman told Reuters.",
        '"Support our work," she told the crowd, and the crowd did so at once.',
        "Read more than one map before you walk, the guide advised them at the gate.",
        "Few subscribe to that theory, which leaves the second footprint unexplained.",
        "Cookies and tea stood ready for the pilots in the hangar at the end of the field.",
        "Photo albums were all that the flood had left in the house of the Marlows.",
        "By the time the tide had turned, the boats were already beyond the lighthouse.",
        "He paused at the door for a long while, looked back at the table, and then...",
        "Share prices fell by a third before the exchange closed its doors at noon.",
    ],
)
def test_furniture_words_inside_a_sentence_stay(sentence: str) -> None:
    text = f"""\
Home
Log in
The Ferry Comes Back in Spring
By Ida Marlowe
The ferry to the island comes back in spring, the council of Lowen said on Monday night.
{sentence}
Nobody on the island had expected it, and the pub stayed open until the morning.
Comments
"""
    assert sentence in read_scraped(text).paragraphs


SOUP = st.lists(
    st.sampled_from(
        [
            "Home", "By", "By Ida Marlowe", "Read more", "12 May 2023", "...", "©", "Kicker",
            "A Headline of Five Words", "The ferry stopped on Sunday, the operator said.", "",
            "Cut in the middle of a...", "Photo: Orla Penn", "(AFP)", "«", "۔", "写真：", "|",
            "date ",
        ]
    ),
    max_size=40,
)  # fmt: skip


@settings(deadline=None)
@given(SOUP | st.lists(st.text(max_size=60), max_size=20))
def test_any_text_is_read_and_accounted_for(lines: list[str]) -> None:
    text = "\n".join(line.replace("\r", "") for line in lines)
    draft = read_scraped(text)
    assert len(draft.lines) >= sum(bool(line.strip()) for line in text.split("\n"))
    assert all(paragraph for paragraph in draft.paragraphs)


@pytest.mark.parametrize(
    "text",
    [
        "Home\n" * 20_000,
        "The ferry stopped on Sunday, the operator said. " * 20_000,
        "x" * 1_000_000,
        "." * 1_000_000,
        "Kicker\nHeadline\nCut in the middle of a...\n" * 5_000,
        "By " + "Ida Marlowe, " * 50_000,
        "\n".join(["Top of the page", *["A fragment of it"] * 20_000, "It rained all day."]),
    ],
    ids=["menu", "one line", "one word", "stops", "teasers", "names", "far headline"],
)
def test_large_texts_are_read(text: str) -> None:
    assert len(read_scraped(text).lines) == sum(bool(line) for line in text.split("\n"))
