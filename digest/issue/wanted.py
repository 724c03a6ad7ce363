"""Whether words of the user's own are in a text, as a reader would say it.

Words match whole words, whatever their case and accents: "cafe" finds "Café" but not
"cafeteria". Expressions between slashes are taken as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from digest.config.patterns import Pattern
from digest.text import words

# Combining accents, Hebrew points and Arabic vowel marks; the breve of й makes a letter of its own.
_ACCENTS = re.compile(
    "(?!(?<=\u0438)\u0306)[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u0652\u0670]"
)
# What Unicode does not take apart.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"’": "'", "‘": "'", "‑": "-"}
)


def found(patterns: Iterable[Pattern], values: Iterable[str]) -> Pattern | None:
    """The first of ``patterns`` that is in one of ``values``."""
    plain = tuple(filter(None, values))
    folded = tuple(map(fold, plain))
    for pattern in patterns:
        expression = pattern.expression()
        texts, sought = (plain, expression) if expression else (folded, _whole_words(pattern))
        if any(map(sought.search, texts)):
            return pattern
    return None


def fold(text: str) -> str:
    """``text`` without what a reader overlooks when looking for a word: case and accents."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


@lru_cache(maxsize=1024)
def _whole_words(pattern: Pattern) -> re.Pattern[str]:
    parts = fold(pattern).split()
    before = r"(?<!\w)" if _has_edges(parts[0][0]) else ""
    after = r"(?!\w)" if _has_edges(parts[-1][-1]) else ""
    return re.compile(before + r"\s+".join(map(re.escape, parts)) + after)


def _has_edges(character: str) -> bool:
    """Whether words of this character's script are parted by blanks."""
    return words(character * 2) == [character * 2]
