"""The words of the three TOML files beside this one, made ready for looking up lines in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from digest.read.scraped.lines import Block
from digest.text import words

#: What parts a label from what it labels.
MARKS = frozenset(":：|/／>»→＝=・")
# Somebody who says "Support our work" is quoted: that is text.
_QUOTATION = frozenset("\"“”„«»‘'「『")
_FILES = ("furniture.toml", "endings.toml", "credits.toml")
# A line that shouts is a banner only if it is short.
_LONGEST_SHOUT = 10


class Phrases:
    """Phrases that a line is, or starts with.

    One look-up for each length that a phrase with the line's first word has: the cost does not
    grow with the number of phrases.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = {tuple(words(phrase)): phrase for phrase in phrases}
        #: Lengths of the phrases by their first word, the longest first.
        self._lengths: dict[str, tuple[int, ...]] = {}
        for key in sorted(self._phrases, key=len, reverse=True):
            known = self._lengths.get(key[0], ())
            self._lengths[key[0]] = known if len(key) in known else (*known, len(key))

    @property
    def openings(self) -> Iterable[str]:
        """The first words of the phrases."""
        return self._lengths

    def whole(self, line: Sequence[str]) -> str | None:
        """The phrase that the words of a line are."""
        return self._phrases.get(tuple(line))

    def start(self, line: Sequence[str]) -> str | None:
        """The longest phrase that the words of a line start with."""
        for length in self._lengths.get(line[0], ()) if line else ():
            if phrase := self._phrases.get(tuple(line[:length])):
                return phrase
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words of one kind of furniture, see the head of `furniture.toml`."""

    whole: Phrases
    starts: Phrases
    shouts: Phrases
    #: First words of all these phrases: most lines have none of them.
    openings: frozenset[str]
    longest: int
    heading: bool
    marked: bool

    def find(self, line: Block) -> str | None:
        """The phrase that makes the line furniture of this kind."""
        if not line.words or line.words[0] not in self.openings:
            return None
        return self.whole.whole(line.words) or self._start(line) or self._shout(line)

    def _start(self, line: Block) -> str | None:
        cited = line.text[:1] in _QUOTATION or (self.heading and line.ends)
        if cited or line.length > self.longest:
            return None
        phrase = self.starts.start(line.words)
        if phrase is None:
            return None
        unmarked = self.marked or len(words(phrase)) == 1
        return None if unmarked and after(line.text, phrase)[:1] not in MARKS else phrase

    def _shout(self, line: Block) -> str | None:
        short = line.shouts and line.length <= _LONGEST_SHOUT
        return self.shouts.start(line.words) if short else None


def after(text: str, phrase: str) -> str:
    """What follows the phrase at the start of the text, from the first mark or word on."""
    found = _pattern(phrase).match(text)
    return text[found.end() :] if found else ""


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    joined = r"[\W_]{0,3}".join(map(re.escape, words(phrase)))
    return re.compile(rf"\W{{0,3}}{joined}\s{{0,2}}", re.IGNORECASE)


@cache
def furniture() -> Mapping[str, Any]:
    """The files as they stand."""
    files = (Path(__file__).with_name(name) for name in _FILES)
    return {
        name: table
        for file in files
        for name, table in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


@cache
def vocabulary(name: str) -> Vocabulary:
    """The words of one table, by its dotted name."""
    table: Mapping[str, Any] = furniture()
    for key in name.split("."):
        table = table[key]
    lists = {name: Phrases(table.get(name, ())) for name in ("whole", "starts", "shouts")}
    return Vocabulary(
        **lists,
        openings=frozenset().union(*(phrases.openings for phrases in lists.values())),
        longest=table.get("longest", 8),
        heading=table.get("heading", False),
        marked=table.get("marked", False),
    )
