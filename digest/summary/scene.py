"""An article prepared for questions about its quotes: paragraphs, runs and frames, made on "
"demand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict

from digest.model import Article, Span
from digest.summary.dialogue import dialogue, unbroken
from digest.summary.frame import Frame, frame
from digest.summary.lexicon import Lexicon, lexicon
from digest.summary.marks import Run, runs
from digest.summary.names import around, behind_forename, full_form, nature, nominative
from digest.summary.neighbours import (
    without_neighbours,
    without_place,
    without_second,
    without_trade,
)
from digest.summary.owners import without_german_owner, without_owner
from digest.summary.phrases import Phrase, phrases, with_genitive
from digest.text import paragraphs

_OPENING = ("", ".", "Q", ":", "-")
#: Mentions in the whole text that make somebody a main figure, by steps.
_OFTEN = (2, 4, 8)
# Here a noun without article is a name: "sagte Muster", "hatte Muster gesagt", "Muster: ...".
_STANDS_ALONE = re.compile("^[VvA]N|^XNX?X?[Vv]|N:$|N:Q")
_CAPITALIZED = re.compile(r"\b[A-ZÄÖÜ]\w+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LABEL = re.compile(r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,2}:\s+(?=\w)")
#: Most letters of an acronym; a longer word in capitals is a name that was shouted.
_ACRONYM = 3
_OPENING_MARKS = ("„", "“", "»", "«", '"', "‚", "‘")
#: Languages in which what belongs to a role stands before the name: "ministre de la Santé N. N.".
PLACED = frozenset(("fr", "es", "it", "pt", "nl"))
#: Mentions of a word that are looked at.
_MENTIONS = 40


class Scene:
    """What is known of one article; frames are computed once and only where asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.text = _encodable(article.text)
        self.lexicon: Lexicon = lexicon(article.language)
        self.paragraphs = paragraphs(self.text)
        self.runs: list[Run] = self._all_runs()
        self._in_paragraph: defaultdict[int, list[Run]] = defaultdict(list)
        for run in self.runs:
            self._in_paragraph[run.paragraph].append(run)
        self._proper: dict[str, bool] = {}
        self._full_forms: dict[str, Span | None] = {}
        self._looked_for: dict[str, Span | None] = {}
        self._standing: dict[str, tuple[str, ...]] = {}
        self._often: dict[str, int] = {}
        self._frames: dict[int, tuple[Frame, list[Phrase]]] = {}
        german = self.lexicon.nouns_capital
        self._words = frozenset(_CAPITALIZED.findall(self.text)) if german else frozenset()

    def _all_runs(self) -> list[Run]:
        """What is in marks, and in paragraphs without marks what dashes set off."""
        marked = [_without_label(self.text, run) for run in runs(self.text, self.paragraphs)]
        if not self.lexicon.dialogue:
            return marked
        marked = [piece for run in marked for piece in unbroken(self.text, run, self.lexicon)]
        within = self.lexicon.dialogue_within
        taken = set() if within else {run.paragraph for run in marked}
        spoken = [
            run
            for number, paragraph in enumerate(self.paragraphs)
            if number not in taken
            for run in dialogue(self.text, paragraph, number, self.lexicon)
        ]
        return sorted(_outside(marked, spoken) + spoken) if spoken else marked

    def runs_in(self, paragraph: int) -> list[Run]:
        return self._in_paragraph.get(paragraph, [])

    def frame(self, paragraph: int) -> tuple[Frame, list[Phrase]]:
        """A paragraph's tokens and the phrases among them."""
        if paragraph not in self._frames:
            span, inside = self.paragraphs[paragraph], self.runs_in(paragraph)
            tokens = frame(self.text, span, inside, self.lexicon, self._words)
            found = phrases(tokens)
            if self.lexicon.nouns_capital:
                found = [
                    without_german_owner(
                        tokens, without_second(tokens, self._unless_noun(tokens, phrase))
                    )
                    for phrase in found
                ]
            if self.lexicon.language in PLACED:
                found = [without_place(tokens, phrase) for phrase in found]
            if self.lexicon.language == "tr":
                found = [without_trade(tokens, phrase) for phrase in found]
            if self.lexicon.inflects:
                found = [
                    without_owner(tokens, without_neighbours(tokens, phrase, self.text))
                    for phrase in found
                ]
            self._frames[paragraph] = tokens, found
        return self._frames[paragraph]

    def fullest(self, name: Span) -> Span:
        """The fullest form of a name; the name's own span if the text has no fuller one."""
        word = self.text[name.start : name.end]
        if " " in word or "\u00a0" in word:
            return self._fuller(word, name) or name
        if word not in self._full_forms:
            written = word.title() if word.isupper() and len(word) > _ACRONYM else word
            near = around(self.text, name.start)
            self._full_forms[word] = full_form(self.text, written, self.lexicon, near)
        return self._full_forms[word] or name

    def _fuller(self, words: str, name: Span) -> Span | None:
        """A bent full name in the nominative; "Van Dijk" with the forename before it."""
        led = words.partition(" ")[0].lower() in self.lexicon.small
        if words not in self._full_forms and (led or self.lexicon.inflects):
            find = behind_forename if led else nominative
            self._full_forms[words] = find(self.text, words, around(self.text, name.start))
        return self._full_forms.get(words)

    def once(self, pattern: str, start: int, end: int) -> Span | None:
        """Where a pattern stands in a stretch of the text, as it was when first asked for."""
        if pattern not in self._looked_for:
            found = re.compile(pattern).search(self.text, start, end)
            self._looked_for[pattern] = Span(*found.span()) if found else None
        return self._looked_for[pattern]

    def surname(self, paragraph: int, phrase: Phrase) -> str:
        """The last word of a name; nothing for other phrases."""
        if phrase.kind != "name":
            return ""
        tokens, _ = self.frame(paragraph)
        return tokens.words[phrase.tail - 1]

    def standing(self, paragraph: int, phrase: Phrase) -> tuple[str, ...]:
        """Whether a name is a person's or a body's, how often it stands, whether it speaks."""
        tokens, _ = self.frame(paragraph)
        span = tokens.span(phrase.head, phrase.tail)
        words = self.text[span.start : span.end]
        if words not in self._standing:
            self._standing[words] = self._standing_of(span)
        return self._standing[words]

    def _standing_of(self, span: Span) -> tuple[str, ...]:
        fullest = self.fullest(span)
        words = self.text[fullest.start : fullest.end].split()
        surname = words[-1]
        often, speaks = self._mentions(surname, around(self.text, span.start))
        return (
            f"a {nature(words, self.lexicon)}",
            f"often {bisect_right(_OFTEN, often)}",
            "speaks" if speaks else "silent",
        )

    def _mentions(self, surname: str, near: Span) -> tuple[int, bool]:
        """How often a name stands here, and whether a verb of saying stands beside it."""
        before, behind = self.lexicon.verbs_before, self.lexicon.verbs_behind
        often, speaks, position = 0, False, self.text.find(surname, *near)
        while position >= 0 and often < _MENTIONS:
            end, often = position + len(surname), often + 1
            speaks = (
                speaks
                or self.text.startswith(behind, end)
                or self.text.endswith(before, 0, position)
            )
            position = self.text.find(surname, end, near.end)
        return often, speaks

    def often(self, word: str) -> int:
        """How often the text's beginning has a word."""
        if word not in self._often:
            self._often[word] = self.text.count(word, *around(self.text, 0))
        return self._often[word]

    def _unless_noun(self, tokens: Frame, phrase: Phrase) -> Phrase:
        """Where every noun has a capital, a single word is a name if a forename stands with it."""
        if phrase.kind != "name" or phrase.tail - phrase.head > 1:
            return phrase
        span = tokens.span(phrase.head, phrase.tail)
        bare = not phrase.article and _STANDS_ALONE.search(
            f"{tokens.kinds[phrase.first - 1 : phrase.first] or '.'}N"
            f"{tokens.kinds[phrase.last : phrase.last + 3]}"
        )
        is_paper = self.text[span.start - 1 : span.start] in _OPENING_MARKS
        if bare or is_paper or self.fullest(span) != span:
            return phrase
        kind = "role" if "R" in tokens.kinds[phrase.first : phrase.head] else "noun"
        return with_genitive(tokens, phrase._replace(kind=kind, head=phrase.first))

    def doubtful(self, paragraph: int, phrase: Phrase) -> bool:
        """Whether a name may be a common word: its only capital is a sentence's first letter."""
        tokens, _ = self.frame(paragraph)
        first = phrase.first
        if (
            tokens.kinds[first : phrase.tail] != "N"
            or tokens.kinds[first - 1 : first] not in _OPENING
        ):
            return False
        span = tokens.span(first, phrase.tail)
        word = self.text[span.start : span.end]
        if word not in self._proper:
            shouted = word.isupper() and self.fullest(span) != span
            self._proper[word] = shouted or _inside_sentence(
                self.text, word, around(self.text, span.start)
            )
        return not self._proper[word]

    def token_of(self, run: Run) -> int:
        """The run's token in its paragraph's frame."""
        tokens, _ = self.frame(run.paragraph)
        return tokens.quotes[bisect_left(self.runs_in(run.paragraph), run)]


