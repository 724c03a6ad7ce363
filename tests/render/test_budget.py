"""An issue that is too long: lines first, then the next issue; nothing is lost on the way."""

from __future__ import annotations

from importlib import import_module

import lxml.html
import pytest

from digest.errors import RenderError
from digest.model import Edition, Issue, Section
from digest.render import fit, render
from digest.render.budget import reduce
from tests.render.sample import (
    CLASSIC,
    HARBOUR,
    LINES,
    NOTES,
    WORLD,
    issue,
    line,
    one,
    story,
    whole,
)


def size(edition: Edition) -> int:
    return len(edition.html.encode())


def everything(told: Issue) -> list[str]:
    """The ids of all that is printed, in order."""
    return [
        line.article
        for section in told.sections
        for line in (*(told.article.headline for told in section.stories), *section.headlines)
    ]


def many(count: int, words: int = 30) -> Issue:
    stories = [
        story(f"Headline number {n} of many", "word " * words, url=f"https://a.example/{n}")
        for n in range(count)
    ]
    half = count // 2
    return issue(
        Section(name="First", stories=tuple(stories[:half]), headlines=(line("A line"),)),
        Section(name="Second", stories=tuple(stories[half:])),
        held=2,
    )


def test_what_fits_stays_as_it_is() -> None:
    told = whole()
    assert fit(told, theme=CLASSIC, budget=100_000) == (told, render(told, theme=CLASSIC))


@pytest.mark.parametrize("budget", [50_000, 40_000, 25_000, 20_000, 14_000])
def test_the_most_that_fits_is_printed(budget: int) -> None:
    told = whole()
    smaller, edition = fit(told, theme=CLASSIC, budget=budget)
    assert size(edition) <= budget
    assert edition == render(smaller, theme=CLASSIC)
    taken = 2 * (len(told.stories) - len(smaller.stories))
    steps = next(n for n in range(99) if reduce(told, n) == smaller)
    assert steps > 0
    assert taken > 0
    assert size(render(reduce(told, steps - 1), theme=CLASSIC)) > budget


def test_first_the_last_lines_wait_so_that_stories_stay_whole() -> None:
    told = whole()
    smaller = reduce(told, len(LINES))
    assert smaller.stories == told.stories
    assert smaller.headlines == ()
    assert smaller.held == told.held + len(LINES)


def test_then_the_last_stories_become_lines_of_their_section() -> None:
    told = whole()
    smaller = reduce(told, len(LINES) + 6)
    first, second, third = smaller.sections
    assert first.stories == HARBOUR
    assert second.stories == WORLD[:-2]
    assert [h.title for h in second.headlines] == [s.article.title for s in WORLD[-2:]]
    assert third.stories == ()
    assert third.headlines == tuple(s.article.headline for s in NOTES)
    assert smaller.held == told.held + len(LINES)


def test_then_those_lines_wait_too() -> None:
    told = whole()
    smaller = reduce(told, len(LINES) + len(told.stories) + 5)
    assert smaller.stories == ()
    assert everything(smaller) == everything(told)[: -len(LINES) - 5]
    assert smaller.held == told.held + len(LINES) + 5


@pytest.mark.parametrize("steps", range(0, 44, 3))
def test_nothing_is_ever_lost(steps: int) -> None:
    told = whole()
    smaller = reduce(told, steps)
    kept = everything(smaller)
    assert kept == everything(told)[: len(kept)]
    assert len(kept) + smaller.held == len(everything(told)) + told.held


def test_the_email_says_how_many_wait() -> None:
    smaller, edition = fit(many(120), theme=CLASSIC, budget=20_000)
    held = 121 + 2 - len(everything(smaller))
    assert smaller.held == held
    assert f"And {held} more stories in the next issue." in edition.html
    assert f"And {held} more stories in the next issue." in edition.text


def test_few_renders_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    renders: list[int] = []

    def counted(told: Issue, **options: object) -> Edition:
        renders.append(len(told.stories))
        return render(told, **options)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(import_module("digest.render.budget"), "render", counted)
    fit(many(100), theme=CLASSIC, budget=100_000)
    assert 2 <= len(renders) <= 6


def test_the_same_issue_is_cut_the_same_way() -> None:
    assert fit(many(60), theme=CLASSIC, budget=50_000) == fit(
        many(60), theme=CLASSIC, budget=50_000
    )


def test_one_enormous_story_becomes_a_line() -> None:
    smaller, edition = fit(
        one(story("Short title", "word " * 60_000)), theme=CLASSIC, budget=100_000
    )
    assert [h.title for h in smaller.headlines] == ["Short title"]
    assert size(edition) < 20_000
    levels = [h.tag for h in lxml.html.fromstring(edition.html).iter("h1", "h2", "h3")]
    assert levels == ["h1", "h2"]


@pytest.mark.parametrize("told", [one(NOTES[0]), issue()], ids=["one story", "none"])
def test_a_budget_for_nothing_is_refused(told: Issue) -> None:
    with pytest.raises(RenderError, match="more than the budget of 500 bytes"):
        fit(told, theme=CLASSIC, budget=500)
