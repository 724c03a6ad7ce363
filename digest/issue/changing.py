"""Articles on the web whose words have only just changed: they wait until they have settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.issue.rules import Rules
from digest.model import Candidate, Fate, Outcome

#: A change that lies further ahead was told by a clock that was wrong.
_AHEAD = timedelta(days=1)
_UNITS = (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))


def settled(
    candidates: Sequence[Candidate], rules: Rules, now: datetime, fates: list[Fate]
) -> list[Candidate]:
    """Without those that are still changing, which stay pending."""
    whys = [(candidate, changing(candidate, rules, now)) for candidate in candidates]
    fates += [Fate(article=c.id, outcome=Outcome.CHANGING, why=why) for c, why in whys if why]
    return [candidate for candidate, why in whys if not why]


def changing(candidate: Candidate, rules: Rules, now: datetime) -> str:
    """Why a candidate waits for a later issue; empty if it does not."""
    settle, last = rules.settle(candidate.source), _last_change(candidate)
    if not settle or last is None or not -_AHEAD < now - last < settle:
        return ""
    zone = ZoneInfo(rules.timezone)
    at, today = last.astimezone(zone), now.astimezone(zone).date()
    written = f"{at:%H:%M}" if at.date() == today else f"{at:%Y-%m-%d %H:%M}"
    return f"still changing: changed at {written}, waits {_length(settle)}"


def _last_change(candidate: Candidate) -> datetime | None:
    """A change that is known, or else when it came out; that it was seen first is none."""
    moments = (candidate.changed, candidate.headline.published)
    known = (it for it in moments if isinstance(it, datetime))
    return max((min(it, candidate.seen) for it in known), default=None)


def _length(time: timedelta) -> str:
    """A length of time as it would be written in digest.toml."""
    seconds = int(time.total_seconds())
    unit, size = next((unit, size) for unit, size in _UNITS if seconds % size == 0)
    number = seconds // size
    return f"{number} {unit if number == 1 else unit + 's'}"
