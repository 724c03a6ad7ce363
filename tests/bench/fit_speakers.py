"""``python -m tests.bench.fit_speakers GOLD.jsonl[.gz]``: fits the weights of the features.

Writes ``digest/summary/weights.toml``. The gold has one article a line: ``{"text", "quotes":
[{"start", "end", "speakers", "aliases"}]}``, offsets in characters. Each table is a softmax over
the options of one question (who said this quote? whom does this pronoun mean?), fitted by AdaGrad
on the likelihood of all right options together, held back by a Gaussian prior. Plain Python, and
the same table for the same gold.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from digest.model import Article
from digest.summary import speakers
from digest.summary.attribution import Attribution
from digest.summary.marks import Run
from digest.summary.scene import Scene
from digest.summary.weights import BY_HAND, FILE, Table, Weights, weights

Row = dict[str, Any]

#: Passes over the gold, step width, strength of the prior, times a feature must be seen.
PASSES, STEP, PRIOR, SEEN = 25, 0.3, 1.5, 10
#: What a quote of a few words counts for, and how many words are few.
SHORT, FEW = 0.4, 4
#: Weights nearer to nought than this are left out.
LEAST = 0.05
#: Rounds: the speaker of the quote before is the guess of the round before, at first nobody's.
ROUNDS = 3

_HEAD_ENDS = re.compile(
    r"\s*[,;:(—–]\s*|\s+(?:of|from|for|at|in|who|whose|which|that|with|on|to|via|during|after|vom|von)\s+"
)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


class Question(NamedTuple):
    """The features of each option, which options are right, and what the question counts for."""

    options: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    weight: float


def rows(path: Path) -> list[Row]:
    data = path.read_bytes()
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    return [json.loads(line) for line in text.splitlines()]


def scene(row: Row) -> Scene:
    return Scene(Article(id="gold", title="", text=row["text"], language="en"))


def gold_of(row: Row, run: Run) -> Row | None:
    """The annotated quote that shares most of its characters with a run."""
    start, end = run.inner
    for quote in row["quotes"]:
        shared = min(end, quote["end"]) - max(start, quote["start"])
        if shared * 2 > max(end, quote["end"]) - min(start, quote["start"]):
            return quote  # type: ignore[no-any-return]  # a row of JSON
    return None


def _words(text: str) -> list[str]:
    return [re.sub(r"['’]s?$", "", word).lower() for word in _WORD.findall(text)]


def _head(text: str) -> str:
    """The last word of the first part: of "a baker from the north", the baker."""
    parts = [_words(part) for part in _HEAD_ENDS.split(text)]
    return next((part[-1] for part in parts if part), "")


def same(said: str, kind: str, gold: Row) -> bool:
    """Whether the words of a phrase mean the annotated speaker."""
    words = _words(said)
    if kind == "name":
        named = [part for text in gold["speakers"] for part in _HEAD_ENDS.split(text)[:2]]
        named += gold["aliases"]
        return any(_same_name(words, text) for text in named)
    if kind == "pronoun":
        return words in [_words(text) for text in gold["speakers"]]
    head = _head(said)
    return any(head == _head(text) for text in gold["speakers"])


def _same_name(words: list[str], text: str) -> bool:
    """Whether surnames agree, or a single name is somebody's first."""
    if re.search(rf"\b{re.escape(words[-1])}['’]s?\s", text, re.IGNORECASE):
        return False
    other = [word.lower() for word in _WORD.findall(text) if word[0].isupper()]
    if not other:
        return False
    return words[-1] == other[-1] or (1 in (len(words), len(other)) and words[0] == other[0])


def said(here: Scene, option: speakers.Candidate) -> str:
    """The words of an option."""
    frame, _ = here.frame(option.paragraph)
    return here.text[slice(*frame.span(option.phrase.head, option.phrase.tail))]


def speaker_questions(row: Row) -> Iterator[Question]:
    """Who said it, for each annotated quote of an article."""
    here = scene(row)
    attribution = Attribution(here)
    for number, run in enumerate(here.runs):
        gold = gold_of(row, run)
        if gold is None or not gold["speakers"]:
            continue
        last = attribution.before(number)
        found = list(speakers.candidates(here, run, last))
        right = [same(said(here, option), option.phrase.kind, gold) for option in found]
        few = len(row["text"][gold["start"] : gold["end"]].split()) < FEW
        yield Question(
            (speakers.nobody(here, run, last), *(option.features for option in found)),
            (not any(right), *right),
            SHORT if few else 1.0,
        )


