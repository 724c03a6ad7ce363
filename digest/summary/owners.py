"""Names that only say whose somebody is: "пресс-секретарь Олега Марченко" is not Олег Марченко.

Slavic names stand in the genitive then, which the forename tells: Олега is of Олег, Анны of Анна.
"""

from __future__ import annotations

import re

from digest.summary.frame import Frame
from digest.summary.lexicon.given import is_forename
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
#: Endings of those spoken to, in the plural.
_DATIVES = ("ам", "ям", "ům", "om")
_DATIVE_NAMES = (
    *(("е", "а"), ("у", ""), ("ю", "й"), ("ю", "ь"), ("і", "а"), ("ові", "")),
    *(("ě", "a"), ("ovi", ""), ("owi", ""), ("u", "")),
)
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


def without_second(frame: Frame, phrase: Phrase) -> Phrase:
    """Of two full names side by side the speaker's: "hatte Petra Dahl Peter Lang erzählt"."""
    words = frame.words[phrase.head : phrase.tail]
    kinds = frame.kinds[phrase.head : phrase.tail]
    if phrase.kind != "name" or kinds != "N" * 2 * _OWNER or is_forename(words[1]):
        return phrase
    known = GIVEN.__contains__ if frame.lexicon.inflects else is_forename
    if known(words[0]):
        return phrase._replace(tail=phrase.head + _OWNER, last=phrase.head + _OWNER)
    return phrase._replace(head=phrase.head + _OWNER) if known(words[_OWNER]) else phrase


def is_dative(forename: str) -> bool:
    """Whether a Slavic forename, in lower case, is the dative of another: Анне, Олегу, Janě."""
    if forename in GIVEN:
        return False
    return any(
        forename.endswith(ending) and forename.removesuffix(ending) + plain in GIVEN
        for ending, plain in _DATIVE_NAMES
    )


def without_listeners(frame: Frame, phrase: Phrase) -> Phrase:
    """The phrase without the dative before it: "сказал журналистам глава порта Иван Петров"."""
    first = phrase.first
    told = frame.kinds[first - 1 : first + 1] in ("VW", "vW") and first < phrase.head
    if told and frame.words[first].endswith(_DATIVES):
        return phrase._replace(first=first + 1)
    return phrase


def without_body(frame: Frame, phrase: Phrase) -> Phrase:
    """Of "президент России Иван Петров" the name: it begins with the forename."""
    words = frame.words[phrase.head : phrase.tail]
    if phrase.first == phrase.head or len(words) <= _OWNER or words[0] in GIVEN:
        return phrase
    forenames = (place for place, word in enumerate(words[:-1]) if word in GIVEN)
    return phrase._replace(head=phrase.head + next(forenames, 0))


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
