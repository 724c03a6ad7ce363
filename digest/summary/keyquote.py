"""The quote that an editor would pull: cheap marks for all, speakers for the best few."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from digest.model import Quote, Span
from digest.summary.attribution import Heard, Kind
from digest.summary.excerpt import REACH, excerpt
from digest.summary.interview import Turn, answers
from digest.summary.interviewee import interviewee
from digest.summary.marks import inside
from digest.summary.scene import Scene
from digest.summary.speech import Utterance, spans, utterances
from digest.summary.worth import Candidate, Surroundings, weigh
from digest.text import sentences

#: Least words of a fragment that is printed for want of a whole quotation.
_LEAST_FRAGMENT = 6
#: Utterances, turns and sentences that are weighed, and candidates whose speakers are sought.
_CONSIDERED, _ATTRIBUTED = 60, 3
#: Below, the words are printed without a name: of the names above, 95 of 100 were right in
#: annotated English news. A speaker whom no verb ties to the quote must be surer.
MARGIN, _MARGIN_UNTIED = 0.85, 0.95
_TIED = ("cue", "source", "apposition", "label", "same-speech")
#: Least score worth printing.
_WORTH = 0.0

#: What the speaker adds to the words' own score.
VOICES = {Kind.NAME: 1.5, Kind.UNNAMED: 0.2, Kind.NOBODY: -0.8}

#: Words that may be printed, and the utterance they are of; None in an interview.
_Pieces = tuple[tuple[Span, ...], Utterance | None]
#: Finds the speaker of an utterance.
Attribute = Callable[[Utterance], Heard]


class Spoken(NamedTuple):
    """A candidate with its speaker."""

    candidate: Candidate
    quote: Quote
    kind: Kind

    @property
    def score(self) -> float:
        return self.candidate.score + VOICES[self.kind]

    @property
    def printable(self) -> bool:
        """Whether it may be printed: a fragment must be somebody's, and not a mere scrap."""
        fragment = self.kind is Kind.NAME and self.candidate.size >= _LEAST_FRAGMENT
        return (self.candidate.whole or fragment) and self.score > _WORTH


class Pull(NamedTuple):
    """The best quotation, if one is worth printing, and all whose speakers were asked for."""

    best: Spoken | None
    heard: list[Spoken]


def key_quote(scene: Scene, lead: Span, turns: list[Turn], attribute: Attribute) -> Quote | None:
    """The best quotation of an article, or None if it has none worth printing.

    ``turns`` are those of an interview.
    """
    best = pull(scene, lead, turns, attribute).best
    return best.quote if best else None


def pull(scene: Scene, lead: Span, turns: list[Turn], attribute: Attribute) -> Pull:
    """Ask for the speakers of the best candidates, until none can be better any more."""
    best: Spoken | None = None
    heard: list[Spoken] = []
    for candidate in ranked(scene, lead, turns)[:_ATTRIBUTED]:
        if best is not None and candidate.score + VOICES[Kind.NAME] <= best.score:
            break
        one = spoken(scene, candidate, turns, attribute)
        heard.append(one)
        if one.printable and (best is None or one.score > best.score):
            best = one
    return Pull(best, heard)


def candidates(scene: Scene, lead: Span, turns: list[Turn]) -> Iterator[Candidate]:
    """All that is weighed, in text order: quotations, and the answers of an interview."""
    around = Surroundings(scene, lead)
    found = chain(_quotations(scene), _answers(scene, turns))
    for order, (pieces, source) in enumerate(islice(found, _CONSIDERED)):
        yield weigh(around, pieces, source, order)


def ranked(scene: Scene, lead: Span, turns: list[Turn]) -> list[Candidate]:
    """Those that may be pulled, the best one first."""
    able = [candidate for candidate in candidates(scene, lead, turns) if not candidate.refused]
    return sorted(able, key=lambda candidate: -candidate.score)


def _quotations(scene: Scene) -> Iterator[_Pieces]:
    for utterance in utterances(scene):
        yield excerpt(scene, spans(utterance)), utterance


def _answers(scene: Scene, turns: list[Turn]) -> Iterator[_Pieces]:
    """Each answer, and what is left of it without its first sentence."""
    for turn in answers(scene, turns):
        yield excerpt(scene, (inside(scene.text, *turn.words),)), None
        window = Span(turn.words.start, min(turn.words.end, turn.words.start + REACH))
        first = next(sentences(scene.text, window, scene.article.language), turn.words)
        rest = inside(scene.text, first.end, turn.words.end)
        if rest.end > rest.start:
            yield excerpt(scene, (rest,)), None


def spoken(scene: Scene, candidate: Candidate, turns: list[Turn], attribute: Attribute) -> Spoken:
    """The candidate with its speaker, who is left out where it is not sure."""
    if candidate.source is None:
        return _answered(scene, candidate, turns)
    quote, kind = attribute(candidate.source)
    if kind in (Kind.PRONOUN, Kind.NOBODY) or not _is_sure(scene, quote):
        return Spoken(candidate, Quote(words=candidate.words), Kind.NOBODY)
    return Spoken(candidate, replace(quote, words=candidate.words), kind)


def _answered(scene: Scene, candidate: Candidate, turns: list[Turn]) -> Spoken:
    speaker, confidence = interviewee(scene, turns)
    if speaker is None:
        return Spoken(candidate, Quote(words=candidate.words), Kind.NOBODY)
    quote = Quote(words=candidate.words, speaker=speaker, found="interview", confidence=confidence)
    return Spoken(candidate, quote, Kind.NAME)


def _is_sure(scene: Scene, quote: Quote) -> bool:
    """Whether the speaker may be printed; without a tie, only where the weights were fitted."""
    if quote.found.startswith(_TIED):
        return quote.confidence >= MARGIN
    return scene.lexicon.language == "en" and quote.confidence >= _MARGIN_UNTIED
