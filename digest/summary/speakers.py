"""Who said it: the best of the phrases around a quote, by a linear score over their features."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from digest.model import Span
from digest.summary import links
from digest.summary.marks import Run
from digest.summary.phrases import Phrase
from digest.summary.scene import Scene
from digest.summary.weights import BY_HAND, WEIGHTS

#: Phrases of the paragraph before that are looked at, counted from its end.
_BEFORE = 8
#: Phrases on either side of the quote.
_AROUND = 12

#: A score at which the paragraph before has nobody better.
_DECISIVE = 4.0
#: A feature's beginning -> what ties a speaker to the quote.
_METHODS = {
    "subject ": "cue",
    "inverted ": "cue",
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


def candidates(scene: Scene, run: Run, last: Voice | None, apart: int) -> Iterator[Candidate]:
    """All that could have spoken a run; ``last`` spoke the one before, ``apart`` paragraphs up."""
    yield from _of_paragraph(scene, run)
    yield from _of_paragraph_before(scene, run)
    if last is not None:
        yield _carried(scene, run, last, apart)


def _of_paragraph(scene: Scene, run: Run) -> Iterator[Candidate]:
    quote = scene.token_of(run)
    frame, found = scene.frame(run.paragraph)
    ahead = [phrase for phrase in found if phrase.first > quote][:_AROUND]
    behind = [phrase for phrase in reversed(found) if phrase.last <= quote][:_AROUND]
    for side in (ahead, behind):
        for rank, phrase in enumerate(side):
            tied = tuple(links.features(frame, phrase, quote, rank))
            if scene.doubtful(run.paragraph, phrase):
                tied = (*tied, "doubtful")
                if scene.lexicon.verb_first:
                    tied = (*tied, "doubtful, verb first")
            yield Candidate(run.paragraph, phrase, tied)


def _carried(scene: Scene, run: Run, last: Voice, apart: int) -> Candidate:
    frame, _ = scene.frame(run.paragraph)
    quote = scene.token_of(run)
    tied = (*links.of_last_speaker(frame, quote, apart), f"last {last.phrase.kind}")
    if scene.lexicon.language != "en":
        tied = (*tied, "last, not English")
    return Candidate(last.paragraph, last.phrase, tied, carried=True)


def _of_paragraph_before(scene: Scene, run: Run) -> Iterator[Candidate]:
    if run.paragraph == 0:
        return
    frame, found = scene.frame(run.paragraph - 1)
    for rank, phrase in enumerate(reversed(found[-_BEFORE:])):
        tied = tuple(links.from_before(frame, phrase, rank))
        if scene.doubtful(run.paragraph - 1, phrase):
            tied = (*tied, "before: doubtful")
        yield Candidate(run.paragraph - 1, phrase, tied)


_ALL_WEIGHTS = {**WEIGHTS, **BY_HAND}


def score(features: tuple[str, ...]) -> float:
    return sum(_ALL_WEIGHTS.get(feature, 0.0) for feature in features)


def voice(scene: Scene, run: Run, last: Voice | None = None, apart: int = 0) -> Voice | None:
    """The likeliest speaker of a run; None if nobody is near."""
    if scene.token_of(run) < 0:
        return None
    options = list(_of_paragraph(scene, run))
    if last is not None:
        options.append(_carried(scene, run, last, apart))
    scores = [score(option.features) for option in options]
    if max(scores, default=0.0) < _DECISIVE:
        further = list(_of_paragraph_before(scene, run))
        options += further
        scores += [score(option.features) for option in further]
    if not options:
        return None
    best = max(range(len(options)), key=scores.__getitem__)
    total = sum(math.exp(value - scores[best]) for value in scores)
    winner = options[best]
    return Voice(winner.paragraph, winner.phrase, _method(winner, run), 1 / total)


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


def words_of(scene: Scene, voice: Voice) -> Span:
    """The name, or the whole phrase of an unnamed speaker."""
    frame, _ = scene.frame(voice.paragraph)
    return frame.span(voice.phrase.head, voice.phrase.tail)
