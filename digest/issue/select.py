"""What goes into an issue: unseen, not too old, one article a story, newest first.

    candidates -> versions -> earlier issues -> age -> same story -> newest first -> sections

Every candidate ends in exactly one fate. Nothing is dropped: what does not fit is listed by its
title, and what does not even fit so is held for the next issue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.issue.alike import Alike
from digest.model import (
    Candidate,
    Fate,
    Headline,
    Issue,
    Newsletter,
    Outcome,
    Section,
    Story,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the newsletter's owner wants in an issue."""

    #: Stories with lead and quote; the rest is listed.
    max_stories: int = 20
    max_age: timedelta | None = None
    #: Stories per source, by its name; the rest of that source is listed.
    quotas: Mapping[str, int] = field(default_factory=dict)
    #: Section names in their order; others follow by their newest story.
    sections: tuple[str, ...] = ()
    #: IANA name of the zone in which a day begins.
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A candidate's place in the issue, and those that were folded into it."""

    candidate: Candidate
    listed: bool
    also: tuple[Headline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The places in the order of print, and what became of every candidate."""

    places: tuple[Place, ...]
    fates: tuple[Fate, ...]


def select(
    candidates: Iterable[Candidate], history: Iterable[Candidate], rules: Rules, now: datetime
) -> Selection:
    """Decide on every candidate. The order in which they come does not matter."""
    fates: list[Fate] = []
    fresh = _without_versions(candidates, fates)
    fresh = _without_history(fresh, history, fates)
    fresh = _without_stale(fresh, rules, now, fates)
    stories, also = _folded(fresh, fates)
    stories.sort(key=lambda story: (_instant(story, rules), story.id), reverse=True)
    places = tuple(_placed(stories, also, rules, fates))
    return Selection(places=_in_sections(places, rules), fates=tuple(fates))


def assemble(
    selection: Selection, stories: Iterable[Story], *, newsletter: Newsletter, slot: datetime
) -> Issue:
    """The issue: ``stories`` are those of the places that are not listed, in any order."""
    by_id = {story.article.id: story for story in stories}
    names = dict.fromkeys(place.candidate.section for place in selection.places)
    return Issue(
        id=f"{newsletter.id}/{slot_name(slot)}",
        newsletter=newsletter,
        slot=slot,
        sections=tuple(
            _section(name, [p for p in selection.places if p.candidate.section == name], by_id)
            for name in names
        ),
    )


def settle(selection: Selection, issue: Issue) -> tuple[Fate, ...]:
    """The fates as the edition's byte budget left them: printed, listed or held."""
    printed = {story.article.id for story in issue.stories}
    listed = {line.article for line in issue.headlines}
    held = {p.candidate.id for p in selection.places} - printed - listed
    return tuple(_settled(fate, listed=listed, held=held) for fate in selection.fates)


def slot_name(slot: datetime) -> str:
    """A slot as a folder's name: ISO 8601 basic time, which is unique across clock changes."""
    offset = "Z" if slot.utcoffset() == timedelta(0) else slot.strftime("%z")
    return slot.strftime("%Y-%m-%dT%H%M%S") + offset


def _without_versions(candidates: Iterable[Candidate], fates: list[Fate]) -> list[Candidate]:
    """Of each article the version that was seen last."""
    latest, kept = Alike(), []
    for candidate in sorted(candidates, key=lambda c: (c.seen, c.id), reverse=True):
        if newer := latest.version_of(candidate):
            why = f"a newer version is in {newer.origin or newer.headline.title}"
            fates.append(_fate(candidate, Outcome.REPLACED, why, newer))
        else:
            latest.add(candidate)
            kept.append(candidate)
    return kept


def _without_history(
    candidates: Sequence[Candidate], history: Iterable[Candidate], fates: list[Fate]
) -> list[Candidate]:
    known, kept = Alike(), []
    if candidates:
        for old in history:
            known.add(old)
    for candidate in candidates:
        if old_version := known.version_of(candidate):
            why = f"a corrected version of “{old_version.headline.title}”, which was sent before"
            fates.append(_fate(candidate, Outcome.UPDATED, why, old_version))
        elif told := known.story_of(candidate):
            why = f"tells the story of “{told.headline.title}”, which was sent before"
            fates.append(_fate(candidate, Outcome.REPEATED, why, told))
        else:
            kept.append(candidate)
    return kept


def _without_stale(
    candidates: Sequence[Candidate], rules: Rules, now: datetime, fates: list[Fate]
) -> list[Candidate]:
    if rules.max_age is None:
        return list(candidates)
    kept = []
    for candidate in candidates:
        if now - _instant(candidate, rules, end=True) > rules.max_age:
            day = candidate.headline.published or candidate.seen
            why = f"of {day:%Y-%m-%d}, older than max_age"
            fates.append(_fate(candidate, Outcome.STALE, why))
        else:
            kept.append(candidate)
    return kept


def _folded(
    candidates: Sequence[Candidate], fates: list[Fate]
) -> tuple[list[Candidate], dict[str, list[Headline]]]:
    """One article a story: the one that can be linked, then the longest, then the first."""
    told, mains = Alike(), []
    also: dict[str, list[Headline]] = {}
    for candidate in sorted(candidates, key=_worth):
        if main := told.story_of(candidate):
            also.setdefault(main.id, []).append(candidate.headline)
            why = f"tells the story of “{main.headline.title}”"
            fates.append(_fate(candidate, Outcome.FOLDED, why, main))
        else:
            told.add(candidate)
            mains.append(candidate)
    return mains, also


def _worth(candidate: Candidate) -> tuple[bool, int, datetime, str]:
    return candidate.headline.url is None, -candidate.length, candidate.seen, candidate.id


def _placed(
    stories: Sequence[Candidate],
    also: Mapping[str, Sequence[Headline]],
    rules: Rules,
    fates: list[Fate],
) -> Iterable[Place]:
    printed: Counter[str] = Counter()
    for story in stories:
        quota = rules.quotas.get(story.source)
        why = ""
        if printed.total() >= rules.max_stories:
            why = f"the issue has its {rules.max_stories} stories"
        elif quota is not None and printed[story.source] >= quota:
            why = f"{story.source} has its {quota} stories"
        else:
            printed[story.source] += 1
        fates.append(_fate(story, Outcome.LISTED if why else Outcome.PRINTED, why))
        yield Place(candidate=story, listed=bool(why), also=tuple(also.get(story.id, ())))


def _in_sections(places: Sequence[Place], rules: Rules) -> tuple[Place, ...]:
    """Those without a section first, then the sections in the owner's order, then the others."""
    order: dict[str | None, int] = {None: -1}
    for name in rules.sections:
        order.setdefault(name, len(order))
    for place in places:
        order.setdefault(place.candidate.section, len(order))
    return tuple(sorted(places, key=lambda place: order[place.candidate.section]))


def _section(name: str | None, places: Sequence[Place], stories: Mapping[str, Story]) -> Section:
    return Section(
        name=name,
        stories=tuple(
            replace(stories[place.candidate.id], also=place.also)
            for place in places
            if not place.listed
        ),
        headlines=tuple(place.candidate.headline for place in places if place.listed),
    )


def _settled(fate: Fate, *, listed: set[str], held: set[str]) -> Fate:
    if fate.article in held or (fate.outcome is Outcome.FOLDED and fate.other in held):
        return replace(fate, outcome=Outcome.HELD, why="no room left in this issue")
    if fate.outcome is Outcome.PRINTED and fate.article in listed:
        return replace(fate, outcome=Outcome.LISTED, why="no room left for its summary")
    return fate


def _instant(candidate: Candidate, rules: Rules, *, end: bool = False) -> datetime:
    """When it was published: the day's begin (or ``end``) if the time of day is not known.

    A date in the future is taken for the moment the article was seen, so that a wrong clock does
    not keep an article on top.
    """
    published: date = candidate.headline.published or candidate.seen
    if not isinstance(published, datetime):
        moment = time.max if end else time.min
        published = datetime.combine(published, moment, ZoneInfo(rules.timezone))
    return min(published, candidate.seen)


def _fate(candidate: Candidate, outcome: Outcome, why: str, other: Candidate | None = None) -> Fate:
    return Fate(article=candidate.id, outcome=outcome, why=why, other=other.id if other else None)
