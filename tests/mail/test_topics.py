"""Topics: who gets which sections."""

from __future__ import annotations

import pytest

from digest.mail import chosen, for_topics
from digest.model import Issue, Section
from tests.builders import issue, story

NAMES = ("World", None, "Wissenschaft und  Straße", "Sport")


def sectioned() -> Issue:
    sections = tuple(Section(name=name, stories=(story(n),)) for n, name in enumerate(NAMES))
    return issue(sections=sections)


WANTED = {
    "none": ((), (0, 1, 2, 3)),
    "one": (("Sport",), (1, 3)),
    "spelt otherwise": (("wissenschaft UND straSSe ", "world"), (0, 1, 2)),
    "order does not matter": (("Sport", "World"), (0, 1, 3)),
    "unknown": (("Weather",), (1,)),
}


@pytest.mark.parametrize(("topics", "numbers"), WANTED.values(), ids=WANTED)
def test_sections_are_chosen(topics: tuple[str, ...], numbers: tuple[int, ...]) -> None:
    made = sectioned()
    assert chosen(made, topics) == numbers
    assert for_topics(made, topics).sections == tuple(made.sections[n] for n in numbers)


def test_the_issue_is_otherwise_the_same() -> None:
    made = sectioned()
    assert for_topics(made, ()) == made
    assert for_topics(made, ["Sport"]).id == made.id


def test_nothing_may_be_left() -> None:
    made = issue(sections=(Section(name="World", stories=(story(),)),))
    assert for_topics(made, ["Sport"]).sections == ()
