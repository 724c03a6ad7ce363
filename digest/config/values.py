"""Values that TOML has no type for: lengths of time and sizes, written as people write them."""

from __future__ import annotations

import re
from datetime import timedelta

from digest.config.patterns import Pattern

_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_SIZES = {"B": 1, "KB": 1_000, "MB": 1_000_000}


class Duration(timedelta):
    """A length of time, written ``"7 days"``, ``"36 hours"`` or ``"2 seconds"``."""

    @classmethod
    def parse(cls, value: object) -> Duration:
        match = re.fullmatch(r"(\d{1,6}) ?(second|minute|hour|day|week)s?", str(value).strip())
        if match is None or not isinstance(value, str):
            raise ValueError(f'{value!r} is no length of time; write it like "7 days"')
        length = int(match[1]) * _UNITS[match[2]]
        return cls(days=length.days, seconds=length.seconds)


class Every(timedelta):
    """A length of time after which something is done again; ``"off"``, which is 0, is never."""

    @classmethod
    def parse(cls, value: object) -> Every:
        if value == "off":
            return cls(0)
        try:
            length = Duration.parse(value)
        except ValueError as error:
            raise ValueError(f'{value!r} is no pause; write "off" or like "1 hour"') from error
        return cls(days=length.days, seconds=length.seconds)


class Start(timedelta):
    """How far back a source's first articles may lie: a length of time, ``"now"`` or ``"all"``."""

    @classmethod
    def parse(cls, value: object) -> Start:
        if value == "now":
            return cls(0)
        if value == "all":
            return cls(timedelta.max.days)
        try:
            length = Duration.parse(value)
        except ValueError as error:
            why = f'{value!r} is no beginning; write "now", "all" or like "7 days"'
            raise ValueError(why) from error
        return cls(days=length.days, seconds=length.seconds)


class Size(int):
    """A number of bytes, written ``"100 KB"`` (1 KB is 1,000 bytes)."""

    @classmethod
    def parse(cls, value: object) -> Size:
        match = re.fullmatch(r"(\d{1,9}) ?(B|KB|MB)", str(value).strip())
        if match is None or not isinstance(value, str):
            raise ValueError(f'{value!r} is no size; write it like "100 KB"')
        return cls(int(match[1]) * _SIZES[match[2]])


def from_text(kind: type, value: object) -> object:
    """The value of type ``kind`` that ``value`` spells, for `msgspec.convert`."""
    if kind is Duration:
        return Duration.parse(value)
    if kind is Every:
        return Every.parse(value)
    if kind is Pattern:
        return Pattern.parse(value)
    if kind is Start:
        return Start.parse(value)
    if kind is Size:
        return Size.parse(value)
    raise TypeError(f"no settings of type {kind}")
