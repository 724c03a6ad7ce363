"""What makes words worth pulling: readable marks, each with a weight, before anyone asks who spoke.

The order counts most: the first quotation is what editors pull in nearly half of all articles,
more often than the longest or the most central one. The weights are set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from digest.model import Span
from digest.summary.excerpt import MOST
from digest.summary.marks import runs
from digest.summary.scene import Scene
from digest.summary.speech import ENDS, Utterance, says
from digest.text import sentences, words

#: Words of a good key quote; of a whole sentence that may be longer; of the least worth printing.
_FEWEST, _LONG_SENTENCE, _LEAST = 8, 70, 4
#: Quotations before a candidate that count against it.
_LATEST = 10
#: A word with more letters says what a story is about; how many such words count.
_TELLING, _TIES = 4, 3
#: Characters behind a quotation in which a verb shows that it was a sentence.
_BEHIND = 30

WEIGHTS = {
    "whole": 2.0,
    "fragment": -1.2,
    "good length": 1.0,
    "short": -0.8,
    "long": -0.6,
    "later": -0.22,
    "first person": 0.5,
    "strong": 0.4,
    "of the story": 0.15,
    "question": -0.8,
    "like a headline": -3.0,
    "open": -3.0,
    "quoted above": -2.0,
    "broken": -0.3,
    "leans on what was before": -0.4,
}

# "That is why", "Because": sense that stands before the quotation.
_LEANS = re.compile(
    r"(?:it|that|this|they|he|she|these|those|because|yes|no|well|but|and|so|then"
    r"|das|dies|er|sie|weil|ja|nein|aber|und|dann|il|elle|ils|cela|parce|oui|non|mais|et|alors"
    r"|eso|esto|porque|sí|pero|entonces|ciò|perché|però|quindi|allora|isso|isto|mas|então|sim|não"
    r"|dat|omdat|maar|dus|nee|bo|tak|nie|ale|więc|protože|ano|ne|tak|proto|это|потому|да|нет"
    r"|но|поэтому|це|бо|так|ні|але|тому|bu|çünkü|evet|hayır|ama|هذا|لكن|لأن|نعم|זה|אבל|כי|כן|לא)\b",
    re.IGNORECASE,
)


class Candidate(NamedTuple):
    """Words that may be pulled, with what speaks for and against them."""

    words: tuple[Span, ...]
    #: The utterance that they are of; None for an answer in an interview.
    source: Utterance | None
    size: int
    #: Each mark with its weight.
    marks: tuple[tuple[str, float], ...] = ()
    #: Why they cannot be pulled; empty if they can.
    refused: str = ""

    @property
    def whole(self) -> bool:
        """Whether the words are a sentence."""
        return bool(self.marks) and self.marks[0][0] == "whole"

    @property
    def score(self) -> float:
        return sum(weight for _, weight in self.marks)


@dataclass(frozen=True)
class Surroundings:
    """What the quotations of one article are weighed against."""

    scene: Scene
    lead: Span

    @cached_property
    def title(self) -> str:
        return self.scene.article.title.casefold()

    @cached_property
    def story(self) -> frozenset[str]:
        """Words of title and lead that are long enough to say what the story is about."""
        start, end = self.lead
        told = f"{self.title} {self.scene.text[start:end]}"
        return frozenset(word for word in words(told) if len(word) > _TELLING)

    @cached_property
    def quoted(self) -> tuple[tuple[str, int], ...]:
        """What title and lead quote already, each with the number of its words."""
        text, title = self.scene.text, self.title
        spans = [run.inner for run in runs(title, (Span(0, len(title)),))]
        found = [title[span.start : span.end] for span in spans]
        for run in self.scene.runs:
            if run.outer.start >= self.lead.end:
                break
            found.append(text[run.inner.start : run.inner.end].casefold())
        return tuple((said.rstrip(ENDS), len(words(said))) for said in found)

    def quote_again(self, spoken: str, size: int) -> bool:
        """Whether title or lead have most of these words as a quotation."""
        spoken = spoken.casefold().rstrip(ENDS)
        return spoken in self.title or any(
            2 * length >= size and said in spoken for said, length in self.quoted
        )


def weigh(
    around: Surroundings, pieces: tuple[Span, ...], source: Utterance | None, order: int
) -> Candidate:
    """The words with their marks; ``order`` counts the quotations before them."""
    scene = around.scene
    spoken = " ".join(scene.text[piece.start : piece.end] for piece in pieces)
    listed = words(spoken)
    size = len(listed)
    refused = _refusal(around.lead, pieces, size)
    if refused:
        return Candidate(pieces, source, size, refused=refused)
    found = [(mark, WEIGHTS[mark]) for mark in _marks(around, pieces, source, spoken, listed)]
    if order:
        found.append(("later", WEIGHTS["later"] * min(order, _LATEST)))
    return Candidate(pieces, source, size, tuple(found))


def _refusal(lead: Span, pieces: tuple[Span, ...], size: int) -> str:
    if any(piece.start < lead.end and lead.start < piece.end for piece in pieces):
        return "stands in the lead"
    if size < _LEAST:
        return "too short"
    return "too long" if size > _LONG_SENTENCE else ""


def _marks(
    around: Surroundings,
    pieces: tuple[Span, ...],
    source: Utterance | None,
    spoken: str,
    listed: list[str],
) -> Iterator[str]:
    scene = around.scene
    yield "whole" if source is None or _is_whole(scene, pieces, spoken) else "fragment"
    yield from _marks_of_words(scene, spoken, listed)
    if around.quote_again(spoken, len(listed)):
        yield "quoted above"
    for _ in islice(around.story.intersection(listed), _TIES):
        yield "of the story"
    if _LEANS.match(spoken) or (source is None and _is_reply(scene, pieces[0])):
        yield "leans on what was before"
    if source is not None and not all(run.closed for run in source):
        yield "open"
    if len(pieces) > 1:
        yield "broken"


def _marks_of_words(scene: Scene, spoken: str, listed: list[str]) -> Iterator[str]:
    size, known = len(listed), set(listed)
    yield "good length" if _FEWEST <= size <= MOST else "short" if size < _FEWEST else "long"
    if known & scene.lexicon.first_person:
        yield "first person"
    if known & scene.lexicon.strong_words or spoken.endswith("!"):
        yield "strong"
    if spoken.endswith(("?", "？", "؟")):
        yield "question"
    if not (scene.lexicon.nouns_capital or scene.lexicon.uncased) and _is_headline(spoken):
        yield "like a headline"


def _is_headline(spoken: str) -> bool:
    """Whether all but the small words begin with a capital ("The Long Road to Norvik.")."""
    long = [word for word in spoken.split() if len(word) > _TELLING]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def _is_whole(scene: Scene, pieces: tuple[Span, ...], spoken: str) -> bool:
    """Whether it is a sentence: a capital first; a stop, or an attribution, behind."""
    if spoken[0].islower() or len(spoken) < 2:
        return False
    if scene.lexicon.uncased or spoken[-1] in ENDS:
        return True
    text, last = scene.text, pieces[-1].end
    if any(mark in text[last : last + 3] for mark in ",،、.。–—"):
        return True
    behind = re.split(r"[.!?\n]", text[last : last + _BEHIND])[0]
    return says(scene, behind)


def _is_reply(scene: Scene, span: Span) -> bool:
    """Whether it begins with a few words that only the question explains ("In May.")."""
    first = next(sentences(scene.text, span, scene.article.language), span)
    return first.end < span.end and len(words(scene.text[first.start : first.end])) < _FEWEST
