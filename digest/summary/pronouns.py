"""He and she -> the name they stand for, by a linear score over the names before them."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from digest.model import Span
from digest.summary.frame import WINDOW, Frame
from digest.summary.names import gender
from digest.summary.phrases import Phrase
from digest.summary.scene import Scene
from digest.summary.weights import weights

#: Paragraphs before the pronoun's own in which its name may stand, and names in each.
_REACH, _NAMES = 4, 12
_OWNER = re.compile(r"N{0,3}G")
#: What stands before and behind a name, by kind.
_BEFORE = {".": "opens", "o": "object", "I": "object", "V": "says", "v": "says", "&": "and"}
_THEN = {
    "V": "says",
    "v": "says",
    "X": "does",
    "W": "word",
    ",": "comma",
    ".": "stop",
    "Q": "quote",
}


class Mention(NamedTuple):
    """A name that a pronoun may stand for."""

    #: Its fullest form.
    name: Span
    features: tuple[str, ...]


def antecedent(
    scene: Scene, paragraph: int, pronoun: Phrase, spoke: list[Span]
) -> tuple[Span, float] | None:
    """The likeliest name and how sure it is; ``spoke`` has earlier speakers, the last one first."""
    options = mentions(scene, paragraph, pronoun, spoke)
    if not options:
        return None
    table = weights().namesakes
    scores = [sum(table.get(f, 0.0) for f in option.features) for option in options]
    best = max(range(len(options)), key=scores.__getitem__)
    total = sum(math.exp(value - scores[best]) for value in scores)
    return options[best].name, 1 / total


def mentions(scene: Scene, paragraph: int, pronoun: Phrase, spoke: list[Span]) -> list[Mention]:
    """Each person named before the pronoun whose gender does not clash, by the nearest mention."""
    frame, _ = scene.frame(paragraph)
    wanted = "m" if frame.kinds[pronoun.first] == "h" else "f"
    near: dict[str, Mention] = {}
    count: dict[str, int] = {}
    agreeing: set[str] = set()
    clashing: set[str] = set()
    for mention, sex in _nearby(scene, paragraph, pronoun):
        key = _known_as(scene, mention.name)
        count[key] = count.get(key, 0) + 1
        near.setdefault(key, mention)
        if sex:
            (agreeing if sex == wanted else clashing).add(key)
    voices = [_known_as(scene, name) for name in spoke]
    return [
        mention._replace(
            features=(
                *mention.features,
                f"named {min(count[key], 3)}",
                "agrees" if key in agreeing else "may agree",
                _history(key, voices),
            )
        )
        for key, mention in near.items()
        if key not in clashing
    ]


def _known_as(scene: Scene, name: Span) -> str:
    """First and last word of a name: what tells two of one surname apart."""
    words = scene.text[name.start : name.end].split()
    return f"{words[0]} {words[-1]}"


def _history(name: str, voices: list[str]) -> str:
    if name not in voices:
        return "spoke never"
    return ("spoke last", "spoke second", "spoke before")[min(voices.index(name), 2)]


def _nearby(scene: Scene, paragraph: int, pronoun: Phrase) -> Iterator[tuple[Mention, str]]:
    """Names from the pronoun backwards, each with its gender."""
    for number in range(paragraph, max(-1, paragraph - _REACH - 1), -1):
        frame, _ = scene.frame(number)
        end = pronoun.first if number == paragraph else len(frame.kinds)
        names = _names(scene, number, end)
        for rank, phrase in enumerate(reversed(names[-_NAMES:])):
            head = frame.span(phrase.head, phrase.tail)
            name = scene.fullest(head)
            words = scene.text[name.start : name.end]
            title = scene.text[frame.starts[phrase.first] : head.start]
            sex = gender(title, scene.lexicon) or gender(words, scene.lexicon)
            place = _place(frame, phrase, end, paragraph - number, rank)
            size = f"words {min(len(words.split()), 3)}"
            yield Mention(name, (*place, size, *scene.standing(number, phrase))), sex


def _names(scene: Scene, paragraph: int, end: int) -> list[Phrase]:
    """The names of a paragraph up to a token, owners ("Holt's boat") among them."""
    frame, found = scene.frame(paragraph)
    start = max(0, end - WINDOW)
    first = bisect_left(found, start, key=lambda phrase: phrase.first)
    last = bisect_left(found, end, key=lambda phrase: phrase.first)
    names = [
        phrase
        for phrase in found[first:last]
        if phrase.kind == "name" and phrase.last <= end and not scene.doubtful(paragraph, phrase)
    ]
    owners = [
        Phrase("owner", owner.start(), owner.end(), owner.start(), owner.end())
        for owner in _OWNER.finditer(frame.kinds, start, end)
    ]
    return sorted(names + owners, key=lambda phrase: phrase.first) if owners else names


def _place(frame: Frame, phrase: Phrase, end: int, apart: int, rank: int) -> Iterator[str]:
    kinds = frame.kinds
    between = kinds[phrase.last : end]
    stops = between.count(".")
    near = min(apart, 2)
    yield f"paragraph {apart}"
    yield f"paragraph {near} rank {min(rank, 3)}"
    yield f"stops {min(stops, 3)} paragraph {min(apart, 1)}"
    if apart == 0 and "Q" in between:
        yield "behind quote"
    previous = kinds[phrase.first - 1 : phrase.first] or "."
    if phrase.first == 0:
        yield f"opens paragraph {near}"
    yield f"{_BEFORE.get(previous, 'inside')} {near}"
    yield f"is {phrase.kind}"
    yield "article" if phrase.article else "no article"
    yield "role" if phrase.head > phrase.first + phrase.article else "no role"
    following = kinds[phrase.last : phrase.last + 1]
    yield f"then {_THEN.get(following, 'other')} {near}"
