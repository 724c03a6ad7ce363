"""Web pages: the facts from their meta data, the text from their blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from digest.read.blocks import Block, blocks
from digest.read.body import judge
from digest.read.dates import find_date
from digest.read.draft import Draft, Line
from digest.read.markup import cut_unseen, parse
from digest.read.metadata import Fact, Metadata, metadata, names, people_in
from digest.read.trimming import Verdicts

# How far above the text a byline or a date may stand to be the article's.
_NEAR, _SHORT = 12, 80
_PARAGRAPH = 200  # characters, and no more headline matter follows


def read_html(html: str, url: str | None = None) -> Draft:
    """What a page holds; ``url`` is where it came from, and may hold its date."""
    tree = parse(html)
    if tree is None:
        return Draft()
    facts = metadata(tree, url)
    cut_unseen(tree)
    page = blocks(tree)
    verdicts = judge(tree, page, facts.title.value if facts.title else "")
    facts = _with_head(facts, _above(page, verdicts))
    return Draft(
        title=_value(facts.title) or "",
        paragraphs=tuple(page[i].text for i in sorted(verdicts) if verdicts[i][0] == "body"),
        byline=_value(facts.byline),
        published=facts.published[0] if facts.published else None,
        language=_value(facts.language),
        site=_value(facts.site),
        url=_value(facts.url) or url,
        image=_value(facts.image),
        section=_value(facts.section),
        lines=tuple(_lines(facts, page, verdicts)),
    )


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _above(page: Sequence[Block], verdicts: Verdicts) -> list[str]:
    """The short lines around the headline: just above the text, and before its first paragraph."""
    body = [index for index in sorted(verdicts) if verdicts[index][0] == "body"]
    first = body[0] if body else 0
    text = next((index for index in body if len(page[index].text) > _PARAGRAPH), first)
    near = page[max(0, first - _NEAR) : min(text, first + _NEAR)]
    return [block.text for block in near if len(block.text) < _SHORT]


def _with_head(facts: Metadata, lines: Sequence[str]) -> Metadata:
    """``facts`` with the byline and the date that stand above the text, where nothing else says."""
    if not facts.byline:
        # "By" and the name may be blocks of their own.
        claims = [*lines, *map(" ".join, pairwise(lines))]
        people = next(filter(None, (", ".join(people_in(c)) for c in claims if names(c))), None)
        facts = replace(facts, byline=Fact(people, "line above the text") if people else None)
    if not facts.published:
        found = next(filter(None, map(find_date, lines)), None)
        facts = replace(facts, published=(found[0], "line above the text") if found else None)
    return facts


def _lines(facts: Metadata, page: Sequence[Block], verdicts: Verdicts) -> Iterator[Line]:
    """The facts first, then every block in the order of the page."""
    told = [
        *_told(facts),
        *((block.text, *_verdict(i, block, verdicts)) for i, block in enumerate(page)),
    ]
    for number, (text, label, rule) in enumerate(told, start=1):
        yield Line(number=number, text=text, label=label, rule=rule)


def _told(facts: Metadata) -> Iterator[tuple[str, str, str]]:
    for label in ("title", "byline", "site", "language", "url", "image", "section"):
        fact: Fact | None = getattr(facts, label)
        if fact:
            yield fact.value, label, fact.found
    if facts.published:
        day: date = facts.published[0]
        yield day.isoformat(), "date", facts.published[1]


def _verdict(index: int, block: Block, verdicts: Verdicts) -> tuple[str, str]:
    if index in verdicts:
        return verdicts[index]
    if block.furniture:
        return "furniture", "stands in page furniture, and no extractor takes it"
    return "other", "no extractor takes it"
