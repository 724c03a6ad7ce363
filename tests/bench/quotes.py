"""Quotes with their speakers, for a scorer and for the printing bar.

A scorer that calls ``function(text) -> iterable of (start, end, speaker)`` is given
``tests.bench.quotes:english`` or ``tests.bench.quotes:german``, from the project's root::

    python score_quotes.py GOLD.jsonl.gz tests.bench.quotes:english

``python -m tests.bench.quotes GOLD.jsonl.gz [LANGUAGE]`` prints how often a name is right among
those that are at least so sure, and for how many of the quotes there is one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from digest import summary
from digest.model import Article
from digest.summary.attribution import Attribution, Kind
from digest.summary.keyquote import MARGIN
from digest.summary.scene import Scene
from digest.summary.speech import utterances
from tests.bench.fit_speakers import FEW, Row, gold_of, rows, same

#: As they open a sentence.
PRONOUNS = frozenset(("er", "sie", "he", "she", "they"))
BARS = (0.6, 0.7, 0.8, MARGIN, 0.9, 0.95)


class Printed(NamedTuple):
    """A name, how sure it is, and whether the gold agrees."""

    confidence: float
    right: bool


def english(text: str) -> Iterator[tuple[int, int, str | None]]:
    return _quotes(text, "en")


def german(text: str) -> Iterator[tuple[int, int, str | None]]:
    return _quotes(text, "de")


def _quotes(text: str, language: str) -> Iterator[tuple[int, int, str | None]]:
    article = Article(id="gold", title="", text=text, language=language)
    for quote in summary.quotes(article):
        speaker = article[quote.speaker] if quote.speaker else None
        for piece in quote.words:
            yield piece.start, piece.end, speaker


def printed(row: Row, language: str) -> Iterator[Printed | None]:
    """A name for each annotated quote; None where there is none that can be judged."""
    article = Article(id="gold", title="", text=row["text"], language=language)
    scene = Scene(article)
    attribution = Attribution(scene)
    for utterance in utterances(scene):
        gold = gold_of(row, utterance[0])
        if gold is None or not gold["speakers"] or _is_short(row, gold):
            continue
        heard = attribution.heard(utterance)
        if heard.kind is not Kind.NAME or heard.quote.speaker is None or _is_open(gold):
            yield None
        else:
            right = same(article[heard.quote.speaker], "name", gold)
            yield Printed(heard.quote.confidence, right)


def _is_short(row: Row, gold: Row) -> bool:
    return len(row["text"][gold["start"] : gold["end"]].split()) < FEW


def _is_open(gold: Row) -> bool:
    """Whether the gold has but a pronoun that nobody resolved."""
    speakers = {text.lower() for text in gold["speakers"]}
    return not gold["aliases"] and (
        speakers <= PRONOUNS or all(text.islower() for text in gold["speakers"])
    )


def report(found: Sequence[Printed | None]) -> None:
    for bar in BARS:
        sure = [one for one in found if one is not None and one.confidence >= bar]
        right = sum(one.right for one in sure) / max(1, len(sure))
        mark = " (the printing bar)" if bar == MARGIN else ""
        print(f"{bar:.2f}: {right:.3f} right, for {len(sure) / len(found):.3f} of all{mark}")


def main() -> None:
    language = sys.argv[2] if len(sys.argv) > 2 else "en"
    report([one for row in rows(Path(sys.argv[1])) for one in printed(row, language)])


if __name__ == "__main__":
    main()
