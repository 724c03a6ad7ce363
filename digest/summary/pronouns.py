"""He and she -> the name they stand for, by a linear score over the names before them."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, repeat
from operator import attrgetter
from typing import NamedTuple

from digest.model import Span
from digest.summary.frame import WINDOW, Frame
from digest.summary.names import gender, gender_by_ending
from digest.summary.phrases import Phrase
from digest.summary.scene import Scene
from digest.summary.weights import weights

#: Paragraphs before the pronoun's own in which its name may stand, and names in each.
_REACH, _NAMES = 4, 12
_LAST = attrgetter("last")
_OWNER = re.compile(r"N{0,3}G")
#: What stands before and behind a name, by kind.
_BEFORE = {".": "opens", "o": "object", "I": "object", "V": "says", "v": "says", "&": "and"}
_SPEAKS = ("V", "v")
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


class _Person(NamedTuple):
    """Somebody named in a paragraph."""

    phrase: Phrase
    name: Span
    #: First and last word of the name: what tells two of one surname apart.
    known_as: str
    #: ``m``, ``f`` or nothing.
    sex: str
    features: tuple[str, ...]


class Pronouns:
    """Finds whom the pronouns of one article mean; remembers who is named where."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._named: dict[int, list[Phrase]] = {}
        self._people: dict[tuple[int, int], _Person | None] = {}

    def antecedent(
        self, paragraph: int, pronoun: Phrase, spoke: list[Span]
    ) -> tuple[Span, float] | None:
        """The likeliest name and how sure it is; ``spoke`` has earlier speakers, last one first."""
        options = self.mentions(paragraph, pronoun, spoke)
        if not options:
            return None
        table = weights().namesakes
        scores = [sum(map(table.get, option.features, repeat(0.0))) for option in options]
        best = max(range(len(options)), key=scores.__getitem__)
        total = sum(math.exp(value - scores[best]) for value in scores)
        return options[best].name, 1 / total

    def mentions(self, paragraph: int, pronoun: Phrase, spoke: list[Span]) -> list[Mention]:
        """Each person named before the pronoun whose gender agrees, by the nearest mention."""
        frame, _ = self._scene.frame(paragraph)
        wanted = "m" if frame.kinds[pronoun.first] == "h" else "f"
        near: dict[str, Mention] = {}
        count: dict[str, int] = {}
        sexes: dict[str, set[str]] = {}
        for person, apart, end, rank in self._nearby(paragraph, pronoun):
            key = person.known_as
            count[key] = count.get(key, 0) + 1
            sexes.setdefault(key, set()).add(person.sex)
            if key not in near:
                place = _place(
                    self._scene.frame(paragraph - apart)[0], person.phrase, end, apart, rank
                )
                near[key] = Mention(person.name, (*place, *person.features))
        voices = [_known_as(self._scene, name) for name in spoke]
        return [
            mention._replace(
                features=(
                    *mention.features,
                    f"named {min(count[key], 3)}",
                    "agrees" if wanted in sexes[key] else "may agree",
                    _history(key, voices),
                )
            )
            for key, mention in near.items()
            if sexes[key] <= {"", wanted}
        ]

    def _nearby(self, paragraph: int, pronoun: Phrase) -> Iterator[tuple[_Person, int, int, int]]:
        """People from the pronoun backwards: how many paragraphs up, where these end, rank."""
        for apart in range(min(paragraph, _REACH) + 1):
            frame, _ = self._scene.frame(paragraph - apart)
            end = len(frame.kinds) if apart else pronoun.first
            people = filter(None, self._people_before(paragraph - apart, end))
            for rank, person in enumerate(islice(people, _NAMES)):
                yield person, apart, end, rank

    def _people_before(self, paragraph: int, end: int) -> Iterator[_Person | None]:
        """Those named in a paragraph before a token, the last one first."""
        named = self._names(paragraph)
        for place in range(bisect_right(named, end, key=_LAST) - 1, -1, -1):
            phrase = named[place]
            if phrase.first < end - WINDOW:
                return
            if (paragraph, phrase.first) not in self._people:
                self._people[paragraph, phrase.first] = _person(self._scene, paragraph, phrase)
            yield self._people[paragraph, phrase.first]

    def _names(self, paragraph: int) -> list[Phrase]:
        """The names of a paragraph, owners ("Holt's boat") among them."""
        if paragraph not in self._named:
            frame, found = self._scene.frame(paragraph)
            names = [phrase for phrase in found if phrase.kind == "name"]
            names += [
                Phrase("owner", owner.start(), owner.end(), owner.start(), owner.end())
                for owner in _OWNER.finditer(frame.kinds)
            ]
            self._named[paragraph] = sorted(names, key=_LAST)
        return self._named[paragraph]


def _person(scene: Scene, paragraph: int, phrase: Phrase) -> _Person | None:
    """The person of a name; None if it may be a common word."""
    if phrase.kind == "name" and scene.doubtful(paragraph, phrase):
        return None
    frame, _ = scene.frame(paragraph)
    head = frame.span(phrase.head, phrase.tail)
    name = scene.fullest(head)
    words = scene.text[name.start : name.end]
    title = scene.text[frame.starts[phrase.first] : head.start]
    sex = gender(title, scene.lexicon) or gender(words, scene.lexicon)
    sex = sex or (gender_by_ending(words.split()[0], scene.lexicon) if " " in words else "")
    features = (f"words {min(len(words.split()), 3)}", *scene.standing(paragraph, phrase))
    return _Person(phrase, name, _known_as(scene, name), sex, features)


def _known_as(scene: Scene, name: Span) -> str:
    words = scene.text[name.start : name.end].split()
    return f"{words[0]} {words[-1]}"


def _history(name: str, voices: list[str]) -> str:
    if name not in voices:
        return "spoke never"
    return ("spoke last", "spoke second", "spoke before")[min(voices.index(name), 2)]


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
    if following in _SPEAKS or previous in _SPEAKS:
        yield f"spoke in sentence {min(stops, 2)} paragraph {near}"
    yield f"then {_THEN.get(following, 'other')} {near}"
