"""Language -> the patterns that find its speakers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from digest.summary.marks import Run
from digest.summary.scene import Scene
from digest.summary.uncased.found import Found, clause_before, clause_behind


class _Patterns(NamedTuple):
    speaker: Callable[[Scene, Run], Found | None]
    is_said: Callable[[Scene, Run], bool]
    goes_on: Callable[[Scene, Run], bool]


@cache
def _patterns(language: str) -> _Patterns:
    """Imported and compiled at the first use: most runs meet none of these languages."""
    if language == "ja":
        from digest.summary.uncased import japanese

        return _Patterns(japanese.speaker, japanese.is_said, japanese.goes_on)
    if language == "zh":
        from digest.summary.uncased import chinese

        return _Patterns(chinese.speaker, chinese.is_said, chinese.goes_on)
    from digest.summary.uncased import semitic

    return _Patterns(semitic.speaker, semitic.is_said, semitic.goes_on)


def speaker(scene: Scene, run: Run) -> Found | None:
    """Who speaks a run, by the words around it; None if no pattern says."""
    return _patterns(scene.lexicon.language).speaker(scene, run)


def is_said(scene: Scene, run: Run) -> bool:
    """Whether the words around a run make it speech, however short it is."""
    return _patterns(scene.lexicon.language).is_said(scene, run)


def is_alone(scene: Scene, run: Run) -> bool:
    """Whether nothing else stands in a run's sentence."""
    stretches = (clause_before(scene, run), clause_behind(scene, run))
    return not any(scene.text[start:end].strip(" .,،。") for start, end in stretches)


def goes_on(scene: Scene, run: Run) -> bool:
    """Whether the words around a run say that whoever spoke last speaks on."""
    return _patterns(scene.lexicon.language).goes_on(scene, run)
