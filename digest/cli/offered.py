"""What an address offers, and what would come of a source, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from digest.cli.finding import Offer
from digest.cli.lines import bold, count
from digest.model import Entry, Story
from digest.text import shorten, squeeze
from digest.visits import Visit, VisitState

#: Titles that are shown, and further ways to follow an address.
_NEWEST, _OTHERS = 5, 5
_WIDTH = 100


def offer(found: Offer, others: Sequence[Offer]) -> Iterator[str]:
    """What was found, its newest titles, and what else there is."""
    yield bold(squeeze(found.title) or found.address)
    number = f", {count(len(found.entries), 'entry', 'entries')}" if found.entries else ""
    yield f"  {found.kind} {found.address} ({found.what}{number})"
    yield from (f"  {_day(entry)}  {_title(entry)}" for entry in found.entries[:_NEWEST])
    if others:
        yield "Also there, to be added by its own address:"
    yield from (f"  {it.kind} {it.address} ({it.what})" for it in others[:_OTHERS])


def story(it: Story) -> Iterator[str]:
    """An article that would come."""
    article = it.article
    day = f"{article.published:%Y-%m-%d}" if article.published else " " * 10
    yield f"{day}  {bold(shorten(article.title, _WIDTH))}"
    yield f"            {shorten(squeeze(article[it.summary.lead]), _WIDTH)}"
    facts = (article.byline, f"{len(article.text):,} characters", article.url)
    yield f"            {' · '.join(filter(None, facts))}"


def visit(it: Visit, *, shown: int) -> Iterator[str]:
    """What a look at a source found, in numbers."""
    if it.state in (VisitState.FAILED, VisitState.GONE):
        return
    left = max(0, it.new + it.edited - shown)
    parts = [f"{count(it.listed, 'entry', 'entries')} listed", f"{it.new} new"]
    parts += [f"{it.edited} edited"] if it.edited else []
    parts += [f"{it.held} held as a flood"] if it.held else []
    parts += [f"{left} of them not shown"] if left else []
    yield f"{', '.join(parts)}. Nothing was kept."
    if it.detail:
        yield it.detail


def _title(entry: Entry) -> str:
    return shorten(squeeze(entry.title), _WIDTH) or entry.url or entry.id


def _day(entry: Entry) -> str:
    return f"{entry.published:%Y-%m-%d}" if entry.published else " " * 10
