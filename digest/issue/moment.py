"""When an article was published, as an instant that can be compared."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from digest.model import Candidate


def published(candidate: Candidate, timezone: str, *, end: bool = False) -> datetime:
    """When it was published: the day's begin (or ``end``) if the time of day is not known.

    A date in the future is taken for the moment the article was seen, so that a wrong clock does
    not keep an article on top.
    """
    day: date = candidate.headline.published or candidate.seen
    if not isinstance(day, datetime):
        day = datetime.combine(day, time.max if end else time.min, ZoneInfo(timezone))
    return min(day, candidate.seen)
