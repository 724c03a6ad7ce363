"""Attributions that no mark parts from the speech.

In a paragraph that opens with a dash (Spanish, French, Russian ...), and within guillemets, speech
and attribution take turns between dashes: "—Mañana —dijo Ana—. Espera." A dash belongs to the
attribution only if a verb of saying stands behind it; any other is one of the speech. French
guillemets hold attributions between commas too: « Demain, dit Ana. Attendez. »
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.model import Span
from digest.summary.lexicon import Lexicon
from digest.summary.marks import Run

_OPENING = re.compile(r"[—–―]\s?(?=\S)|-\s(?=\S)")
# Within a paragraph, behind the sentence that leads to it.
_OPENING_WITHIN = re.compile(r"(?<=[.!?…:])\s[—–-]\s(?=[^\W\d_])")
_DASH = re.compile(r"\s[—–―-]\s|\s[—–―](?=\w)|(?<=[\w.,!?…])[—–―](?=[\s.,;])")
_WORDS = re.compile(r"\w+")
# ", dit Ana." without a dash, at the paragraph's end.
_TAIL = re.compile(r",\s(?=[^\W\d_]+[ -][^,.!?—–]{2,60}\.?$)")
# ", dit Ana," and ", dit-elle." within guillemets.
_ASIDE = re.compile(r",\s(\w+(?:-\w+){1,2}|\w+\s[^,.!?;:—–]{2,70})[,.]")
_ROLE = re.compile(r"\s([^,.!?;:—–]{3,80})[,.]")
#: Characters of a paragraph's end in which such a tail stands.
_TAIL_REACH = 80
#: Characters before a piece of speech in which its attribution's full stop stands.
_GAP = 5
#: Words of an attribution among which its verb stands.
_VERB_WITHIN = 5


def dialogue(text: str, paragraph: Span, number: int, lexicon: Lexicon) -> Iterator[Run]:
    """The runs of speech of a paragraph that opens with a dash and names who speaks."""
    opening = _opening(text, paragraph, lexicon)
    if opening is None:
        return
    parts = _parts(text, opening.end(), paragraph.end)
    attributed = {index for index, part in enumerate(parts) if index and _says(text, part, lexicon)}
    if opening.start() > paragraph.start and 1 not in attributed:
        if not attributed and text[opening.start() - 1] == ":":
            inner = _bare(text, opening.end(), paragraph.end)
            yield Run(inner, Span(opening.start(), paragraph.end), number, "—")
        return
    if not attributed:
        parts = _without_tail(text, opening.end(), paragraph.end)
        attributed = {1} if len(parts) > 1 and _says(text, parts[1], lexicon, within=1) else set()
    if not attributed:
        return
    numbers = {part.start: index for index, part in enumerate(parts)}
    for start, end in _speech(parts, attributed):
        inner = _bare(text, start, end)
        if inner.end > inner.start:
            first = start == parts[0].start
            outer = Span(opening.start() if first else inner.start, end)
            goes_on = not first and not _begins_other(text, parts, attributed, numbers[start])
            yield Run(inner, outer, number, "—", goes_on=goes_on)


def _opening(text: str, paragraph: Span, lexicon: Lexicon) -> re.Match[str] | None:
    """The dash that opens a dialogue."""
    if not lexicon.dialogue:
        return None
    opening = _OPENING.match(text, *paragraph)
    if opening is None and lexicon.dialogue_within:
        opening = _OPENING_WITHIN.search(text, *paragraph)
    return opening


def _begins_other(text: str, parts: list[Span], attributed: set[int], number: int) -> bool:
    """Whether speech may be another's: a full stop before it, an attribution of its own behind."""
    before = text[parts[number - 1].start : parts[number - 1].end].rstrip()
    return number + 1 in attributed and before.endswith((".", "!", "?"))


