"""Words that stand beside a speaker's name and are no part of it.

Where cases tell who speaks, a row of capitals holds more than a name: "президент России Иван
Петров", "сказал Петров РИА", "hatte Petra Dahl Peter Lang erzählt".
"""

from __future__ import annotations

from digest.summary.frame import Frame
from digest.summary.lexicon.given import is_forename
from digest.summary.lexicon.given_slavic import GIVEN
from digest.summary.phrases import Phrase

#: Words of a full name.
_FULL = 2
#: Endings of Turkish trades.
_TRADES = ("cı", "ci", "cu", "cü", "çı", "çi", "çu", "çü", "man", "men", "ger", "van", "log")
#: Endings of those spoken to, in the plural.
_DATIVES = ("ам", "ям", "ům", "om")
_DATIVE_NAMES = (
    *(("е", "а"), ("у", ""), ("ю", "й"), ("ю", "ь"), ("і", "а"), ("ові", "")),
    *(("ě", "a"), ("ovi", ""), ("owi", ""), ("u", "")),
)


def without_neighbours(frame: Frame, phrase: Phrase, text: str) -> Phrase:
    """The phrase with the speaker's name alone; for Slavic languages."""
    if phrase.kind != "name":
        return phrase
    body = _whole_body(frame, phrase, text)
    if body is not None:
        return body
    alone = without_second(frame, _without_body(frame, _without_acronym(frame, phrase, text)))
    return _without_listeners(frame, alone)


def _whole_body(frame: Frame, phrase: Phrase, text: str) -> Phrase | None:
    """The whole name of a body that begins with its noun: "Związek Nauczycieli", "Союз пекарей"."""
    bodies, words = frame.lexicon.body_nouns_alone, frame.words
    before = phrase.head - 1
    if before >= phrase.first and words[before] in bodies and text[frame.starts[before]].isupper():
        return phrase._replace(head=before)
    opens = frame.kinds[phrase.head - 1 : phrase.head] in ("", ".")
    if opens or words[phrase.head] not in bodies or phrase.tail - phrase.head > 1:
        return None
    tail = phrase.tail
    while frame.kinds[tail : tail + 1] == "W" and tail - phrase.tail < _FULL:
        tail += 1
    return phrase._replace(tail=tail, last=tail)


def _without_acronym(frame: Frame, phrase: Phrase, text: str) -> Phrase:
    """The phrase without a body in capitals before or behind the name (МИД, РИА)."""
    start, end = frame.span(phrase.head, phrase.tail)
    shouted = [len(word) > 1 and word.isupper() for word in text[start:end].split()]
    if all(shouted) or True not in shouted or len(shouted) != phrase.tail - phrase.head:
        return phrase
    if shouted[0]:
        return phrase._replace(head=phrase.head + 1)
    tail = phrase.head + shouted.index(True)
    return phrase._replace(tail=tail, last=tail)


def _without_body(frame: Frame, phrase: Phrase) -> Phrase:
    """Of "президент России Иван Петров" the name: it begins with the forename."""
    words = frame.words[phrase.head : phrase.tail]
    if phrase.first == phrase.head or len(words) <= _FULL or words[0] in GIVEN:
        return phrase
    forenames = (place for place, word in enumerate(words[:-1]) if word in GIVEN)
    return phrase._replace(head=phrase.head + next(forenames, 0))


def without_place(frame: Frame, phrase: Phrase) -> Phrase:
    """Of "la ministre de l'Agriculture Anne Roy" the name, if a Romance role owns a capital."""
    kinds, words = frame.kinds, frame.words
    first = phrase.tail
    while kinds[first - 1 : first] == "N":
        first -= 1
    size = phrase.tail - first
    owned = kinds[first - 2 : first] == "oD"
    if phrase.kind != "role" or size <= _FULL or not (owned or kinds[first - 1] == "o"):
        return phrase
    head = phrase.tail - _FULL
    is_place = owned or words[first] in frame.lexicon.no_forenames or is_forename(words[head])
    if not is_place or is_forename(words[first]):
        return phrase
    return Phrase("name", phrase.first, phrase.tail, head, phrase.tail)


def without_trade(frame: Frame, phrase: Phrase) -> Phrase:
    """Of "Peynirci Haydar Uslu" the name: a trade with the capital of its sentence is none."""
    is_trade = (
        phrase.tail - phrase.head > _FULL
        and frame.kinds[phrase.head - 1 : phrase.head] in ("", ".", "Q", ":")
        and frame.words[phrase.head].endswith(_TRADES)
    )
    return phrase._replace(head=phrase.head + 1) if is_trade else phrase


def without_second(frame: Frame, phrase: Phrase) -> Phrase:
    """Of two full names side by side the speaker's: "hatte Petra Dahl Peter Lang erzählt"."""
    words = frame.words[phrase.head : phrase.tail]
    kinds = frame.kinds[phrase.head : phrase.tail]
    if phrase.kind != "name" or kinds != "N" * 2 * _FULL or is_forename(words[1]):
        return phrase
    known = GIVEN.__contains__ if frame.lexicon.inflects else is_forename
    if known(words[0]):
        return phrase._replace(tail=phrase.head + _FULL, last=phrase.head + _FULL)
    return phrase._replace(head=phrase.head + _FULL) if known(words[_FULL]) else phrase


def _without_listeners(frame: Frame, phrase: Phrase) -> Phrase:
    """The phrase without the dative before it: "сказал журналистам глава порта Иван Петров"."""
    first = phrase.first
    told = frame.kinds[first - 1 : first + 1] in ("VW", "vW") and first < phrase.head
    if told and frame.words[first].endswith(_DATIVES):
        return phrase._replace(first=first + 1)
    return phrase


def is_dative(forename: str) -> bool:
    """Whether a Slavic forename, in lower case, is the dative of another: Анне, Олегу, Janě."""
    if forename in GIVEN:
        return False
    return any(
        forename.endswith(ending) and forename.removesuffix(ending) + plain in GIVEN
        for ending, plain in _DATIVE_NAMES
    )
