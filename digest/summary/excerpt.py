"""What is printed of a quotation: all of it, or as many of its first sentences as fit.

It is cut only where a sentence ends, so that what is printed needs no ellipsis.
"""

from __future__ import annotations

from collections.abc import Iterator

from digest.model import Span
from digest.summary.scene import Scene
from digest.summary.speech import ENDS
from digest.text import sentences, words

#: Words that are printed at most; of a first sentence that may be longer, so many.
MOST, _TOO_LONG = 45, 70
#: Characters of a long quotation in which whole sentences are looked for.
REACH = 2000
#: Characters of a span whose words are counted.
_COUNTED = 1200


def excerpt(scene: Scene, pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    """The pieces themselves if they are short enough, else their first whole sentences."""
    text = scene.text
    length = sum(end - start for start, end in pieces)
    if length <= (MOST if scene.lexicon.uncased else 2 * MOST):  # cheap: a word and a blank each
        return pieces
    if sum(_size(text, piece) for piece in pieces) <= MOST:
        return pieces
    best: tuple[Span, ...] = ()
    for taken in _beginnings(scene, pieces):
        size = sum(_size(text, span) for span in taken)
        if size > (MOST if best else _TOO_LONG):
            break
        if text[taken[-1].end - 1] in ENDS:
            best = taken
    return best or pieces


def _beginnings(scene: Scene, pieces: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """The first sentence, the first two, and so on, over the pieces."""
    for number, piece in enumerate(pieces):
        window = Span(piece.start, min(piece.end, piece.start + REACH))
        for sentence in sentences(scene.text, window, scene.article.language):
            yield (*pieces[:number], Span(piece.start, sentence.end))


def _size(text: str, span: Span) -> int:
    """Words of a span; a long one is not counted to its end."""
    return len(words(text[span.start : min(span.end, span.start + _COUNTED)]))
