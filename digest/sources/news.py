"""What is new on a list, and what is to be remembered of the rest.

Feed, what the ledger knows -> new, edited, held, passed over
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.sources.flood import flood, instant
from digest.sources.marks import Listed
from digest.sources.recall import Recall
from digest.visits import Noted, Past, Stand

#: Of entries without a date, how many from the top of a first list are taken.
UNDATED = 10
#: How far a source's clock may be ahead.
AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a list brought, in its own order."""

    #: To be taken now.
    new: tuple[Listed, ...] = ()
    #: Taken before; their words have changed.
    edited: tuple[Listed, ...] = ()
    #: To be remembered only.
    noted: tuple[Noted, ...] = ()
    #: How many of these are held as a flood, and why.
    held: int = 0
    why: str = ""


def news(
    listed: Sequence[Listed], known: Iterable[Noted], past: Past, *, start: timedelta, now: datetime
) -> News:
    """Decide on every entry of a list.

    ``known`` are the ledger's entries that share an id, an address, a place, or words and date
    with any of them. ``start`` is how far back the first look at a source takes entries.
    """
    recall = Recall(known, [it.mark for it in listed])
    unknown: list[Listed] = []
    edited: list[Listed] = []
    noted: list[Noted] = []
    for it in (_sober(it, now) for it in listed):
        match = recall.find(it.mark)
        if match is None:
            unknown.append(it)
        elif match.edited and match.stand is Stand.TAKEN:
            edited.append(it)
        elif match.changed and match.stand in (Stand.TAKEN, Stand.PASSED):
            noted.append(Noted(mark=it.mark, stand=match.stand))
    unknown, twins = _without_twins(unknown)
    passed = _back_catalogue(unknown, start, now) if past.read is None else ()
    held, why = flood(unknown, past, now)
    left = {it.mark for it in (*passed, *held)}
    return News(
        new=tuple(it for it in unknown if it.mark not in left),
        edited=tuple(edited),
        noted=(
            *noted,
            *(Noted(mark=it.mark, stand=Stand.PASSED) for it in (*twins, *passed)),
            *(Noted(mark=it.mark, stand=Stand.HELD, entry=it.entry) for it in held),
        ),
        held=len(held),
        why=why,
    )


def _sober(it: Listed, now: datetime) -> Listed:
    """The entry without a date that lies in the future: it says nothing of its age."""
    day = instant(it.entry)
    if day is None or day <= now + AHEAD:
        return it
    return replace(it, entry=replace(it.entry, published=None, updated=None))


def _without_twins(unknown: Sequence[Listed]) -> tuple[list[Listed], list[Listed]]:
    """The entries, and those that a list names once more."""
    first: dict[tuple[str, str], Listed] = {}
    for it in unknown:
        first.setdefault((it.mark.url or it.mark.id, it.mark.words), it)
    kept = list(first.values())
    marks = {it.mark for it in kept}
    return kept, [it for it in unknown if it.mark not in marks]


def _back_catalogue(
    unknown: Sequence[Listed], start: timedelta, now: datetime
) -> tuple[Listed, ...]:
    """What the first look at a source passes over."""
    if start >= now - datetime.min.replace(tzinfo=now.tzinfo):
        return ()
    undated = [it for it in unknown if instant(it.entry) is None]
    old = [it for it in unknown if (day := instant(it.entry)) and day < now - start]
    return (*old, *undated[UNDATED if start else 0 :])
