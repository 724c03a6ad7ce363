"""A story that goes on with an earlier one says so, in both parts and in the record."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from digest.issue.record import issue_record
from digest.model import Headline
from digest.render import render
from digest.render.words import words
from tests.builders import issue, story

EARLIER = Headline(
    article="a", title="Ferry runs <aground>", url="https://post.example/a", language="en"
)


@pytest.fixture
def classic(root: Path) -> Path:
    return root / "templates" / "classic"


def test_the_earlier_title_is_linked_in_both_parts(classic: Path) -> None:
    edition = render(issue(replace(story(1), follows=EARLIER), story(2)), theme=classic)
    assert "Follows: Ferry runs <aground>\nhttps://post.example/a\n" in edition.text
    assert edition.text.count("Follows:") == edition.html.count("Follows:") == 1
    assert "Ferry runs &lt;aground&gt;</a></bdi></p>" in edition.html
    assert '<a href="https://post.example/a"' in edition.html


def test_without_an_address_it_is_only_named(classic: Path) -> None:
    earlier = replace(EARLIER, url=None)
    edition = render(issue(replace(story(1), follows=earlier)), theme=classic)
    assert "Follows: <bdi>Ferry runs &lt;aground&gt;</bdi>" in edition.html
    assert "Follows: Ferry runs <aground>\n" in edition.text


def test_a_title_of_another_language_says_which(classic: Path) -> None:
    earlier = replace(EARLIER, title="Fähre läuft auf", language="de", url=None)
    edition = render(issue(replace(story(1), follows=earlier)), theme=classic)
    assert '<bdi lang="de">Fähre läuft auf</bdi>' in edition.html


def test_nothing_is_said_of_a_story_that_stands_alone(classic: Path) -> None:
    assert "Follows" not in render(issue(story(1)), theme=classic).html


@pytest.mark.parametrize("language", ["de", "fr", "pl", "ar", "ja", "zh"])
def test_the_words_are_of_the_newsletters_language(language: str) -> None:
    assert words(language).follows not in {"", words("en").follows}


def test_the_record_names_the_earlier_story() -> None:
    record = issue_record(issue(replace(story(1), follows=EARLIER), story(2)))
    [section] = json.loads(json.dumps(record))["sections"]
    one, two = section["stories"]
    assert one["follows"]["title"] == EARLIER.title
    assert two["follows"] is None
