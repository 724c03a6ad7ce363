"""The same story, a story that goes on, and stories of one beat, measured on invented papers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.issue.rules import Rules
from digest.issue.same import Evidence, address, same_story
from digest.issue.select import Selection, select
from digest.issue.told import Told
from digest.model import Candidate, Outcome
from digest.text import sketch
from tests.builders import body, candidate

DATA = Path(__file__).parents[1] / "data" / "stories"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

EVIDENCE = {
    "wire, cut": {Evidence.TEXT, Evidence.OPENING},
    "shared opening": {Evidence.OPENING},
    "one address": {Evidence.ADDRESS},
    "one press release": {Evidence.LINK, Evidence.EVENT},
    "own words": {Evidence.EVENT},
}


def told(number: int, said: dict[str, str], **changes: Any) -> Candidate:
    """An article as the ledger gives it."""
    title, text = said["title"], said["text"]
    paper = f"paper{number % 2}"
    values: dict[str, Any] = {
        "title": title,
        "text": text,
        "url": said.get("url", f"https://{paper}.example/{number}"),
        "source": paper,
        "opening": text[:800],
        "sketch": sketch(f"{title}\n{text}"),
        "published": NOON.date(),
        "seen": NOON,
    }
    return candidate(number, **(values | changes))


def pairs(name: str) -> Iterator[tuple[str, dict[str, Any], Candidate, Candidate]]:
    table = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))
    for number, pair in enumerate(table["pair"]):
        language = pair.get("language", "en")
        common = {"links": tuple(pair.get("links", ())), "language": language}
        one = told(2 * number, pair["one"], **common)
        common["language"] = pair.get("other_language", language)
        other = told(2 * number + 1, pair["two"], **common)
        yield pair["one"]["title"], pair, one, other


def parameters(name: str) -> list[Any]:
    return [pytest.param(*pair, id=title) for title, *pair in pairs(name)]


def selected(
    candidates: Iterable[Candidate], history: Iterable[Candidate] = (), day: int = 0
) -> Selection:
    now = NOON + timedelta(days=day)
    return select(candidates, history, Rules(), now, stories=lambda _: iter(()))


@pytest.mark.parametrize(("pair", "one", "other"), parameters("same"))
def test_one_story_of_two_papers_is_folded(
    pair: dict[str, Any], one: Candidate, other: Candidate
) -> None:
    fates = {fate.outcome: fate for fate in selected([one, other]).fates}
    assert set(fates) == {Outcome.PRINTED, Outcome.FOLDED}
    evidence = {e for e in Evidence if fates[Outcome.FOLDED].why.endswith(f": {e}")}
    assert evidence <= EVIDENCE[pair["kind"]]
    assert evidence
    assert same_story(one, other) is same_story(other, one)


@pytest.mark.parametrize(("pair", "one", "other"), parameters("near"))
def test_two_stories_of_one_beat_are_not_folded(
    pair: dict[str, Any], one: Candidate, other: Candidate
) -> None:
    outcomes = [fate.outcome for fate in selected([one, other]).fates]
    assert outcomes == [Outcome.PRINTED, Outcome.PRINTED], pair["why"]


def test_items_of_one_source_may_share_an_address() -> None:
    notes = [
        told(2 * number, {
            "title": f"Kestrel 4.{number} is out: {what}",
            "text": f"Kestrel 4.{number} mends {what}. Upgrade from 4.{number - 1} as before.",
            "url": "https://kestrel.example/releases",
        })
        for number, what in enumerate(("a leak in the parser", "the clock of the printer"), 1)
    ]  # fmt: skip
    assert [fate.outcome for fate in selected(notes).fates] == [Outcome.PRINTED] * 2
    later = selected(notes[1:], notes[:1], day=1).fates
    assert [fate.outcome for fate in later] == [Outcome.PRINTED]


def test_each_finds_its_own_among_all_others() -> None:
    same, near = list(pairs("same")), list(pairs("near"))
    known = Told()
    for *_, one, _ in (*same, *near):
        known.add(one)
    for title, _, one, other in same:
        assert (known.again(other) or (None,))[0] == one, title
    assert [title for title, *_, other in near if known.again(other)] == []


def test_of_all_pairs_only_the_meant_ones_are_folded() -> None:
    told_by = [
        (title, replace(it, source=str(number), headline=replace(it.headline, site=str(number))))
        for number, (title, it) in enumerate(
            (f"{name} {title}", it)
            for name in ("same", "near")
            for title, _, *both in pairs(name)
            for it in both
        )
    ]
    folded = [
        (title, other)
        for (title, one), (other, two) in combinations(told_by, 2)
        if title != other and same_story(one, two)
    ]
    assert folded == []


def test_a_story_that_goes_on_is_marked_and_not_left_out() -> None:
    marked = []
    for _, _, one, other in pairs("follow"):
        later = told(
            2, {"title": other.headline.title, "text": other.opening},
            language=other.headline.language, seen=NOON + timedelta(days=2),
            published=date(2026, 11, 22), url="https://paper0.example/later",
        )  # fmt: skip
        [place] = selected([later], [one], day=2).places
        marked.append(place.follows == one.headline)
    assert sum(marked) >= 7


def test_a_paper_goes_on_with_its_own_story() -> None:
    _, (_, pair, _, _) = islice(pairs("follow"), 2)
    own, theirs = told(0, pair["one"]), told(1, pair["one"], seen=NOON + timedelta(hours=1))
    days = {"seen": NOON + timedelta(days=2), "published": date(2026, 11, 22)}
    for earlier in ([own, theirs], [theirs, own]):
        for number, it in ((2, own), (3, theirs)):
            [place] = selected([told(number, pair["two"], **days)], earlier, day=2).places
            assert place.follows == it.headline


def test_another_story_of_the_beat_is_hardly_ever_marked() -> None:
    known = Told()
    for *_, one, _ in pairs("near"):
        known.add(one)
    marked = [title for title, *_, other in pairs("near") if known.before(other)]
    assert marked == ["Corrin Utilities earns more in the second quarter"]


def test_the_mark_is_a_fate_that_names_the_earlier_story() -> None:
    _, _, one, other = next(pairs("follow"))
    [fate] = selected([other], [one]).fates
    assert (fate.outcome, fate.other) == (Outcome.PRINTED, one.id)
    assert fate.why == f"follows “{one.headline.title}”"


def test_what_was_told_long_ago_is_news_again() -> None:
    _, _, one, other = next(pairs("follow"))
    day = 60
    late = told(
        1,
        {"title": other.headline.title, "text": other.opening},
        published=date(2027, 1, 19),
        seen=NOON + timedelta(days=day),
    )
    [place] = selected([late], [one], day=day).places
    assert place.follows is None


def test_an_event_in_other_words_is_printed_although_another_paper_had_it_sent() -> None:
    [(_, _, one, other)] = [pair for pair in pairs("same") if pair[0].startswith("Dam at Lake")]
    assert [fate.outcome for fate in selected([other], [one]).fates] == [Outcome.PRINTED]


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("https://www.post.example/a/?utm_source=x", "http://post.example/a#top", True),
        ("https://post.example/a?id=1", "https://post.example/a?id=2", False),
        ("https://POST.example/a", "https://post.example/a", True),
        ("https://post.example/a", "https://post.example/b", False),
    ],
    ids=["tracking", "query", "case of host", "path"],
)
def test_addresses_of_one_page(one: str, other: str, equal: bool) -> None:  # noqa: FBT001 a column
    assert (address(one) == address(other)) is equal


@pytest.mark.parametrize("url", [None, "", "http://[", "mailto:a@b.example", "//"])
def test_what_is_no_address_equals_nothing(url: str | None) -> None:
    assert address(url) == ""
    one, other = candidate(1, url=url, text=body(1)), candidate(2, url=url, text=body(2))
    assert same_story(one, other) is None


@given(st.text(max_size=800), st.text(max_size=800), st.text(), st.text())
def test_no_words_are_too_strange(one: str, other: str, title: str, url: str) -> None:
    first = told(1, {"title": title, "text": one, "url": url})
    second = told(2, {"title": one[:80], "text": other or one, "url": url})
    known = Told()
    known.add(first)
    assert same_story(first, second) is same_story(second, first)
    assert known.before(second) in {None, first}
