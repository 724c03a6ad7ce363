"""What holds for any text: spans lie in it, in order, and nothing fails."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Quote, Span
from digest.summary import explain, quotes, summarize
from tests.summary.articles import article

LANGUAGES = (
    *("en", "de", "nl", "fr", "es", "it", "pt", "pl", "cs", "ru", "uk", "tr"),
    *("ar", "he", "ja", "zh", "und", "xx", "en-gb"),
)
# Pieces of which news is made, and of which it is not.
PIECES = (
    *"“”„‟\"«»‹›「」『』＂‘‚’'—–-.,:;!?…()[]",
    *("\n\n", "\n", " ", "\u00a0", "\u202e", "\u200f", "\ufeff", "\0", "\ud800", "é", "ß", "’s"),
    *("said", "sagte", "dijo", "Mara Holt", "Holt", "he", "she", "the director of the port"),
    *(
        "Mr.",
        "Sen.",
        "U.S.",
        "Q: ",
        "A: ",
        "dit-elle",
        "сказала",
        "Анна Лебедева",
        "قال",
        "سامي نور",
    ),
    *(
        "אמרה",
        "と話した",
        "田中さんは",
        "林晓月说：",
        "so",
        "laut",
        "NORVIK – ",
        "By Mara Holt",
        "5:55 p.m.",
    ),
    *("We will open the old bridge again in spring", "Is it open?", "It is. "),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=60).map(
    "".join
) | st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)


COMMAS = (",", "，", "،", "、")


def all_spans(quote: Quote) -> list[Span]:
    return [*quote.words, *(span for span in (quote.speaker, quote.role) if span is not None)]


@settings(max_examples=300, deadline=None)
@given(text=texts, language=st.sampled_from(LANGUAGES))
def test_spans_lie_in_the_text_and_in_order(text: str, language: str) -> None:
    made = article(text, language=language)
    found = quotes(made)
    for quote in found:
        assert quote.words
        assert 0.0 <= quote.confidence <= 1.0
        assert (quote.speaker is None) == (quote.found == "")
        for span in all_spans(quote):
            assert 0 <= span.start < span.end <= len(text)
            assert made[span] == made[span].strip()
        assert not any(made[piece].endswith(COMMAS) for piece in quote.words)
    pieces = [piece for quote in found for piece in quote.words]
    assert all(one.end <= other.start for one, other in pairwise(pieces))


@settings(max_examples=300, deadline=None)
@given(text=texts, language=st.sampled_from(LANGUAGES))
def test_a_summary_of_any_text(text: str, language: str) -> None:
    made = article(text, language=language)
    summary = summarize(made)
    assert made[summary.lead] == made[summary.lead].strip()
    assert "\n\n" not in made[summary.lead]
    if summary.quote is not None:
        for span in all_spans(summary.quote):
            assert 0 <= span.start < span.end <= len(text)
        for piece in summary.quote.words:
            assert not made[piece].endswith(COMMAS)
            assert piece.end <= summary.lead.start or piece.start >= summary.lead.end


@settings(max_examples=150, deadline=None)
@given(text=texts, language=st.sampled_from(LANGUAGES), description=st.none() | texts)
def test_an_explanation_is_of_the_very_summary(
    text: str, language: str, description: str | None
) -> None:
    made = article(text, language=language)
    explained = explain(made, description=description)
    summary = summarize(made, description=description)
    assert explained.summary == summary
    assert [option.span for option in explained.leads if option.chosen] in ([summary.lead], [])
    pulled = [option.quote for option in explained.quotes if option.chosen]
    assert [quote.words for quote in pulled] == ([summary.quote.words] if summary.quote else [])
    # A speaker who is too unsure to be printed is explained all the same.
    if summary.quote is not None and summary.quote.speaker is not None:
        assert pulled == [summary.quote]
    for option in explained.quotes:
        assert all(0 <= span.start < span.end <= len(text) for span in all_spans(option.quote))


@settings(max_examples=60, deadline=None)
@given(text=texts, language=st.sampled_from(LANGUAGES))
def test_the_same_text_gives_the_same_summary(text: str, language: str) -> None:
    made = article(text, language=language)
    assert summarize(made) == summarize(made)


SIZE = 30_000
HOSTILE = {
    "straight": '"',
    "open": "“",
    "close": "”",
    "low": "„",
    "single": "‘",
    "single-straight": " 'a",
    "guillemets": "»a ",
    "pairs": '"a" ',
    "said": '"We will open it in spring," he said. ',
    "names": '"We will open it," said Mara Holt. "We will," Holt said.\n\n',
    "pronouns": '"We will open it," he said.\n\nMara Holt met Ola Brandt.\n\n',
    "reopened": '"We will open it in spring\n\n',
    "dashes": "—a dijo ",
    "brackets": "(",
    "one-word": "A",
    "stops": ".",
    "capitals": "Name ",
    "labels": "A: b?\n\n",
    "labels-in-capitals": "HOLT: Yes,\n\n",
    "mixed-scripts": "“Да 「はい」 نعم” said 田中 «כן»، ",
    "surrogates": '"\ud800 a" said \udfff. ',
    "slashes": "A /a/ - ",
    "items": "1. a\n\n2. b\n\n",
    "clocks": "14:05 – ",
    "japanese": "「田中さんは話した」と",
    "bidi": '\u202e"a\u202c ',
}


@pytest.mark.parametrize("language", ["en", "es", "ar", "xx"])
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_come_to_an_end(piece: str, language: str) -> None:
    made = article(piece * (SIZE // len(piece)), language=language)
    assert summarize(made).lead.end <= len(made.text)
    assert all(span.end <= len(made.text) for quote in quotes(made) for span in quote.words)
