"""What was read: documents by their bytes, and the articles that they held."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

import msgspec

from digest.errors import DigestError, LedgerError
from digest.ledger.columns import as_list, moment, parsed, published, when, words
from digest.ledger.entries import note
from digest.ledger.store import Store
from digest.model import Article, Candidate, Document, Headline, Story, Summary
from digest.text import resemblance, sketch
from digest.visits import Noted, Stand

#: Resemblance from which what stands at one address is one article in other words, and among how
#: many of the last that stood there.
_VERSION, _LAST = 0.3, 20


class Articles:
    """The part of the ledger that keeps documents and articles."""

    def __init__(self, store: Store, *, sources: Sequence[str]) -> None:
        self._store = store
        self._sources = as_list(sources)

    def unseen(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            known = {"source": document.source, "fingerprint": document.fingerprint}
            if self._store.row("is_known", known) is None:
                yield document

    def keep(self, document: Document, read: Story | DigestError) -> bool:
        story = None if isinstance(read, DigestError) else read
        with self._store.transaction(durable=False) as write:
            added = write("add_article", self._row(story, document)) if story else 0
            write("add_document", _document_row(document, read))
            if document.mark:
                note(write, document.source, Noted(mark=document.mark, stand=Stand.TAKEN))
        return added == 1

    def _row(self, story: Story, document: Document) -> dict[str, Any]:
        row = _article_row(story, document.fetched)
        return {**row, "changed": when(self._changed(row, document))}

    def _changed(self, row: dict[str, Any], document: Document) -> datetime | None:
        """When the words of an article on the web changed, as its feed or an earlier look tells."""
        if not document.is_of_web:
            return None
        given = {"source": row["source"], "origin": row["origin"], "limit": _LAST}
        others = (it for it in self._store.rows("sketches", given) if it["id"] != row["id"])
        if any(resemblance(row["sketch"], it["sketch"]) >= _VERSION for it in others):
            return document.fetched
        updated = document.entry.updated if document.entry else None
        if not isinstance(updated, datetime) or updated.tzinfo is None:
            return None
        return min(updated, document.fetched)

    def pending(self, newsletter: str) -> Sequence[Candidate]:
        given = {"newsletter": newsletter, "sources": self._sources}
        return [_candidate(row) for row in self._store.rows("pending", given)]

    def history(self, newsletter: str) -> Sequence[Candidate]:
        rows = self._store.rows("history", {"newsletter": newsletter})
        return [_candidate(row) for row in rows]

    def stories(self, articles: Iterable[str]) -> Iterator[Story]:
        for article in articles:
            row = self._store.row("article", {"id": article})
            if row is None:
                raise LedgerError(self._store.where, f"holds no article {article}")
            yield _story(row)

    def failures(self, *, limit: int = 10) -> Sequence[sqlite3.Row]:
        """The last documents that could not be read: origin, failure."""
        return self._store.rows("failures", {"limit": limit})


def _document_row(document: Document, read: Story | DigestError) -> dict[str, object]:
    failure = str(read) if isinstance(read, DigestError) else None
    article = None if isinstance(read, DigestError) else read.article.id
    return {
        "source": document.source,
        "fingerprint": document.fingerprint,
        "origin": document.origin,
        "fetched": moment(document.fetched),
        "article": article,
        "failure": failure,
    }


def _article_row(story: Story, seen: datetime) -> dict[str, Any]:
    article = story.article
    return {
        **asdict(article),
        "published": article.published.isoformat() if article.published else None,
        "tags": as_list(article.tags),
        "links": as_list(article.links),
        "seen": moment(seen),
        # With the title: under a stock body, such as "read the full story", it is all there is.
        "sketch": sketch(f"{article.title}\n{article.text}"),
        "summary": msgspec.json.encode(story.summary).decode(),
    }


def _story(row: sqlite3.Row) -> Story:
    columns = {name.name: row[name.name] for name in fields(Article)}
    columns["published"] = published(row["published"])
    columns["tags"] = words(row["tags"])
    columns["links"] = words(row["links"])
    summary = msgspec.json.decode(row["summary"], type=Summary)
    return Story(article=Article(**columns), summary=summary)


def _candidate(row: sqlite3.Row) -> Candidate:
    return Candidate(
        headline=Headline(
            article=row["id"],
            title=row["title"],
            url=row["url"],
            site=row["site"],
            published=published(row["published"]),
            language=row["language"],
        ),
        seen=datetime.fromisoformat(row["seen"]),
        section=row["section"],
        byline=row["byline"],
        tags=words(row["tags"]),
        source=row["source"],
        origin=row["origin"],
        length=row["length"],
        opening=row["opening"],
        links=words(row["links"]),
        sketch=row["sketch"],
        changed=parsed(row["changed"]),
    )
