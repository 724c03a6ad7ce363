"""An utterance -> a quote: its speaker by full name, role, how found, how sure."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from digest.model import Quote, Span
from digest.summary import uncased
from digest.summary.frame import WINDOW, Frame
from digest.summary.links import is_bare
from digest.summary.marks import Run
from digest.summary.phrases import Phrase
from digest.summary.pronouns import Mention, Pronouns
from digest.summary.roles import role_beside, role_elsewhere
from digest.summary.scene import Scene
from digest.summary.speakers import Before, Voice, voice
from digest.summary.speech import Utterance, spans

# Behind "the museum's director": ", Jane Roe,".
_NAMED = re.compile(r",?(N(?:p{0,2}N){0,5}+)(?=[,.QVvX])")
#: Runs before the wanted one, and paragraphs up, from which a speaker may be carried over.
_CHAIN, _CHAIN_PARAGRAPHS = 4, 2

#: A name that is as sure as this needs no look at the quotes before.
_CLEAR = 0.9
#: Below, a pronoun is left as it stands.
_SURE_OF_NAME, _UNCLEAR = 0.5, 0.1
#: How sure a speaker is who was taken over from the quote before, where no capitals help; and
#: where the words beside the quote say that one person speaks on.
_CARRIED, _CARRIED_ON = 0.6, 0.9
#: Runs before a pronoun whose speakers it may stand for.
_MEMORY = 12


class Kind(Enum):
    """What the words for a speaker are."""

    NAME = "name"
    #: A nominal without a name: a spokesman, the ministry.
    UNNAMED = "unnamed"
    #: A pronoun that stands for nobody for sure.
    PRONOUN = "pronoun"
    NOBODY = "nobody"


class Heard(NamedTuple):
    """A quote, and the kind of its speaker."""

    quote: Quote
    kind: Kind


class _Person(NamedTuple):
    """A speaker as found."""

    span: Span
    role: Span | None
    confidence: float
    kind: Kind


class Attribution:
    """Finds the speakers of one article's runs; remembers what it found."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._number = {run: number for number, run in enumerate(scene.runs)}
        self._voices: dict[int, Voice | None] = {}
        self._persons: dict[int, _Person] = {}
        self._pronouns = Pronouns(scene)

    def quote(self, utterance: Utterance) -> Quote:
        """The utterance with its speaker."""
        return self.heard(utterance).quote

    def heard(self, utterance: Utterance) -> Heard:
        """The utterance with its speaker, and what kind of speaker it is."""
        if self._scene.lexicon.uncased:
            return self._heard_uncased(utterance)
        number = self._number[self._telling_run(utterance)]
        voice = self._voice(number)
        if voice is None:
            return Heard(Quote(words=spans(utterance)), Kind.NOBODY)
        person = self._known_person(voice, number)
        quote = Quote(
            words=spans(utterance),
            speaker=person.span,
            role=person.role,
            found=voice.found,
            confidence=round(voice.confidence * person.confidence, 3),
        )
        return Heard(quote, person.kind)

    def _heard_uncased(self, utterance: Utterance) -> Heard:
        for run in (utterance[0], utterance[-1]):
            found = uncased.speaker(self._scene, run)
            if found is not None:
                return _heard(utterance, found)
        carried = self._carried_uncased(utterance[0])
        return (
            _heard(utterance, carried)
            if carried
            else Heard(Quote(words=spans(utterance)), Kind.NOBODY)
        )

    def _carried_uncased(self, run: Run) -> uncased.Found | None:
        """Without a speaker of its own, a quote is given to the one shortly before it."""
        runs, number = self._scene.runs, self._number[run]
        going_on = uncased.goes_on(self._scene, run)
        for earlier in reversed(runs[max(0, number - _CHAIN) : number]):
            if earlier.paragraph < run.paragraph - 1:
                return None
            found = uncased.speaker(self._scene, earlier)
            if found is not None:
                if going_on and earlier.paragraph == run.paragraph:
                    sure = min(found.confidence, _CARRIED_ON)
                    return found._replace(found="same-speech", confidence=sure)
                return found._replace(found="last-speaker", confidence=_CARRIED)
            going_on = going_on and uncased.goes_on(self._scene, earlier)
        return None

    def _telling_run(self, utterance: Utterance) -> Run:
        """The run whose surroundings say most: over paragraphs, the last as a rule."""
        first, last = utterance[0], utterance[-1]
        frame, _ = self._scene.frame(last.paragraph)
        return last if last.resumes and not is_bare(frame.kinds[:WINDOW]) else first

    def _voice(self, number: int) -> Voice | None:
        runs = self._scene.runs
        if number not in self._voices and number - 1 not in self._voices:
            alone = voice(self._scene, runs[number])
            if alone is not None and alone.confidence >= _CLEAR and alone.phrase.kind == "name":
                self._voices[number] = alone
        first = number
        while (
            first > 0
            and first not in self._voices
            and number - first < _CHAIN
            and runs[first - 1].paragraph >= runs[number].paragraph - _CHAIN_PARAGRAPHS
        ):
            first -= 1
        for current in range(first, number + 1):
            if current not in self._voices:
                self._voices[current] = self._hear(current)
        return self._voices[number]

    def _hear(self, number: int) -> Voice | None:
        run, last = self._scene.runs[number], self._last(number)
        if run.goes_on and last is not None:
            return last.voice._replace(found="same-speech")
        return voice(self._scene, run, last)

    def _last(self, number: int) -> Before | None:
        last = self._voices.get(number - 1)
        if last is None:
            return None
        runs = self._scene.runs
        return Before(last, runs[number].paragraph - runs[number - 1].paragraph)

    def before(self, number: int) -> Before | None:
        """Who spoke the run before the one of this number, as found."""
        self._voice(number)
        return self._last(number)

    def mentions(self, number: int) -> list[Mention]:
        """The names for which a run's speaker may stand, if that is he or she."""
        voice = self._voice(number)
        if voice is None or not self._personal(voice):
            return []
        return self._pronouns.mentions(voice.paragraph, voice.phrase, self._names_before(number))

    def _personal(self, heard: Voice) -> bool:
        frame, _ = self._scene.frame(heard.paragraph)
        return frame.kinds[heard.phrase.first] in "hs"

    def _known_person(self, heard: Voice, number: int) -> _Person:
        if number not in self._persons:
            self._persons[number] = self._person(heard, number)
        return self._persons[number]

    def _person(self, heard: Voice, number: int) -> _Person:
        scene, phrase = self._scene, heard.phrase
        frame, _ = scene.frame(heard.paragraph)
        if phrase.kind == "name":
            return _named(scene, heard.paragraph, phrase)
        if phrase.kind == "pronoun":
            return self._pronoun(heard, number) or _Person(
                frame.span(phrase.first, phrase.last), None, _UNCLEAR, Kind.PRONOUN
            )
        return _apposed(scene, frame, phrase) or _Person(
            frame.span(phrase.first, phrase.last), None, 1.0, Kind.UNNAMED
        )

    def _pronoun(self, heard: Voice, number: int) -> _Person | None:
        if not self._personal(heard):
            return None
        spoke = self._names_before(number)
        found = self._pronouns.antecedent(heard.paragraph, heard.phrase, spoke)
        if found is None:
            return None
        name, confidence = found
        if confidence < _SURE_OF_NAME:
            return None
        return _Person(name, role_elsewhere(self._scene, name), confidence, Kind.NAME)

    def _names_before(self, number: int) -> list[Span]:
        """The names of those who spoke before, the last one first."""
        earlier = range(number - 1, max(-1, number - 1 - _MEMORY), -1)
        return [name for name in map(self._name_of, earlier) if name is not None]

    def _name_of(self, number: int) -> Span | None:
        """The name of who spoke a run, if that was found already."""
        heard = self._voices.get(number)
        if heard is None or heard.phrase.kind not in ("name", "pronoun"):
            return None
        person = self._known_person(heard, number)
        return person.span if person.kind is Kind.NAME else None


def _heard(utterance: Utterance, found: uncased.Found) -> Heard:
    """An utterance with the speaker that patterns found."""
    quote = Quote(
        words=spans(utterance),
        speaker=found.speaker,
        role=found.role,
        found=found.found,
        confidence=found.confidence,
    )
    return Heard(quote, Kind.NAME if found.named else Kind.UNNAMED)


def _named(scene: Scene, paragraph: int, phrase: Phrase) -> _Person:
    frame, _ = scene.frame(paragraph)
    name = scene.fullest(frame.span(phrase.head, phrase.tail))
    role = role_beside(frame, phrase) or role_elsewhere(scene, name)
    return _Person(name, role, 1.0, Kind.NAME)


def _apposed(scene: Scene, frame: Frame, phrase: Phrase) -> _Person | None:
    """The name that stands behind a role: "the museum's director, Jane Roe"."""
    found = _NAMED.match(frame.kinds, phrase.last)
    if found is None or phrase.kind != "role":
        return None
    first, last = found.span(1)
    name = scene.fullest(frame.span(first, last))
    start = phrase.first + (frame.kinds[phrase.first] == "D")
    role = frame.span(start, phrase.last) if start < phrase.last else None
    return _Person(name, role, 1.0, Kind.NAME)
