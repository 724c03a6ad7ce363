"""Article -> lead: the sentence or two that say what happened, as one span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from digest.model import Span
from digest.summary.datelines import without_dateline
from digest.summary.furniture import is_furniture
from digest.summary.interview import Turn
from digest.summary.scene import Scene
from digest.text import sentences, squeeze, trim, words

#: A first sentence with fewer words takes the next one along; the lead is held at `_MOST` words.
_STUB, _MOST = 8, 45
#: Paragraphs in which the report must begin, and in which a nut graf may stand.
_OPENING, _NUT_GRAF = 12, 5
#: Words of the title that a nut graf tells and a scene does not; longer than `_SMALL` letters.
_TOLD, _SMALL, _LONG_TITLE, _OPENING_LENGTH = 3, 3, 8, 400
#: Characters of a paragraph in which its first sentences are looked for.
_WINDOW = 3000
#: Words outside the marks without which a paragraph is all quotation.
_OUTSIDE = 5
#: Characters by which the title, repeated above the text, may be longer: stops and blanks.
_MARGIN = 10

_END = re.compile(r"[.!?…。！？؟][\"”»“’')\]」』)]*$")


def lead(scene: Scene, turns: list[Turn]) -> Span:
    """The lead of an article; an empty span only for an empty text.

    ``turns`` are those of an interview: its lead is the introduction.
    """
    openings = _openings(scene, {turn.paragraph for turn in turns})
    first = next(openings, None)
    if first is None:
        whole = trim(scene.text, Span(0, len(scene.text)))
        return _first_sentences(scene, scene.paragraphs[0] if scene.paragraphs else whole)
    if _is_soft(scene, *first):
        later = islice(openings, _NUT_GRAF - 1)
        first = next((opening for opening in later if _is_nut_graf(scene, *opening)), first)
    elif nut := _nut_graf(scene, first, islice(openings, _NUT_GRAF - 1)):
        first = nut
    return _first_sentences(scene, first[1])


def _nut_graf(
    scene: Scene, first: tuple[int, Span], later: Iterator[tuple[int, Span]]
) -> tuple[int, Span] | None:
    """The paragraph that tells what the title does, if the first one only sets the scene."""
    title = {word for word in words(scene.article.title) if len(word) > _SMALL}
    if len(title) < _TOLD:
        return None
    if _told(scene, first, title):
        return None
    enough = max(_TOLD, len(title) / 2) if len(title) < _LONG_TITLE else _TOLD + 1
    return next(
        (
            opening
            for opening in later
            if _told(scene, opening, title) >= enough and _is_nut_graf(scene, *opening)
        ),
        None,
    )


def _told(scene: Scene, opening: tuple[int, Span], title: set[str]) -> int:
    """How many words of the title the first sentences of a paragraph have."""
    start, end = opening[1]
    return len(title.intersection(words(scene.text[start : min(end, start + _OPENING_LENGTH)])))


def _openings(scene: Scene, spoken: set[int]) -> Iterator[tuple[int, Span]]:
    """The first paragraphs of the report itself, without furniture and datelines."""
    title = _bare(scene.article.title)
    proper = any(_END.search(scene.text[p.start : p.end]) for p in scene.paragraphs[:_OPENING])
    for number, paragraph in enumerate(scene.paragraphs[:_OPENING]):
        text = scene.text[paragraph.start : paragraph.end].strip()
        if (
            not any(map(str.isalnum, text))
            or number in spoken
            or is_furniture(text)
            or _repeats(text, title)
        ):
            continue
        if proper and not _END.search(text) and len(words(text[:_WINDOW])) < _MOST:
            continue
        yield number, without_dateline(scene.text, trim(scene.text, paragraph))


def _bare(text: str) -> str:
    return squeeze(text).casefold().rstrip(".!?…")


def _repeats(text: str, title: str) -> bool:
    return title != "" and len(text) <= len(title) + _MARGIN and _bare(text) == title


def _is_soft(scene: Scene, number: int, opening: Span) -> bool:
    """Whether a paragraph only sets the scene: a question, or nothing but a quotation."""
    text = scene.text[opening.start : opening.end]
    if text.rstrip('"”»“’)').endswith(("?", "？", "؟")):
        return len(words(text)) <= _MOST
    return _outside(scene, number) < _OUTSIDE or text.endswith((":", "：", "..."))


def _is_nut_graf(scene: Scene, number: int, opening: Span) -> bool:
    return not _is_soft(scene, number, opening) and _outside(scene, number) >= _STUB


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
        elif len(words(scene.text[taken.start : sentence.end])) <= _MOST:
            taken = Span(taken.start, sentence.end)
        else:
            break
        if len(words(scene.text[taken.start : taken.end])) >= _STUB:
            break
    return taken or trim(scene.text, paragraph)


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
