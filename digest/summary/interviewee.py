"""Who answers in an interview: the label's name, else the person whom the introduction names."""

from __future__ import annotations

from digest.model import Span
from digest.summary.interview import Turn, answers
from digest.summary.names import around, full_form
from digest.summary.scene import Scene

#: Paragraphs of the introduction, and letters of a label that is no name (Q, A).
_INTRODUCTION, _SHORT = 3, 2
_BY_LABEL, _BY_INTRODUCTION = 0.95, 0.8
_ANSWER = "antwort answer réponse respuesta risposta resposta antwoord ответ"
_NO_NAMES = frozenset(_ANSWER.split())


def interviewee(scene: Scene, turns: list[Turn]) -> tuple[Span | None, float]:
    """The name of who answers, and how sure it is."""
    label = next((turn.label for turn in answers(scene, turns)), None)
    if label is not None and _is_name(scene, label):
        return _full_name(scene, label), _BY_LABEL
    person = _introduced(scene, turns)
    return (person, _BY_INTRODUCTION) if person else (None, 0.0)


def _full_name(scene: Scene, label: Span) -> Span:
    """The name as the text has it in full, for a label in capitals too ("HOLT")."""
    words = scene.text[label.start : label.end]
    near = around(scene.text, label.start)
    found = full_form(scene.text, words.title(), scene.lexicon, near) if words.isupper() else None
    return found or scene.fullest(label)


def _is_name(scene: Scene, label: Span) -> bool:
    words = scene.text[label.start : label.end]
    return len(words) > _SHORT and words.casefold() not in _NO_NAMES


def _introduced(scene: Scene, spoken: list[Turn]) -> Span | None:
    """The only person whom the introduction gives a full name, or the one named most."""
    first = spoken[0].paragraph if spoken else 0
    people: dict[str, Span] = {}
    for number in range(min(first, _INTRODUCTION)):
        frame, found = scene.frame(number)
        for phrase in found:
            if phrase.kind == "name" and phrase.tail - phrase.head > 1 and not phrase.article:
                span = frame.span(phrase.head, phrase.tail)
                people.setdefault(scene.text[span.start : span.end].split()[-1], span)
    if not people:
        return None
    return people[max(people, key=scene.often)]
