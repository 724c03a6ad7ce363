"""``[schedule]`` and ``[alerts]``: when issues are made, and who is told if they are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

import msgspec

from digest.addresses import parse_mailbox
from digest.config.values import Duration, Every
from digest.errors import ConfigError

#: Shortest pause between two looks at the web, and shortest time in which a slot is not too late.
_LEAST, _SOON = timedelta(minutes=1), timedelta(minutes=5)


class ScheduleTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[schedule]``: when an issue is due, and what it takes to be made."""

    #: See `digest.schedule.when`.
    at: str | tuple[str, ...]
    #: What becomes of slots that nobody was there for.
    catch_up: Literal["latest", "all", "skip"] = "latest"
    #: How late an issue may still be made.
    stale: Duration = Duration(hours=12)
    #: Fewer stories wait for the next slot, but not longer than ``max_wait``.
    min_stories: int = 1
    max_wait: Duration = Duration(days=3)
    #: Whether articles that an earlier issue had no room for wait for news.
    only_if_new: bool = False
    #: Hours in which nothing goes out.
    quiet: str | tuple[str, ...] = ()
    #: How often sources on the web are looked at between slots.
    gather: Every = Every(hours=1)

    @property
    def texts(self) -> tuple[str, ...]:
        """The schedules, one or several."""
        return (self.at,) if isinstance(self.at, str) else self.at

    @property
    def quiet_texts(self) -> tuple[str, ...]:
        """The quiet hours, none or several."""
        return (self.quiet,) if isinstance(self.quiet, str) else self.quiet


class AlertsTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[alerts]``: how the operator hears of an outage."""

    #: A program, with its arguments, that gets the alert on its standard input.
    command: tuple[str, ...] = ()
    #: A mailbox that the server of ``[smtp]`` writes to.
    to: str | None = None


def schedule_mistakes(
    table: ScheduleTable, where: str, *, timezone: str, expiry: timedelta | None
) -> Iterator[tuple[str, str, str]]:
    """What the types cannot say of ``[schedule]``: key, what is wrong, what is accepted.

    ``expiry`` is how long after its slot the server may be handed an issue, if there is one.
    """
    yield from _hours_mistakes(table, where, timezone="UTC" if timezone == "local" else timezone)
    if table.min_stories < 1:
        yield f"{where}.min_stories", f"{table.min_stories} is too small", "Write 1 or more."
    if timedelta() < table.gather < _LEAST:
        yield f"{where}.gather", "is too often", 'Write "1 minute" or more, or "off".'
    if table.stale < _SOON:
        why = "is so short that no slot would ever be in time"
        yield f"{where}.stale", why, 'Write "5 minutes" or more.'
    if expiry is not None and table.stale >= expiry:
        remedy = "An issue that is made so late could not be sent any more."
        yield f"{where}.stale", "is not shorter than smtp.expiry", remedy


def _hours_mistakes(
    table: ScheduleTable, where: str, *, timezone: str
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the times of ``at`` and ``quiet``."""
    from digest.schedule.slots import Quiet
    from digest.schedule.when import parse

    times, quiet = [], []
    try:
        times = list(parse(*table.texts, timezone=timezone).times())
    except ConfigError as error:
        yield f"{where}.at", error.why, error.remedy
    for text in table.quiet_texts:
        try:
            quiet.append(Quiet.parse(text))
        except ValueError as error:
            yield f"{where}.quiet", str(error), 'Write hours like "22:00-06:00".'
    if times and all(any(time in hours for hours in quiet) for time in times):
        why = "holds every slot of the schedule: no issue would ever be made"
        yield f"{where}.quiet", why, "Leave out the time of a slot."


def alert_mistakes(table: AlertsTable, *, has_server: bool) -> Iterator[tuple[str, str, str]]:
    """What the types cannot say of ``[alerts]``: key, what is wrong, what is accepted."""
    if table.to is None:
        return
    try:
        parse_mailbox(table.to)
    except ValueError:
        yield "alerts.to", f"{table.to!r} is not a mailbox", 'Write it like "me@courier.example".'
    if not has_server:
        yield "alerts.to", "needs a server to send by", "Write [smtp], or alerts.command."
