"""From the name as it stands by a quote to the fullest form the text has of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from digest.model import Span
from digest.summary.lexicon import Lexicon
from digest.summary.lexicon.given import MEN, WOMEN, is_forename
from digest.summary.lexicon.given_slavic import GIVEN
from digest.summary.owners import is_bent

#: Mentions of a name that are looked at, and words of a full name before the surname.
_MENTIONS, _FORENAMES = 20, 4
#: Characters on either side of a name in which its other mentions are looked for.
_NEAR = 20_000
#: Letters that a bent surname keeps at least, and letters of an ending.
_STEM, _ENDING = 4, 2
#: The same, of a word that stands with another.
_BENT_STEM = 3

_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’-]*\.?)[ \u00a0]$")
# Without the genitive: of "Anna Weller's" the name is Anna Weller.
_WORD_BEHIND = re.compile(r"[ \u00a0]([^\W\d_][\w'’-]*?)(?=(?:['’]s?)?(?![\w'’-]))")
#: Characters of the text before a mention in which its forenames must lie.
_REACH = 48
#: Endings that German has in nouns only.
_NOUN_ENDINGS = ("ung", "heit", "keit", "schaft", "tion", "tät", "stadt", "kreis", "nisse", "ismus")
_NO_FORENAME = frozenset("TRDIJiVvXrAhst&o#")


def around(text: str, position: int) -> Span:
    """The stretch of a text in which a name that stands here is looked for elsewhere."""
    return Span(max(0, position - _NEAR), min(len(text), position + _NEAR))


def full_form(text: str, word: str, lexicon: Lexicon, near: Span) -> Span | None:
    """The fullest form that ``near`` has of a name given by one word, the earliest of its length.

    None if there is none, or more than one: two people of one surname cannot be told apart by it.
    """
    bare = lexicon.inflects and word.lower() in GIVEN
    forms = [] if bare else list(_full_forms(text, word, lexicon, near))
    if not forms and lexicon.inflects and not bare:
        forms = list(_inflected_forms(text, word, lexicon, near))
    forms = forms or list(_as_forename(text, word, lexicon, near))
    if len({text[form.start : form.end].split(maxsplit=1)[0] for form in forms}) != 1:
        return None
    return max(forms, key=lambda form: (form.end - form.start, -form.start))


def _mentions(text: str, word: str, near: Span) -> Iterator[int]:
    position, left = text.find(word, *near), _MENTIONS
    while position >= 0 and left:
        end = position + len(word)
        if not text[position - 1 : position].isalnum() and not text[end : end + 1].isalnum():
            yield position
            left -= 1
        position = text.find(word, end, near.end)


def _full_forms(text: str, surname: str, lexicon: Lexicon, near: Span) -> Iterator[Span]:
    for position in _mentions(text, surname, near):
        start = _forenames_start(text, position, lexicon)
        if start < position:
            yield Span(start, position + len(surname))


def _inflected_forms(text: str, surname: str, lexicon: Lexicon, near: Span) -> Iterator[Span]:
    """Full names whose surname shares the stem: "Лебедевой" is the genitive of "Лебедева"."""
    if len(surname) < _STEM + _ENDING:
        return
    stem = surname[: max(_STEM, len(surname) - _ENDING)]
    position, left = text.find(stem, *near), _MENTIONS
    while position >= 0 and left:
        end = _word_end(text, position)
        start = _forenames_start(text, position, lexicon)
        if start < position and end - position <= len(surname) + _ENDING:
            yield Span(start, end)
        position, left = text.find(stem, end, near.end), left - 1


def nominative(text: str, name: str, near: Span) -> Span | None:
    """The unbent form that the text has of a Slavic name of two words, if this one is bent."""
    words = name.split()
    if len(words) != 2 or not is_bent(*name.lower().split()):
        return None
    stems = [re.escape(word[: max(_BENT_STEM, len(word) - _ENDING)]) for word in words]
    bent = re.compile(rf"({stems[0]}\w{{0,3}}) {stems[1]}\w{{0,4}}")
    for found in islice(bent.finditer(text, *near), _MENTIONS):
        if found[1].lower() in GIVEN and found[1] != words[0]:
            return Span(*found.span())
    return None


def behind_forename(text: str, name: str, near: Span) -> Span | None:
    """The full name that ends in one that a particle begins: "Van Dijk", "Jan van Dijk"."""
    surname = re.escape(name[0].lower() + name[1:])
    found = re.compile(rf"\b[^\W\d_a-z][\w’'-]+ {surname}(?!\w)").search(text, *near)
    return Span(*found.span()) if found else None


def _word_end(text: str, position: int) -> int:
    while position < len(text) and text[position].isalpha():
        position += 1
    return position


def _forenames_start(text: str, position: int, lexicon: Lexicon) -> int:
    """Where the forenames before ``position`` begin; ``position`` itself without any."""
    start = cursor = position
    for _ in range(_FORENAMES):
        window = text[max(0, cursor - _REACH) : cursor]
        before = _WORD_BEFORE.search(window)
        if before is None:
            break
        word = before[1]
        low = word.rstrip(".").lower()
        if low in lexicon.small:
            if lexicon.nouns_capital and not _joins(low, window[: before.start()], lexicon):
                break
        elif not _is_forename(word, low, lexicon):
            break
        cursor -= len(window) - before.start()
        if word[0].isupper():
            start = cursor
    return start


def _joins(particle: str, before: str, lexicon: Lexicon) -> bool:
    """Whether a German particle belongs to a name: "Ursula von", but not "Meinung von"."""
    word = before.rpartition(" ")[2].lower().rstrip(".")
    if word in lexicon.small:
        return True
    kind = lexicon.kinds.get(particle)
    return kind is None or is_forename(word)


def _is_forename(word: str, low: str, lexicon: Lexicon) -> bool:
    if not word[0].isupper() or lexicon.kinds.get(low, "N") in _NO_FORENAME:
        return False
    if lexicon.inverts and low in lexicon.no_forenames:
        return False
    if lexicon.nouns_capital and low.endswith(_NOUN_ENDINGS):
        return False
    return not word.endswith(".") or len(low) == 1


def _as_forename(text: str, forename: str, lexicon: Lexicon, near: Span) -> Iterator[Span]:
    for position in _mentions(text, forename, near):
        behind = _WORD_BEHIND.match(text, position + len(forename))
        if behind is None or (behind[1].isupper() and not forename.isupper()):
            continue
        if behind[1][0].isupper() and behind[1].lower() not in lexicon.kinds:
            yield Span(position, behind.end())


def nature(words: list[str], lexicon: Lexicon) -> str:
    """What a name in its fullest form is the name of, as far as its words tell."""
    first, last = words[0].lower(), words[-1].lower()
    if last in lexicon.body_nouns or first in lexicon.no_forenames:
        return "body" if len(words) > 1 else "lone body"
    if first in WOMEN or first in MEN:
        return "person"
    return "name of two" if len(words) > 1 else "name of one"


def gender(words: str, lexicon: Lexicon) -> str:
    """``m``, ``f`` or nothing, for a name with the titles before it."""
    for word in words.lower().replace(".", " ").split():
        if word in lexicon.feminine or word in WOMEN:
            return "f"
        if word in lexicon.masculine or word in MEN:
            return "m"
    return ""


def gender_by_ending(forename: str, lexicon: Lexicon) -> str:
    """``m``, ``f`` or nothing, for a forename that no list has."""
    low = forename.lower()
    if lexicon.feminine_endings and low.endswith(lexicon.feminine_endings):
        return "f"
    if lexicon.masculine_endings and low.endswith(lexicon.masculine_endings):
        return "m"
    return ""
