"""When a source may be looked at again."""

from __future__ import annotations

from datetime import datetime, timedelta

from digest.visits import Past

#: Longest time that a list counts as fresh: many servers say a day and change every hour.
FRESH = timedelta(hours=1)
#: The pause after a second failure in a row; it doubles with each further one.
PAUSE = timedelta(minutes=10)
#: Longest pause. A little less than a day, so that a daily run is never a few seconds too early.
LONGEST = timedelta(hours=23)


def rests(past: Past, now: datetime) -> bool:
    """Whether it is too early for another look."""
    return past.gone or (past.retry_at is not None and now < past.retry_at)


def after_success(fresh_for: timedelta | None, now: datetime) -> datetime | None:
    return now + min(fresh_for, FRESH) if fresh_for else None


def after_failure(past: Past, asked_for: datetime | None, now: datetime) -> datetime | None:
    """What the server asked for, else longer from failure to failure; at once after the first."""
    if asked_for:
        return min(asked_for, now + LONGEST)
    if not past.failures:
        return None
    doubled: int = 2 ** min(past.failures - 1, 10)
    return now + min(PAUSE * doubled, LONGEST)
