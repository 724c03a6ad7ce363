"""Article -> lead: the sentence or two that say what happened, as one span.

paragraphs -> openings -> the one that tells the news -> its first sentences
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from digest.model import Span
from digest.summary.description import described
from digest.summary.interview import Turn
from digest.summary.openings import Opening, openings
from digest.summary.scene import Scene
from digest.text import sentences, trim, words

#: A first sentence with fewer words takes the next one along; the lead is held at `_MOST` words.
_STUB, _MOST = 8, 45
#: Openings among which a nut graf may stand.
_NUT_GRAF = 5
#: Words of the title that a nut graf tells and a scene does not: those longer than `_SMALL`
#: letters, of which the first `_STEM` are compared.
_TOLD, _SMALL, _STEM, _LONG_TITLE, _OPENING_LENGTH = 3, 3, 5, 8, 400
#: Characters of a paragraph in which its first sentences are looked for.
_WINDOW = 3000
#: Words outside the marks without which a paragraph is all quotation; in one that begins with a
#: quotation, the rest may be no more than who said it.
_OUTSIDE, _SAID = 5, 10


class Lead(NamedTuple):
    """The lead, and why it is this one."""

    span: Span
    #: Number of the paragraph that it was taken from; -1 for an empty text.
    paragraph: int
    why: str


def lead(scene: Scene, turns: list[Turn], description: str | None = None) -> Lead:
    """The lead of an article; an empty span only for an empty text.

    ``turns`` are those of an interview: its lead is the introduction. ``description`` is what
    the feed says of the article: if it stands in the text, it is the lead.
    """
    found = openings(scene, {turn.paragraph for turn in turns})
    if description is not None:
        options = list(found)
        voted = described(scene, description, options)
        if voted is not None:
            return _taken(scene, voted, "the feed's description")
        found = iter(options)
    chosen = _chosen(scene, (option for option in found if not option.refused))
    return _taken(scene, *chosen) if chosen else _last_resort(scene, turns)


def _taken(scene: Scene, opening: Opening, why: str) -> Lead:
    return Lead(_first_sentences(scene, opening.span), opening.paragraph, why)


def _last_resort(scene: Scene, turns: list[Turn]) -> Lead:
    """Nothing but furniture and turns: the first answer that is no stub, or the first words."""
    for turn in turns:
        if not turn.question and _count(scene, turn.words) >= _STUB:
            return Lead(_first_sentences(scene, turn.words), turn.paragraph, "the first answer")
    if scene.paragraphs:
        return Lead(_first_sentences(scene, scene.paragraphs[0]), 0, "nothing else is there")
    return Lead(trim(scene.text, Span(0, len(scene.text))), -1, "the text is empty")


def _chosen(scene: Scene, options: Iterator[Opening]) -> tuple[Opening, str] | None:
    """The first opening, or a nut graf among the next ones where that only sets the scene."""
    first = next(options, None)
    if first is None:
        return None
    later = islice(options, _NUT_GRAF - 1)
    soft = softness(scene, first)
    if soft:
        nut = next((option for option in later if is_nut_graf(scene, option)), None)
        return (nut, f"behind {soft}") if nut else (first, "nothing harder follows")
    nut = _tells_title(scene, first, later)
    return (nut, "tells what the title says") if nut else (first, "opens the report")


def _tells_title(scene: Scene, first: Opening, later: Iterator[Opening]) -> Opening | None:
    """The paragraph that tells what the title does, if the first one has no word of it."""
    title = _stems(scene.article.title)
    if len(title) < _TOLD or _told(scene, first, title):
        return None
    enough = max(_TOLD, len(title) / 2) if len(title) < _LONG_TITLE else _TOLD + 1
    return next(
        (
            option
            for option in later
            if _told(scene, option, title) >= enough and is_nut_graf(scene, option)
        ),
        None,
    )


def _told(scene: Scene, opening: Opening, title: set[str]) -> int:
    """How many words of the title the first sentences of a paragraph have."""
    start, end = opening.span
    return len(title & _stems(scene.text[start : min(end, start + _OPENING_LENGTH)]))


def _stems(text: str) -> set[str]:
    """The first letters of the longer words, so that most endings do not count."""
    return {word[:_STEM] for word in words(text) if len(word) > _SMALL}


def softness(scene: Scene, opening: Opening) -> str:
    """What a paragraph is that only leads on: a question, a quotation; empty if it tells."""
    text = scene.text[opening.span.start : opening.span.end]
    if text.rstrip('"”»“’)').endswith(("?", "？", "؟")) and len(words(text)) <= _MOST:
        return "a question"
    runs = scene.runs_in(opening.paragraph)
    quoted = bool(runs) and runs[0].outer.start <= opening.span.start
    if _outside(scene, opening.paragraph) < (_SAID if quoted else _OUTSIDE):
        return "a quotation" if runs else "a few words"
    return "words that lead on" if text.endswith((":", "：", "...")) else ""


def is_nut_graf(scene: Scene, opening: Opening) -> bool:
    """Whether a paragraph says what the story is, in words of its own."""
    return not softness(scene, opening) and _outside(scene, opening.paragraph) >= _STUB


def _outside(scene: Scene, number: int) -> int:
    """Words of a paragraph that stand outside quotation marks."""
    position, end = scene.paragraphs[number]
    count = 0
    for run in scene.runs_in(number):
        count += len(words(scene.text[position : run.outer.start]))
        position = run.outer.end
    return count + len(words(scene.text[position : min(end, position + _WINDOW)]))


def _first_sentences(scene: Scene, paragraph: Span) -> Span:
    """The first sentence, with the next ones while it is a stub."""
    taken: Span | None = None
    for sentence in _sentences(scene, paragraph):
        if taken is None:
            taken = sentence
        elif _count(scene, Span(taken.start, sentence.end)) <= _MOST:
            taken = Span(taken.start, sentence.end)
        else:
            break
        if _count(scene, taken) >= _STUB:
            break
    return taken or trim(scene.text, paragraph)


def _count(scene: Scene, span: Span) -> int:
    """Words of a span."""
    return len(words(scene.text[span.start : span.end]))


def _window(text: str, paragraph: Span) -> Span:
    """The paragraph, or as many of its first words as a lead could have."""
    if paragraph.end - paragraph.start <= _WINDOW:
        return paragraph
    end = paragraph.start + _WINDOW
    blank = text.rfind(" ", paragraph.start, end)
    return Span(paragraph.start, blank if blank > paragraph.start else end)


def _sentences(scene: Scene, paragraph: Span) -> Iterator[Span]:
    """Sentences, none of which ends within brackets."""
    window = _window(scene.text, paragraph)
    found = list(sentences(scene.text, window, scene.article.language))
    if window.end < paragraph.end:
        found = found[:-1] or found
    start: int | None = None
    for sentence in found:
        start = sentence.start if start is None else start
        text = scene.text[start : sentence.end]
        if text.count("(") <= text.count(")") or sentence is found[-1]:
            yield Span(start, sentence.end)
            start = None
