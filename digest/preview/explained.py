"""Why a story is told as it is: its article with everything marked that was taken from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from digest.model import Article, Document, Span, Story, Summary
from digest.read import Line
from digest.read import explain as explain_lines
from digest.summary import Explanation
from digest.summary import explain as explain_summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Words of an article, and what they were taken for."""

    words: str
    #: Any of ``lead``, ``quote``, ``speaker``, ``role``.
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One story with all that speaks for it."""

    story: Story
    paragraphs: tuple[tuple[Piece, ...], ...]
    options: Explanation
    #: Every line of the document; none if it is not at hand any more.
    lines: tuple[Line, ...]


def explained(story: Story, document: Document | None) -> Explained:
    """Why ``story`` is told so; ``document`` is what its article was read from."""
    article = story.article
    entry = document.entry if document else None
    return Explained(
        story=story,
        paragraphs=tuple(marked(article, story.summary)),
        options=explain_summary(article, description=entry.description if entry else None),
        lines=tuple(explain_lines(document)) if document else (),
    )


def marked(article: Article, summary: Summary) -> Iterator[tuple[Piece, ...]]:
    """The paragraphs of an article, cut wherever something was taken from them."""
    spans = list(_spans(summary))
    edges = {edge for _, span in spans for edge in span}
    start = 0
    for paragraph in article.text.split("\n\n"):
        end = start + len(paragraph)
        cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
        yield tuple(
            Piece(
                words=article.text[one:other],
                marks=tuple(name for name, span in spans if span.start <= one < span.end),
            )
            for one, other in pairwise(cuts)
        )
        start = end + 2


def _spans(summary: Summary) -> Iterator[tuple[str, Span]]:
    yield "lead", summary.lead
    if quote := summary.quote:
        yield from (("quote", span) for span in quote.words)
        if quote.speaker:
            yield "speaker", quote.speaker
        if quote.role:
            yield "role", quote.role
