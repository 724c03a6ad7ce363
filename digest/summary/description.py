"""The feed's own description: where the text has it word for word, it is the editor's lead."""

from __future__ import annotations

import re

from digest.model import Span
from digest.summary.openings import Opening
from digest.summary.scene import Scene
from digest.text import squeeze, words

#: Words without which a description says too little.
_LEAST = 6
#: Characters that are looked for: feeds cut theirs off at any length.
_BEGINNING = 160
#: What feeds put where they cut.
_CUT = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?|\[?&hellip;\]?)\s*$")
_LAST_WORD = re.compile(r"\s\S*$")


def described(scene: Scene, description: str, options: list[Opening]) -> Opening | None:
    """The opening that begins with the description's first words; None if there is none."""
    whole = squeeze(description)
    wanted = _CUT.sub("", whole)
    if wanted != whole:
        wanted = _LAST_WORD.sub("", wanted)
    wanted = wanted[:_BEGINNING]
    if len(words(wanted)) < _LEAST:
        return None
    for option in options:
        start = scene.text.find(wanted, *scene.paragraphs[option.paragraph])
        if start >= 0 and not option.refused and _begins_sentence(scene, option, start):
            return option._replace(span=Span(max(start, option.span.start), option.span.end))
    return None


def _begins_sentence(scene: Scene, option: Opening, start: int) -> bool:
    before = scene.text[option.span.start : start].rstrip()
    return start <= option.span.start or before.endswith((".", "!", "?", "…", "。", "！", "？"))
