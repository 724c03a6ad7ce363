"""Language tag -> lexicon."""

from __future__ import annotations

from digest.summary.lexicon.english import ENGLISH
from digest.summary.lexicon.german import DUTCH, GERMAN
from digest.summary.lexicon.iberian import PORTUGUESE, SPANISH
from digest.summary.lexicon.romance import FRENCH, ITALIAN
from digest.summary.lexicon.slavic import CZECH, POLISH, RUSSIAN, UKRAINIAN
from digest.summary.lexicon.turkish import TURKISH
from digest.summary.lexicon.words import Lexicon

#: Languages whose names are not told by a capital: `digest.summary.uncased` has their patterns.
_UNCASED = tuple(
    Lexicon(language=language, uncased=True, first=first)
    for language, first in (
        ("ar", "أنا نحن لنا لدينا"),
        ("he", "אני אנחנו שלי שלנו לנו"),
        ("ja", ""),
        ("zh", "我 我们 我們"),
    )
)
_ALL = (
    *(ENGLISH, GERMAN, DUTCH, FRENCH, SPANISH, ITALIAN, PORTUGUESE),
    *(POLISH, CZECH, RUSSIAN, UKRAINIAN, TURKISH),
    *_UNCASED,
)
_BY_LANGUAGE = {lexicon.language: lexicon for lexicon in _ALL}
_UNKNOWN = Lexicon(language="und")


def lexicon(tag: str) -> Lexicon:
    """The lexicon for a BCP 47 tag; an empty one for a language without."""
    return _BY_LANGUAGE.get(tag.lower().split("-")[0], _UNKNOWN)
