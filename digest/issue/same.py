"""Whether two articles tell one story, and what shows it.

Text, address, opening, links, or the same names and figures in words of their own: each alone
proves little, since papers print forms each day, sites give one link to many articles, and a
beat has the same names in all of its stories. So each is asked for together with another. No
figure in common, no story in common, where the words are not the same.

Thresholds: `tests/issue/test_stories.py` measures them.
"""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from digest.issue.moment import published
from digest.issue.subject import Subject, cover, likeness, subject
from digest.model import Candidate
from digest.text import HASH, hashes, primary, resemblance

#: Resemblance from which two texts tell one story. Unrelated articles stay under 0.05, a form
#: that is filled in anew each day is at 0.4, and a wire story that one of two papers cut by a
#: fifth is still at about 0.65.
STORY = 0.5

# A pair that is alike shares one of its 16 smallest hashes in 99.7 of 100 cases at a resemblance
# of 0.3, and nearly always at STORY.
_PROBES = 16
# Two papers report one event within these days of each other.
_DAYS = timedelta(days=2)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")


class Evidence(StrEnum):
    """What shows that two articles tell one story, as an explanation says it."""

    TEXT = "the same text"
    ADDRESS = "the same address"
    LINK = "a link in common"
    OPENING = "the same opening"
    EVENT = "the same names and figures"

    @property
    def in_words(self) -> bool:
        """Whether the words are the same, and not only what they tell of."""
        return self in {Evidence.TEXT, Evidence.ADDRESS, Evidence.OPENING}


def same_story(one: Candidate, other: Candidate) -> Evidence | None:
    """What shows that the two tell one story, if anything does. Never across languages."""
    if differ(one.headline.language, other.headline.language):
        return None
    if _is_copy(one, other):
        return Evidence.TEXT
    a, b = subject(one), subject(other)
    if _one_address(one, other) and _akin(a, b, 0.25) and not _one_list(one, other, a, b):
        return Evidence.ADDRESS
    if _one_paper(one, other):
        return None
    if shared_links(one, other) and _akin(a, b, 0.2) and _share_facts(a, b):
        return Evidence.LINK
    if not _share_names(a, b):
        return None
    if cover(a.opening, b.opening) >= 0.5 and _agree(a.figures, b.figures):
        return Evidence.OPENING
    return Evidence.EVENT if _one_event(one, other) else None


def probes(candidate: Candidate) -> list[bytes]:
    """What an article that is alike in text most likely shares."""
    return hashes(candidate.sketch[: _PROBES * HASH])


def differ(one: str, other: str) -> bool:
    """Whether two language tags name two languages."""
    return "und" not in (one, other) and primary(one) != primary(other)


@lru_cache(maxsize=4096)
def address(url: str | None) -> str:
    """What is left of ``url`` when two of one page are to be equal; empty without one."""
    try:
        parts = urlsplit(url or "")
        query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{urlencode(query)}" if host else ""


def shared_links(one: Candidate, other: Candidate) -> set[str]:
    """The pages, not the mere sites or their sections, that both link to."""
    return {link for link in set(one.links) & set(other.links) if _is_deep(link)}


def _is_copy(one: Candidate, other: Candidate) -> bool:
    if set(probes(one)).isdisjoint(probes(other)):
        return False
    return resemblance(one.sketch, other.sketch) >= STORY


def _one_address(one: Candidate, other: Candidate) -> bool:
    page = address(one.headline.url)
    return bool(page) and page == address(other.headline.url)


def _one_list(one: Candidate, other: Candidate, a: Subject, b: Subject) -> bool:
    """Whether they are two items of a source that gives all of its items one address."""
    titled = cover(a.title, b.title) >= 0.5 and _agree(a.figures, b.figures)
    return one.source == other.source and not titled


def _akin(a: Subject, b: Subject, least: float) -> bool:
    """Whether both are about something like the same, as far as few words can show it."""
    return len(a.terms & b.terms) > 3 and likeness(a.terms, b.terms) >= least


def _one_paper(one: Candidate, other: Candidate) -> bool:
    """Whether one paper printed both: that it told one story twice needs more to be believed."""
    names = {paper(one), paper(other)}
    return len(names) == 1 and names != {""}


def paper(candidate: Candidate) -> str:
    """What the paper of an article goes by: its name, else its host; empty without both."""
    url = candidate.headline.url
    return candidate.headline.site or address(url).partition("/")[0].partition("?")[0]


def _is_deep(link: str) -> bool:
    """Whether a link leads to one page: two names deep, or a long name with hyphens."""
    path = urlsplit(link).path.strip("/")
    return path.count("/") > 0 or path.count("-") > 1


def _share_names(a: Subject, b: Subject) -> bool:
    return len(a.names & b.names) > 1 and cover(a.names, b.names) >= 0.5


def _share_facts(a: Subject, b: Subject) -> bool:
    return bool(a.names & b.names and a.figures & b.figures)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one of two sets of figures may be a part of the other, most of it at least."""
    return not one or not other or cover(one, other) >= 0.5


def _one_event(one: Candidate, other: Candidate) -> bool:
    """Whether both report one event in words of their own: its names, its figures, its days."""
    a, b = subject(one), subject(other)
    if len(a.names & b.names) < 3 or cover(a.names, b.names) < 0.6:
        return False
    if likeness(a.terms, b.terms) < 0.4 or not _near(one, other):
        return False
    years = {str(one.seen.year + change) for change in (-1, 0, 1)}
    figures, others = a.figures - years, b.figures - years
    telling = any(len(figure) > 1 for figure in figures & others)
    return telling and cover(figures, others) >= 0.5


def _near(one: Candidate, other: Candidate) -> bool:
    return abs(published(one, "UTC") - published(other, "UTC")) <= _DAYS
