"""What a user's words find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config.patterns import Pattern
from digest.issue.wanted import fold, found


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("harbour", "The Harbour of Elsby", True),
        ("harbour", "Harbourside flats", False),
        ("cafe", "Le Café du port", True),
        ("CAFÉ", "le cafe", True),
        ("strasse", "Die Straße am Hafen", True),
        ("lodz", "Wieczór w Łodzi", False),
        ("łódź", "Lodz by night", True),
        ("night train", "A night  train\nto Quenby", True),
        ("night train", "A nightly train", False),
        ("istanbul", "İstanbul'da yağmur", True),
        ("灯台", "古い灯台を公開", True),
        ("C++", "Written in C++, they say", True),
        ("don't", "Don’t panic", True),
        ("мои", "мой дом", False),
        ("ещё", "Ещё раз", True),
        ("еще", "Ещё раз", True),
        ("/^Live:/", "Live: the vote", True),
        ("/^Live:/", "live: the vote", False),
        ("/^live:/i", "LIVE: the vote", True),
        ("/café/", "cafe", False),
        ("/r/", "harbour", True),
    ],
)
def test_words_and_expressions(
    pattern: str,
    text: str,
    matches: bool,  # noqa: FBT001  a column
) -> None:
    assert (found([Pattern.parse(pattern)], [text]) is not None) is matches


def test_the_first_that_is_found_is_named() -> None:
    patterns = [Pattern.parse(word) for word in ("orchard", "ferry", "bridge")]
    assert found(patterns, ["", "The bridge and the ferry"]) == "ferry"
    assert found(patterns, []) is None


@pytest.mark.parametrize("wrong", ["", "  ", "//", "…", "/[a/", "/(/i", 3, None])
def test_what_is_no_pattern_is_told(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"no word to look for|no regular expression"):
        Pattern.parse(wrong)


@given(st.text(min_size=1), st.text())
def test_any_words_can_be_looked_for_in_any_text(written: str, text: str) -> None:
    try:
        pattern = Pattern.parse(written.strip("/"))
    except ValueError:
        return
    assert fold(text) == fold(text.upper().casefold()) or fold(text) != ""
    assert found([pattern], [f"- {pattern} -"]) == pattern
    found([pattern], [text])
