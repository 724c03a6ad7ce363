"""Articles for the summarizer's tests."""

from __future__ import annotations

from digest.model import Article, Quote, Span


def article(*paragraphs: str, language: str = "en", title: str = "A title") -> Article:
    """An article of these paragraphs."""
    return Article(id="x", title=title, text="\n\n".join(paragraphs), language=language)


def words(of: Article, span: Span | None) -> str | None:
    """What a span says."""
    return of[span] if span is not None else None


def spoken(of: Article, quote: Quote) -> str:
    """The words of a quote, pieces parted by a bar."""
    return " | ".join(of[piece] for piece in quote.words)
