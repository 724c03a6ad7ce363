"""Selecting: every candidate gets one fate, whatever order they come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config.filters import FilterTable
from digest.config.values import Duration
from digest.issue.alike import Alike
from digest.issue.rules import Rules
from digest.issue.same import STORY
from digest.issue.select import Selection, assemble, settle, slot_name
from digest.issue.select import select as select_from
from digest.model import Candidate, Newsletter, Outcome, Section, Story
from digest.text import resemblance, sketch
from tests.builders import body, candidate, now_in_berlin, story

NOW = now_in_berlin()


def no_stories(articles: Iterable[str]) -> Iterator[Story]:
    assert not list(articles), "a text was asked for that no rule looks at"
    return iter(())


def select(
    candidates: Iterable[Candidate], history: Sequence[Candidate], rules: Rules
) -> Selection:
    return select_from(candidates, history, rules, NOW, stories=no_stories)


def outcomes(
    candidates: list[Candidate], history: Sequence[Candidate] = (), rules: Rules | None = None
) -> dict[str, Outcome]:
    selection = select(candidates, history, rules or Rules())
    return {fate.article: fate.outcome for fate in selection.fates}


def printed(candidates: list[Candidate]) -> list[str]:
    selection = select(candidates, [], Rules())
    return [place.candidate.id for place in selection.places if not place.listed]


def test_newest_first_then_by_what_is_left() -> None:
    early = candidate(1, published=date(2026, 11, 18))
    noon = candidate(2, published=datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
    day = candidate(3, published=date(2026, 11, 20))
    undated = candidate(4, published=None, seen=datetime(2026, 11, 21, tzinfo=UTC))
    assert printed([early, noon, day, undated]) == [
        undated.id,
        noon.id,
        day.id,
        early.id,
    ]


def test_a_date_in_the_future_does_not_stay_on_top() -> None:
    liar = candidate(1, published=date(2031, 1, 1), seen=datetime(2026, 11, 20, tzinfo=UTC))
    honest = candidate(2, published=datetime(2026, 11, 21, tzinfo=UTC))
    assert printed([liar, honest]) == [honest.id, liar.id]


def test_more_than_max_stories_are_listed() -> None:
    found = outcomes([candidate(n) for n in range(1, 6)], rules=Rules(max_stories=3))
    assert sorted(found.values()) == [Outcome.LISTED] * 2 + [Outcome.PRINTED] * 3


def test_a_quota_keeps_one_source_from_drowning_the_others() -> None:
    loud = [candidate(n, source="loud", published=date(2026, 11, 21)) for n in range(1, 6)]
    quiet = candidate(9, source="quiet", published=date(2026, 11, 1))
    found = outcomes([*loud, quiet], rules=Rules(sources={"loud": FilterTable(quota=2)}))
    assert found[quiet.id] is Outcome.PRINTED
    assert [found[c.id] for c in loud].count(Outcome.PRINTED) == 2
    assert [found[c.id] for c in loud].count(Outcome.LISTED) == 3


@pytest.mark.parametrize(
    ("published", "outcome"),
    [
        (date(2026, 11, 15), Outcome.PRINTED),
        (date(2026, 11, 14), Outcome.STALE),
        (datetime(2026, 11, 15, 7, 30, tzinfo=ZoneInfo("Europe/Berlin")), Outcome.PRINTED),
        (datetime(2026, 11, 15, 7, 29, tzinfo=ZoneInfo("Europe/Berlin")), Outcome.STALE),
        (None, Outcome.PRINTED),
    ],
    ids=["day in", "day out", "minute in", "minute out", "undated"],
)
def test_max_age(published: date | None, outcome: Outcome) -> None:
    it = candidate(1, published=published)
    rules = Rules(all=FilterTable(max_age=Duration(days=7)), timezone="Europe/Berlin")
    assert outcomes([it], rules=rules) == {it.id: outcome}


def test_the_same_story_in_two_papers_is_one_story_with_also_in() -> None:
    wire = body(1) + "\n\n" + body(2)
    long = candidate(1, text=wire, site="The Post")
    short = candidate(2, text=wire.rsplit("\n\n", 1)[0], site="The Mail", title="Other words")
    assert resemblance(long.sketch, short.sketch) > STORY
    selection = select([short, long], [], Rules())
    [place] = selection.places
    assert place.candidate == long
    assert [line.title for line in place.also] == ["Other words"]
    assert {f.article: f.outcome for f in selection.fates}[short.id] is Outcome.FOLDED


def test_a_form_that_is_filled_in_anew_each_day_is_news_each_day() -> None:
    form = (
        "The Harwick index closed at {0} points on {1}, after {2} shares had changed hands. "
        "Mills gained {2} points and quarries lost {0}. Brokers spoke of a quiet day in which "
        "the price of slate, at {2} crowns a load, moved little. The exchange opens on {1} at ten."
    )
    monday = candidate(1, text=form.format("1,204", "Monday", "311"), url=None)
    tuesday = candidate(2, text=form.format("1,198", "Tuesday", "287"), url=None)
    assert outcomes([tuesday], [monday]) == {tuesday.id: Outcome.PRINTED}


def test_the_article_that_can_be_linked_leads_a_story() -> None:
    linked = candidate(1, text=body(1))
    longer = candidate(2, text=body(1) + "\n\nOne more thing was said at last.", url=None)
    [place] = select([linked, longer], [], Rules()).places
    assert place.candidate == linked


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"origin": "seeds/1.txt"}, Outcome.UPDATED),
        ({"url": "https://post.example/1", "origin": "seeds/other.txt"}, Outcome.UPDATED),
        ({"title": "The story of item 1", "origin": "seeds/other.txt"}, Outcome.UPDATED),
        ({"origin": "seeds/other.txt"}, Outcome.REPEATED),
    ],
    ids=["same file", "same address", "same headline", "another paper"],
)
def test_what_was_sent_before_is_not_sent_again(
    change: dict[str, object], outcome: Outcome
) -> None:
    old = candidate(1, text=body(1))
    values: dict[str, object] = {"title": "New", "url": None, "text": body(1) + " Corrected."}
    new = candidate(2, **(values | change))
    assert outcomes([new], [old]) == {new.id: outcome}


def test_a_file_that_is_overwritten_with_another_story_is_news() -> None:
    old = candidate(1, origin="seeds/latest.txt", url="https://post.example/latest")
    new = candidate(2, origin="seeds/latest.txt", url="https://post.example/latest")
    assert outcomes([new], [old]) == {new.id: Outcome.PRINTED}


def test_of_two_versions_that_wait_the_later_is_printed() -> None:
    first = candidate(1, text=body(1), origin="seeds/a.txt")
    second = candidate(
        2,
        text=body(1) + " Corrected.",
        origin="seeds/a.txt",
        seen=datetime(2026, 11, 21, 13, tzinfo=UTC),
    )
    assert outcomes([first, second]) == {
        first.id: Outcome.REPLACED,
        second.id: Outcome.PRINTED,
    }


def test_sections_come_in_the_owners_order_then_by_their_newest_story() -> None:
    stories = [
        candidate(1, section="Sport", published=date(2026, 11, 21)),
        candidate(2, section="World", published=date(2026, 11, 1)),
        candidate(3, section="Art", published=date(2026, 11, 20)),
        candidate(4, section=None, published=date(2026, 11, 2)),
    ]
    selection = select(stories, [], Rules(sections=("World",)))
    issue = assemble(selection, [story(n) for n in range(1, 5)], newsletter=Newsletter(), slot=NOW)
    assert [section.name for section in issue.sections] == [None, "World", "Sport", "Art"]


def test_what_the_byte_budget_took_is_listed_or_held() -> None:
    stories = [candidate(n, published=date(2026, 11, 20 - n)) for n in range(1, 4)]
    selection = select(stories, [], Rules())
    full = assemble(selection, [story(n) for n in range(1, 4)], newsletter=Newsletter(), slot=NOW)
    [section] = full.sections
    smaller = Section(
        name=None, stories=section.stories[:1], headlines=(section.stories[1].article.headline,)
    )
    cut = type(full)(
        id=full.id, newsletter=full.newsletter, slot=full.slot, sections=(smaller,), held=1
    )
    assert [fate.outcome for fate in settle(selection, cut)] == [
        Outcome.PRINTED,
        Outcome.LISTED,
        Outcome.HELD,
    ]


@given(st.integers(0, 2**32), st.integers(1, 30))
def test_every_candidate_has_one_fate_in_whatever_order_they_come(seed: int, size: int) -> None:
    chance = Random(seed)  # noqa: S311 - a test's chance
    candidates = [
        candidate(
            number,
            text=body(chance.randrange(size)),
            source=chance.choice("ab"),
            section=chance.choice([None, "World", "Art"]),
            published=chance.choice([None, date(2026, 11, chance.randint(1, 28))]),
        )
        for number in range(size)
    ]
    rules = Rules(
        max_stories=5,
        all=FilterTable(max_age=Duration(days=14)),
        sources={"a": FilterTable(quota=2, priority=1)},
    )
    straight = select(candidates, [], rules)
    shuffled = select(chance.sample(candidates, size), [], rules)
    assert sorted(fate.article for fate in straight.fates) == sorted(c.id for c in candidates)
    assert straight.places == shuffled.places
    assert set(straight.fates) == set(shuffled.fates)
    assert sum(not place.listed for place in straight.places) <= 5


@pytest.mark.parametrize(
    ("slot", "name"),
    [
        (NOW, "2026-11-22T073000+0100"),
        (datetime(2026, 11, 22, 7, 30, 5, tzinfo=UTC), "2026-11-22T073005Z"),
        (
            datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=ZoneInfo("Europe/Berlin")),
            "2026-10-25T023000+0200",
        ),
        (
            datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
            "2026-10-25T023000+0100",
        ),
    ],
)
def test_slot_names_are_unique_across_clock_changes(slot: datetime, name: str) -> None:
    assert slot_name(slot) == name


def test_unrelated_articles_do_not_resemble_each_other() -> None:
    assert resemblance(sketch(body(1)), sketch(body(2))) == 0.0
    assert resemblance(sketch(body(1)), sketch(body(1))) == 1.0
    assert resemblance(sketch(""), sketch(body(1))) < 0.05


def test_a_stock_phrase_in_a_thousand_articles_does_not_slow_the_look_up() -> None:
    known = Alike()
    phrase = "Sign up for our letter and never miss a story again. "
    for number in range(1_000):
        known.add(candidate(number, text=phrase + body(number)))
    assert known.copy_of(candidate(5_000, text=phrase + body(5_000))) is None
    twin = known.copy_of(candidate(5_001, text=phrase + body(500)))
    assert twin is not None
    assert twin.id == "article-0500"
