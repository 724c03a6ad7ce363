"""What a named person is, in the text's words: before the name, or set off behind it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from digest.model import Span
from digest.summary.frame import Frame
from digest.summary.phrases import Phrase
from digest.summary.scene import Scene

# "Jane Roe, a keeper at the museum," and "Jane Roe, the head of the union."
_BEHIND = re.compile(r",([DGg]?[WJNRTGg#]{0,5}[RT](?:[oI&]?[DGgWJNRT#]){0,10})(?=[,.Q:-]|$)")
# "the port's director, Jane Roe,"
_BEFORE = re.compile(r"([Gg]?[WJNGg#]{0,3}[RT](?:o[DGg]?[WJNRT#]{1,4})?),$")
#: Tokens before a name in which its role stands.
_REACH = 12
#: Longest role in characters.
_LONGEST = 90


def role_beside(frame: Frame, phrase: Phrase) -> Span | None:
    """The role that stands by this mention of a name."""
    start = phrase.first + (frame.kinds[phrase.first] == "D")
    if start < phrase.head:
        return _checked(frame, start, phrase.head)
    before = _BEFORE.search(frame.kinds, max(0, phrase.first - _REACH), phrase.first)
    if before:
        return _checked(frame, *before.span(1))
    behind = _BEHIND.match(frame.kinds, phrase.tail)
    return _checked(frame, *behind.span(1)) if behind else None


def _checked(frame: Frame, first: int, last: int) -> Span | None:
    kinds = frame.kinds[first:last]
    if not set(kinds) & {"R", "T"} or (kinds == "T" and len(frame.words[first]) < 4):
        return None
    span = frame.span(first, last)
    return span if span.end - span.start <= _LONGEST else None


def role_elsewhere(scene: Scene, name: Span) -> Span | None:
    """The role that stands where the full name does."""
    number = bisect_right(scene.paragraphs, (name.start, len(scene.text) + 1)) - 1
    frame, found = scene.frame(number)
    place = bisect_left(found, name.start, key=lambda phrase: frame.starts[phrase.head])
    if place < len(found):
        phrase = found[place]
        if phrase.kind == "name" and frame.starts[phrase.head] == name.start:
            return role_beside(frame, phrase)
    return None