def _outside(marked: list[Run], spoken: list[Run]) -> list[Run]:
    """The marked runs that do not stand within speech that dashes set off."""
    starts = [run.outer.start for run in spoken]
    kept = []
    for run in marked:
        place = bisect_right(starts, run.outer.start) - 1
        before = place < 0 or spoken[place].outer.end <= run.outer.start
        behind = place + 1 == len(spoken) or run.outer.end <= spoken[place + 1].outer.start
        if before and behind:
            kept.append(run)
    return kept


def _without_label(text: str, run: Run) -> Run:
    """The run without the name that a transcript has inside the marks: "HOLT: We came."."""
    label = _LABEL.match(text, *run.inner)
    if label is None:
        return run
    start = label.end()
    return run._replace(
        inner=Span(start, run.inner.end), outer=Span(start, run.outer.end), resumes=False
    )


def _encodable(text: str) -> str:
    """The text with each lone surrogate replaced, which the sentence splitter cannot take."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _inside_sentence(text: str, word: str, near: Span) -> bool:
    """Whether ``word`` stands somewhere behind a word or a comma, thus owes nobody its capital."""
    position, left = text.find(word, *near), _MENTIONS
    while position >= 0 and left:
        if text[position - 1 : position] == " " and _is_inside(text, position - 2):
            return True
        position, left = text.find(word, position + len(word), near.end), left - 1
    return False


def _is_inside(text: str, before: int) -> bool:
    return before >= 0 and (text[before].isalnum() or text[before] == ",")
