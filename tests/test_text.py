"""Text and its offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Span
from digest.text import (
    PARAGRAPH_BREAK,
    clean,
    direction,
    paragraphs,
    sentences,
    shorten,
    squeeze,
    trim,
    words,
)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("nul\x00, bell\x07, half\ud800", "nul, bell, half"),
        ("e\u0301", "é"),
        ("\ufeffsoft\u00adhyphen", "softhyphen"),
        ("turned \u202earound\u202c", "turned around"),
        ("👩\u200d🚀 and \u200fright", "👩\u200d🚀 and \u200fright"),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_squeeze_makes_one_line() -> None:
    assert squeeze("  a\u00a0\u202f b\n\tc ") == "a b c"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short", 10, "short"),
        ("a longer line of words", 12, "a longer…"),
        ("onewordwithoutend", 8, "oneword…"),
        ("stops, here now", 9, "stops…"),
    ],
)
def test_shorten(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
    assert len(short) <= limit


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("uz-Arab", "rtl"), ("en", "ltr"), ("und", "ltr")],
)
def test_direction(language: str, expected: str) -> None:
    assert direction(language) == expected


def test_words_count_each_character_where_words_are_not_spaced() -> None:
    assert words("The Émile, 42!") == ["the", "émile", "42"]
    assert words("市長は語った") == list("市長は語った")


@given(st.lists(st.text(st.characters(blacklist_characters="\n")).filter(str.strip)))
def test_paragraphs_give_back_the_text(parts: list[str]) -> None:
    text = PARAGRAPH_BREAK.join(parts)
    assert [text[span.start : span.end] for span in paragraphs(text)] == parts


@given(st.text(), st.sampled_from(["en", "de", "ja", "ar", "und", "xx"]))
def test_sentences_are_ordered_disjoint_and_trimmed(text: str, language: str) -> None:
    last = 0
    for span in sentences(text, Span(0, len(text)), language):
        assert last <= span.start < span.end <= len(text)
        assert span == trim(text, span)
        last = span.end
