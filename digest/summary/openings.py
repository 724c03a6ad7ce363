"""The first paragraphs of an article, each with what speaks against its being the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.model import Span
from digest.summary.datelines import without_dateline
from digest.summary.furniture import furniture
from digest.summary.scene import Scene
from digest.text import squeeze, trim, words

#: Paragraphs in which the report must begin.
_FIRST = 12
#: Words beyond which a paragraph without a full stop is taken for the report's all the same.
_MOST_WORDS = 45
#: Characters of a paragraph that are looked at.
_WINDOW = 3000
#: Characters by which the title, repeated above the text, may be longer: stops and blanks.
_MARGIN = 10

_END = re.compile(r"[.!?…。！？؟][\"”»“’')\]」』)]*$")


class Opening(NamedTuple):
    """A paragraph that may open the report."""

    paragraph: int
    #: Without its dateline.
    span: Span
    #: Why it cannot; empty if it can.
    refused: str = ""


def openings(scene: Scene, spoken: set[int]) -> Iterator[Opening]:
    """The first paragraphs, in order; ``spoken`` are those of an interview's turns."""
    title = _bare(scene.article.title)
    proper = any(_END.search(scene.text[p.start : p.end]) for p in scene.paragraphs[:_FIRST])
    for number, paragraph in enumerate(scene.paragraphs[:_FIRST]):
        span = trim(scene.text, paragraph)
        text = scene.text[span.start : span.end]
        refused = "a turn of an interview" if number in spoken else _refusal(text, title)
        if not refused and proper and _is_label(text):
            refused = "no sentence"
        yield Opening(number, without_dateline(scene.text, span, scene.article.language), refused)


def _refusal(text: str, title: str) -> str:
    if not any(map(str.isalnum, text)):
        return "no words"
    if title and len(text) <= len(title) + _MARGIN and _bare(text) == title:
        return "the title again"
    return furniture(text)


def _bare(text: str) -> str:
    return squeeze(text).casefold().rstrip(".!?…")


def _is_label(text: str) -> bool:
    """Whether it ends without a stop, where the other paragraphs have one."""
    return not _END.search(text) and len(words(text[:_WINDOW])) < _MOST_WORDS
