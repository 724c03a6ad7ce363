"""Change the sources in ``digest.toml`` and leave every other line of it as it is.

The file is changed as text, block by block, and then read again: what comes out must hold what was
in it before, and the change. It is replaced as a whole, so that nobody reads half of it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.config.load import parse
from digest.errors import ConfigError

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\s\"'-]+?)\s*\]\]?\s*(?:#.*)?")
_BOM = "\ufeff"

#: A source as a table of TOML: words, and switches that are on or off.
Table = Mapping[str, str | bool]


def add_sources(file: Path, tables: Sequence[Table]) -> None:
    """Add a ``[[sources]]`` block for each of ``tables`` behind those that are there.

    A file that is not there is made. Raises `ConfigError`, and leaves the file as it was, if it
    cannot be edited or would be wrong.
    """
    text = _read(file)
    lines = _lines(text)
    blocks = _blocks(lines)
    place = blocks[-1].stop if blocks else len(_stripped(lines))
    added = [line for table in tables for line in ("", *_block(table))]
    before, after = lines[:place], lines[place:]
    changed = before + (added if before else added[1:]) + after
    wanted = [*_table(text, file).get("sources", ()), *map(dict, tables)]
    _replace(file, text, changed, wanted)


def remove_source(file: Path, number: int) -> None:
    """Take out the block of source ``number``, counted from 0. Raises as `add_sources` does."""
    text = _read(file)
    lines = _lines(text)
    sources = _table(text, file).get("sources", [])
    blocks = _blocks(lines)
    if len(blocks) != len(sources):
        raise _uneditable(file)
    if len(sources) == 1:
        raise ConfigError(str(file), "has no other source", "Add one first, then take this out.")
    block = blocks[number]
    before, after = _stripped(lines[: block.start]), lines[block.stop :]
    changed = before + (after if before else _stripped(after[::-1])[::-1])
    _replace(file, text, changed, [s for n, s in enumerate(sources) if n != number])


def write(file: Path, data: bytes) -> None:
    """Put ``data`` in the place of ``file`` at once, or leave it as it was."""
    target = file.resolve()
    draft = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except OSError as error:
        raise ConfigError(str(file), f"cannot be written: {error.strerror or error}") from error


def _replace(file: Path, old: str, lines: Iterable[str], sources: Sequence[Any]) -> None:
    new = "\n".join(lines).rstrip("\n") + "\n"
    wanted = {**_table(old, file), "sources": list(sources)}
    try:
        held = tomllib.loads(new)
    except tomllib.TOMLDecodeError:
        held = {}
    if held != wanted:
        raise _uneditable(file)
    parse(new, name=str(file))
    bom, end = (_BOM if old.startswith(_BOM) else ""), ("\r\n" if "\r\n" in old else "\n")
    write(file, (bom + new.replace("\n", end)).encode())


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode() if file.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(file), "cannot be read as UTF-8 text") from error


def _lines(text: str) -> list[str]:
    return text.removeprefix(_BOM).replace("\r\n", "\n").split("\n")


def _table(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads("\n".join(_lines(text)))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(file), f"is not valid TOML: {error}") from error


def _blocks(lines: Sequence[str]) -> list[range]:
    """The lines of each ``[[sources]]``, without what belongs to the table behind it."""
    headers = [(n, match) for n, line in enumerate(lines) if (match := _HEADER.fullmatch(line))]
    ends = [n for n, match in headers if not match[2].startswith("sources.")] + [len(lines)]
    starts = [n for n, match in headers if match[1] == "[[" and match[2] == "sources"]
    return [range(start, _end(lines, min(n for n in ends if n > start))) for start in starts]


def _end(lines: Sequence[str], header: int) -> int:
    """Where a block ends: before the blank lines and comments that lead to the next header."""
    end = header
    while header < len(lines) and lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return len(_stripped(lines[:end])) if not lines[end - 1].strip() else end


def _stripped(lines: Sequence[str]) -> list[str]:
    """``lines`` without the blank ones at their end."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _block(table: Table) -> list[str]:
    # A JSON string is a string of TOML too, but for DEL, which no cleaned text holds.
    return [
        "[[sources]]",
        *(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in table.items()),
    ]


def _uneditable(file: Path) -> ConfigError:
    why = "is written in a way that only a person can edit"
    return ConfigError(str(file), why, "Give each source a block of its own: [[sources]].")
