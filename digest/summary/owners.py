"""Names that only say whose somebody is: "пресс-секретарь Олега Марченко" is not Олег Марченко.

Slavic names stand in the genitive then, which the forename tells: Олега is of Олег, Анны of Анна.
"""

from __future__ import annotations

import re

from digest.summary.frame import Frame
from digest.summary.lexicon.given_slavic import BY_CONSONANT, BY_VOWEL, GIVEN
from digest.summary.phrases import Phrase

#: Forename and surname of the owner, before the name of the speaker.
_OWNER = 2
# A noun right before the name, unless "according to" leads it: the noun is a genitive then too.
_NOUN = re.compile(r"(?<![AWJRTo])[RTW]$")
_NOUN_REACH = 2
#: Ending of a genitive -> endings of the nominative.
_MEN = {"а": ("", "о"), "я": ("й", "ь"), "a": ("", "o")}
_WOMEN = {"ы": "а", "и": "ая", "і": "ая", "ї": "я", "y": "a", "i": "a"}
_FLEETING = "еёeі"
#: Endings of genitives alone, and of the nominatives of women alone.
_GENITIVES = ("ского", "цкого", "ської", "ського", "ego", "skiej", "ckiej", "ého", "ího", "ové")
_VOWELS = tuple("аеєиіїоуыэюяaeiouyáéíóúůýěąę")
_NOMINATIVES = ("ová", "á", "ая", "ska", "cka", "ська", "цька")


def without_owner(frame: Frame, phrase: Phrase) -> Phrase:
    """The phrase as what it is where its name is a genitive behind a noun; else itself."""
    if phrase.kind != "name":
        return phrase
    if frame.kinds[phrase.first - 1 : phrase.first] == "A" and _is_kin(frame, phrase.head):
        return Phrase("role", phrase.first, phrase.tail, phrase.first, phrase.tail)
    first = _noun(frame, phrase)
    if first is None or not _is_owner(frame, phrase):
        return phrase
    speaker = phrase.head + _OWNER
    if speaker < phrase.tail and frame.words[speaker] in GIVEN:
        return phrase._replace(first=first, head=speaker)
    return Phrase("role", first, phrase.tail, first, phrase.tail)


def without_german_owner(frame: Frame, phrase: Phrase) -> Phrase:
    """The phrase as what it is where its name may be a genitive: "eine Freundin Mara Holts"."""
    last = frame.words[phrase.tail - 1]
    is_bent = last.endswith("s") and not last.endswith("ss")
    if phrase.kind != "name" or not is_bent or not _is_kin(frame, phrase.head):
        return phrase
    return Phrase("role", phrase.first, phrase.tail, phrase.first, phrase.tail)


def _is_kin(frame: Frame, head: int) -> bool:
    """Whether the noun right before a name says whose somebody is."""
    return head > 0 and frame.words[head - 1] in frame.lexicon.relatives_of


def _noun(frame: Frame, phrase: Phrase) -> int | None:
    """Where the noun before a name begins."""
    if phrase.first < phrase.head:
        return phrase.first if frame.kinds[phrase.first - 1 : phrase.first] != "A" else None
    found = _NOUN.search(frame.kinds, max(0, phrase.head - _NOUN_REACH), phrase.head)
    return found.start() if found else None


def _is_owner(frame: Frame, phrase: Phrase) -> bool:
    forename, last = frame.words[phrase.head], frame.words[phrase.tail - 1]
    owner = frame.words[min(phrase.head + _OWNER, phrase.tail) - 1]
    return owner.endswith(_GENITIVES) or is_bent(forename, last)


def is_bent(forename: str, surname: str) -> bool:
    """Whether a name, in lower case, is or may be a genitive."""
    # Александра may be hers or his; a man's surname would bend with it.
    is_hers = surname.endswith(_NOMINATIVES) or not surname.endswith(_VOWELS)
    return genitive(forename) and not (forename in BY_VOWEL and is_hers)


def genitive(forename: str) -> bool:
    """Whether a forename, in lower case, is the genitive of another, or may be."""
    stem, ending = forename[:-1], forename[-1:]
    if any(stem + vowel in BY_VOWEL for vowel in _WOMEN.get(ending, ())):
        return True
    if ending not in _MEN:
        return ending == "ы"
    bent = {stem[:-1] + vowel + stem[-1:] for vowel in _FLEETING}
    plain = {stem + nominative for nominative in _MEN[ending]}
    return not BY_CONSONANT.isdisjoint(plain | bent)
