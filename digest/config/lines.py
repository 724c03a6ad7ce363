"""Where in the text of a TOML file a key stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([\w.-]+)\s*=")
_MULTILINE = re.compile(r"'''|\"\"\"")


def line_of(text: str, key: str) -> int:
    """The line, from 1 on, of a key such as ``sources.[1].name``; else of what holds it, or 0."""
    wanted = key.split(".")
    best, depth = 0, 0
    for number, path in _paths(text):
        if len(path) > depth and path == wanted[: len(path)]:
            best, depth = number, len(path)
    return best


def _paths(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that opens a table or gives a key, with its place in the whole."""
    tables: Counter[str] = Counter()
    at: list[str] = []
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not inside and (header := _HEADER.fullmatch(line)):
            brackets, name = header.groups()
            tables[name] += brackets == "[["
            at = list(_numbered(name, tables))
            yield number, at
        elif not inside and (given := _KEY.match(line)):
            yield number, [*at, *given[1].split(".")]
        inside ^= len(_MULTILINE.findall(line)) % 2 == 1


def _numbered(name: str, tables: Counter[str]) -> Iterator[str]:
    """The parts of a table's name; behind those of a list stands which of them it is."""
    parts = name.split(".")
    for end, part in enumerate(parts, start=1):
        yield part
        if tables[".".join(parts[:end])]:
            yield f"[{tables['.'.join(parts[:end])] - 1}]"
