"""Words and dates of a language, and lines of text."""

from __future__ import annotations

import string
import tomllib
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from digest.render.words import day, held, locale, marks, words
from digest.render.wrap import WIDTH, columns, wrap

TABLE = tomllib.loads(files("digest.render").joinpath("words.toml").read_text("utf-8"))
LANGUAGES = ["ar", "cs", "de", "en", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "ru", "tr"]
LANGUAGES += ["uk", "zh"]


def test_the_table_has_every_language() -> None:
    assert sorted(TABLE["words"]) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_its_form(language: str) -> None:
    forms = words(language).held
    for count in (1, 2, 3, 5, 11, 21, 100, 1_000_000):
        sentence = held(count, language)
        assert str(count) in sentence
        assert "{" not in sentence
    needed = {locale(language).plural_form(n) for n in range(200)}
    # Hebrew keeps its dual for days and the like; where "many" is not listed it is as "other".
    assert needed - {"zero", "many"} <= set(forms) | ({"two"} if language == "he" else set())
    assert "{title}" in words(language).why


FORMS = {
    "none": (0, "en", ""),
    "one": (1, "en", "And 1 more story in the next issue."),
    "few in polish": (3, "pl", "I jeszcze 3 artykuły w następnym numerze."),
    "many in polish": (5, "pl", "I jeszcze 5 artykułów w następnym numerze."),
    "twenty-one in russian": (21, "ru", "И ещё 21 статья в следующем выпуске."),
    "eleven in arabic": (11, "ar", "و11 خبرًا آخر في العدد القادم."),
    "region": (2, "de-AT", "Und 2 weitere Beiträge in der nächsten Ausgabe."),
    "unknown language": (1, "fi", "And 1 more story in the next issue."),
}


@pytest.mark.parametrize(("count", "language", "expected"), FORMS.values(), ids=FORMS.keys())
def test_held(count: int, language: str, expected: str) -> None:
    assert held(count, language) == expected


MARKS = {
    "en": "“”", "de": "„“", "de-CH": "«»", "fr": "«\u00a0\u00a0»", "ru": "«»", "ja": "「」",
    "zh-hant": "「」", "zh": "“”", "pl": "„”", "ar": "«»", "sv": "””", "xx": "“”", "und": "“”",
}  # fmt: skip


@pytest.mark.parametrize(("language", "expected"), MARKS.items(), ids=MARKS.keys())
def test_marks(language: str, expected: str) -> None:
    style = marks(language)
    assert style.open + style.close == expected


DAYS = {
    "english": (date(2022, 10, 27), "en", "UTC", "October 27, 2022"),
    "british": (date(2022, 10, 27), "en-GB", "UTC", "27 October 2022"),
    "german": (date(2022, 10, 27), "de", "UTC", "27. Oktober 2022"),
    "japanese": (date(2022, 10, 27), "ja", "UTC", "2022年10月27日"),
    "unknown": (date(2022, 10, 27), "qqq", "UTC", "October 27, 2022"),
    "east": (datetime(2022, 10, 27, 20, tzinfo=UTC), "en", "Asia/Tokyo", "October 28, 2022"),
    "west": (datetime(2022, 10, 27, 3, tzinfo=UTC), "en", "America/Lima", "October 26, 2022"),
    "without zone": (datetime(2022, 10, 27, 23), "en", "Asia/Tokyo", "October 27, 2022"),  # noqa: DTZ001  the case
}


@pytest.mark.parametrize(("moment", "language", "zone", "expected"), DAYS.values(), ids=DAYS.keys())
def test_day(moment: date, language: str, zone: str, expected: str) -> None:
    assert day(moment, language=language, zone=zone) == expected


TEXTS = {
    "english": "The council of Port Ansel voted eleven to four to pay for the night ferry. " * 5,
    "japanese": "潮見町の小さな駅に木曜日の夜、六十年ぶりに夜行列車が停車し、住民が集まった。" * 5,
    "mixed": "The 駅 of 潮見 (Shiomi) opens、それから ends. " * 9,
    "long word": string.ascii_letters * 200,
    "wide long word": "長" * 500,
    "emoji": "👩🏽‍🔬🏴‍☠️" * 90,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_wrapped_lines_are_full_but_not_wider(text: str) -> None:
    lines = wrap(text.strip(), "  ", "* ").splitlines()
    assert lines[0].startswith("* ")
    assert all(line.startswith("  ") for line in lines[1:])
    assert all(columns(line) <= WIDTH for line in lines)
    assert all(columns(line) > WIDTH // 2 for line in lines[:-1])
    together = "".join(line[2:] for line in lines)
    assert together.replace(" ", "") == text.replace(" ", "")


def test_an_address_is_never_broken() -> None:
    address = "https://a.example/" + "x" * 300
    assert wrap(f"See {address} there.").splitlines() == ["See", address, "there."]


def test_no_line_begins_with_a_full_stop() -> None:
    for shift in range(4):
        lines = wrap("a" * shift + "駅。" * 60).splitlines()
        assert not any(line.startswith("。") for line in lines)
