"""An issue in the size that mail clients show: Gmail clips what is over 102 KB.

What does not fit is not dropped. Lines wait for the next issue first, the last ones first, so that
a backlog does not turn an issue into a list of titles; then the last stories become lines; then
those wait too. The email says how many wait.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from pathlib import Path

from digest.errors import RenderError
from digest.model import Edition, Issue, Section
from digest.render.edition import render

#: Guesses from the sizes before the search takes halves: three are the rule.
_GUESSES = 5


def fit(issue: Issue, *, theme: Path, budget: int) -> tuple[Issue, Edition]:
    """As much of ``issue`` as renders to HTML of at most ``budget`` bytes, and its edition.

    Its stories, headlines and `held` say what is printed, listed and waiting. Raises
    `RenderError` as `render` does, and when not even one headline fits.
    """
    edition = render(issue, theme=theme)
    size = _size(edition)
    if size <= budget:
        return issue, edition
    # Cut off: `few` steps leave too much, `many` leave little enough, or nothing does.
    few, many = (0, size), (2 * len(issue.stories) + len(issue.headlines), 0)
    best, probes = None, 0
    while many[0] - few[0] > 1:
        probes += 1
        steps = _between(few, many, budget) if probes <= _GUESSES else (few[0] + many[0]) // 2
        smaller = reduce(issue, steps)
        edition = render(smaller, theme=theme)
        if (size := _size(edition)) <= budget:
            many, best = (steps, size), (smaller, edition)
        else:
            few = (steps, size)
    if best is None:
        raise RenderError(
            str(theme),
            f"an issue of a single headline takes more than the budget of {budget:,} bytes",
            "Raise the budget or make the theme smaller.",
        )
    return best


def reduce(issue: Issue, steps: int) -> Issue:
    """``issue`` made smaller by ``steps``: each holds back the last line; when there is none left,
    turns the last story into a line; when there is no story left, holds back the last of those.
    """
    lines, stories = len(issue.headlines), len(issue.stories)
    if steps <= lines:
        return _with_lines(issue, lines - steps)
    steps -= lines
    smaller = _with_stories(_with_lines(issue, 0), max(0, stories - steps))
    return _with_lines(smaller, len(smaller.headlines) - max(0, steps - stories))


def _with_stories(issue: Issue, count: int) -> Issue:
    """``issue`` with its first ``count`` stories whole and the others as lines."""
    sections = []
    for section in issue.sections:
        whole, rest = section.stories[:count], section.stories[count:]
        count -= len(whole)
        lines = tuple(story.article.headline for story in rest) + section.headlines
        sections.append(replace(section, stories=whole, headlines=lines))
    return replace(issue, sections=tuple(sections))


def _with_lines(issue: Issue, count: int) -> Issue:
    """``issue`` with its first ``count`` lines; the others are held."""
    if count == len(issue.headlines):
        return issue
    sections: list[Section] = []
    held = len(issue.headlines) - count
    for section in issue.sections:
        lines = section.headlines[:count]
        count -= len(lines)
        if lines or section.stories:
            sections.append(replace(section, headlines=lines))
    return replace(issue, sections=tuple(sections), held=issue.held + held)


def _between(few: tuple[int, int], many: tuple[int, int], budget: int) -> int:
    """How many steps, strictly between both, make the budget if sizes go down evenly."""
    (low, large), (high, small) = few, many
    steps = low + ceil((high - low) * (large - budget) / max(1, large - small))
    return min(max(steps, low + 1), high - 1)


def _size(edition: Edition) -> int:
    return len(edition.html.encode())
