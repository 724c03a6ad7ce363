"""Readable features of a phrase as the speaker of a quote: how the grammar ties the two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.summary import reported
from digest.summary.frame import WINDOW, Frame
from digest.summary.marks import Run
from digest.summary.neighbours import is_dative
from digest.summary.phrases import Phrase

# From behind the phrase: of Kentucky, has also, said.
_VERB = re.compile(r"(?:[oI][DGg]?[NRTWJ#]{1,5}){0,2}X{0,3}[Vv]")
# ", a farmer from the north, said" and ", who lives there, said".
_AFTER_APPOSITION = re.compile(r",[^.,Q:Vv]{1,20}(?:,[^.,Q:Vv]{1,10}){0,3}[,-]X{0,3}[Vv]")
# "The port's director, Mara Holt, said".
_COMMA_VERB = re.compile(r",X{0,3}[Vv]")
_RELATIVE = re.compile(r",?rX{0,3}[Vv]")
_VERB_BEFORE = re.compile(r"[Vv](?:[XW]|[DI]{0,2}#){0,2}$")
# ", said the keeper of the light, Mara Holt".
_VERB_BEFORE_ROLE = re.compile(r"[Vv][DGg]?[WJNRTo]{1,6},$")
# ", said Norvik harbour-master Mara Holt": more than the phrase stands behind the verb.
_VERB_WELL_BEFORE = re.compile(r"[Vv]D?[^.,:Q\-VvhstirD]{1,8}$")
# ", a indiqué à la presse le préfet": the listener stands between.
_VERB_LISTENER = re.compile(r"[Vv][oI]D{0,2}[NRWJ]{1,3}X?$")
# "Mara Holt, in a long letter to the port, said".
_VERB_FAR = re.compile(r"[^.Q:VvN]{1,24}[Vv]")
# The quote between the speaker and the verb (Turkish: X, "...", dedi).
_AROUND = re.compile(r"Q,?X{0,2}[Vv](?![^.]{0,3}[NRhs])")
# What may stand between a verb and its quote without weakening the tie.
_LIGHT = re.compile(r"[,:\-XcDIro&#]")
# Verbless paragraphs of quotes that are signed: "..." Jane Roe "..." Mara Holt.
_SIGNED = re.compile(r"Q[.,-]{0,2}(?=[^NQ]{0,6}N)[NTRJDIo#&,.-]{1,12}(?:Q|$)")
_FAR = 2
#: Tokens before a phrase in which its verb is looked for.
_REACH = 9
#: Fewer tokens than these between phrase and quote are a feature as they stand.
_SHORT = 5
#: What follows a phrase, by kind.
_THEN = {
    **dict.fromkeys(".", "stop"),
    **dict.fromkeys(",-", "comma"),
    **dict.fromkeys("Vv", "verb"),
    **dict.fromkeys("oI", "preposition"),
    "": "end",
    ":": "colon",
    "Q": "quote",
    "X": "auxiliary",
    "r": "relative",
    "D": "article",
    "&": "and",
}


#: What a phrase behind a preposition belongs to, by the kind of the word before both.
_OWNERS = {"N": "name", "R": "role", "W": "word", "V": "verb", "v": "verb", "T": "role"}


class Shape(NamedTuple):
    """A quote as it stands in its sentence."""

    #: Its token.
    quote: int
    #: What leads to it (colon, comma, that, start, quote, word), and how it begins.
    lead: str
    #: Whether it ends in a comma, a stop or nothing.
    end: str
    #: Whether names stand behind the quotes of its paragraph, and nothing else.
    signed: bool


def shape(text: str, frame: Frame, run: Run, quote: int) -> Shape:
    previous = frame.kinds[quote - 1 : quote] or "."
    lead = _LEADS.get(previous, "word")
    if lead == "word" and text[run.inner.start].isupper():
        lead = "word, capital"
    last = text[run.inner.end - 1]
    if text[run.outer.end : run.outer.end + 1] == ",":
        last = ","
    return Shape(quote, lead, _ENDS.get(last, "open"), _SIGNED.match(frame.kinds) is not None)


_LEADS = {".": "start", "Q": "quote", ":": "colon", ",": "comma", "-": "comma", "c": "that"}
_ENDS = {",": "comma", ".": "stop", "!": "call", "?": "call", "…": "stop"}


def features(frame: Frame, phrase: Phrase, shape: Shape, rank: int) -> Iterator[str]:
    """The features of a phrase in the quote's own paragraph.

    ``rank`` counts the phrases between the two.
    """
    kinds, quote = frame.kinds, shape.quote
    after = phrase.first > quote
    side = "after" if after else "before"
    between = kinds[quote + 1 : phrase.first] if after else kinds[phrase.last : quote]
    stops = between.count(".")
    where = "here" if not stops else ("near" if stops == 1 else "far")
    yield f"{where} {side}"
    yield f"{phrase.kind} {where}"
    yield f"rank {min(rank, 3)} {side}"
    yield f"ends {shape.end}: {where} {side}"
    yield f"lead {shape.lead}: {where} {side}"
    if "Q" in between:
        yield f"quote between {side}"
    yield from _tie(frame, phrase, shape, where, side)
    if frame.lexicon.document_verbs:
        yield from reported.document(frame, phrase)
    if frame.lexicon.nouns_capital:
        yield from reported.features(frame, phrase)
    if len(between) < _SHORT:
        yield f"{phrase.kind} {side} {between}"
    if shape.signed:
        yield f"signed {side} {min(rank, 1)}"
    yield from _shape(frame, phrase)


def _tie(frame: Frame, phrase: Phrase, shape: Shape, where: str, side: str) -> Iterator[str]:
    """The features of the verb or other word that ties a phrase to a quote."""
    kinds, lexicon = frame.kinds, frame.lexicon
    link, verb = _link(kinds, phrase, shape.quote)
    if link == "inverted" and side == "before" and lexicon.verb_first:
        yield f"verb first {_gap(kinds, phrase.last - 1, shape.quote)}"
        yield f"verb first {phrase.kind}"
    elif verb < 0:
        yield f"{link} {where} {side}"
    else:
        yield from _verb(frame, verb, f"{link} {side}", shape)
        if link == "inverted" and lexicon.inverts:
            yield f"inverted at home {_gap(kinds, verb, shape.quote)}"
            yield f"inverted at home {phrase.kind}"
    if lexicon.inverts:
        yield from _abroad(frame, phrase, shape, (link, verb))
    if link != "none":
        yield f"{link} {phrase.kind}"
    elif lexicon.nouns_capital:
        yield f"untied {phrase.kind}"
    if not lexicon.verb_first:
        then = _THEN.get(kinds[phrase.last : phrase.last + 1], "word")
        yield f"{link} then {then}"


def _abroad(frame: Frame, phrase: Phrase, shape: Shape, tie: tuple[str, int]) -> Iterator[str]:
    """The features of ties that English, on which the weights were fitted, hardly has."""
    kinds, lexicon, (link, verb) = frame.kinds, frame.lexicon, tie
    if link == "led" and not lexicon.nouns_capital and "N" in kinds[verb : phrase.first]:
        yield "led over a name"
    if phrase.kind == "pronoun" and lexicon.enclitics and _hangs(kinds, phrase.first):
        yield "enclitic"
    if phrase.last > shape.quote:
        return
    between = frame.words[phrase.last : shape.quote]
    if not lexicon.writing_nouns.isdisjoint(between) and verb < phrase.last:
        yield "writing between"
    elif _leads_in(kinds, phrase, shape):
        yield "colon clause"


def _leads_in(kinds: str, phrase: Phrase, shape: Shape) -> bool:
    """Whether a name is the subject of the clause whose colon leads to the quote."""
    between = kinds[phrase.last : shape.quote]
    return (
        shape.lead == "colon"
        and phrase.kind == "name"
        and between[:1] in tuple("WXV")
        and not {".", "N"} & set(between)
        and kinds[phrase.first - 1 : phrase.first] in ("", ".", ",", "-", "Q")
    )


def _hangs(kinds: str, first: int) -> bool:
    """Whether a pronoun hangs on the verb before it: "a-t-elle dit", "dit-il"."""
    return kinds[first - 1 : first] in tuple("VvX")


def _verb(frame: Frame, verb: int, link: str, shape: Shape) -> Iterator[str]:
    """The features of the verb of saying between a phrase and a quote."""
    gap = _gap(frame.kinds, verb, shape.quote)
    yield f"{link} {gap}"
    yield f"ends {shape.end}: {link}"
    yield f"lead {shape.lead}: {link} {gap}"
    if frame.words[verb] in frame.lexicon.faint_verbs:
        yield f"faint {link} {gap}"
    if frame.kinds[verb] == "v":
        yield f"telling {link}"


def of_nobody(frame: Frame, quote: int, *, first: bool) -> Iterator[str]:
    """The features of there being no speaker among the phrases."""
    start, end = _sentence(frame.kinds, quote)
    here = frame.kinds[start:end]
    yield "nobody"
    if frame.lexicon.inverts:
        yield "nobody, not English"
    if is_bare(here):
        yield "nobody, alone"
    elif not set(here) & set("VvA"):
        yield "nobody, no verb"
    if first:
        yield "nobody, first quote"


def _shape(frame: Frame, phrase: Phrase) -> Iterator[str]:
    kinds = frame.kinds
    previous = kinds[phrase.first - 1] if phrase.first else "."
    if previous in "oI":
        yield from _behind_preposition(frame, phrase.first)
    elif previous == ".":
        yield "opens sentence"
    elif previous == "&":
        yield "behind and"
    elif previous == ",":
        yield "behind comma"
    if phrase.article:
        yield "article"
    if previous != "A" and _is_oblique(frame, phrase):
        yield "oblique"
    if phrase.kind == "name":
        size = phrase.tail - phrase.head
        yield f"name of {min(size, 3)}"
        if phrase.head > phrase.first + phrase.article:
            yield "with role"


def _is_oblique(frame: Frame, phrase: Phrase) -> bool:
    """Whether the phrase stands in a case in which nobody speaks."""
    if frame.lexicon.inflects:
        return phrase.kind == "name" and is_dative(frame.words[phrase.head])
    return frame.words[phrase.first] in frame.lexicon.oblique_words


def _behind_preposition(frame: Frame, first: int) -> Iterator[str]:
    """The features of a phrase that belongs to the word before, and seldom speaks."""
    yield "behind preposition"
    owner = frame.kinds[first - 2 : first - 1]
    yield f"belongs to {_OWNERS.get(owner, 'no noun')}"
    is_agent = frame.words[first - 1] in frame.lexicon.agent_words
    if is_agent:
        yield "by"
    # German "von" is "of" more often than "by".
    if frame.lexicon.inverts and (frame.lexicon.nouns_capital or not is_agent):
        yield "within a phrase"


def _link(kinds: str, phrase: Phrase, quote: int) -> tuple[str, int]:
    """How the phrase hangs on a verb of saying, and the verb's token (-1 for none)."""
    if kinds[phrase.first - 1 : phrase.first] == "," and kinds[phrase.first - 2] in "RTJ":
        behind = _COMMA_VERB.match(kinds, phrase.last)
        if behind:
            return "apposed", behind.end() - 1
    for name, pattern in (("subject", _VERB), ("who", _RELATIVE), ("apposed", _AFTER_APPOSITION)):
        found = pattern.match(kinds, phrase.last)
        if found:
            return name, found.end() - 1
    return _link_before(kinds, phrase, quote)


