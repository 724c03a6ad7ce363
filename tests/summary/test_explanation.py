"""Why this lead and this quote: every candidate is told, with what spoke for and against it."""

from __future__ import annotations

import pytest

from digest.model import Article
from digest.summary import Explanation, explain
from tests.summary.articles import article

LEAD = "The council of Norvik closed the old harbour bridge on Monday after cracks were found."
FIRST = "“We have waited years for somebody to look under this bridge,” Mara Holt said."
SECOND = "“We are going to lose the whole summer because of it,” said a spokesman for the port."
SHORT = "“Good,” he said."


@pytest.fixture
def made() -> Article:
    question = "Who would close a bridge in summer?"
    return article(
        "By Ola Brandt", question, LEAD, FIRST, SECOND, SHORT, title="Bridge of Norvik closed"
    )


@pytest.fixture
def explained(made: Article) -> Explanation:
    return explain(made)


def test_each_opening_has_its_reason(made: Article, explained: Explanation) -> None:
    reasons = {made[option.span]: (option.chosen, option.reason) for option in explained.leads}
    assert reasons["By Ola Brandt"] == (False, "byline")
    assert reasons["Who would close a bridge in summer?"] == (False, "a question")
    assert reasons[LEAD] == (True, "behind a question")
    assert reasons[FIRST] == (False, "a quotation")


def test_each_quotation_has_its_marks_and_its_reason(explained: Explanation) -> None:
    first, second, short = explained.quotes
    assert [option.chosen for option in explained.quotes] == [True, False, False]
    assert dict(first.marks)["speaker: name"] > dict(second.marks)["speaker: unnamed"]
    assert first.reason == "the highest score"
    assert short.reason == "too short"
    assert short.marks == ()
    assert [option.kind for option in (first, second)] == ["name", "unnamed"]


def test_a_score_is_the_sum_of_its_marks(explained: Explanation) -> None:
    for option in explained.quotes:
        assert option.score == pytest.approx(sum(weight for _, weight in option.marks), abs=0.001)


def test_a_speaker_too_unsure_to_be_printed_is_shown() -> None:
    made = article(LEAD, "Mara Holt met the mayor.", "“We have waited years for this day.”")
    (option,) = explain(made).quotes
    printed = explain(made).summary.quote
    assert option.kind == "nobody"
    assert printed is not None
    assert printed.speaker is None
    assert option.quote.speaker is not None
    assert option.quote.words == printed.words


def test_a_description_of_the_feed_is_named_as_the_reason() -> None:
    scene = "On the beach lie a piano, two doors and a wedding shoe in the seaweed."
    made = article(scene, LEAD)
    (chosen,) = [option for option in explain(made, description=LEAD).leads if option.chosen]
    assert (made[chosen.span], chosen.reason) == (LEAD, "the feed's description")
