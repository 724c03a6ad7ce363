"""Readable features of a phrase as the speaker of a quote: how the grammar ties the two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.summary.frame import Frame
from digest.summary.phrases import Phrase

# From behind the phrase: of Kentucky, has also, said.
_VERB = re.compile(r"(?:[oI][DGg]?[NRTWJ#]{1,5})?X{0,3}[Vv]")
# ", a farmer from the north, said" and ", who lives there, said".
_AFTER_APPOSITION = re.compile(r",[^.,Q:Vv]{1,20}(?:,[^.,Q:Vv]{1,10})?[,-]X{0,3}[Vv]")
# "The port's director, Mara Holt, said".
_COMMA_VERB = re.compile(r",X{0,3}[Vv]")
_RELATIVE = re.compile(r",?rX{0,3}[Vv]")
_VERB_BEFORE = re.compile(r"[Vv][XW]{0,2}$")
# ", said the keeper of the light, Mara Holt".
_VERB_BEFORE_ROLE = re.compile(r"[Vv][DGg]?[WJNRTo]{1,6},$")
# The quote between the speaker and the verb (Turkish: X, "...", dedi).
_AROUND = re.compile(r"Q,?X{0,2}[Vv](?![^.]{0,3}[NRhs])")
# What may stand between a verb and its quote without weakening the tie.
_LIGHT = re.compile(r"[,:\-XcDIro&]")
_FAR = 2


def features(frame: Frame, phrase: Phrase, quote: int, rank: int) -> Iterator[str]:
    """The features of a phrase in the quote's own paragraph.

    ``quote`` is the quote's token; ``rank`` counts the phrases between the two.
    """
    kinds = frame.kinds
    after = phrase.first > quote
    side = "after" if after else "before"
    between = kinds[quote + 1 : phrase.first] if after else kinds[phrase.last : quote]
    stops = between.count(".")
    where = "here" if not stops else ("near" if stops == 1 else "far")
    yield f"{where} {side}"
    yield f"{phrase.kind} {where}"
    yield f"rank {min(rank, 3)} {side}"
    if "Q" in between:
        yield f"quote between {side}"
    link, verb = _link(kinds, phrase, quote)
    if link == "inverted" and not after and frame.lexicon.verb_first:
        yield f"verb first {_gap(kinds, phrase.last - 1, quote)}"
        yield f"verb first {phrase.kind}"
    elif verb < 0:
        yield f"{link} {where} {side}"
    else:
        yield f"{link} {side} {_gap(kinds, verb, quote)}"
    if link != "none":
        yield f"{link} {phrase.kind}"
    yield from _shape(frame, phrase)


def _shape(frame: Frame, phrase: Phrase) -> Iterator[str]:
    kinds = frame.kinds
    previous = kinds[phrase.first - 1] if phrase.first else "."
    if previous in "oI":
        yield "behind preposition"
    elif previous == ".":
        yield "opens sentence"
    elif previous == "&":
        yield "behind and"
    elif previous == ",":
        yield "behind comma"
    if phrase.article:
        yield "article"
    if phrase.kind == "name":
        size = phrase.tail - phrase.head
        yield f"name of {min(size, 3)}"
        if phrase.head > phrase.first + phrase.article:
            yield "with role"


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
    first = phrase.first
    if kinds[max(0, first - 1) : first] == "A" or kinds[phrase.last : phrase.last + 1] == "Z":
        return "source", -1
    if kinds[phrase.last : quote] == ":":
        return "label", -1
    around = _AROUND.match(kinds, quote) if kinds[phrase.last : quote] in ("", ",", ":") else None
    if around and phrase.last <= quote:
        return "around", around.end() - 1
    found = _VERB_BEFORE_ROLE.search(kinds, max(0, first - 9), first)
    if found and quote < found.start():
        return "inverted", found.start()
    found = _VERB_BEFORE.search(kinds, max(0, first - 3), first)
    if found is None:
        return "none", -1
    verb = found.start()
    close = quote < verb and _gap(kinds, verb, quote) == "0"
    return ("inverted" if close or kinds[verb] == "V" else "listener"), verb


def _gap(kinds: str, verb: int, quote: int) -> str:
    between = kinds[quote + 1 : verb] if verb > quote else kinds[verb + 1 : quote]
    if "." in between or "Q" in between:
        return "beyond"
    return str(min(_FAR, len(_LIGHT.sub("", between))))


def from_before(frame: Frame, phrase: Phrase, rank: int) -> Iterator[str]:
    """The features of a phrase in the paragraph before the quote's."""
    kinds = frame.kinds
    rest = kinds[phrase.last :]
    link, verb = _link(kinds, phrase, len(kinds))
    ending = "colon" if kinds[-1:] == ":" else "stop"
    sentence = "last" if "." not in rest[:-1] else "earlier"
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
    start = kinds.rfind(".", 0, quote) + 1
    end = kinds.find(".", quote + 1)
    here = kinds[start : end if end >= 0 else len(kinds)]
    alone = not here.replace("Q", "").replace(",", "")
    yield f"last {min(apart, 2)} {'alone' if alone else 'with words'}"
    if set(kinds) <= set("Q.,"):
        yield f"last {min(apart, 2)} only quotes"
    if apart == 0:
        earlier = kinds.rfind("Q", 0, quote)
        between = kinds[earlier + 1 : quote]
        yield f"last here {min(2, between.count('.'))} {'empty' if start == quote else 'led in'}"
