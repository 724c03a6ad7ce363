"""Names: the fullest form, what they are names of, and whom he and she mean."""

from __future__ import annotations

import pytest

from digest.summary import quotes
from digest.summary.lexicon import lexicon
from digest.summary.names import around, full_form, gender, nature, nominative
from tests.summary.articles import article, words

Q = "We will open the old bridge again in spring"

FORMS = [
    ("surname", "Mara Holt came. Holt spoke.", "Holt", "Mara Holt"),
    ("initials", "J. P. Holt came. Holt spoke.", "Holt", "J. P. Holt"),
    ("particle", "Ana de la Vega came. Vega spoke.", "Vega", "Ana de la Vega"),
    ("title-is-no-forename", "Mayor Holt came. Holt spoke.", "Holt", None),
    ("two-people", "Mara Holt met Ola Holt.", "Holt", None),
    ("forename", "Mara Holt came. Mara spoke.", "Mara", "Mara Holt"),
]


@pytest.mark.parametrize(
    ("text", "word", "full"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS]
)
def test_full_form(text: str, word: str, full: str | None) -> None:
    found = full_form(text, word, lexicon("en"), around(text, 0))
    assert (text[found.start : found.end] if found else None) == full


def test_full_form_of_a_german_name_has_no_noun() -> None:
    text = "Das Fazit von Muster las Anna Muster."
    found = full_form(text, "Muster", lexicon("de"), around(text, 0))
    assert found is not None
    assert text[found.start : found.end] == "Anna Muster"


NOMINATIVES = [
    ("man", "Пришёл Олег Марченко.", "Олега Марченко", "Олег Марченко"),
    ("woman", "Пришла Анна Лебедева.", "Анны Лебедевой", "Анна Лебедева"),
    ("polish", "Przyszedł Jan Zaręba.", "Jana Zaręby", "Jan Zaręba"),
    ("another-person", "Přišel Jan Malý.", "Jana Malá", None),
    ("not-in-the-text", "Пришёл Иван Петров.", "Олега Марченко", None),
]


@pytest.mark.parametrize(
    ("text", "name", "plain"),
    [case[1:] for case in NOMINATIVES],
    ids=[case[0] for case in NOMINATIVES],
)
def test_nominative(text: str, name: str, plain: str | None) -> None:
    found = nominative(text, name, around(text, 0))
    assert (text[found.start : found.end] if found else None) == plain


def test_a_name_far_away_is_not_looked_for() -> None:
    text = f"Mara Holt came. {'The port closed in May. ' * 2000}Holt spoke."
    assert full_form(text, "Holt", lexicon("en"), around(text, len(text))) is None
    assert full_form(text, "Holt", lexicon("en"), around(text, 0)) is not None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Maria Holt", "person"),
        ("Norvik Council", "body"),
        ("New Norvik", "body"),
        ("Ministry", "lone body"),
        ("Skarn Holt", "name of two"),
        ("Holt", "name of one"),
    ],
)
def test_nature(name: str, kind: str) -> None:
    assert nature(name.split(), lexicon("en")) == kind


@pytest.mark.parametrize(
    ("language", "name", "sex"),
    [
        ("en", "Mrs. Holt", "f"), ("en", "Peter Holt", "m"), ("en", "Skarn Holt", ""),
        ("de", "Herr Krüger", "m"), ("de", "Anna Krüger", "f"), ("fr", "Claire Morel", "f"),
        ("es", "Elena Robles", "f"), ("it", "Marco Bellini", "m"), ("pt", "Maria Prado", "f"),
    ],
)  # fmt: skip
def test_gender(language: str, name: str, sex: str) -> None:
    assert gender(name, lexicon(language)) == sex


PRONOUNS = [
    ("not-a-place", "en", "Maria Holt left New Norvik on Monday.", f"“{Q},” she said.",
     "Maria Holt"),
    ("who-spoke-last", "en", "“It is cold here today,” said Peter Brandt of the Norvik Council.",
     f"“{Q},” he said.", "Peter Brandt"),
    ("two-of-a-surname", "en", "Maria Holt met her brother, Peter Holt, at the pier.",
     f"“{Q},” she said.", "Maria Holt"),
    ("er", "de", "Jens Lohmann kam am Montag mit Ingrid Dahl in den Hafen.",
     f"„{Q}“, sagte er.", "Jens Lohmann"),
    ("sie", "de", "Ingrid Dahl kam am Montag mit Jens Lohmann in den Hafen.",
     f"„{Q}“, sagte sie.", "Ingrid Dahl"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "before", "text", "name"), [c[1:] for c in PRONOUNS], ids=[c[0] for c in PRONOUNS]
)
def test_whom_a_pronoun_means(language: str, before: str, text: str, name: str) -> None:
    made = article(before, text, language=language)
    assert words(made, quotes(made)[-1].speaker) == name
