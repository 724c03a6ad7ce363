"""Cron expressions of five fields, in the one form that schedules are reckoned with.

Numbers, names, lists, steps, ``L``, ``LW`` and ``#`` mean what they mean in Debian's cron and in
cronsim: Sunday is 0 and 7, and where day of the month and day of the week are both given, either
will do.
"""

from __future__ import annotations

import re
from datetime import datetime

from cronsim import CronSim, CronSimError

from digest.errors import ConfigError

#: Where the search for a first run begins; which year it is plays no part.
_ANCHOR = datetime(2000, 1, 1)  # noqa: DTZ001 - of no zone: only whether any day fits is asked
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
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
        wrong = _wrong(expression, str(error).replace("Bad ", "has a wrong "))
        raise _round_the_week(fields) or wrong from error
    if next(cron, None) is None:
        raise _wrong(expression, "never comes")
    hours = "*" if len(cron.hours) == 24 else _listed(cron.hours)
    return " ".join((_listed(cron.minutes), hours, *fields[2:]))


def _round_the_week(fields: list[str]) -> ConfigError | None:
    """The error for days of the week such as fri-mon, if nothing else is wrong."""
    *others, days = fields
    listed = ",".join(map(_spelled_out, days.lower().split(",")))
    meant = " ".join((*others, listed))
    try:
        CronSim(meant, _ANCHOR)
    except CronSimError:
        return None
    why = f"{' '.join(fields)!r} goes round the end of the week, which cron does not"
    return ConfigError("schedule", why, f'Write "{meant}".')


def _spelled_out(days: str) -> str:
    """Each of the days of the week from one to an earlier one; else ``days`` as it is."""
    if not (ends := re.fullmatch(r"([a-z]{3}|[0-7])-([a-z]{3}|[0-7])", days)):
        return days
    names = _DAYS if days[0].isalpha() else tuple("0123456")
    known = {**{name: n for n, name in enumerate(_DAYS)}, **{str(n): n % 7 for n in range(8)}}
    if ends[1] not in known or ends[2] not in known:
        return days
    begin, end = known[ends[1]], known[ends[2]]
    return ",".join(names[(begin + n) % 7] for n in range((end - begin) % 7 + 1))


def _listed(numbers: set[int]) -> str:
    return ",".join(map(str, sorted(numbers)))


def _wrong(expression: str, why: str) -> ConfigError:
    return ConfigError("schedule", f"{expression!r} {why}", _REMEDY)
