"""Every sample against the facts that a careful editor gave for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import digest
from digest.sources.folder import load
from digest.text import paragraphs, squeeze

ROOT = Path(__file__).parent.parent
SAMPLES: list[dict[str, Any]] = json.loads((ROOT / "tests/data/seeds.json").read_text("utf-8"))


@pytest.fixture(params=SAMPLES, ids=lambda sample: sample["file"])
def sample(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


@pytest.fixture
def article(sample: dict[str, Any]) -> digest.Article:
    file = ROOT / "seeds" / sample["file"]
    return digest.read(load(file, now=datetime(2026, 11, 22, tzinfo=UTC)))


def test_facts(sample: dict[str, Any], article: digest.Article) -> None:
    published = article.published.isoformat() if article.published else None
    assert article.title == sample["title"]
    assert article.byline == sample["byline"]
    assert published == sample["published"]
    assert article.language.partition("-")[0] == sample["language"].partition("-")[0]
    assert article.site == sample["site"]
    assert article.url == sample["url"]


def test_body(sample: dict[str, Any], article: digest.Article) -> None:
    found = [article[span] for span in paragraphs(article.text)]
    assert found[0].startswith(sample["first_paragraph"])
    assert found[-1].endswith(sample["last_paragraph"])
    assert len(found) == sample["paragraphs"]
    for furniture in sample["absent"]:
        assert squeeze(furniture) not in article.text


def test_lead(sample: dict[str, Any], article: digest.Article) -> None:
    assert article[digest.summarize(article).lead] == sample["lead"]


def test_key_quote(sample: dict[str, Any], article: digest.Article) -> None:
    quote = digest.summarize(article).quote
    if not sample["quotes"]:
        assert quote is None
        return
    assert quote is not None
    words = article.words(quote)
    speakers = {good["speaker"] for good in sample["quotes"] if words in good["words"]}
    assert speakers, f"no editor would pull {words!r}"
    assert quote.speaker is not None
    named = article[quote.speaker]
    assert any(speaker in named or named in speaker for speaker in speakers if speaker), named


def test_every_sample_is_expected_and_every_shape_is_there() -> None:
    files = {p.relative_to(ROOT / "seeds").as_posix() for p in (ROOT / "seeds").rglob("*.*")}
    assert files == {sample["file"] for sample in SAMPLES}
    assert {Path(file).suffix for file in files} == {".txt", ".html", ".md", ".eml"}
    languages = {sample["language"].partition("-")[0] for sample in SAMPLES}
    assert languages >= {"en", "de", "fr", "es", "ar", "ja"}
    assert any(not sample["quotes"] for sample in SAMPLES)
    assert any(sample["same_story_as"] for sample in SAMPLES)
