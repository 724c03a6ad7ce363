"""Attributions that no mark parts from the speech: dashes, and commas within guillemets."""

from __future__ import annotations

import pytest

from digest.summary import quotes
from tests.summary.articles import article, spoken, words

# Language, text, quotations (pieces parted by a bar), speaker of all.
CASES = [
    ("dash", "es", "—Volveremos mañana con toda la gente —dijo Elena Robles.",
     ["Volveremos mañana con toda la gente"], "Elena Robles"),
    ("dash-comma", "es", "—Volveremos mañana —dijo Elena Robles—, aunque llueva todo el día.",
     ["Volveremos mañana | aunque llueva todo el día."], "Elena Robles"),
    ("dash-stop", "es", "—Volveremos mañana —dijo Elena Robles—. Aunque llueva todo el día.",
     ["Volveremos mañana", "Aunque llueva todo el día."], "Elena Robles"),
    ("dash-of-the-speech", "es", "—Volveremos mañana —o pasado— con todos —dijo Elena Robles.",
     ["Volveremos mañana —o pasado— con todos"], "Elena Robles"),
    ("dash-russian", "ru", "— Мы вернёмся завтра, — сказала Анна Лебедева. — Даже если дождь.",
     ["Мы вернёмся завтра", "Даже если дождь."], "Анна Лебедева"),
    ("dash-within", "ru", "«Мы вернёмся завтра, — сказала Анна Лебедева, — даже если дождь».",
     ["Мы вернёмся завтра | даже если дождь"], "Анна Лебедева"),
    ("dash-french", "fr", "— Nous reviendrons demain avec tout le monde, dit Claire Morel.",
     ["Nous reviendrons demain avec tout le monde"], "Claire Morel"),
    ("comma-within", "fr", "« Nous reviendrons demain, affirme Claire Morel. Même s'il pleut. »",
     ["Nous reviendrons demain", "Même s'il pleut."], "Claire Morel"),
    ("comma-goes-on", "fr", "« Nous reviendrons, a dit Claire Morel, même s'il pleut demain. »",
     ["Nous reviendrons | même s'il pleut demain."], "Claire Morel"),
    ("comma-and-role", "fr",
     "« Nous reviendrons, dit Claire Morel, directrice du port. Même s'il pleut. »",
     ["Nous reviendrons", "Même s'il pleut."], "Claire Morel"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected", "speaker"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_speech_and_attribution_take_turns(
    language: str, text: str, expected: list[str], speaker: str
) -> None:
    made = article(text, language=language)
    found = quotes(made)
    assert [spoken(made, quote) for quote in found] == expected
    assert {words(made, quote.speaker) for quote in found} == {speaker}


WHOLE = [
    ("verb-without-a-name", "Il passe, dit bonjour à tout le monde, et s'en va sans payer."),
    ("name-without-a-verb", "Nous attendons Paul, Claire et Marie, et nous partons demain."),
    ("said-of-oneself", "Je vous le redis, nous partons demain avec Paul et avec Marie."),
]


@pytest.mark.parametrize("said", [c[1] for c in WHOLE], ids=[c[0] for c in WHOLE])
def test_commas_of_the_speech_itself_part_nothing(said: str) -> None:
    made = article(f"« {said} »", language="fr")
    (quote,) = quotes(made)
    assert spoken(made, quote) == said


def test_a_paragraph_that_opens_with_a_dash_and_names_nobody_is_no_speech() -> None:
    made = article("— Horarios de los barcos y precios de los billetes", language="es")
    assert quotes(made) == ()
