"""Who said it: the best of the phrases around a quote, by a linear score over their features."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

from digest.summary import links
from digest.summary.frame import WINDOW
from digest.summary.hearsay import Teller, teller
from digest.summary.marks import Run
from digest.summary.phrases import Phrase
from digest.summary.scene import Scene
from digest.summary.weights import Table, weights

#: Phrases of the paragraph before that are looked at, counted from its end.
_BEFORE = 6
#: Phrases on either side of the quote.
_AROUND = 8
#: Paragraphs up that are looked at for phrases, if those between have none.
_UP = 5
#: By so much the best must outdo nobody, and the paragraph before has nobody better.
_DECISIVE = 2.5
#: How sure the speaker of the quote before was, in steps.
_SURE, _FAIR = 0.9, 0.6
#: How sure a speaker is whose words another reports.
_REPORTED = 0.9
#: A feature's beginning -> what ties a speaker to the quote.
_METHODS = {
    "subject ": "cue",
    "inverted ": "cue",
    "verb first": "cue",
    "who ": "cue",
    "apposed ": "apposition",
    "around ": "cue",
    "source ": "source",
    "label ": "label",
}


class Candidate(NamedTuple):
    """A phrase that may be the speaker, with what speaks for and against it."""

    paragraph: int
    phrase: Phrase
    features: tuple[str, ...]
    #: Whether it was taken over from the quote before.
    carried: bool = False


class Voice(NamedTuple):
    """The winner, and how sure it is (0 to 1)."""

    paragraph: int
    phrase: Phrase
    found: str
    confidence: float


class Before(NamedTuple):
    """Who spoke the quote before, and how many paragraphs up."""

    voice: Voice
    apart: int


#: A surname, or the place of a phrase without one.
_Person = str | tuple[int, int]


def candidates(scene: Scene, run: Run, last: Before | None) -> Iterator[Candidate]:
    """All that could have spoken a run."""
    yield from _at_hand(scene, run, last)
    yield from _of_paragraph_before(scene, run)


def nobody(scene: Scene, run: Run, last: Before | None) -> tuple[str, ...]:
    """The features of none of them: how likely that is depends on what stands by the quote."""
    frame, _ = scene.frame(run.paragraph)
    return tuple(links.of_nobody(frame, scene.token_of(run), first=last is None))


def _at_hand(scene: Scene, run: Run, last: Before | None) -> Iterator[Candidate]:
    yield from _of_paragraph(scene, run, last)
    if last is not None:
        yield _carried(scene, run, last)


def _of_paragraph(scene: Scene, run: Run, last: Before | None) -> Iterator[Candidate]:
    quote = scene.token_of(run)
    frame, found = scene.frame(run.paragraph)
    shape = links.shape(scene.text, frame, run, quote)
    name = scene.surname(last.voice.paragraph, last.voice.phrase) if last else ""
    for side in _sides(found, quote):
        for rank, phrase in enumerate(side):
            tied = list(links.features(frame, phrase, shape, rank))
            if phrase.kind == "name":
                tied += scene.standing(run.paragraph, phrase)
                if name:
                    same = scene.surname(run.paragraph, phrase) == name
                    tied.append("spoke last" if same else "spoke not last")
            tied += _doubts(scene, run.paragraph, phrase)
            yield Candidate(run.paragraph, phrase, tuple(tied))


def _sides(found: list[Phrase], quote: int) -> tuple[list[Phrase], list[Phrase]]:
    """The phrases near a quote, each list from the quote outwards: behind it and before it."""
    middle = bisect_left(found, quote, key=lambda phrase: phrase.first)
    ahead = found[middle : middle + _AROUND]
    behind = found[max(0, middle - _AROUND) : middle][::-1]
    return (
        [phrase for phrase in ahead if phrase.first <= quote + WINDOW],
        [phrase for phrase in behind if phrase.last >= quote - WINDOW],
    )


def _doubts(scene: Scene, paragraph: int, phrase: Phrase) -> Iterator[str]:
    """Whether a word may owe its capital to its place."""
    if scene.doubtful(paragraph, phrase):
        yield "doubtful"
        if scene.lexicon.verb_first:
            yield "doubtful, verb first"


def _carried(scene: Scene, run: Run, last: Before) -> Candidate:
    frame, _ = scene.frame(run.paragraph)
    voice = last.voice
    tied = list(links.of_last_speaker(frame, scene.token_of(run), last.apart))
    tied.append(f"last {voice.phrase.kind}")
    sure = "sure" if voice.confidence > _SURE else "fair" if voice.confidence > _FAIR else "unsure"
    tied.append(f"last {sure}")
    if run.resumes:
        tied.append("last, resumed")
    if scene.lexicon.language != "en":
        tied.append("last, not English")
    return Candidate(voice.paragraph, voice.phrase, tuple(tied), carried=True)


def _of_paragraph_before(scene: Scene, run: Run) -> Iterator[Candidate]:
    """Of the nearest paragraph above with phrases."""
    for number in range(run.paragraph - 1, max(-1, run.paragraph - 1 - _UP), -1):
        frame, found = scene.frame(number)
        for rank, phrase in enumerate(reversed(found[-_BEFORE:])):
            tied = list(links.from_before(frame, phrase, rank))
            if phrase.kind == "name":
                tied += [f"before: {said}" for said in scene.standing(number, phrase)]
            tied += [f"before: {doubt}" for doubt in _doubts(scene, number, phrase)]
            yield Candidate(number, phrase, tuple(tied))
        if found:
            return


def score(features: tuple[str, ...], table: Table) -> float:
    return sum(map(table.get, features, repeat(0.0)))


def voice(scene: Scene, run: Run, last: Before | None = None) -> Voice | None:
    """The likeliest speaker of a run; None if there is no phrase near, or words that deny it."""
    told = teller(scene, run)
    if told is not None:
        return _teller(run, told)
    table = weights().speakers
    none = score(nobody(scene, run, last), table)
    options = list(_at_hand(scene, run, last))
    scores = [score(option.features, table) for option in options]
    if max(scores, default=none) - none < _DECISIVE:
        further = list(_of_paragraph_before(scene, run))
        options += further
        scores += [score(option.features, table) for option in further]
    if not options:
        return None
    masses = [math.exp(value) for value in scores]
    people = _people(scene, options)
    shares: dict[_Person, float] = {}
    for person, mass in zip(people, masses, strict=True):
        shares[person] = shares.get(person, 0.0) + mass
    speaker = max(shares, key=shares.__getitem__)
    mentions = [number for number, person in enumerate(people) if person == speaker]
    best = max(mentions, key=scores.__getitem__)
    name = max(mentions, key=lambda number: (options[number].phrase.kind == "name", scores[number]))
    confidence = shares[speaker] / (sum(masses) + math.exp(none))
    said = options[name]
    return Voice(said.paragraph, said.phrase, _method(options[best], run), confidence)


def _teller(run: Run, told: Teller) -> Voice | None:
    return Voice(run.paragraph, told.phrase, "cue-reported", _REPORTED) if told.phrase else None


def _people(scene: Scene, options: list[Candidate]) -> list[_Person]:
    """Who each phrase means: a surname, which stands for the role beside the name too."""
    begins: dict[tuple[int, int], str] = {}
    ends: dict[tuple[int, int], str] = {}
    people: list[_Person] = []
    for paragraph, phrase, *_ in options:
        name = scene.surname(paragraph, phrase)
        if name:
            begins[paragraph, phrase.first] = ends[paragraph, phrase.last] = name
        people.append(name or (paragraph, phrase.first))
    for number, (paragraph, phrase, *_) in enumerate(options):
        if phrase.kind == "role":
            kinds = scene.frame(paragraph)[0].kinds
            if kinds[phrase.last : phrase.last + 1] == ",":
                beside = begins.get((paragraph, phrase.last + 1))
                people[number] = beside or people[number]
            if kinds[phrase.first - 1 : phrase.first] == ",":
                beside = ends.get((paragraph, phrase.first - 1))
                people[number] = beside or people[number]
    return people


def _method(winner: Candidate, run: Run) -> str:
    """How the winner was found, in a word."""
    if winner.carried:
        return "last-speaker"
    if winner.paragraph < run.paragraph:
        return "paragraph-before"
    features = " ".join(winner.features)
    side = "after" if " after" in winner.features[0] else "before"
    link = next((word for mark, word in _METHODS.items() if mark in features), "near")
    return f"{link}-{side}"
