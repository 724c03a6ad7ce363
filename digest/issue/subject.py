"""What an article is about, as sets that can be compared: from its title and its first words."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from digest.issue.wanted import fold
from digest.model import Candidate
from digest.text import words

#: Words whose order is compared, and of a shingle.
_OPENING, _SHINGLE = 45, 4
#: Letters that stand for a word, so that its endings do not matter, and the fewest it has.
_STEM, _LEAST = 6, 4

# Where a capital means nothing: at the start of a sentence or of a quotation, behind a dateline.
_START = re.compile(r"(?:^|[.!?…:]\W*\s|\s[-–—]\s|[“„«\"])\W*")
_NAME = re.compile(r"\b[^\W\d_][\w’'-]{2,}")
_FIGURE = re.compile(r"\d{1,3}(?:[.,’' \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?")
# The grammar of Japanese, which says nothing of a subject.
_HIRAGANA = re.compile(r"[\u3040-\u309f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an article is about."""

    #: Stems of the title, and of title and opening.
    title: frozenset[str]
    terms: frozenset[str]
    #: Stems of what is written with a capital within a sentence; all terms without capitals.
    names: frozenset[str]
    #: Numbers, without the signs that part their thousands.
    figures: frozenset[str]
    #: The first words of title and opening, in shingles.
    headline: frozenset[tuple[str, ...]]
    opening: frozenset[tuple[str, ...]]


def subject(candidate: Candidate) -> Subject:
    """The subject of ``candidate``."""
    return _subject(candidate.headline.title, candidate.opening)


def cover(one: AbstractSet[object], other: AbstractSet[object]) -> float:
    """How much of the smaller set is in the other; 0 to 1."""
    return len(one & other) / max(1, min(len(one), len(other)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sets have in common (Dice); 0 to 1."""
    return 2 * len(one & other) / max(1, len(one) + len(other))


@lru_cache(maxsize=4096)
def _subject(title: str, opening: str) -> Subject:
    titled, told = _stems(title), _stems(opening)
    terms = titled | told
    return Subject(
        title=titled,
        terms=terms,
        names=_names(opening) if opening.casefold() != opening else terms,
        figures=frozenset(_figures(f"{title}\n{opening}")),
        headline=_shingles(title),
        opening=_shingles(opening),
    )


def _stems(text: str) -> frozenset[str]:
    found = words(fold(_HIRAGANA.sub(" ", text)))
    long = {word[:_STEM] for word in found if len(word) >= _LEAST and not word.isdigit()}
    # A word without blanks around it is as good as its pairs of characters.
    return frozenset(long | {a + b for a, b in pairwise(found) if _unspaced(a) and _unspaced(b)})


def _unspaced(word: str) -> bool:
    return len(word) == 1 and word > "\u0e00"


def _names(text: str) -> frozenset[str]:
    starts = {match.end() for match in _START.finditer(text)}
    return frozenset(
        fold(match[0])[:_STEM]
        for match in _NAME.finditer(text)
        if match[0][0].isupper() and match.start() not in starts
    )


def _figures(text: str) -> set[str]:
    return {re.sub(r"[^\d]", "", match[0]) for match in _FIGURE.finditer(text)}


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    first = words(text)[:_OPENING]
    return frozenset(
        tuple(first[i : i + _SHINGLE]) for i in range(max(1, len(first) - _SHINGLE + 1))
    )
