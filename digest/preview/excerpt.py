"""The lines of a template around a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PLACE = re.compile(r"(.+):(\d{1,7}):(\d{1,7})", re.DOTALL)
_AROUND = 2
_CLIP = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a file; of the wrong one, the words from the fault's column on are apart."""

    number: int
    before: str
    at: str = ""
    after: str = ""
    is_wrong: bool = False


def excerpt(where: str, folders: Iterable[Path]) -> tuple[Line, ...]:
    """The lines around ``file:line:column``; none unless the file is directly in ``folders``."""
    match = _PLACE.fullmatch(where)
    if match is None:
        return ()
    file, number, column = Path(match[1]), int(match[2]), int(match[3])
    if file.parent.resolve() not in {folder.resolve() for folder in folders}:
        return ()
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    first = max(number - _AROUND, 1)
    shown = enumerate(lines[first - 1 : number + _AROUND], first)
    return tuple(_line(n, text[:_CLIP], column if n == number else 0) for n, text in shown)


def _line(number: int, text: str, column: int) -> Line:
    if not column:
        return Line(number=number, before=text)
    word = re.match(r"\w+|.?", text[column - 1 :], re.DOTALL)
    at = word[0] if word else ""
    end = column - 1 + len(at)
    return Line(number=number, before=text[: column - 1], at=at, after=text[end:], is_wrong=True)
