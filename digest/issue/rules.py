"""The owner's rules: which candidates are out, and by which rule; which come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digest.config.filters import FilterTable, WordsTable
from digest.config.patterns import Pattern
from digest.config.tables import SourceTable
from digest.issue.moment import published
from digest.issue.wanted import found
from digest.model import Candidate, Fate, Outcome, Story

#: The stories of these articles, in the order asked for.
Stories = Callable[[Iterable[str]], Iterator[Story]]

# What can be judged of a candidate; its text has to be fetched.
_LIGHT = ("title", "author", "tags", "language", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the newsletter's owner wants in an issue."""

    #: Stories with lead and quote; the rest is listed.
    max_stories: int = 20
    #: Of the newsletter, and of its sources by their names.
    all: FilterTable = field(default_factory=FilterTable)
    sources: Mapping[str, FilterTable] = field(default_factory=dict)
    #: Section names in their order; others follow by their newest story.
    sections: tuple[str, ...] = ()
    #: IANA name of the zone in which a day begins.
    timezone: str = "UTC"

    def tables(self, source: str) -> tuple[tuple[str, FilterTable], ...]:
        """The tables that hold for a source's articles, each with its name."""
        own = self.sources.get(source)
        return (("select", self.all), *(((f"source {source}", own),) if own else ()))

    def quota(self, source: str) -> int | None:
        return self._number(source, lambda table: table.quota)

    def priority(self, source: str) -> int:
        return self._number(source, lambda table: table.priority) or 0

    def min_length(self, source: str) -> int:
        return self._number(source, lambda table: table.min_length) or 0

    def max_age(self, source: str) -> timedelta | None:
        own = self.sources.get(source)
        return own.max_age if own and own.max_age is not None else self.all.max_age

    def settle(self, source: str) -> timedelta:
        """How long an article of the web waits after its words have changed."""
        own = self.sources.get(source)
        if not isinstance(own, SourceTable) or own.kind == "folder":
            return timedelta()
        return own.settle or timedelta()

    def pinned(self, candidate: Candidate) -> Pattern | None:
        """The words that put a story on top, if its headline holds any."""
        patterns = [p for _, table in self.tables(candidate.source) for p in table.pinned]
        return found(patterns, (candidate.headline.title,)) if patterns else None

    def _number(self, source: str, get: Callable[[FilterTable], int | None]) -> int | None:
        """The source's own number, else the newsletter's."""
        own = get(self.sources[source]) if source in self.sources else None
        return get(self.all) if own is None else own


def sift(
    candidates: Sequence[Candidate],
    rules: Rules,
    now: datetime,
    stories: Stories,
    fates: list[Fate],
) -> list[Candidate]:
    """Without those that a rule rejects; ``stories`` is asked only where a rule looks at text."""
    light = [c for c in candidates if not _rejected(c, _light_rule(c, rules), fates)]
    fresh = [c for c in light if not _stale(c, rules, now, fates)]
    asked = [c for c in fresh if any(_looks_at_text(t) for _, t in rules.tables(c.source))]
    texts = stories(candidate.id for candidate in asked)
    out = {
        candidate.id
        for candidate, story in zip(asked, texts, strict=True)
        if _rejected(candidate, _text_rule(candidate, story, rules), fates)
    }
    return [candidate for candidate in fresh if candidate.id not in out]


def _light_rule(candidate: Candidate, rules: Rules) -> str:
    """The rule that rejects ``candidate`` without a look at its text; empty if none does."""
    least = rules.min_length(candidate.source)
    if candidate.length < least:
        return f"min_length: {candidate.length:,} of {least:,} characters"
    for name, table in rules.tables(candidate.source):
        for key in _LIGHT:
            if why := _by_words(table, key, _values(candidate, key)):
                return f"{why} ({name})"
    return ""


def _text_rule(candidate: Candidate, story: Story, rules: Rules) -> str:
    texts = (candidate.headline.title, story.article.text)
    tables = rules.tables(candidate.source)
    whys = ((name, _by_words(table, "text", texts)) for name, table in tables)
    return next((f"{why} ({name})" for name, why in whys if why), "")


def _by_words(table: FilterTable, key: str, values: Sequence[str]) -> str:
    included, excluded = _patterns(table.include, key), _patterns(table.exclude, key)
    if included and not found(included, values):
        return f"include.{key}: none of {', '.join(f'“{pattern}”' for pattern in included)}"
    if excluded and (pattern := found(excluded, values)):
        return f"exclude.{key}: “{pattern}”"
    return ""


def _patterns(table: WordsTable, key: str) -> tuple[Pattern, ...]:
    patterns: tuple[Pattern, ...] = getattr(table, key)
    return patterns


def _looks_at_text(table: FilterTable) -> bool:
    return bool(table.include.text or table.exclude.text)


def _values(candidate: Candidate, key: str) -> tuple[str, ...]:
    line = candidate.headline
    match key:
        case "title":
            return (line.title,)
        case "author":
            return (candidate.byline or "",)
        case "tags":
            return candidate.tags
        case "language":
            return (line.language,)
        case _:
            return (line.url or "",)


def _rejected(candidate: Candidate, why: str, fates: list[Fate]) -> bool:
    if why:
        fates.append(Fate(article=candidate.id, outcome=Outcome.FILTERED, why=why))
    return bool(why)


def _stale(candidate: Candidate, rules: Rules, now: datetime, fates: list[Fate]) -> bool:
    limit = rules.max_age(candidate.source)
    if limit is None or now - published(candidate, rules.timezone, end=True) <= limit:
        return False
    day = candidate.headline.published or candidate.seen
    why = f"of {day:%Y-%m-%d}, older than max_age"
    fates.append(Fate(article=candidate.id, outcome=Outcome.STALE, why=why))
    return True
