"""Topics: which sections of an issue a recipient asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from digest.model import Issue


def chosen(issue: Issue, topics: Iterable[str]) -> tuple[int, ...]:
    """The numbers of the sections for a recipient with these topics.

    A section without a name is for everybody, and who names no topic gets all. Recipients with
    the same numbers get the same issue, so that it is rendered once for all of them.
    """
    wanted = {_folded(topic) for topic in topics}
    return tuple(
        number
        for number, section in enumerate(issue.sections)
        if not wanted or section.name is None or _folded(section.name) in wanted
    )


def sections_key(issue: Issue, topics: Iterable[str]) -> str | None:
    """Names the edition for a recipient with these topics; None if no section is theirs.

    It is ``""`` for the whole issue.
    """
    numbers = chosen(issue, topics)
    if not numbers:
        return None
    return "" if len(numbers) == len(issue.sections) else ",".join(map(str, numbers))


def for_topics(issue: Issue, topics: Iterable[str]) -> Issue:
    """``issue`` with the sections for a recipient with these topics; there may be none."""
    return replace(issue, sections=tuple(issue.sections[n] for n in chosen(issue, topics)))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
