"""Language -> the patterns that find its speakers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from digest.summary.marks import Run
from digest.summary.scene import Scene
from digest.summary.uncased import chinese, japanese, semitic
from digest.summary.uncased.found import Found, clause_before, clause_behind


class _Patterns(NamedTuple):
    speaker: Callable[[Scene, Run], Found | None]
    is_said: Callable[[Scene, Run], bool]
    goes_on: Callable[[Scene, Run], bool]


_SEMITIC = _Patterns(semitic.speaker, semitic.is_said, semitic.goes_on)
_PATTERNS = {
    "ar": _SEMITIC,
    "he": _SEMITIC,
    "ja": _Patterns(japanese.speaker, japanese.is_said, japanese.goes_on),
    "zh": _Patterns(chinese.speaker, chinese.is_said, chinese.goes_on),
}


def speaker(scene: Scene, run: Run) -> Found | None:
    """Who speaks a run, by the words around it; None if no pattern says."""
    return _PATTERNS[scene.lexicon.language].speaker(scene, run)


def is_said(scene: Scene, run: Run) -> bool:
    """Whether the words around a run make it speech, however short it is."""
    return _PATTERNS[scene.lexicon.language].is_said(scene, run)


def is_alone(scene: Scene, run: Run) -> bool:
    """Whether nothing else stands in a run's sentence."""
    stretches = (clause_before(scene, run), clause_behind(scene, run))
    return not any(scene.text[start:end].strip(" .,،。") for start, end in stretches)


def goes_on(scene: Scene, run: Run) -> bool:
    """Whether the words around a run say that whoever spoke last speaks on."""
    return _PATTERNS[scene.lexicon.language].goes_on(scene, run)
