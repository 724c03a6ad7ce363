"""Why an issue is as it is: what became of every article, and what was taken from each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.model import (
    Article,
    Candidate,
    Document,
    Fate,
    Issue,
    Outcome,
    Span,
    Story,
    Summary,
)
from digest.preview.lazy import cached_property
from digest.read import Line
from digest.read import explain as explain_lines
from digest.summary import Explanation
from digest.summary import explain as explain_summary


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of every candidate for an issue."""

    fates: Sequence[tuple[Candidate, Fate]]
    #: None if no issue came of them.
    issue: Issue | None
    #: Titles of articles that fates speak of, by their ids, as far as they are known.
    titles: Mapping[str, str]

    @property
    def groups(self) -> Sequence[tuple[Outcome, Sequence[tuple[Candidate, Fate]]]]:
        """By outcome, in the order of the outcomes, and within that of print."""
        pairs = sorted(self.fates, key=lambda pair: self.number(pair[1].article))
        groups = ((kind, [it for it in pairs if it[1].outcome is kind]) for kind in Outcome)
        return [(kind, group) for kind, group in groups if group]

    def number(self, article: str) -> int:
        """The number of a story in print, from 1; 0 if it is not printed."""
        return self._numbers.get(article, 0)

    def story(self, number: int) -> Story | None:
        """The story with that number."""
        stories = self.issue.stories if self.issue else ()
        return stories[number - 1] if 0 < number <= len(stories) else None

    def of(self, article: str) -> tuple[Candidate, Fate] | None:
        """What became of one article."""
        return next((pair for pair in self.fates if pair[1].article == article), None)

    def title(self, article: str | None) -> str:
        """The headline of another article that a fate speaks of; empty if it is not at hand."""
        own = (it.headline.title for it, _ in self.fates if it.id == article)
        return next(own, "") or self.titles.get(article or "", "")

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        stories = self.issue.stories if self.issue else ()
        return {story.article.id: n for n, story in enumerate(stories, 1)}


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

    @property
    def is_same(self) -> bool:
        """Whether lead and quote would be chosen again; else the rules were others then."""
        return self.options.summary == self.story.summary


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
