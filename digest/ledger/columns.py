"""How the ledger's values are written in columns: moments, dates and tuples."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import msgspec


def moment(value: datetime) -> str:
    """A moment in UTC, so that texts compare as times do."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def when(value: datetime | None) -> str | None:
    """A moment, if there is one."""
    return moment(value) if value else None


def parsed(value: str | None) -> datetime | None:
    """The moment that `when` wrote."""
    return datetime.fromisoformat(value) if value else None


def published(value: str | None) -> date | None:
    """An article's date: with its time of day where it had one."""
    if value is None:
        return None
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)


def as_list(values: Iterable[object]) -> str:
    """Values as a JSON list, to be kept or to be asked for with ``json_each``."""
    return msgspec.json.encode(list(values)).decode()


def words(value: str) -> tuple[str, ...]:
    """The texts that `as_list` wrote."""
    return tuple(msgspec.json.decode(value, type=list[str]))
