"""Quoted runs -> utterances: broken quotations joined, titles of works and scare quotes left "
"out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.model import Span
from digest.summary import uncased
from digest.summary.marks import Run
from digest.summary.scene import Scene
from digest.text import words as text_words

#: The runs of one quotation: several where the attribution or a paragraph's end parts them.
Utterance = tuple[Run, ...]

#: Ends a sentence.
ENDS = ".!?…。！？؟"
_WORDS = re.compile(r"\w+(?:['’]\w+)?")
_HYPHENED = re.compile(r"\w[\w-]*")
_STOP, _STOP_OR_MARK = re.compile(r"[.!?]\s"), re.compile(r"[.!?]\s|[“„\"«]")
# «...», — сказал
_DASHED = re.compile(r",?\s?[—–-]\s(\w+)")
_LAST_WORD = re.compile(r"([\w'’]+)\s*$")
# The attribution that breaks a quotation: no full stop in it, a comma at its end.
_BREAKS = re.compile(r"[^.!?:;“”\"]{2,140}[,—–]\s*")
#: Characters around a short run in which a verb of saying makes it speech.
_BEFORE, _BEHIND = 70, 40
#: Runs with fewer words are speech only if somebody is said to say them.
_SHORT, _SHORT_CAPITAL = 4, 7
#: Words (characters, where no blanks part them) that make a run speech without capitals' help.
_LONG_UNCASED = 8
#: Longest title of a work in words.
_TITLE = 12


def utterances(scene: Scene) -> Iterator[Utterance]:
    """All quotations of an article, in text order."""
    return (group for group in _groups(scene) if is_speech(scene, group[0]))


def _groups(scene: Scene) -> Iterator[Utterance]:
    """The runs, those of one quotation together."""
    group: list[Run] = []
    for run in scene.runs:
        if group and not (run.resumes or _continues(scene, group[-1], run)):
            yield tuple(group)
            group = []
        group.append(run)
    if group:
        yield tuple(group)


def _continues(scene: Scene, previous: Run, run: Run) -> bool:
    """Whether only the words of attribution part two runs: "Yes," she said, "it is."."""
    if previous.paragraph != run.paragraph:
        return False
    between = scene.text[previous.outer.end : run.outer.start]
    if len(between) > _BEFORE * 2 or scene.text[previous.inner.end - 1] == ".":
        return False
    return _BREAKS.fullmatch(between) is not None and says(scene, between)


def says(scene: Scene, words: str) -> bool:
    """Whether a verb of saying, or "according to", is among the words."""
    found = _HYPHENED.findall(words.lower())
    if scene.lexicon.enclitics:
        found = [word.partition("-")[0] for word in found]
    if not scene.lexicon.saying.isdisjoint(found):
        return True
    phrases = scene.lexicon.phrases
    return phrases is not None and phrases.search(words) is not None


def is_speech(scene: Scene, run: Run) -> bool:
    """Whether a run is what somebody said and not a title, a nickname or a word held off."""
    text, inner = scene.text, run.inner
    words = _WORDS.findall(text[inner.start : inner.end][:400])
    if not words:
        return False
    if scene.lexicon.uncased:
        size = len(text_words(text[inner.start : inner.end][:400]))
        alone = size >= _SHORT and uncased.is_alone(scene, run)
        return size >= _LONG_UNCASED or alone or uncased.is_said(scene, run)
    if run.mark == "—" or run.resumes:
        return True
    if _stopped(scene, run):
        return not _is_stopped_title(scene, run, words)
    if len(words) <= _TITLE and not words[0][0].islower() and _names_a_work(scene, run):
        return False
    capital = scene.lexicon.nouns_capital
    if _is_title(words):
        return _is_led_in(scene, run) or (capital and _has_predicate(scene, words))
    long = len(words) >= (_SHORT_CAPITAL if capital else _SHORT)
    return long or _has_predicate(scene, words) or _is_said(scene, run)


def _has_predicate(scene: Scene, words: list[str]) -> bool:
    """Whether a short run begins within a sentence, or I, we or an auxiliary makes it one."""
    if len(words) < _SHORT:
        return False
    return words[0][0].islower() or any(
        scene.lexicon.kinds.get(word.lower()) in ("X", "i") for word in words
    )


def _stopped(scene: Scene, run: Run) -> bool:
    """Whether a stop stands inside the marks, as at the end of a sentence that was said."""
    text, inner = scene.text, run.inner
    return text[inner.end - 1] in ENDS or text[inner.end : inner.end + 1] in ",،"


def _is_stopped_title(scene: Scene, run: Run, words: list[str]) -> bool:
    """Whether a comma or full stop is the sentence's and not the title's ("The Old Pier,")."""
    capital = scene.lexicon.nouns_capital
    return not capital and _is_title(words) and len(words) > 2 and not _is_said(scene, run)


def _is_title(words: list[str]) -> bool:
    if not 1 < len(words) <= _TITLE or not words[0][0].isupper():
        return False
    long = [word for word in words if len(word) > 3]
    return bool(long) and not any(word[0].islower() for word in long)


def _is_led_in(scene: Scene, run: Run) -> bool:
    """Whether a verb and a comma or colon tie the run to its sentence: a title is no title then."""
    behind = _DASHED.match(scene.text, run.outer.end)
    if behind and behind[1].lower() in scene.lexicon.saying:
        return True
    before = scene.text[max(0, run.outer.start - 3) : run.outer.start].rstrip()
    return before.endswith((",", ":", "：")) and _is_said(scene, run)


def _names_a_work(scene: Scene, run: Run) -> bool:
    """Whether the word before the marks says that a title follows (the film "...")."""
    before = _LAST_WORD.search(scene.text[max(0, run.outer.start - 24) : run.outer.start])
    return before is not None and before[1].lower() in scene.lexicon.work_nouns


def _is_said(scene: Scene, run: Run) -> bool:
    text, paragraph = scene.text, scene.paragraphs[run.paragraph]
    before = text[max(paragraph.start, run.outer.start - _BEFORE) : run.outer.start]
    before = _STOP.split(before)[-1]
    if before.rstrip().endswith((":", "：")) or says(scene, before):
        return True
    behind = text[run.outer.end : min(paragraph.end, run.outer.end + _BEHIND)]
    return says(scene, _STOP_OR_MARK.split(behind, maxsplit=1)[0])


def spans(utterance: Utterance) -> tuple[Span, ...]:
    """The words of an utterance."""
    return tuple(run.inner for run in utterance)
