"""The commands that show one article: what is understood, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import Project

SAMPLES = ("world/004_c07be913.txt", "world/elsby-barrier-vote.html", "science/dimmer-wards.md")


@pytest.mark.parametrize("sample", SAMPLES)
def test_read_gives_every_fact_with_its_offsets(project: Project, root: Path, sample: str) -> None:
    told = project.digest("read", root / "seeds" / sample, "--json")
    assert told.returncode == 0, told.stderr
    article = json.loads(told.stdout)
    facts = {"title", "byline", "published", "language", "site", "url"}
    assert facts | {"text", "lead", "quote", "quotes"} <= article.keys()
    text, lead = article["text"], article["lead"]
    assert text[lead["start"] : lead["end"]] == lead["text"]
    for quote in (article["quote"], *article["quotes"]):
        assert quote["text"] == " ".join(text[start:end] for start, end in quote["spans"])
        for part in ("speaker", "role"):
            if quote[part]:
                start, end = quote[f"{part}_span"]
                assert text[start:end] == quote[part]
    assert article["quote"]["speaker"] in project.digest("read", root / "seeds" / sample).stdout


@pytest.mark.parametrize("sample", SAMPLES)
def test_explain_shows_each_line_and_what_was_weighed(
    project: Project, root: Path, sample: str
) -> None:
    told = project.digest("explain", root / "seeds" / sample)
    assert told.returncode == 0, told.stderr
    lines, _, weighed = told.stdout.partition("\nLeads\n")
    leads, _, quotes = weighed.partition("\nQuotes\n")
    assert len([line for line in lines.splitlines() if "  body  " in line]) > 3
    assert leads.count("✓") == 1
    assert quotes.count("✓") == 1
    assert "the highest score" in quotes


def test_explain_says_why_a_file_holds_no_article(project: Project) -> None:
    page = project.write("menu.html", "<body><nav><a href='/'>Home</a></nav></body>")
    told = project.digest("explain", page)
    assert told.returncode == 1
    assert "Home" in told.stdout
    assert "no article text found" in told.stderr
