"""What goes into an issue: unseen, wanted, not too old, one article a story, newest first.

    candidates -> versions -> earlier issues -> rules -> settled -> same story -> order -> sections

Every candidate ends in exactly one fate. Nothing is dropped: what does not fit is listed by its
title, and what does not even fit so, or is still changing, waits for a later issue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.issue.alike import Alike
from digest.issue.changing import settled
from digest.issue.moment import published
from digest.issue.rules import Rules, Stories, sift
from digest.issue.told import MEMORY, Told
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
class Place:
    """A candidate's place in the issue, and those that were folded into it."""

    candidate: Candidate
    listed: bool
    also: tuple[Headline, ...]
    #: The story of an earlier issue that this one goes on with.
    follows: Headline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The places in the order of print, and what became of every candidate."""

    places: tuple[Place, ...]
    fates: tuple[Fate, ...]


def select(
    candidates: Iterable[Candidate],
    history: Iterable[Candidate],
    rules: Rules,
    now: datetime,
    *,
    stories: Stories,
) -> Selection:
    """Decide on every candidate. The order in which they come does not matter.

    ``stories`` gives the texts of articles; it is asked only where a rule looks at text.
    """
    fates: list[Fate] = []
    fresh = _without_versions(candidates, fates)
    sent = sorted(history, key=lambda candidate: candidate.id) if fresh else []
    told = _recent(sent, now)
    fresh = _without_history(fresh, sent, told, fates)
    fresh = settled(sift(fresh, rules, now, stories, fates), rules, now, fates)
    mains, also = _folded(fresh, fates)
    follows = {main.id: earlier for main in mains if (earlier := told.before(main))}
    places = tuple(_placed(_ordered(mains, rules), also, follows, rules, fates))
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


def _recent(sent: Iterable[Candidate], now: datetime) -> Told:
    """The stories of late, which may be told again or gone on with."""
    told = Told()
    for candidate in sent:
        if now - candidate.seen <= MEMORY:
            told.add(candidate)
    return told


def _without_history(
    candidates: Sequence[Candidate], sent: Iterable[Candidate], told: Told, fates: list[Fate]
) -> list[Candidate]:
    known, kept = Alike(), []
    for old in sent:
        known.add(old)
    for candidate in candidates:
        if old_version := known.version_of(candidate):
            why = f"a corrected version of “{old_version.headline.title}”, which was sent before"
            fates.append(_fate(candidate, Outcome.UPDATED, why, old_version))
        elif again := _repeated(candidate, known, told):
            why = f"tells the story of “{again.headline.title}”, which was sent before"
            fates.append(_fate(candidate, Outcome.REPEATED, why, again))
        else:
            kept.append(candidate)
    return kept


def _repeated(candidate: Candidate, known: Alike, told: Told) -> Candidate | None:
    """What was sent before in the same words; news of an event in other words goes on with it."""
    if copy := known.copy_of(candidate):
        return copy
    found = told.again(candidate)
    return found[0] if found and found[1].in_words else None


def _folded(
    candidates: Sequence[Candidate], fates: list[Fate]
) -> tuple[list[Candidate], dict[str, list[Headline]]]:
    """One article a story: the one that can be linked, then the longest, then the first."""
    told, mains = Told(), []
    also: dict[str, list[Headline]] = {}
    for candidate in sorted(candidates, key=_worth):
        if again := told.again(candidate):
            main, evidence = again
            also.setdefault(main.id, []).append(candidate.headline)
            why = f"tells the story of “{main.headline.title}”: {evidence}"
            fates.append(_fate(candidate, Outcome.FOLDED, why, main))
        else:
            told.add(candidate)
            mains.append(candidate)
    return mains, also


def _worth(candidate: Candidate) -> tuple[bool, int, datetime, str]:
    return candidate.headline.url is None, -candidate.length, candidate.seen, candidate.id


def _ordered(stories: Sequence[Candidate], rules: Rules) -> list[Candidate]:
    """Pinned ones first, then by their source's priority, then newest first."""

    def rank(story: Candidate) -> tuple[bool, int, datetime, str]:
        moment = published(story, rules.timezone)
        return bool(rules.pinned(story)), rules.priority(story.source), moment, story.id

    return sorted(stories, key=rank, reverse=True)


def _placed(
    stories: Sequence[Candidate],
    also: Mapping[str, Sequence[Headline]],
    follows: Mapping[str, Candidate],
    rules: Rules,
    fates: list[Fate],
) -> Iterable[Place]:
    printed: Counter[str] = Counter()
    for story in stories:
        pin, full = rules.pinned(story), _full(story, printed, rules)
        listed = bool(full) and not pin
        printed[story.source] += not listed
        earlier = follows.get(story.id)
        notes = (
            full if listed else f"pinned: “{pin}”" if pin else "",
            f"follows “{earlier.headline.title}”" if earlier else "",
        )
        outcome = Outcome.LISTED if listed else Outcome.PRINTED
        fates.append(_fate(story, outcome, "; ".join(filter(None, notes)), earlier))
        yield Place(
            candidate=story,
            listed=listed,
            also=tuple(also.get(story.id, ())),
            follows=earlier.headline if earlier else None,
        )


def _full(story: Candidate, printed: Counter[str], rules: Rules) -> str:
    """Why there is no room for ``story``'s summary; empty if there is."""
    quota = rules.quota(story.source)
    if printed.total() >= rules.max_stories:
        return f"the issue has its {rules.max_stories} stories"
    if quota is not None and printed[story.source] >= quota:
        return f"{story.source} has its {quota} stories"
    return ""


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
            replace(stories[place.candidate.id], also=place.also, follows=place.follows)
            for place in places
            if not place.listed
        ),
        headlines=tuple(place.candidate.headline for place in places if place.listed),
    )


def _settled(fate: Fate, *, listed: set[str], held: set[str]) -> Fate:
    if fate.article in held or (fate.outcome is Outcome.FOLDED and fate.other in held):
        return replace(fate, outcome=Outcome.HELD, why="no room left in this issue")
    if fate.outcome is Outcome.PRINTED and fate.article in listed:
        why = "; ".join(filter(None, (fate.why, "no room left for its summary")))
        return replace(fate, outcome=Outcome.LISTED, why=why)
    return fate


def _fate(candidate: Candidate, outcome: Outcome, why: str, other: Candidate | None = None) -> Fate:
    return Fate(article=candidate.id, outcome=outcome, why=why, other=other.id if other else None)
