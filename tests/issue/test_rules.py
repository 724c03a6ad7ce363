"""The owner's rules: what they let in, in which order, and what is told of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from digest.config.filters import FilterTable, WordsTable, filter_mistakes
from digest.config.patterns import Pattern
from digest.config.values import Duration
from digest.issue.rules import Rules
from digest.issue.select import Selection, select
from digest.model import Candidate, Fate, Outcome, Story
from tests.builders import candidate, now_in_berlin, story

NOW = now_in_berlin()


def table(**keys: Any) -> FilterTable:
    """A table of filters as ``digest.toml`` would hold it."""
    for key in ("include", "exclude"):
        if key in keys:
            words = {k: tuple(map(Pattern.parse, v)) for k, v in keys[key].items()}
            keys[key] = WordsTable(**words)
    if "pinned" in keys:
        keys["pinned"] = tuple(map(Pattern.parse, keys["pinned"]))
    return FilterTable(**keys)


def selection(candidates: Iterable[Candidate], rules: Rules) -> Selection:
    def stories(articles: Iterable[str]) -> Iterator[Story]:
        return (story(int(article[-4:])) for article in articles)

    return select(candidates, [], rules, NOW, stories=stories)


def fate_of(it: Candidate, rules: Rules) -> Fate:
    [fate] = selection([it], rules).fates
    return fate


ARTICLE = {
    "title": "The Crossword",
    "byline": "Nora Quill",
    "tags": ("Puzzles", "Sport & Leisure"),
    "language": "en-GB",
    "url": "https://post.example/sport/1",
}


@pytest.mark.parametrize(
    ("words", "lets_in"),
    [
        ({"title": ["crossword"]}, True),
        ({"title": ["cross"]}, False),
        ({"author": ["quill"]}, True),
        ({"author": ["Holm"]}, False),
        ({"tags": ["/^Sport/"]}, True),
        ({"tags": ["/^Leisure/"]}, False),
        ({"language": ["en"]}, True),
        ({"language": ["de", "fr"]}, False),
        ({"url": ["sport"]}, True),
        ({"url": ["/example.live/"]}, False),
        ({"text": ["reopened1"]}, True),
        ({"text": ["crossword"]}, True),
        ({"text": ["nowhere"]}, False),
        ({"title": ["crossword"], "language": ["en"]}, True),
        ({"title": ["crossword"], "language": ["de"]}, False),
    ],
    ids=str,
)
def test_include_and_exclude(
    words: dict[str, list[str]],
    lets_in: bool,  # noqa: FBT001  a column
) -> None:
    it = candidate(1, **ARTICLE)
    included = fate_of(it, Rules(all=table(include=words)))
    assert included.outcome is (Outcome.PRINTED if lets_in else Outcome.FILTERED)
    if len(words) == 1:
        excluded = fate_of(it, Rules(all=table(exclude=words)))
        assert excluded.outcome is (Outcome.FILTERED if lets_in else Outcome.PRINTED)


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        (
            Rules(sources={"seeds": table(exclude={"title": ["ferry", "crossword"]})}),
            "exclude.title: “crossword” (source seeds)",
        ),
        (
            Rules(all=table(include={"title": ["ferry", "/^Live/"]})),
            "include.title: none of “ferry”, “/^Live/” (select)",
        ),
        (
            Rules(all=table(exclude={"text": ["reopened1"]})),
            "exclude.text: “reopened1” (select)",
        ),
        (Rules(all=table(min_length=4_000)), "min_length: 12 of 4,000 characters"),
        (
            Rules(all=table(include={"author": ["holm"]}), sources={"seeds": table()}),
            "include.author: none of “holm” (select)",
        ),
    ],
    ids=["source", "newsletter", "text", "length", "newsletter beside source"],
)
def test_the_rule_that_rejects_is_named(rules: Rules, why: str) -> None:
    it = candidate(1, length=12, **ARTICLE)
    assert fate_of(it, rules) == Fate(article=it.id, outcome=Outcome.FILTERED, why=why)


def test_words_of_both_hold_but_the_sources_own_numbers() -> None:
    rules = Rules(
        all=table(min_length=100, max_age=Duration(days=1), exclude={"title": ["ferry"]}),
        sources={"slow": table(min_length=0, max_age=Duration(days=30))},
    )
    old: dict[str, Any] = {"published": date(2026, 11, 1), "length": 50, "source": "slow"}
    assert fate_of(candidate(1, **old), rules).outcome is Outcome.PRINTED
    assert fate_of(candidate(1, **old, title="A ferry"), rules).outcome is Outcome.FILTERED
    short = fate_of(candidate(1, **(old | {"source": "other"})), rules)
    assert short.outcome is Outcome.FILTERED
    stale = fate_of(candidate(1, **(old | {"source": "other", "length": 500})), rules)
    assert (stale.outcome, stale.why) == (Outcome.STALE, "of 2026-11-01, older than max_age")


def test_what_is_left_out_never_stands_for_a_story() -> None:
    text = "One text of two papers, long enough to be known again by its words. " * 3
    short = candidate(1, text=text, title="Kept")
    long = candidate(2, text=text + "More.", title="Sponsored: bridge")
    chosen = selection([short, long], Rules(all=table(exclude={"title": ["sponsored"]})))
    assert [place.candidate for place in chosen.places] == [short]
    assert chosen.places[0].also == ()


def test_priority_comes_before_date_and_pinned_words_before_both() -> None:
    late = {"published": datetime(2026, 11, 21, tzinfo=UTC)}
    plain, favoured = candidate(1, **late), candidate(2, source="best")
    pinned = candidate(3, title="The bridge is open", published=date(2026, 11, 2))
    rules = Rules(all=table(pinned=["bridge"]), sources={"best": table(priority=1)})
    chosen = selection([plain, favoured, pinned], rules)
    assert [place.candidate for place in chosen.places] == [pinned, favoured, plain]
    assert chosen.fates[0].why == "pinned: “bridge”"


def test_pinned_words_are_stronger_than_quota_and_max_stories() -> None:
    pinned = [candidate(n, title=f"Bridge {n}") for n in range(1, 4)]
    plain = candidate(9, published=date(2026, 11, 21))
    rules = Rules(max_stories=2, all=table(quota=1), sources={"seeds": table(pinned=["bridge"])})
    listed = {p.candidate.id: p.listed for p in selection([*pinned, plain], rules).places}
    assert listed == {**{c.id: False for c in pinned}, plain.id: True}


def test_texts_are_asked_only_for_what_no_other_rule_takes() -> None:
    asked: list[str] = []

    def stories(articles: Iterable[str]) -> Iterator[Story]:
        for article in articles:
            asked.append(article)
            yield story(int(article[-4:]))

    rules = Rules(
        all=table(exclude={"title": ["ferry"]}), sources={"deep": table(include={"text": ["a"]})}
    )
    found = [
        candidate(1, source="deep"),
        candidate(2, source="deep", title="Ferry"),
        candidate(3, source="flat"),
    ]
    select(found, [], rules, NOW, stories=stories)
    assert asked == [found[0].id]


def test_numbers_that_mean_nothing_are_mistakes() -> None:
    wrong = [key for key, *_ in filter_mistakes(table(quota=0, min_length=-1), "select")]
    assert wrong == ["select.quota", "select.min_length"]
    assert not list(filter_mistakes(table(quota=1, min_length=0), "select"))