def _link_before(kinds: str, phrase: Phrase, quote: int) -> tuple[str, int]:
    """The tie of a phrase behind which no verb stands: by what is before it or far behind."""
    first = phrase.first
    previous = kinds[first - 1] if first else "."
    if previous == "A" or kinds[phrase.last : phrase.last + 1] == "Z":
        return "source", -1
    if phrase.last <= quote:
        between = kinds[phrase.last : quote]
        if between == ":" and previous not in "Vv":
            return "label", -1
        around = _AROUND.match(kinds, quote) if between in ("", ",") else None
        if around:
            return "around", around.end() - 1
    start = max(0, first - _REACH)
    if kinds.find("V", start, first) >= 0 or kinds.find("v", start, first) >= 0:
        link, verb = _behind_verb(kinds, first, quote)
        if verb >= 0:
            return link, verb
    far = _VERB_FAR.match(kinds, phrase.last, quote) if previous in ".X" else None
    return ("clause", far.end() - 1) if far else ("none", -1)


def _behind_verb(kinds: str, first: int, quote: int) -> tuple[str, int]:
    """The tie to a verb that stands before the phrase."""
    found = _VERB_BEFORE_ROLE.search(kinds, max(0, first - _REACH), first)
    if found and quote < found.start():
        return "inverted", found.start()
    found = _VERB_BEFORE.search(kinds, max(0, first - 7), first)
    if found:
        verb = found.start()
        close = quote < verb and _gap(kinds, verb, quote) == "0"
        return ("inverted" if close or kinds[verb] == "V" else "listener"), verb
    found = _VERB_LISTENER.search(kinds, max(0, first - _REACH), first)
    if found and quote < found.start():
        return "inverted", found.start()
    found = _VERB_WELL_BEFORE.search(kinds, max(0, first - _REACH), first)
    return ("led", found.start()) if found and quote < found.start() else ("none", -1)


