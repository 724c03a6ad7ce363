"""Weights of the readable features by which speakers are told.

Each fitted table is a softmax over the phrases in question. The features speak of grammar and
place and hardly of words, so what English taught serves the other languages too.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

#: Made by ``python -m tests.bench.fit_speakers``; change the features, never the numbers.
FILE = Path(__file__).with_name("weights.toml")

Table = dict[str, float]


class Weights(NamedTuple):
    """Feature -> weight."""

    #: A phrase as the speaker of a quote, see `links`.
    speakers: Table
    #: A name as what he or she stands for, see `pronouns`.
    namesakes: Table


#: Set by hand, for what English hardly knows: the speaker behind the verb and before the quote.
BY_HAND: Table = {
    "verb first 0": 2.6,
    "verb first 1": 2.0,
    "verb first 2": 1.2,
    "verb first beyond": -0.5,
    "verb first name": 1.0,
    "verb first role": 1.2,
    "signed after 0": 5.0,
    # Behind a quote, English alone says "Holt said" and hardly ever "said she".
    "inverted at home 0": 1.5,
    "inverted at home 1": 0.8,
    "inverted at home pronoun": 0.8,
    "nobody, not English": -1.0,
    "enclitic": 3.0,
    "colon clause": 2.5,
    "writing between": -5.0,
    "led over a name": -2.5,
    "around before 0": 1.0,
    "around name": 1.0,
    "by": 1.0,
    "oblique": -4.0,
    "within a phrase": -1.5,
    # German reported speech, and nouns that have a capital for all that they are no names.
    "reported subject": -3.0,
    "reported pronoun": -1.0,
    "as clause": 3.0,
    "document": 6.0,
    "passed on": -4.0,
    "untied noun": -1.5,
    "doubtful, verb first": -2.0,
    # Elsewhere a quote without attribution continues less often than in English.
    "last, not English": -1.5,
}


@cache
def weights() -> Weights:
    """The fitted tables, the first with what was set by hand; read once."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Weights({**tables["speakers"], **BY_HAND}, tables["namesakes"])
