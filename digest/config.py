"""Settings from ``digest.toml``: strict, frozen, every wrong key named with what is accepted.

Paths in the file are relative to the file. Without a file the defaults hold, relative to the
working directory: articles from ``seeds/``, issues to ``outbox/``, state in ``.digest/``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from difflib import get_close_matches
from email.utils import parseaddr
from pathlib import Path
from string import Formatter
from zoneinfo import available_timezones

import msgspec

from digest.errors import ConfigError
from digest.model import Newsletter

FILE = "digest.toml"

_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_LEAST_BUDGET = 15_000
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


class Size(int):
    """A number of bytes, written ``"100 KB"`` (1 KB is 1,000 bytes)."""

    @classmethod
    def parse(cls, value: object) -> Size:
        match = re.fullmatch(r"(\d{1,9}) ?(B|KB|MB)", str(value).strip())
        if match is None or not isinstance(value, str):
            raise ValueError(f'{value!r} is no size; write it like "100 KB"')
        return cls(int(match[1]) * _SIZES[match[2]])


class NewsletterTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[newsletter]``: what readers see of it."""

    id: str = "digest"
    title: str = "The Digest"
    tagline: str = ""
    language: str = "en"
    timezone: str = "local"
    theme: str = "classic"
    sender: str = msgspec.field(default="The Digest <digest@localhost>", name="from")
    subject: str = "{title}: {headline}"
    address: str = ""
    unsubscribe: str | None = None
    view: str | None = None


class SourceTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``[[sources]]``: where articles come from."""

    folder: str
    name: str = ""
    section: str | None = None
    quota: int | None = None
    settle: Duration = Duration(seconds=2)
    max_size: Size = Size(10_000_000)


class SelectTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[select]``: what goes in."""

    max_stories: int = 20
    max_age: Duration | None = None
    quota: int | None = None
    sections: tuple[str, ...] = ()


class EditionTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[edition]``: how much of it."""

    budget: Size = Size(100_000)


class FoldersTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[folders]``: where things are."""

    templates: str = "templates"
    outbox: str = "outbox"
    state: str = ".digest"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of ``digest.toml``."""

    newsletter: NewsletterTable = NewsletterTable()
    sources: tuple[SourceTable, ...] = (SourceTable(folder="seeds"),)
    select: SelectTable = SelectTable()
    edition: EditionTable = EditionTable()
    folders: FoldersTable = FoldersTable()


def load(path: Path | None, *, folder: Path) -> tuple[Settings, Path]:
    """The settings, and the folder that their paths are relative to.

    ``path`` is the file the user named; without one, ``digest.toml`` of ``folder`` is taken if it
    is there. Raises `ConfigError`.
    """
    file = path or folder / FILE
    if path is None and not file.exists():
        return Settings(), folder
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(file), _reason(error), "Name a TOML file in UTF-8.") from error
    return parse(text, name=str(file)), file.parent


def parse(text: str, *, name: str = FILE) -> Settings:
    """The settings that the TOML ``text`` holds. Raises `ConfigError` with file and key."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name, f"is not valid TOML: {error}") from error
    try:
        settings = msgspec.convert(table, Settings, dec_hook=_from_text)
    except msgspec.ValidationError as error:
        raise _rejected(str(error), name) from error
    for key, why, remedy in _mistakes(settings):
        raise ConfigError(f"{name}: {key}", why, remedy)
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


def source_name(source: SourceTable) -> str:
    """The name a source goes by: its own, else its folder's path as written."""
    return source.name or source.folder


def _from_text(kind: type, value: object) -> object:
    if kind is Duration:
        return Duration.parse(value)
    if kind is Size:
        return Size.parse(value)
    raise TypeError(f"no settings of type {kind}")


def _local_zone() -> str:
    from tzlocal import get_localzone_name

    name: str | None = get_localzone_name()
    return name if name in available_timezones() else "UTC"


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    return "is not UTF-8 text"


