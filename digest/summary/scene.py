"""An article prepared for questions about its quotes: paragraphs, runs and frames, made on "
"demand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from digest.model import Article, Span
from digest.summary.dialogue import dialogue, unbroken
from digest.summary.frame import Frame, frame
from digest.summary.lexicon import Lexicon, lexicon
from digest.summary.marks import Run, runs
from digest.summary.names import full_form, nature
from digest.summary.owners import without_owner
from digest.summary.phrases import Phrase, phrases
from digest.text import paragraphs

_OPENING = ("", ".", "Q", ":", "-")
#: Mentions in the whole text that make somebody a main figure, by steps.
_OFTEN = (2, 4, 8)
#: Behind these a noun without article is a name.
_SAYING = ("V", "v")
_SURROGATE = re.compile("[\ud800-\udfff]")
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
        self._standing: dict[str, tuple[str, ...]] = {}
        self._often: dict[str, int] = {}
        self._frames: dict[int, tuple[Frame, list[Phrase]]] = {}

    def _all_runs(self) -> list[Run]:
        """What is in marks, and in paragraphs without marks what dashes set off."""
        marked = runs(self.text, self.paragraphs)
        if not self.lexicon.dialogue:
            return marked
        marked = [piece for run in marked for piece in unbroken(self.text, run, self.lexicon)]
        taken = {run.paragraph for run in marked}
        spoken = [
            run
            for number, paragraph in enumerate(self.paragraphs)
            if number not in taken
            for run in dialogue(self.text, paragraph, number, self.lexicon)
        ]
        return sorted(marked + spoken) if spoken else marked

    def runs_in(self, paragraph: int) -> list[Run]:
        return self._in_paragraph.get(paragraph, [])

    def frame(self, paragraph: int) -> tuple[Frame, list[Phrase]]:
        """A paragraph's tokens and the phrases among them."""
        if paragraph not in self._frames:
            span, inside = self.paragraphs[paragraph], self.runs_in(paragraph)
            tokens = frame(self.text, span, inside, self.lexicon)
            found = phrases(tokens)
            if self.lexicon.nouns_capital:
                found = [self._unless_noun(tokens, phrase) for phrase in found]
            if self.lexicon.inflects:
                found = [without_owner(tokens, phrase) for phrase in found]
            self._frames[paragraph] = tokens, found
        return self._frames[paragraph]

    def fullest(self, name: Span) -> Span:
        """The fullest form of a name; the name's own span if the text has no fuller one."""
        word = self.text[name.start : name.end]
        if " " in word or "\u00a0" in word:
            return name
        if word not in self._full_forms:
            self._full_forms[word] = full_form(self.text, word, self.lexicon)
        return self._full_forms[word] or name

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
        often = sum(self.text.count(surname) >= times for times in _OFTEN)
        speaks = any(
            f"{surname} {verb}" in self.text or f"{verb} {surname}" in self.text
            for verb in self.lexicon.common_verbs
        )
        return (
            f"a {nature(words, self.lexicon)}",
            f"often {often}",
            "speaks" if speaks else "silent",
        )

    def often(self, word: str) -> int:
        """How often the text has a word."""
        if word not in self._often:
            self._often[word] = self.text.count(word)
        return self._often[word]

    def _unless_noun(self, tokens: Frame, phrase: Phrase) -> Phrase:
        """Where every noun has a capital, a single word is a name if a forename stands with it."""
        if phrase.kind != "name" or phrase.tail - phrase.head > 1:
            return phrase
        span = tokens.span(phrase.head, phrase.tail)
        if self.fullest(span) != span or (
            tokens.kinds[phrase.first - 1 : phrase.first] in _SAYING and not phrase.article
        ):
            return phrase
        kind = "role" if "R" in tokens.kinds[phrase.first : phrase.head] else "noun"
        return phrase._replace(kind=kind, head=phrase.first)

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
            self._proper[word] = _inside_sentence(self.text, word)
        return not self._proper[word]

    def token_of(self, run: Run) -> int:
        """The run's token in its paragraph's frame."""
        tokens, _ = self.frame(run.paragraph)
        return tokens.quotes[bisect_left(self.runs_in(run.paragraph), run)]


def _encodable(text: str) -> str:
    """The text with each lone surrogate replaced, which the sentence splitter cannot take."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _inside_sentence(text: str, word: str) -> bool:
    """Whether ``word`` stands somewhere behind a word or a comma, thus owes nobody its capital."""
    position, left = text.find(word), _MENTIONS
    while position >= 0 and left:
        if text[position - 1 : position] == " " and _is_inside(text, position - 2):
            return True
        position, left = text.find(word, position + len(word)), left - 1
    return False


def _is_inside(text: str, before: int) -> bool:
    return before >= 0 and (text[before].isalnum() or text[before] == ",")
