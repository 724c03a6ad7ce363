"""Read ``digest.toml``, and say what is wrong with it.

Paths in the file are relative to the file. Without a file the defaults hold, relative to the
working directory: articles from ``seeds/``, issues to ``outbox/``, state in ``.digest/``.
"""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

import msgspec
from msgspec.inspect import EnumType, LiteralType, StructType, UnionType, VarTupleType

from digest.config.lines import line_of
from digest.config.mistakes import mistakes
from digest.config.tables import Settings
from digest.config.values import from_text
from digest.errors import ConfigError
from digest.model import Newsletter

FILE = "digest.toml"


def load(path: Path | None, *, folder: Path) -> tuple[Settings, Path]:
    """The settings, and the folder that their paths are relative to.

    ``path`` is the file the user named; without one, ``digest.toml`` of ``folder`` is taken if it
    is there. Raises `ConfigError`.
    """
    file = path or default_file(folder)
    if file is None:
        return Settings(), folder
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(file), _reason(error), "Name a TOML file in UTF-8.") from error
    return parse(text, name=str(file)), file.parent


def default_file(folder: Path) -> Path | None:
    """The file that is taken where none is named; None if it is not there."""
    file = folder / FILE
    return file if file.exists() else None


def parse(text: str, *, name: str = FILE) -> Settings:
    """The settings that the TOML ``text`` holds. Raises `ConfigError` with file and key."""
    try:
        table = tomllib.loads(text)
    except RecursionError as error:
        raise ConfigError(name, "is not valid TOML: it is nested too deep") from error
    except ValueError as error:  # of numbers that are too long too
        raise ConfigError(name, f"is not valid TOML: {error}") from error
    try:
        settings = msgspec.convert(table, Settings, dec_hook=from_text)
    except msgspec.ValidationError as error:
        raise _located(*_rejected(str(error)), text, name) from error
    for mistake in mistakes(settings):
        raise _located(*mistake, text, name)
    return settings


def newsletter(settings: Settings) -> Newsletter:
    """What readers see of the newsletter; ``timezone = "local"`` becomes the machine's zone."""
    table = settings.newsletter
    return Newsletter(
        id=table.id,
        title=table.title,
        tagline=table.tagline,
        language=table.language,
        timezone=_local_zone() if table.timezone == "local" else table.timezone,
        sender=table.sender,
        subject=table.subject,
        address=table.address,
        unsubscribe=table.unsubscribe,
        view=table.view,
    )


@cache
def _local_zone() -> str:
    from tzlocal import get_localzone_name

    name: str | None = get_localzone_name()
    return name if name in available_timezones() else "UTC"


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    return "is not UTF-8 text"


def _located(key: str, why: str, remedy: str, text: str, name: str) -> ConfigError:
    """The error for what is wrong with ``key``, with the line where it stands."""
    line = line_of(text, key)
    return ConfigError(f"{name}: {key}", f"{why} (at line {line})" if line else why, remedy)


def _rejected(message: str) -> tuple[str, str, str]:
    """What msgspec says, e.g. "Object contains unknown field `x` - at `$.a[0]`", for the user."""
    why, _, path = message.partition(" - at `$")
    keys = re.findall(r"\w+|\[\d+\]", path)
    if unknown := re.search(r"unknown field `(.*)`", why):
        keys.append(unknown[1])
        accepted = _accepted([key for key in keys[:-1] if key.isidentifier()])
        near = get_close_matches(unknown[1], accepted, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        remedy = f"{hint}Accepted here: {', '.join(accepted)}."
        return ".".join(keys), "is not a known key", remedy
    if missing := re.search(r"missing required field `(.*)`", why):
        return ".".join(keys), f"needs the key {missing[1]}", ""
    if other := re.search(r"[Ii]nvalid enum value '(.*)'", why):
        return ".".join(keys), f"{other[1]!r} is not accepted", _choices(keys, other[1])
    return ".".join(keys), why[:1].lower() + why[1:], ""


def _accepted(keys: list[str]) -> list[str]:
    """The keys of the table that ``keys`` leads to."""
    table = _table(keys)
    return [field.encode_name for field in table.fields] if isinstance(table, StructType) else []


def _choices(keys: list[str], value: str) -> str:
    """The values that the key ``keys`` leads to may have, where they can be counted."""
    *tables, key = [key for key in keys if key.isidentifier()]
    found: list[object] = []
    for kind in _inner(_table(tables), key):
        if isinstance(kind, LiteralType):
            found += kind.values
        elif isinstance(kind, EnumType):
            found += [it.value for it in kind.cls]
    words = [f'"{it}"' for it in found]
    near = get_close_matches(f'"{value}"', words, n=1)
    return f"{f'Did you mean {near[0]}? ' if near else ''}Accepted here: {', '.join(words)}."


def _table(keys: list[str]) -> msgspec.inspect.Type:
    """The type of the table that ``keys`` leads to."""
    table = msgspec.inspect.type_info(Settings)
    for key in keys:
        table = next((t for t in _inner(table, key) if isinstance(t, StructType)), table)
    return table


def _inner(table: msgspec.inspect.Type, key: str) -> list[msgspec.inspect.Type]:
    """The types that the values under ``key`` may have: of a list, those of its items."""
    if not isinstance(table, StructType):
        return []
    found = [field.type for field in table.fields if field.encode_name == key]
    options = [o for t in found for o in (t.types if isinstance(t, UnionType) else (t,))]
    return [o.item_type if isinstance(o, VarTupleType) else o for o in options]
