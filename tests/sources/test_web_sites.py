"""What a site repeats on its pages is learnt while its articles come in, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.ledger.sqlite import SqliteLedger
from digest.model import Document
from digest.pipeline import read_best
from digest.sites import Sites
from tests.builders import body, document, story

FOOTER = "The harbour letter comes every Friday and costs nothing for readers of the post."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    it = SqliteLedger.open(tmp_path, sources=["post"])
    yield it
    it.close()


def page(number: int, *, footer: str = FOOTER) -> Document:
    paragraphs = "".join(f"<p>{part} {part}</p>" for part in body(number).split("\n\n"))
    return document(
        f"<html><body><article><h1>Story {number}</h1>{paragraphs}<p>{footer}</p></article>"
        "</body></html>".encode(),
        media_type="text/html",
        source="post",
        url=f"https://post.example/{number}",
    )


def read_all(ledger: SqliteLedger, *documents: Document) -> list[str]:
    """The texts of the documents, read one after the other in one run."""
    sites, texts = Sites(ledger=ledger), []
    for it in documents:
        furnished = sites.furnished(it)
        read = read_best(furnished).story
        ledger.keep(furnished, read)
        texts.append(read.article.text)  # type: ignore[union-attr]  # they can all be read
    return texts


def test_a_line_on_every_page_is_left_out_from_the_fifth_on(ledger: SqliteLedger) -> None:
    texts = read_all(ledger, *map(page, range(1, 9)))
    assert [FOOTER in text for text in texts] == [True] * 4 + [False] * 4
    assert all(body(n)[:40] in text for n, text in enumerate(texts, start=1))


def test_what_was_learnt_is_kept(ledger: SqliteLedger) -> None:
    read_all(ledger, *map(page, range(1, 60)))
    for number in range(60, 64):
        [text] = read_all(ledger, page(number))
        assert FOOTER not in text


def test_another_sources_site_is_another(ledger: SqliteLedger) -> None:
    read_all(ledger, *map(page, range(1, 6)))
    assert ledger.furniture("other") == []


def test_versions_of_one_article_teach_nothing(ledger: SqliteLedger) -> None:
    for number in range(6):
        version = page(1, footer=f"Edited {number} times so far, says the office of the post.")
        ledger.keep(version, read_best(version).story)
    elsewhere = [
        story(9, id=f"copy-{n}", url=f"https://post.example/copy/{n}", source="post")
        for n in range(4)
    ]
    for it in elsewhere:
        ledger.keep(document(it.article.id.encode(), source="post"), it)
    assert len(ledger.texts("post")) == 2
    read_all(ledger, page(2, footer="Nothing else to say about it, says the office."))
    assert ledger.furniture("post") == []


def test_files_and_feeds_words_are_left_as_they_are(ledger: SqliteLedger) -> None:
    read_all(ledger, *map(page, range(1, 6)))
    sites = Sites(ledger=ledger)
    assert sites.furnished(page(6)).furniture != ()
    for it in (document(source="post"), document(source="post", url="https://a", fragment=True)):
        assert sites.furnished(it) is it
