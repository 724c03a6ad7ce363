"""One small article per file in ``tests/data/cases/<language>/``, as a careful editor reads it.

Each file has title, text, sometimes the feed's description, and what is expected:

    lead            the words of the lead
    [key]           words (pieces) and speaker of the key quote; without it, there must be none
    [[quotes]]      every quotation in text order: words (pieces), speaker, role

A quote without a speaker is one under which no name may be printed. ``partial`` says that the
list of quotes is not given.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.model import Article, Quote
from digest.summary import quotes, summarize
from digest.summary.keyquote import MARGIN
from tests.summary.articles import words

FOLDER = Path(__file__).parent.parent / "data" / "cases"
FILES = sorted(FOLDER.rglob("*.toml"))
#: Languages that the summarizer must know.
LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl"),
    *("cs", "ru", "uk", "tr", "ar", "he", "ja", "zh"),
)

Case = dict[str, Any]


def load(file: Path) -> tuple[Article, Case]:
    case = tomllib.loads(file.read_text(encoding="utf-8"))
    article = Article(
        id=file.stem, title=case["title"], text=case["text"].strip(), language=file.parent.name
    )
    return article, case


def cases() -> Iterator[Any]:
    for file in FILES:
        yield pytest.param(*load(file), id=f"{file.parent.name}-{file.stem}")


every_case = pytest.mark.parametrize(("article", "case"), list(cases()))


def pieces(article: Article, quote: Quote) -> list[str]:
    return [article[span] for span in quote.words]


@every_case
def test_lead(article: Article, case: Case) -> None:
    lead = summarize(article, description=case.get("description")).lead
    assert article[lead] == case["lead"]


@every_case
def test_key_quote(article: Article, case: Case) -> None:
    quote = summarize(article, description=case.get("description")).quote
    if "key" not in case:
        assert quote is None
        return
    assert quote is not None
    assert pieces(article, quote) == case["key"]["words"]
    assert words(article, quote.speaker) == case["key"].get("speaker")


@every_case
def test_quotes(article: Article, case: Case) -> None:
    if case.get("partial"):
        return
    found = quotes(article)
    wanted = case.get("quotes", [])
    assert [pieces(article, quote) for quote in found] == [want["words"] for want in wanted]
    for quote, want in zip(found, wanted, strict=True):
        if "speaker" not in want:
            assert quote.speaker is None or quote.confidence < MARGIN
            continue
        assert words(article, quote.speaker) == want["speaker"]
        if "role" in want:
            assert words(article, quote.role) == want["role"]


def test_every_language_has_its_cases() -> None:
    count = dict.fromkeys(LANGUAGES, 0)
    for file in FILES:
        count[file.parent.name] += 1
    assert len(FILES) >= 160
    assert count["en"] >= 40
    assert min(count.values()) >= 6
