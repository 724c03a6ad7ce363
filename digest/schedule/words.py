"""A schedule as people write it, turned into cron expressions: one for each time of day.

    days "at" times         weekdays at 07:30 | mon, thu at 7:00 and 18:00
    nth "of the month"      first monday of the month at 09:00 | 1st and 15th of the month at 09:00
    every n hours           from midnight on: every 6 hours is at 00:00, 06:00, 12:00 and 18:00
    cron                    30 7 * * 1-5 or @daily, as cron reads it

A month without a fifth monday or a 31st has no run for it.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from digest.errors import ConfigError
from digest.schedule.cron import fixed

_FORMS = (
    'Write it like "weekdays at 07:30", "mon, thu at 18:00", "first monday of the month at 09:00",'
    ' "1st and 15th of the month at 09:00", "every 6 hours" or, as cron, "30 7 * * 1-5".'
)
_LONGEST = 200
_NAMES = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_SHORT = {"tues": 2, "thur": 4, "thurs": 4, **{name[:3]: n for n, name in enumerate(_NAMES)}}
_WEEKDAYS = {
    **_SHORT,
    **{name: number for number, name in enumerate(_NAMES)},
    **{f"{name}s": number for number, name in enumerate(_NAMES)},
}
#: Kinds of days, as cron's day of the week.
_KINDS = {
    "daily": "*",
    "day": "*",
    "weekday": "1-5",
    "weekdays": "1-5",
    "weekend": "0,6",
    "weekends": "0,6",
}
#: What cron has names for.
_NAMED = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
#: Words that do not say when exactly, and what may be meant by them.
_VAGUE = {"weekly": "mondays", "monthly": "1st of the month", "hourly": "every hour"}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_KNOWN = sorted({*_WEEKDAYS, *_KINDS, *_ORDINALS, "last", "month", "every", "hours", "minutes"})
_TURNS = {"hour": 24, "minute": 60}


def crons(text: str) -> tuple[str, ...]:
    """The cron expressions of five fields that ``text`` means.

    Raises `ConfigError` with what is accepted; the caller knows the key that it belongs to.
    """
    plain = " ".join(text.casefold().split())
    if len(plain) > _LONGEST:
        raise _wrong(f"{plain[:40] + '...'!r} is too long for a schedule", _FORMS)
    if plain in _NAMED:
        return (fixed(_NAMED[plain]),)
    if re.match(r"[0-9*]", plain) and ":" not in plain:
        return (fixed(plain),)
    if turn := re.fullmatch(r"every (?:([0-9]{1,3}) )?(hour|minute)s?", plain):
        return (_every(int(turn[1] or 1), turn[2]),)
    days, at, times = plain.partition(" at ")
    if not at:
        raise _unknown(plain, f'{plain!r} has no time of day after an "at"')
    fields = _days(plain, days)
    return tuple(fixed(f"{time} {fields}") for time in _times(times))


def _every(number: int, unit: str) -> str:
    """So many times an hour or a day, evenly."""
    turn = _TURNS[unit]
    if number == turn:
        whole, said = ("day", "daily at 00:00") if unit == "hour" else ("hour", "every hour")
        raise _wrong(f"{number} {unit}s are a whole {whole}", f'Write "{said}".')
    if not 1 <= number < turn or turn % number:
        even = ", ".join(str(n) for n in range(2, turn) if turn % n == 0)
        why = f"{number} {unit}s do not part {'a day' if turn == 24 else 'an hour'} evenly"
        raise _wrong(why, f"Write one of {even}.")
    return fixed(f"*/{number} * * * *" if unit == "minute" else f"0 */{number} * * *")


def _times(times: str) -> list[str]:
    """Cron's minute and hour of each time of day."""
    found = []
    for item in _items(times):
        time = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", item)
        if time is None or int(time[1]) > 23 or int(time[2]) > 59:
            remedy = 'Write it like "07:30" or "18:00", of 24 hours.'
            raise _wrong(f"{item!r} is no time of day", remedy)
        found.append(f"{int(time[2])} {int(time[1])}")
    return found


def _days(text: str, days: str) -> str:
    """Cron's day of the month, month and day of the week."""
    if month := re.fullmatch(r"(?:on )?(?:every )?(?:the )?(.+) of (?:the|every|each) month", days):
        return _of_month(text, month[1])
    found = [_weekdays(text, item) for item in _items(days)]
    return "* * " + ("*" if "*" in found else ",".join(found))


def _weekdays(text: str, item: str) -> str:
    """Cron's numbers of a kind of days, of a weekday, or of those from one to another."""
    item = item.removeprefix("on ").removeprefix("every ")
    if item in _KINDS:
        return _KINDS[item]
    first, _, last = re.sub(" ?- ?| to ", "-", item).partition("-")
    begin, end = _weekday(text, first), _weekday(text, last or first)
    return ",".join(str((begin + n) % 7) for n in range((end - begin) % 7 + 1))


def _weekday(text: str, name: str) -> int:
    if name not in _WEEKDAYS:
        raise _unknown(text, f"{name!r} is no day of the week")
    return _WEEKDAYS[name]


def _of_month(text: str, days: str) -> str:
    """Days of the month: by their numbers, by weekday, or its last."""
    if days == "last weekday":
        return "LW * *"
    nth, _, kind = days.rpartition(" ")
    if kind in _WEEKDAYS:
        weekday = _WEEKDAYS[kind]
        named = (_nth(text, item, most=5) for item in _items(nth))
        return "* * " + ",".join(f"{weekday}{'L' if n == 'L' else f'#{n}'}" for n in named)
    numbers = (_nth(text, item, most=31) for item in _items(days.removesuffix(" day")))
    return ",".join(numbers) + " * *"


def _nth(text: str, item: str, *, most: int) -> str:
    """The number that an ordinal means, in cron's way: the last is ``L``."""
    if item == "last":
        return "L"
    digits = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)", item)
    number = int(digits[1]) if digits else _ORDINALS.get(item, 0)
    if not 1 <= number <= most:
        raise _unknown(text, f"{item!r} names no day of the month")
    return str(number)


def _items(text: str) -> list[str]:
    return re.split(r" ?, ?(?:and )?| and ", text)


def _unknown(text: str, why: str) -> ConfigError:
    """The error for a text with words that are not understood; it offers the nearest ones."""
    meant = re.sub(r"^every (week|month)\b", r"\1ly", text)
    meant = re.sub(r"[a-z]{3,}", _nearest, meant)
    if " at " not in meant:
        meant = re.sub(r" ([0-9]{1,2}:)", r" at \1", meant, count=1)
    hint = f'Did you mean "{meant}"? ' if meant != text and _is_schedule(meant) else ""
    return _wrong(why, hint + _FORMS)


def _nearest(word: re.Match[str]) -> str:
    near = get_close_matches(word[0], _KNOWN, n=1, cutoff=0.75)
    return _VAGUE.get(word[0]) or next(iter(near), word[0])


def _is_schedule(text: str) -> bool:
    try:
        return bool(crons(text))
    except ConfigError:
        return False


def _wrong(why: str, remedy: str) -> ConfigError:
    return ConfigError("schedule", why, remedy)
