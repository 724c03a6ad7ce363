"""What was chosen and what became of it.

Two-phase: an issue is claimed, with the fate of every candidate, in one transaction before
anything is delivered; what became of it is recorded after. Between the two it can be rebuilt
from its rows, so a run that was killed is finished by the next one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import msgspec

from digest.ledger.articles import Articles
from digest.ledger.columns import as_list, published
from digest.ledger.columns import moment as column
from digest.ledger.store import Store
from digest.model import (
    Candidate,
    Fate,
    Headline,
    Issue,
    Newsletter,
    Outcome,
    Receipt,
    Section,
    State,
)


class Issues:
    """The part of the ledger that keeps issues, fates and receipts."""

    def __init__(self, store: Store, articles: Articles) -> None:
        self._store = store
        self._articles = articles

    def claim(self, issue: Issue, fates: Iterable[Fate]) -> None:
        with self._store.transaction() as write:
            write("add_issue", _issue_row(issue))
            places = _places(issue)
            for fate in fates:
                position, section = places.get(fate.article, (None, None))
                row = {**asdict(fate), "issue": issue.id, "position": position, "section": section}
                write("add_fate", row)

    def claimed(self, newsletter: str) -> Sequence[Issue]:
        rows = self._store.rows("claimed", {"newsletter": newsletter})
        return [self._issue(row) for row in rows]

    def free_slot(self, newsletter: str, moment: datetime) -> datetime:
        slot = moment.replace(microsecond=0)
        while self._store.row("is_taken", {"newsletter": newsletter, "moment": column(slot)}):
            slot = (slot.astimezone(UTC) + timedelta(seconds=1)).astimezone(moment.tzinfo)
        return slot

    def leftovers(self, newsletter: str) -> Collection[str]:
        rows = self._store.rows("leftovers", {"newsletter": newsletter})
        return {row["article"] for row in rows}

    def record(self, *receipts: Receipt) -> None:
        with self._store.transaction() as write:
            for receipt in receipts:
                write("add_receipt", asdict(receipt))
            if all(receipt.state is not State.DEFERRED for receipt in receipts):
                write("set_state", {"issue": receipts[0].issue, "state": State.ACCEPTED})

    def issues(self, newsletter: str, *, limit: int = 10) -> Sequence[sqlite3.Row]:
        """The last issues: id, slot, state, printed, listed, others, detail, subject, mailed.

        ``subject`` is of the frozen edition; ``mailed`` is whether recipients were planned.
        """
        return self._store.rows("issues", {"newsletter": newsletter, "limit": limit})

    def issue(self, name: str) -> Issue | None:
        """An issue rebuilt from its rows; None if there is none."""
        row = self._store.row("issue", {"id": name})
        return self._issue(row) if row else None

    def fates(self, issue: str) -> Sequence[Fate]:
        """What became of each candidate of an issue, in the order of print."""
        return [_fate(row) for row in self._store.rows("fates", {"issue": issue})]

    def told(self, issue: str) -> Sequence[tuple[Candidate, Fate]]:
        """The same with each candidate's headline and where it came from, without its text."""
        return [(_candidate(row), _fate(row)) for row in self._store.rows("told", {"issue": issue})]

    def titles(self, articles: Iterable[str]) -> Mapping[str, str]:
        """The titles of articles by their ids; those that are not known are left out."""
        rows = self._store.rows("titles", {"articles": as_list(articles)})
        return {row["id"]: row["title"] for row in rows}

    def _issue(self, row: sqlite3.Row) -> Issue:
        """An issue rebuilt from its rows, equal to the one that was claimed."""
        masthead = msgspec.json.decode(row["masthead"], type=Newsletter)
        fates = self._store.rows("fates", {"issue": row["id"]})
        placed = [fate for fate in fates if fate["position"] is not None]
        return Issue(
            id=row["id"],
            newsletter=masthead,
            slot=_slot(row["slot"], masthead.timezone),
            sections=tuple(
                self._section(name, list(places))
                for name, places in groupby(placed, key=lambda fate: fate["section"])
            ),
            held=row["held"],
        )

    def _section(self, name: str | None, places: Sequence[sqlite3.Row]) -> Section:
        stories = list(self._articles.stories(place["article"] for place in places))
        by_outcome = [
            (Outcome(p["outcome"]), p["other"], s) for p, s in zip(places, stories, strict=True)
        ]
        return Section(
            name=name,
            stories=tuple(
                replace(
                    story,
                    also=tuple(
                        other.article.headline
                        for outcome, main, other in by_outcome
                        if outcome is Outcome.FOLDED and main == story.article.id
                    ),
                    follows=self._followed(earlier),
                )
                for outcome, earlier, story in by_outcome
                if outcome is Outcome.PRINTED
            ),
            headlines=tuple(s.article.headline for o, _, s in by_outcome if o is Outcome.LISTED),
        )

    def _followed(self, article: str | None) -> Headline | None:
        """The story of an earlier issue that a printed one goes on with."""
        if article is None:
            return None
        [story] = self._articles.stories([article])
        return story.article.headline


def _issue_row(issue: Issue) -> dict[str, object]:
    return {
        "id": issue.id,
        "newsletter": issue.newsletter.id,
        "slot": issue.slot.isoformat(),
        "moment": column(issue.slot),
        "held": issue.held,
        "state": "claimed" if issue.sections else "empty",
        "masthead": msgspec.json.encode(issue.newsletter).decode(),
    }


def _slot(value: str, zone: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(ZoneInfo(zone))


def _places(issue: Issue) -> dict[str, tuple[int, str | None]]:
    """Position and section of every article that the issue prints, lists or folds."""
    order = [
        (article, section.name)
        for section in issue.sections
        for article in (
            *(
                part
                for story in section.stories
                for part in (story.article.id, *(line.article for line in story.also))
            ),
            *(line.article for line in section.headlines),
        )
    ]
    return {article: (position, name) for position, (article, name) in enumerate(order)}


def _candidate(row: sqlite3.Row) -> Candidate:
    headline = Headline(
        article=row["article"],
        title=row["title"],
        url=row["url"],
        site=row["site"],
        published=published(row["published"]),
        language=row["language"],
    )
    seen = datetime.fromisoformat(row["seen"])
    return Candidate(headline=headline, seen=seen, source=row["source"], origin=row["origin"])


def _fate(row: sqlite3.Row) -> Fate:
    return Fate(
        article=row["article"], outcome=Outcome(row["outcome"]), why=row["why"], other=row["other"]
    )
