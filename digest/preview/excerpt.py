"""The lines of a template or of the settings around a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from digest.errors import ConfigError, DigestError

_PLACE = re.compile(r"(.+):(\d{1,7}):(\d{1,7})", re.DOTALL)
#: How a fault of the settings says its place.
_LINE = re.compile(r"\(at line (\d{1,7})(?:, column (\d{1,7}))?\)$")
_AROUND = 2
_CLIP = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a file; of the wrong one, the word at the fault's column is apart, if known."""

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
    return _lines(file, number, column)


def setting(fault: DigestError, file: Path) -> tuple[Line, ...]:
    """The lines around a mistake in the settings; none if they are not at fault."""
    match = _LINE.search(fault.why)
    if match is None or not isinstance(fault, ConfigError) or not fault.where.startswith(str(file)):
        return ()
    return _lines(file, int(match[1]), int(match[2] or 0))


def _lines(file: Path, number: int, column: int) -> tuple[Line, ...]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    first = max(number - _AROUND, 1)
    shown = enumerate(lines[first - 1 : number + _AROUND], first)
    return tuple(
        _wrong(n, text[:_CLIP], column) if n == number else Line(number=n, before=text[:_CLIP])
        for n, text in shown
    )


def _wrong(number: int, text: str, column: int) -> Line:
    if not column:
        return Line(number=number, before=text, is_wrong=True)
    word = re.match(r"\w+|.?", text[column - 1 :], re.DOTALL)
    at = word[0] if word else ""
    end = column - 1 + len(at)
    return Line(number=number, before=text[: column - 1], at=at, after=text[end:], is_wrong=True)
