"""The keys that ``[select]`` and every ``[[sources]]`` share: what goes in, and in what order."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from digest.config.patterns import Pattern
from digest.config.values import Duration


class WordsTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``include`` or ``exclude``: words and regular expressions, by what they are looked for in."""

    title: tuple[Pattern, ...] = ()
    #: The headline and the words of the article.
    text: tuple[Pattern, ...] = ()
    author: tuple[Pattern, ...] = ()
    tags: tuple[Pattern, ...] = ()
    language: tuple[Pattern, ...] = ()
    url: tuple[Pattern, ...] = ()


class FilterTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which articles are wanted, and how much.

    Words of the newsletter and of a source both hold; of numbers, the source's own.
    """

    #: Each field that is given must match one of its words.
    include: WordsTable = WordsTable()
    #: None of these may match.
    exclude: WordsTable = WordsTable()
    #: Words in the headline that put a story on top, whatever quota and max_stories say.
    pinned: tuple[Pattern, ...] = ()
    #: Characters of text.
    min_length: int | None = None
    max_age: Duration | None = None
    #: Stories of one source in an issue.
    quota: int | None = None
    #: Higher comes first; 0 without one.
    priority: int | None = None


def filter_mistakes(table: FilterTable, where: str) -> Iterator[tuple[str, str, str]]:
    """What the types cannot say: key, what is wrong, what is accepted."""
    for key, number, least in (("quota", table.quota, 1), ("min_length", table.min_length, 0)):
        if number is not None and number < least:
            yield f"{where}.{key}", f"{number} is too small", f"Write {least} or more."
