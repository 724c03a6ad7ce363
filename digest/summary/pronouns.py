"""He and she -> the name they stand for, by a linear score over the names before them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from digest.model import Span
from digest.summary.frame import Frame
from digest.summary.names import gender
from digest.summary.phrases import Phrase
from digest.summary.scene import Scene
from digest.summary.weights import NAMESAKES

#: Paragraphs before the pronoun's own in which its name may stand, and names in each.
_REACH, _NAMES = 4, 12
#: Mentions in the whole text that make somebody a main figure, by steps.
_OFTEN = (2, 4, 8)


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
    scores = [sum(NAMESAKES.get(f, 0.0) for f in option.features) for option in options]
    best = max(range(len(options)), key=scores.__getitem__)
    total = sum(math.exp(value - scores[best]) for value in scores)
    return options[best].name, 1 / total


def mentions(scene: Scene, paragraph: int, pronoun: Phrase, spoke: list[Span]) -> list[Mention]:
    """Each person named before the pronoun whose gender does not clash, by the nearest mention."""
    frame, _ = scene.frame(paragraph)
    wanted = "m" if frame.kinds[pronoun.first] == "h" else "f"
    near: dict[str, Mention] = {}
    count: dict[str, int] = {}
    clashing: set[str] = set()
    for mention, sex in _nearby(scene, paragraph, pronoun):
        key = _surname(scene, mention.name)
        count[key] = count.get(key, 0) + 1
        near.setdefault(key, mention)
        if sex == wanted:
            near[key] = near[key]._replace(features=(*near[key].features, "agrees"))
        elif sex:
            clashing.add(key)
    voices = [_surname(scene, name) for name in spoke]
    return [
        mention._replace(
            features=(*mention.features, f"named {min(count[key], 3)}", _history(key, voices))
        )
        for key, mention in near.items()
        if key not in clashing
    ]


def _surname(scene: Scene, name: Span) -> str:
    return scene.text[name.start : name.end].split()[-1]


def _history(surname: str, voices: list[str]) -> str:
    if surname not in voices:
        return "silent"
    return "spoke last" if voices[0] == surname else "spoke before"


def _nearby(scene: Scene, paragraph: int, pronoun: Phrase) -> Iterator[tuple[Mention, str]]:
    """Names from the pronoun backwards, each with its gender."""
    for number in range(paragraph, max(-1, paragraph - _REACH - 1), -1):
        frame, found = scene.frame(number)
        end = pronoun.first if number == paragraph else len(frame.kinds)
        names = [
            phrase
            for phrase in found
            if phrase.kind == "name" and phrase.last <= end and not scene.doubtful(number, phrase)
        ]
        for rank, phrase in enumerate(reversed(names[-_NAMES:])):
            head = frame.span(phrase.head, phrase.tail)
            name = scene.fullest(head)
            words = scene.text[name.start : name.end]
            title = scene.text[frame.starts[phrase.first] : head.start]
            sex = gender(title, scene.lexicon) or gender(words, scene.lexicon)
            place = _place(frame, phrase, end, paragraph - number, rank)
            often = f"often {sum(scene.often(words.split()[-1]) >= n for n in _OFTEN)}"
            size = f"words {min(len(words.split()), 3)}"
            yield Mention(name, (*place, size, often)), sex


def _place(frame: Frame, phrase: Phrase, end: int, apart: int, rank: int) -> Iterator[str]:
    kinds = frame.kinds
    stops = kinds.count(".", phrase.last, end)
    near = min(apart, 2)
    yield f"paragraph {apart}"
    yield f"paragraph {near} rank {min(rank, 3)}"
    yield f"stops {min(stops, 3)} paragraph {min(apart, 1)}"
    previous = kinds[phrase.first - 1 : phrase.first] or "."
    yield f"{'opens' if previous == '.' else 'object' if previous in 'oI' else 'inside'} {near}"
    yield "article" if phrase.article else "no article"
    yield "role" if phrase.head > phrase.first + phrase.article else "no role"
    following = kinds[phrase.last : phrase.last + 1]
    yield f"before {'verb' if following and following in 'VvX' else 'other'} {near}"