def _gap(kinds: str, verb: int, quote: int) -> str:
    between = kinds[quote + 1 : verb] if verb > quote else kinds[verb + 1 : quote]
    if "." in between or "Q" in between:
        return "beyond"
    return str(min(_FAR, len(_LIGHT.sub("", between))))


def from_before(frame: Frame, phrase: Phrase, rank: int) -> Iterator[str]:
    """The features of a phrase in the paragraph before the quote's."""
    kinds = frame.kinds
    link, verb = _link(kinds, phrase, len(kinds))
    ending = "colon" if kinds[-1:] == ":" else "stop"
    sentence = "last" if kinds.find(".", phrase.last, len(kinds) - 1) < 0 else "earlier"
    yield f"before: {ending} {sentence}"
    yield f"before: {link} {ending}"
    yield f"before: {phrase.kind}"
    yield f"before: rank {min(rank, 3)}"
    if "Q" in kinds:
        yield f"before: quotes, {link} {'near' if verb >= 0 else 'none'}"
    previous = kinds[phrase.first - 1] if phrase.first else "."
    if previous in "oI":
        yield "before: behind preposition"
    elif previous == ".":
        yield f"before: opens sentence {sentence}"
    if phrase.article:
        yield "before: article"


def of_last_speaker(frame: Frame, quote: int, apart: int) -> Iterator[str]:
    """The features of whoever spoke the quote before this one, ``apart`` paragraphs up."""
    kinds = frame.kinds
    yield f"last {min(apart, 3)}"
    start, end = _sentence(kinds, quote)
    yield f"last {min(apart, 2)} {'alone' if is_bare(kinds[start:end]) else 'with words'}"
    if is_bare(kinds[:WINDOW]):
        yield f"last {min(apart, 2)} only quotes"
    if apart == 0:
        earlier = kinds.rfind("Q", max(0, quote - WINDOW), quote)
        between = kinds[earlier + 1 : quote]
        yield f"last here {min(2, between.count('.'))} {'empty' if start == quote else 'led in'}"


def _sentence(kinds: str, quote: int) -> tuple[int, int]:
    """The tokens of the sentence in which a quote stands."""
    first, last = max(0, quote - WINDOW), quote + WINDOW
    start = kinds.rfind(".", first, quote) + 1
    end = kinds.find(".", quote + 1, last)
    return max(first, start), end if end >= 0 else last


def is_bare(kinds: str) -> bool:
    """Whether there is nothing but quotes and stops."""
    return not kinds.strip("Q.,")
