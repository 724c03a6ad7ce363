"""The digest's own words, and dates, in the language of a newsletter."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from babel import Locale

#: How much of a date is said; the weekday only by ``full``.
Style = Literal["full", "long"]

_TABLE = Path(__file__).with_name("words.toml")
# RFC 5646, as far as a client looks at it.
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The fixed words, by the names that a theme knows them by."""

    contents: str
    more: str
    also: str
    follows: str
    source: str
    unsubscribe: str
    view: str
    #: ``{title}`` is the newsletter's.
    why: str
    #: A sentence with ``{count}`` for each plural form of the language (CLDR).
    held: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """How a language sets a quotation, and what parts the items of a list."""

    open: str
    close: str
    comma: str = ", "
    #: Stands between the pieces of a quote that the source tells in several.
    blank: str = " "


def language_tag(language: str) -> str | None:
    """``language`` if it may be a tag and says something, else None."""
    known = _TAG.fullmatch(language) and _primary(language) != "und"
    return language if known else None


@cache
def words(language: str) -> Words:
    """The words in ``language``, in English if it is not one of `words.toml`."""
    languages = _table()["words"]
    return Words(**languages.get(_primary(language), languages["en"]))


@cache
def marks(language: str) -> Marks:
    """The quotation marks of ``language``; “ ” if it is not one of `words.toml`."""
    languages = _table()["marks"]
    tag = language.lower()
    found = languages.get(tag) or languages.get(_primary(tag)) or languages["en"]
    return Marks(**found)


def held(count: int, language: str) -> str:
    """The sentence that ``count`` more stories wait for the next issue; empty for none."""
    if count <= 0:
        return ""
    forms = words(language).held
    form = locale(language if _primary(language) in _table()["words"] else "en").plural_form(count)
    return forms.get(form, forms["other"]).replace("{count}", str(count))


def day(moment: date, *, language: str, zone: str, style: Style = "long") -> str:
    """The day of ``moment`` in words; a time with a zone is first taken to ``zone``."""
    if isinstance(moment, datetime):
        moment = (moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment).date()
    return _day(moment, style, language)


@lru_cache(maxsize=1024)
def _day(day: date, style: Style, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, style, locale=locale(language))


@cache
def locale(language: str) -> Locale:
    """CLDR's knowledge of ``language``, or of English if it has none."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, _primary(language)):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
