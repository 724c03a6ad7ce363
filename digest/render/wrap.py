"""Lines of plain text, counted in the columns of a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from digest.tokens import HOST

#: RFC 2822's advice is at most 78; this leaves room for a reply's quotation marks.
WIDTH = 74
#: A longer word is cut: the half of a line, since its characters may be wide.
_LONG = WIDTH // 2 - 6

_WIDE = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60"
)
# No line begins with these (Kinsoku, JIS X 4051).
_CLOSING = "、。，．・！？：；」』）】〉》〕ー…"
# What a line may be broken between; a blank belongs to what follows it.
_UNIT = re.compile(f" ?(?:[{_WIDE}][{_CLOSING}]*|[^ {_WIDE}]+)")


def wrap(text: str, indent: str = "", first: str | None = None) -> str:
    """``text``, one line of it, in lines of `WIDTH` columns; only an address is longer.

    Args:
        text: Words parted by single blanks; wide characters may be parted anywhere.
        indent: Stands before each line.
        first: Stands before the first line instead.
    """
    lines = [indent if first is None else first]
    room = WIDTH - columns(lines[0])
    begun = False
    for unit in _units(text):
        if begun and columns(unit) > room:
            lines.append(indent)
            room, begun = WIDTH - columns(indent), False
        piece = unit if begun else unit.lstrip(" ")
        lines[-1] += piece
        room -= columns(piece)
        begun = True
    return "\n".join(lines)


def columns(text: str) -> int:
    """How many columns ``text`` takes at most: two for a wide character, one for any other."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _units(text: str) -> Iterator[str]:
    """The units of ``text``; a word longer than a line is cut, but an address is not."""
    for unit in _UNIT.findall(text):
        is_address = unit.lstrip(" ").startswith(("http://", "https://")) or HOST in unit
        if len(unit) <= _LONG or is_address:
            yield unit
        else:
            yield from (unit[i : i + _LONG] for i in range(0, len(unit), _LONG))
