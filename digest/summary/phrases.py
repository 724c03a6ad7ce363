"""Who may be speaking: the names, roles and pronouns of a paragraph, by its kinds (see `frame`)."""

from __future__ import annotations

import re
from typing import NamedTuple

from digest.summary.frame import Frame
from digest.summary.lexicon import Lexicon

# The look ahead spares the search where no role follows.
_OWNED = r"(?:D|N{0,3}G|D?g)?"
_MODIFIED = r"(?=[DGgWJNT#]{0,9}[RT])" + _OWNED + r"[WJT#g]{0,3}[NJ]{0,4}"
_ONE_ROLE = r"[JRT]{0,3}[RT](?:o[DJ]?[NJ]{0,2}[RT]{1,2})?[RT]{0,2}"
# "former senator and committee chairman".
_ROLE = _MODIFIED + _ONE_ROLE + r"(?:&[WJ]{0,2}N{0,3}" + _ONE_ROLE + r")?"
_NAME = r"N(?:p{0,2}N){0,5}+"
# What leads to a name.
_LED = "(?P<role>{role})?(?P<article>D)?"
# "die junge", "der in Norden lebende"; the article behind a role begins its genitive.
_LED_CAPITAL = "(?:(?P<role>{role})|(?P<article>D(?:I[DW]{{0,2}}N{{1,3}}(?=W))?[WJ#]{{0,2}}))?"
_GENITIVE = re.compile("D[WJ#]{0,2}[NRG]{1,3}")
#: Articles with which a genitive begins, where the letter of its kind does not tell.
_OF = frozenset(("des", "der", "eines", "einer", "seiner", "ihrer", "dieser", "unserer", "aller"))


# "a colleague of Mara Holt": she is not who speaks.
_WHOSE = "(?:o[Dg]?N{1,3})?"
# "по словам директора музея": the words between "according to" and the name belong to it.
_LED_INFLECTED = "(?:(?P<role>{role})|(?<=A)W{{1,3}}(?=N))?(?P<article>D)?"
# "mluvčí ministerstva": a noun in the genitive.
_BARE = "W{1,3}(?=[.,:VvQ-]|$)"


# Greedy without giving back: of "Jane Roe campaign", "Jane" alone is no name.
def _phrases(
    role: str, name: str = _LED, of: str = "o[DGg]?", bare: str = "(?!)"
) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<pronoun>[hst])"
        rf"|{name.format(role=role)}(?P<name>{_NAME})(?![JRTG])"
        rf"|(?P<nominal>{_ROLE})"
        rf"(?P<more>{of}[WJ#]{{0,2}}(?:[NRTGJ#]{{1,6}}|W(?=[.,:Q-]|$))|{bare})?"
        rf"|(?P<named>{_NAME})(?!G)"
        rf"|(?P<subject>{_OWNED}[WJ#]{{1,3}}{_WHOSE}|D)(?=X{{0,2}}[Vv])"
        rf"|(?<=[Vv])(?!D#(?![WJ#]))(?P<inverted>(?:D|N{{0,3}}G|g)[WJ#]{{1,3}}{_WHOSE})"
        rf"|(?<=A)(?P<source>{bare})|(?<=[Vv]I)(?P<document>{bare})"
    )


_PHRASE = _phrases(_ROLE)
# "директор городского музея Анна": what belongs to the role has no preposition.
_PHRASE_INFLECTED = _phrases(_ROLE + r"(?:W{1,3}(?=N))?", _LED_INFLECTED, bare=_BARE)
# "le commandant des pompiers Luc", "l'ingénieure en chef Anne": what belongs to the role has one.
_PHRASE_ROMANCE = _phrases(_ROLE + r"(?:(?:[oD]{1,2}W{1,2}){1,2}(?=N)|I[RW](?=N))?")
_ROMANCE = frozenset(("fr", "es", "it", "pt"))
# "die junge Mara Holt", "der Sprecher der Werft": adjectives behind articles, bare genitives.
_PHRASE_CAPITAL = _phrases(_ROLE, _LED_CAPITAL, r"(?:o[DGg]?|D)")


class Phrase(NamedTuple):
    """A phrase that may name a speaker, in tokens of its frame."""

    #: ``name``, ``role`` (a nominal whose noun is known), ``noun`` or ``pronoun``.
    kind: str
    #: From the article or role before the name.
    first: int
    #: Behind what belongs to it ("for the ministry").
    last: int
    #: The name within, or the whole phrase.
    head: int
    tail: int
    #: Whether an article stands before the name.
    article: bool = False


def phrases(frame: Frame) -> list[Phrase]:
    """All of a paragraph, in order."""
    found = [_phrase(match) for match in _pattern(frame.lexicon).finditer(frame.kinds)]
    if frame.lexicon.nouns_capital:
        return [_without_object(frame, phrase) for phrase in found]
    return found


def _without_object(frame: Frame, phrase: Phrase) -> Phrase:
    """A role without the article and noun behind it, unless these are a genitive."""
    if phrase.kind != "role":
        return phrase
    article = frame.kinds.find("D", phrase.first + 1, phrase.last)
    if article < 0 or frame.kinds[article - 1] == "o" or frame.words[article] in _OF:
        return phrase
    return phrase._replace(last=article, tail=article)


def with_genitive(frame: Frame, phrase: Phrase) -> Phrase:
    """A German noun with the genitive behind it: "ein Beamter der Hafenwacht"."""
    tail = _GENITIVE.match(frame.kinds, phrase.last)
    if tail is None or frame.words[phrase.last] not in _OF:
        return phrase
    return phrase._replace(last=tail.end(), tail=tail.end())


def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    if lexicon.nouns_capital:
        return _PHRASE_CAPITAL
    if lexicon.language in _ROMANCE:
        return _PHRASE_ROMANCE
    return _PHRASE_INFLECTED if lexicon.inflects else _PHRASE


def _phrase(match: re.Match[str]) -> Phrase:
    first, last = match.span()
    which = match.lastgroup
    if which == "name":
        head, tail = match.span("name")
        return Phrase("name", first, last, head, tail, match["article"] is not None)
    if which == "named":
        return Phrase("name", first, last, first, last)
    if which == "pronoun":
        return Phrase("pronoun", first, last, first, last)
    if which in ("nominal", "more"):
        return Phrase("role", first, last, first, last)
    return Phrase("noun", first, last, first, last)