def unbroken(text: str, run: Run, lexicon: Lexicon) -> Iterator[Run]:
    """The pieces of a run whose attribution stands inside the marks: «Ya —dijo Ana— es tarde»."""
    parts = _parts(text, *run.inner) if _DASH.search(text, *run.inner) else []
    attributed = {index for index, part in enumerate(parts) if index and _says(text, part, lexicon)}
    if not attributed and lexicon.enclitics:
        parts, attributed = _asides(text, run.inner, lexicon)
    if not attributed:
        yield run
        return
    for number, (start, end) in enumerate(_speech(parts, attributed)):
        inner = _bare(text, start, end)
        if inner.end > inner.start:
            outer_end = run.outer.end if end == run.inner.end else end
            outer = Span(inner.start if number else run.outer.start, outer_end)
            resumes = not _begins_anew(text, inner.start) if number else run.resumes
            yield run._replace(inner=inner, outer=outer, resumes=resumes, goes_on=number > 0)


def _begins_anew(text: str, start: int) -> bool:
    """Whether a full stop ends the attribution: what follows is a sentence of its own."""
    gap = text[max(0, start - _GAP) : start]
    return text[start].isupper() and "." in gap and "," not in gap


def _asides(text: str, inner: Span, lexicon: Lexicon) -> tuple[list[Span], set[int]]:
    """The parts of a run between commas that say who speaks, and the speech around them."""
    parts: list[Span] = []
    start = inner.start
    for aside in _ASIDE.finditer(text, *inner):
        words = Span(*aside.span(1))
        if _says(text, words, lexicon, within=2) and _has_speaker(aside[1]):
            end = _behind_role(text, Span(aside.end(), inner.end), lexicon)
            parts += [Span(start, aside.start()), Span(words.start, end - 1)]
            start = end
    parts.append(Span(start, inner.end))
    return parts, set(range(1, len(parts), 2))


def _behind_role(text: str, rest: Span, lexicon: Lexicon) -> int:
    """Where the speaker's role ends that a comma parts from the name; else where it would start."""
    role = _ROLE.match(text, *rest) if text[rest.start - 1] == "," else None
    if role is None:
        return rest.start
    first = _WORDS.findall(role[1].lower())[:2]
    return role.end() if any(lexicon.kinds.get(word) == "R" for word in first) else rest.start


def _has_speaker(aside: str) -> bool:
    """Whether a name or a pronoun behind a hyphen follows the verb."""
    return "-" in aside.partition(" ")[0] or any(map(str.isupper, aside))


def _parts(text: str, start: int, end: int) -> list[Span]:
    parts = []
    for dash in _DASH.finditer(text, start, end):
        parts.append(Span(start, dash.start()))
        start = dash.end()
    return [*parts, Span(start, end)]


def _without_tail(text: str, start: int, end: int) -> list[Span]:
    """The speech, and the attribution that only a comma parts from it."""
    tail = _TAIL.search(text, max(start, end - _TAIL_REACH), end)
    return [Span(start, tail.start()), Span(tail.end(), end)] if tail else []


def _says(text: str, part: Span, lexicon: Lexicon, within: int = _VERB_WITHIN) -> bool:
    """Whether a verb of saying is among the first words of a part."""
    first = _WORDS.findall(text[part.start : min(part.end, part.start + 80)].lower())
    kinds = [lexicon.kinds.get(word, "") for word in first]
    auxiliaries = next((place for place, kind in enumerate(kinds) if kind != "X"), 0)
    return not {"V", "v"}.isdisjoint(kinds[: auxiliaries + within])


def _speech(parts: list[Span], attributed: set[int]) -> Iterator[tuple[int, int]]:
    """The stretches between attributions; the part behind an attribution is speech again."""
    start: int | None = parts[0].start
    for index, part in enumerate(parts):
        if index in attributed and start is not None:
            yield start, parts[index - 1].end
            start = None
        elif start is None:
            start = part.start
    if start is not None:
        yield start, parts[-1].end


def _bare(text: str, start: int, end: int) -> Span:
    while start < end and not text[start].isalnum() and text[start] not in "¿¡":
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return Span(start, end)