def namesake_questions(row: Row) -> Iterator[Question]:
    """Whom he or she means, for each quote that the table gives to a pronoun."""
    here = scene(row)
    attribution = Attribution(here)
    for number, run in enumerate(here.runs):
        gold = gold_of(row, run)
        if gold is None or not gold["aliases"]:
            continue
        found = attribution.mentions(number)
        right = [same(here.text[slice(*option.name)], "name", gold) for option in found]
        if any(right):
            yield Question(tuple(option.features for option in found), tuple(right), 1.0)


def fit(questions: Sequence[Question]) -> Table:
    """The weights under which the right options are likeliest."""
    seen = Counter(f for question in questions for option in question.options for f in option)
    weights = dict.fromkeys((f for f in sorted(seen) if seen[f] >= SEEN), 0.0)
    slopes = dict.fromkeys(weights, 1e-6)
    order, shuffle = list(questions), random.Random(0).shuffle  # noqa: S311  # no secret
    for number in range(PASSES):
        shuffle(order)
        step = STEP / (1 + number / 5)
        for question in order:
            for feature, slope in _gradient(question, weights).items():
                pull = slope + PRIOR * weights[feature] / seen[feature]
                slopes[feature] += pull * pull
                weights[feature] -= step * pull / math.sqrt(slopes[feature])
    return {f: round(w, 2) for f, w in weights.items() if abs(w) >= LEAST}


def _gradient(question: Question, weights: Table) -> Table:
    """By how much each feature's weight lifts the wrong options over the right ones."""
    scores = [sum(weights.get(f, 0.0) for f in option) for option in question.options]
    top = max(scores)
    masses = [math.exp(score - top) for score in scores]
    total = sum(masses)
    rightful = sum(mass for mass, right in zip(masses, question.right, strict=True) if right)
    slopes: Table = {}
    for option, mass, right in zip(question.options, masses, question.right, strict=True):
        slope = question.weight * (mass / total - (mass / rightful if right else 0.0))
        for feature in option:
            if feature in weights:
                slopes[feature] = slopes.get(feature, 0.0) + slope
    return slopes


def fit_all(gold: Iterable[Row], note: Callable[[str], None]) -> Weights:
    """Both tables; each is put to use at once, as the next round builds on it."""
    gold, use = list(gold), weights()
    _replace(use.speakers, BY_HAND)
    _replace(use.namesakes, {})
    for number in range(ROUNDS):
        questions = [question for row in gold for question in speaker_questions(row)]
        speaker = fit(questions)
        _replace(use.speakers, {**speaker, **BY_HAND})
        note(f"speakers, round {number + 1}: {_told(questions, speaker)}")
    questions = [question for row in gold for question in namesake_questions(row)]
    namesake = fit(questions)
    _replace(use.namesakes, namesake)
    note(f"namesakes: {_told(questions, namesake)}")
    return Weights(speaker, namesake)


def _replace(table: Table, fitted: Table) -> None:
    table.clear()
    table.update(fitted)


def _told(questions: list[Question], table: Table) -> str:
    right = _right(questions, table)
    return f"{len(questions)} questions, {len(table)} features, {right:.3f} right"


def _right(questions: list[Question], table: Table) -> float:
    """The share of questions of which the likeliest option is right."""
    return sum(
        question.right[
            max(
                range(len(question.options)),
                key=lambda n: sum(table.get(f, 0.0) for f in question.options[n]),
            )
        ]
        for question in questions
    ) / max(1, len(questions))


def toml(tables: Weights) -> str:
    """The data file's text."""
    lines = ["# Made by `python -m tests.bench.fit_speakers`: feature = weight."]
    for name, table in tables._asdict().items():
        lines += [
            "",
            f"[{name}]",
            *(f'"{feature}" = {table[feature]}' for feature in sorted(table)),
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    FILE.write_text(toml(fit_all(rows(Path(sys.argv[1])), print)), encoding="utf-8")


if __name__ == "__main__":
    main()
