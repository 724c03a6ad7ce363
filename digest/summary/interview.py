"""Interviews and transcripts: who speaks is told by a label, or by question and answer in turn."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from digest.model import Span
from digest.summary.scene import Scene

#: Turns without which a text is no interview, and paragraphs that are looked at.
_LEAST, _PARAGRAPHS = 3, 400
_LABEL = re.compile(r"([^\W\d_][^\n:：.!?“”\"«»]{0,40})\s?[:：]\s*(?=\S)")
_QUESTION = re.compile(r"[?？؟;][\"”»)]*$")
_SHORT_QUESTION = 400


class Turn(NamedTuple):
    """One paragraph that somebody speaks."""

    paragraph: int
    #: Who speaks, as the label says; None without labels.
    label: Span | None
    words: Span
    question: bool


def turns(scene: Scene) -> list[Turn]:
    """The turns of an interview, in order; none if the text is no interview."""
    if len(scene.paragraphs) <= _LEAST:
        return []
    found = _labelled(scene)
    if (
        len(found) >= _LEAST
        and 1 < len({_label(scene, turn) for turn in found}) <= len(found) / 1.4
    ):
        return found
    return _alternating(scene)


def _labelled(scene: Scene) -> list[Turn]:
    found = []
    for number, paragraph in enumerate(scene.paragraphs[:_PARAGRAPHS]):
        label = _LABEL.match(scene.text, paragraph.start, paragraph.end)
        if label and len(label[1].split()) <= 4:
            words = Span(label.end(), paragraph.end)
            found.append(Turn(number, Span(*label.span(1)), words, _asks(scene, words)))
    return found


def _label(scene: Scene, turn: Turn) -> str:
    return scene.text[turn.label.start : turn.label.end].casefold() if turn.label else ""


def _asks(scene: Scene, span: Span) -> bool:
    return _QUESTION.search(scene.text[max(span.start, span.end - 4) : span.end]) is not None


def _alternating(scene: Scene) -> list[Turn]:
    """Paragraphs that are a question, each followed by one that is none."""
    asks = [
        _asks(scene, span) and span.end - span.start < _SHORT_QUESTION
        for span in scene.paragraphs[:_PARAGRAPHS]
    ]
    if sum(asks) < _LEAST or any(one and other for one, other in pairwise(asks)):
        return []
    first = asks.index(True)
    quoted = sum(
        1 for number in range(first, len(asks)) if not asks[number] and scene.runs_in(number)
    )
    if quoted > sum(asks):
        return []
    return [
        Turn(number, None, scene.paragraphs[number], asks[number])
        for number in range(first, len(asks))
    ]


def answers(scene: Scene, found: list[Turn]) -> list[Turn]:
    """Those of the turns that the person interviewed speaks."""
    if not found or found[0].label is None:
        return [turn for turn in found if not turn.question]
    asking = Counter(_label(scene, turn) for turn in found if turn.question)
    spoken: Counter[str] = Counter()
    for turn in found:
        spoken[_label(scene, turn)] += turn.words.end - turn.words.start
    hosts = {asking.most_common(1)[0][0]} if asking else {_label(scene, found[0])}
    guests = [label for label, _ in spoken.most_common() if label not in hosts]
    return [turn for turn in found if guests and _label(scene, turn) == guests[0]]