def _rejected(message: str, name: str) -> ConfigError:
    """The error for what msgspec says, e.g. "Object contains unknown field `x` - at `$.a[0]`"."""
    why, _, path = message.partition(" - at `$")
    keys = re.findall(r"\w+|\[\d+\]", path)
    if unknown := re.search(r"unknown field `(.*)`", why):
        keys.append(unknown[1])
        accepted = _accepted([key for key in keys[:-1] if key.isidentifier()])
        near = get_close_matches(unknown[1], accepted, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        remedy = f"{hint}Accepted here: {', '.join(accepted)}."
        return ConfigError(f"{name}: {'.'.join(keys)}", "is not a known key", remedy)
    if missing := re.search(r"missing required field `(.*)`", why):
        return ConfigError(f"{name}: {'.'.join(keys)}", f"needs the key {missing[1]}")
    return ConfigError(f"{name}: {'.'.join(keys)}", why[:1].lower() + why[1:])


def _accepted(keys: list[str]) -> list[str]:
    """The keys of the table that ``keys`` leads to."""
    tables: dict[str, type[msgspec.Struct]] = {
        "newsletter": NewsletterTable,
        "sources": SourceTable,
        "select": SelectTable,
        "edition": EditionTable,
        "folders": FoldersTable,
    }
    table = tables[keys[0]] if keys else Settings
    return [field.encode_name for field in msgspec.structs.fields(table)]


def _mistakes(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """What the types cannot say: key, what is wrong, what is accepted."""
    yield from _newsletter_mistakes(settings.newsletter)
    for key, number in _counts(settings):
        if number is not None and number < 1:
            yield key, f"{number} is too small", "Write 1 or more."
    if settings.edition.budget < _LEAST_BUDGET:
        remedy = (
            f"Write at least {_LEAST_BUDGET // 1000} KB: the frame alone takes about that much."
        )
        yield "edition.budget", "is too small for any issue", remedy
    names = [source_name(source) for source in settings.sources]
    if not names:
        yield "sources", "is empty", "Name at least one folder."
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield "sources", f"two of them are named {name!r}", "Give each its own name."


def _newsletter_mistakes(table: NewsletterTable) -> Iterator[tuple[str, str, str]]:
    if not table.title.strip():
        yield "newsletter.title", "is empty", "Write what stands in the masthead."
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", table.id):
        remedy = "Use lower-case letters, digits and hyphens."
        yield "newsletter.id", f"{table.id!r} cannot name a folder", remedy
    if table.timezone != "local" and table.timezone not in available_timezones():
        remedy = _nearest(table.timezone, available_timezones(), 'Write an IANA name or "local".')
        yield "newsletter.timezone", f"{table.timezone!r} is not a time zone", remedy
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", table.language):
        remedy = 'Write it like "en" or "pt-BR".'
        yield "newsletter.language", f"{table.language!r} is not a language tag", remedy
    if not re.fullmatch(r"[\w-]+", table.theme):
        remedy = "A theme is a folder in the templates folder."
        yield "newsletter.theme", f"{table.theme!r} cannot name a theme", remedy
    if not _is_mailbox(table.sender):
        remedy = 'Write it like "The Courier <news@courier.example>".'
        yield "newsletter.from", f"{table.sender!r} is not a mailbox", remedy
    if not _placeholders(table.subject) <= {"title", "date", "headline"}:
        remedy = "Accepted: {title}, {date} and {headline}."
        yield "newsletter.subject", f"{table.subject!r} has an unknown placeholder", remedy
    for key, url in (("unsubscribe", table.unsubscribe), ("view", table.view)):
        if url is not None and not re.fullmatch(r"(https?://|mailto:)[!-~]+", url):
            remedy = "Write an https: or mailto: address in ASCII."
            yield f"newsletter.{key}", f"{url!r} is not a link", remedy


def _counts(settings: Settings) -> list[tuple[str, int | None]]:
    return [
        ("select.max_stories", settings.select.max_stories),
        ("select.quota", settings.select.quota),
        *(("sources.quota", source.quota) for source in settings.sources),
    ]


def _nearest(word: str, known: set[str], otherwise: str) -> str:
    near = get_close_matches(word, sorted(known), n=1)
    return f"Did you mean {near[0]}?" if near else otherwise


def _is_mailbox(value: str) -> bool:
    """Whether ``value`` holds one address that a message can carry: an ASCII name at a domain."""
    name, address = parseaddr(value)
    local, _, domain = address.rpartition("@")
    try:
        domain.encode("idna")
    except UnicodeError:  # an empty label, or one of more than 63 characters
        return False
    readable = name.isprintable() and domain.isprintable() and value.isprintable()
    return readable and re.fullmatch(r"[!#$%&'*+/=?^_`{|}~.\w-]+", local, re.ASCII) is not None


def _placeholders(pattern: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    except ValueError:  # an unpaired brace
        return {pattern}
