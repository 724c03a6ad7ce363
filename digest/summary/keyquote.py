"""The quote that an editor would pull: cheap marks for all, speakers for the best few."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from digest.model import Quote, Span
from digest.summary.attribution import Heard, Kind
from digest.summary.interview import Turn, answers
from digest.summary.interviewee import interviewee
from digest.summary.scene import Scene
from digest.summary.speech import ENDS, Utterance, spans, utterances
from digest.text import sentences, trim, words

#: Words of a good key quote; of a whole sentence that may be longer; of the least worth printing.
_FEWEST, _MOST, _LONG_SENTENCE, _LEAST = 8, 45, 70, 4
#: Characters of a long quotation in which whole sentences are looked for.
_REACH = 2000
#: Least words of a fragment that is printed for want of a whole quotation.
_LEAST_FRAGMENT = 6
#: Utterances, turns and sentences that are weighed, and candidates whose speakers are sought.
_CONSIDERED, _ATTRIBUTED = 60, 3
#: Below, the words are printed without a name: of the names above, 95 of 100 were right in
#: annotated English news. A speaker whom no verb ties to the quote must be surer.
MARGIN, _MARGIN_UNTIED = 0.85, 0.95
_TIED = ("cue", "source", "apposition", "label")
#: Least score worth printing.
_WORTH = 0.0

# Hand weights. The order counts most: the first quotation is what editors pull in nearly half of
# all articles, more often than the longest or the most central one.
_WEIGHTS = {
    "whole": 2.0,
    "fragment": -1.2,
    "good length": 1.0,
    "short": -0.8,
    "long": -0.6,
    "later": -0.22,
    "first person": 0.5,
    "strong": 0.4,
    "of the title": 0.15,
    "question": -0.8,
    "open": -3.0,
    "in the title": -2.0,
    "broken": -0.3,
    "leans on what was before": -0.4,
}
_VOICES = {Kind.NAME: 1.5, Kind.UNNAMED: 0.2, Kind.NOBODY: -0.8}


#: Words that may be printed, and the utterance they are of; None in an interview.
_Pieces = tuple[tuple[Span, ...], Utterance | None]


class _Candidate(NamedTuple):
    words: tuple[Span, ...]
    score: float
    whole: bool
    size: int
    #: What speaks: an utterance, or a turn's paragraph in an interview.
    source: Utterance | None


def key_quote(
    scene: Scene, lead: Span, turns: list[Turn], attribute: Callable[[Utterance], Heard]
) -> Quote | None:
    """The best quotation of an article, or None if it has none worth printing.

    ``turns`` are those of an interview; ``attribute`` finds the speaker of an utterance.
    """
    pieces = chain(_quotations(scene), _answers(scene, turns))
    ranked = sorted(_candidates(scene, lead, pieces), key=lambda candidate: -candidate.score)
    best: tuple[float, Quote] | None = None
    for candidate in ranked[:_ATTRIBUTED]:
        if best is not None and candidate.score + _VOICES[Kind.NAME] <= best[0]:
            break
        quote, kind = _spoken(scene, candidate, turns, attribute)
        printable = candidate.whole or (kind is Kind.NAME and candidate.size >= _LEAST_FRAGMENT)
        score = candidate.score + _VOICES[kind]
        if printable and score > _WORTH and (best is None or score > best[0]):
            best = score, quote
    return best[1] if best else None


def _spoken(
    scene: Scene,
    candidate: _Candidate,
    turns: list[Turn],
    attribute: Callable[[Utterance], Heard],
) -> Heard:
    """The candidate with its speaker, who is left out where it is not sure."""
    if candidate.source is None:
        speaker, confidence = interviewee(scene, turns)
        if speaker is None:
            return Heard(Quote(words=candidate.words), Kind.NOBODY)
        quote = Quote(
            words=candidate.words, speaker=speaker, found="interview", confidence=confidence
        )
        return Heard(quote, Kind.NAME)
    quote, kind = attribute(candidate.source)
    if kind in (Kind.PRONOUN, Kind.NOBODY) or not _is_sure(scene, quote):
        return Heard(Quote(words=candidate.words), Kind.NOBODY)
    return Heard(replace(quote, words=candidate.words), kind)


def _is_sure(scene: Scene, quote: Quote) -> bool:
    """Whether the speaker may be printed; without a tie, only where the weights were fitted."""
    if quote.found.startswith(_TIED):
        return quote.confidence >= MARGIN
    return scene.lexicon.language == "en" and quote.confidence >= _MARGIN_UNTIED


def _candidates(scene: Scene, lead: Span, found: Iterator[_Pieces]) -> Iterator[_Candidate]:
    title = scene.article.title.casefold()
    for order, (pieces, source) in enumerate(islice(found, _CONSIDERED)):
        if _overlaps(pieces, lead):
            continue
        candidate = _candidate(scene, pieces, source, order, title)
        if candidate is not None:
            yield candidate


def _overlaps(pieces: tuple[Span, ...], lead: Span) -> bool:
    return any(piece.start < lead.end and lead.start < piece.end for piece in pieces)


def _answers(scene: Scene, turns: list[Turn]) -> Iterator[_Pieces]:
    for turn in answers(scene, turns):
        yield _excerpt(scene, (turn.words,)), None
        window = Span(turn.words.start, min(turn.words.end, turn.words.start + _REACH))
        first = next(sentences(scene.text, window, scene.article.language), turn.words)
        rest = trim(scene.text, Span(first.end, turn.words.end))
        if rest.end > rest.start:
            yield _excerpt(scene, (rest,)), None


def _quotations(scene: Scene) -> Iterator[_Pieces]:
    for utterance in utterances(scene):
        yield _excerpt(scene, spans(utterance)), utterance


def _excerpt(scene: Scene, pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    """At most `_MOST` words: the pieces, or the first whole sentences of the first one."""
    text = scene.text
    if sum(_size(text, piece) for piece in pieces) <= _MOST:
        return pieces
    first = pieces[0]
    taken: Span | None = None
    window = Span(first.start, min(first.end, first.start + _REACH))
    for sentence in sentences(text, window, scene.article.language):
        longer = Span(first.start, sentence.end)
        if taken is not None and _size(text, longer) > _MOST:
            break
        taken = longer
    return (taken or first,)


def _size(text: str, span: Span) -> int:
    """Words of a span; a long one is not counted to its end."""
    return len(words(text[span.start : min(span.end, span.start + 1200)]))


def _candidate(
    scene: Scene, pieces: tuple[Span, ...], source: Utterance | None, order: int, title: str
) -> _Candidate | None:
    spoken = " ".join(scene.text[piece.start : piece.end] for piece in pieces)
    listed = words(spoken)
    size = len(listed)
    if not _LEAST <= size <= _LONG_SENTENCE:
        return None
    whole = _is_whole(scene, pieces, spoken, interview=source is None)
    marks = _marks(scene, spoken, listed, title)
    score = _WEIGHTS["whole" if whole else "fragment"] + sum(_WEIGHTS[mark] for mark in marks)
    score += _WEIGHTS["later"] * min(order, 10)
    if source is not None and not all(run.closed for run in source):
        score += _WEIGHTS["open"]
    if len(pieces) > 1:
        score += _WEIGHTS["broken"]
    return _Candidate(pieces, score, whole, size, source)


def _is_whole(scene: Scene, pieces: tuple[Span, ...], spoken: str, *, interview: bool) -> bool:
    """Whether it is a sentence: a capital first, and a stop or the attribution's comma behind."""
    if interview:
        return True
    if spoken[0].islower() or len(spoken) < 2:
        return False
    last = pieces[-1].end
    behind = scene.text[last : last + 3]
    stopped = spoken[-1] in ENDS or any(mark in behind for mark in ",،、.。")
    return stopped or scene.lexicon.uncased


# "That is why", "Because": sense that stands before the quotation.
_LEANS = re.compile(
    r"(?:it|that|this|they|he|she|these|those|because|yes|no|well|but|and|so|then"
    r"|das|dies|er|sie|weil|ja|nein|aber|und|dann|il|elle|ils|cela|parce|oui|non|mais|et|alors"
    r"|eso|esto|porque|sí|pero|entonces)\b",
    re.IGNORECASE,
)


def _marks(scene: Scene, spoken: str, listed: list[str], title: str) -> Iterator[str]:
    size = len(listed)
    yield "good length" if _FEWEST <= size <= _MOST else "short" if size < _FEWEST else "long"
    known = set(listed)
    if known & scene.lexicon.first_person:
        yield "first person"
    if known & scene.lexicon.strong_words or spoken.endswith("!"):
        yield "strong"
    if spoken.endswith(("?", "？", "؟")):
        yield "question"
    if spoken.casefold().rstrip(ENDS) in title:
        yield "in the title"
    if _LEANS.match(spoken):
        yield "leans on what was before"
    for word in sorted(known):
        if len(word) > 4 and word in title:
            yield "of the title"
