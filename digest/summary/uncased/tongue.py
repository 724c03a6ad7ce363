"""What the rules for Arabic and Hebrew must know of either, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.model import Span

# A word with its vowel signs, its gershayim (עו"ד) or hyphen, and a geresh at its end (פרופ').
_LETTER = "[^\\W_]|[\u0640\u064b-\u0652\u0591-\u05c7]"
_TOKEN = re.compile(rf"(?:{_LETTER})+(?:[\"״׳'’־-](?:{_LETTER})+)*[׳']?")
_SIGNS = re.compile("[\u0640\u064b-\u0652\u0591-\u05c7]")
#: Spellings that writers mix -> one of them.
_SPELLING = str.maketrans("أإآى״׳’", "اااي\"''")


@dataclass(frozen=True, kw_only=True, eq=False)
class Tongue:
    """One language, its words as `plain` writes them."""

    #: Verbs of saying.
    says: frozenset[str]
    #: Passive ones, whose speaker stands before them behind a "from".
    passive: frozenset[str] = frozenset()
    #: "According to", in one word.
    sources: frozenset[str]
    #: Those of them behind which ``to`` sticks to the next word.
    sources_to: frozenset[str] = frozenset()
    to: str = "ל"
    #: Behind a spokesman: whom he speaks for.
    for_whom: str = ""
    #: Nouns for people, without what may belong to them; titles that a name always follows.
    roles: frozenset[str]
    titles: frozenset[str]
    #: Nouns for bodies.
    bodies: frozenset[str]
    #: Words that end a noun phrase; words passed over before it.
    stops: frozenset[str]
    fillers: frozenset[str]
    pronouns: frozenset[str]
    #: Nouns before the title of a work or paper in marks.
    works: frozenset[str]
    #: Letters that stick to the front of a verb (and), and of a noun phrase that is no speaker.
    conjunctions: str
    prefixes: str
    #: Names that begin like those.
    names: frozenset[str]
    article: str
    #: Words that tie the next to a name (abd, ben).
    joins: frozenset[str]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text."""

    start: int
    end: int
    #: Without vowel signs, in one spelling.
    plain: str
    #: Whether a comma, colon or other mark stands before it.
    parted: bool


def plain(word: str) -> str:
    """A word without vowel signs, in one spelling."""
    return _SIGNS.sub("", word).translate(_SPELLING)


def tokens(text: str, stretch: Span) -> list[Token]:
    """The words of a stretch."""
    found: list[Token] = []
    last = stretch.start
    for match in _TOKEN.finditer(text, *stretch):
        parted = bool(text[last : match.start()].strip(" \u00a0\u200f\u200e"))
        found.append(Token(match.start(), match.end(), plain(match[0]), parted))
        last = match.end()
    return found


def says(tongue: Tongue, word: str) -> bool:
    """Whether a word is a verb of saying."""
    return word in tongue.says or (
        word[:1] in tongue.conjunctions and word[1:] in tongue.says | tongue.passive
    )


def is_source(tongue: Tongue, word: str) -> bool:
    """Whether a word means "according to"."""
    return word in tongue.sources or (
        word[:1] in tongue.conjunctions and word[1:] in tongue.sources
    )


def definite(tongue: Tongue, word: str) -> bool:
    """Whether a noun has the article; a name that begins like it has not."""
    size = len(tongue.article)
    return word.startswith(tongue.article) and len(word) > size + 1 and word not in tongue.names


def stops(tongue: Tongue, word: str) -> bool:
    """Whether a word ends the noun phrase before it."""
    if word in tongue.stops or says(tongue, word):
        return True
    return (
        len(word) > 2
        and word[0] in tongue.prefixes
        and word not in tongue.names | tongue.roles | tongue.titles
    )
