"""Cron expressions of five fields, in the one form that schedules are reckoned with.

Numbers, names, lists, steps, ``L``, ``LW`` and ``#`` mean what they mean in Debian's cron and in
cronsim: Sunday is 0 and 7, and where day of the month and day of the week are both given, either
will do.
"""

from __future__ import annotations

from datetime import datetime

from cronsim import CronSim, CronSimError

from digest.errors import ConfigError

#: Where the search for a first run begins; which year it is plays no part.
_ANCHOR = datetime(2000, 1, 1)  # noqa: DTZ001 - of no zone: only whether any day fits is asked
_REMEDY = 'Write minute, hour, day of the month, month and day of the week, like "30 7 * * 1-5".'


def fixed(expression: str) -> str:
    """``expression`` with its minutes and hours spelled out. Raises `ConfigError`.

    Cron takes a field that begins with a star for "follow the clock", which loses a run at
    midnight where the clocks skip it, and doubles it where they repeat it. Only what runs in
    every hour is meant so; all else has its times of day.
    """
    fields = expression.split()
    if len(fields) != 5:
        raise _wrong(expression, f"has {len(fields)} fields, and cron has 5")
    try:
        cron = CronSim(expression, _ANCHOR)
    except CronSimError as error:
        raise _wrong(expression, str(error).replace("Bad ", "has a wrong ")) from error
    if next(cron, None) is None:
        raise _wrong(expression, "never comes")
    hours = "*" if len(cron.hours) == 24 else _listed(cron.hours)
    return " ".join((_listed(cron.minutes), hours, *fields[2:]))


def _listed(numbers: set[int]) -> str:
    return ",".join(map(str, sorted(numbers)))


def _wrong(expression: str, why: str) -> ConfigError:
    return ConfigError("schedule", f"{expression!r} {why}", _REMEDY)
