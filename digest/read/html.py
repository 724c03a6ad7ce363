"""Web pages: the facts from their meta data, the text from their blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from digest.model import Entry
from digest.read import jsonld
from digest.read.blocks import Block, blocks, links
from digest.read.body import judge
from digest.read.dating import shown
from digest.read.draft import Draft, Line
from digest.read.facts import Fact, Said
from digest.read.fragment import read_fragment
from digest.read.holders import holder
from digest.read.markup import cut_unseen, parse
from digest.read.metadata import Metadata, metadata, study
from digest.read.people import names, people_in
from digest.read.pictures import lead_image
from digest.read.trimming import Verdicts
from digest.read.walls import Seen, Wall, find_wall

# How far around headline and text a byline or a date may stand to be the article's, in blocks.
_NEAR, _KICKERS, _BELOW, _SHORT = 12, 3, 2, 80
_PARAGRAPH = 200  # characters, and no more headline matter follows
_MOST = 0.5  # share of the text that its part of the page holds
_BETTER = 1.5  # so much longer a feed's text is than the page's that the page is only a part of it
_ENOUGH = 400  # characters that are worth to be printed without their page


def read_html(html: str, url: str | None = None, entry: Entry | None = None) -> Draft:
    """What a page holds; ``url`` is where it came from, and ``entry`` what a feed says of it.

    Where the page is a wall, or shows only a part of what its publisher gives elsewhere, that is
    read; else ``wall`` tells what stands in front of the article.
    """
    tree = parse(html)
    if tree is None:
        return Draft()
    said = study(tree, url, entry)
    facts = metadata(said)
    cut_unseen(tree)
    page = blocks(tree)
    elsewhere = _elsewhere(said)
    verdicts = judge(tree, page, _value(facts.title) or "", elsewhere.paragraphs)
    body = _body(verdicts)
    facts = _with_head(facts, *_beside(page, verdicts, body))
    image = lead_image(said, holder(page, body, _MOST) if body else None)
    draft = _draft(facts, page, verdicts, image)
    wall = find_wall(_seen(html, said, page, draft))
    return _best(replace(draft, wall=wall or "", url=draft.url or url), elsewhere, wall)


def _draft(facts: Metadata, page: Sequence[Block], verdicts: Verdicts, image: Fact | None) -> Draft:
    paragraphs = tuple(page[index].text for index in _body(verdicts))
    text = " ".join(paragraphs).casefold() if facts.keywords else ""
    spoken = tuple(word for word in facts.keywords if word.casefold() in text)
    return Draft(
        title=_value(facts.title) or "",
        paragraphs=paragraphs,
        byline=_value(facts.byline),
        published=facts.published.day if facts.published else None,
        dated_by=facts.published.by if facts.published else "",
        language=_value(facts.language),
        site=_value(facts.site),
        url=_value(facts.url),
        image=_value(image),
        links=tuple(links(page[index] for index in _body(verdicts))),
        section=_value(facts.section),
        tags=facts.tags or spoken,
        lines=tuple(_lines(facts, image, page, verdicts)),
    )


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _body(verdicts: Verdicts) -> list[int]:
    return [index for index in sorted(verdicts) if verdicts[index][0] == "body"]


# --- what is said elsewhere


def _elsewhere(said: Said) -> Draft:
    """The article as its feed or the data inside the page give it, whichever has more."""
    told = next(jsonld.strings(said.article.get("articleBody")), "")
    lines = tuple(line.strip() for line in told.splitlines() if line.strip())
    data = Draft(
        paragraphs=lines,
        lines=tuple(
            Line(number=number, text=line, label="body", rule="JSON-LD articleBody")
            for number, line in enumerate(lines, start=1)
        ),
    )
    entry = said.entry
    feed = read_fragment(entry.content, entry) if entry and entry.content else Draft()
    return max(feed, data, key=_size)


def _size(draft: Draft) -> int:
    return sum(map(len, draft.paragraphs))


def _best(draft: Draft, other: Draft, wall: Wall | None) -> Draft:
    """The page's draft, with the other text where the page is a wall or holds only a part of it.

    What a page asks money for is not taken from its own data.
    """
    given = bool(other.title) or wall is not Wall.PAYWALL
    more = _size(other) > _BETTER * _size(draft)
    if _size(other) < _ENOUGH or not given or not (wall or (more and other.title)):
        return draft
    rule = "only a part of what the publisher gives elsewhere"
    kept = (
        replace(line, label="other", rule=rule) if line.label == "body" else line
        for line in draft.lines
    )
    lines = [*kept, *other.lines]
    return replace(
        draft,
        wall="",
        paragraphs=other.paragraphs,
        links=other.links,
        lines=tuple(replace(line, number=n) for n, line in enumerate(lines, start=1)),
    )


def _seen(html: str, said: Said, page: Sequence[Block], draft: Draft) -> Seen:
    free = {str(value).lower() for value in (said.article.get("isAccessibleForFree"),)}
    return Seen(
        html=html,
        title=draft.title,
        blocks=[block.text for block in page],
        body=draft.paragraphs,
        paid="false" in free or "http://schema.org/false" in free,
    )


# --- around the headline


def _beside(
    page: Sequence[Block], verdicts: Verdicts, body: Sequence[int]
) -> tuple[list[str], list[str]]:
    """The short lines around the headline, up to the first paragraph, and those below the text."""
    if not body:
        return [], []
    first, last = body[0], body[-1]
    heads = (index for index in range(first, -1, -1) if page[index].tag == "h1")
    top = max(0, min(first - _NEAR, next(heads, first) - _KICKERS))
    text = next((index for index in body if len(page[index].text) > _PARAGRAPH), first)
    dates = {index for index in verdicts if verdicts[index][0] == "date"}
    above = range(top, min(text, first + _NEAR))
    return (
        [page[i].text for i in above if len(page[i].text) < _SHORT or i in dates],
        [block.text for block in page[last + 1 : last + 1 + _BELOW] if len(block.text) < _SHORT],
    )


def _with_head(facts: Metadata, above: list[str], below: list[str]) -> Metadata:
    """``facts`` with the byline and the date that stand above the text."""
    if not facts.byline:
        # "By" and the name may be blocks of their own.
        claims = [*above, *map(" ".join, pairwise(above))]
        people = next(filter(None, (", ".join(people_in(c)) for c in claims if names(c))), None)
        facts = replace(facts, byline=Fact(people, "line above the text") if people else None)
    return replace(facts, published=shown(facts.published, above, below))


# --- explained


def _lines(
    facts: Metadata, image: Fact | None, page: Sequence[Block], verdicts: Verdicts
) -> Iterator[Line]:
    """The facts first, then every block in the order of the page."""
    told = [
        *_told(facts, image),
        *((block.text, *_verdict(i, block, verdicts)) for i, block in enumerate(page)),
    ]
    for number, (text, label, rule) in enumerate(told, start=1):
        yield Line(number=number, text=text, label=label, rule=rule)


def _told(facts: Metadata, image: Fact | None) -> Iterator[tuple[str, str, str]]:
    named = {
        "title": facts.title, "byline": facts.byline, "site": facts.site,
        "language": facts.language, "url": facts.url, "image": image, "section": facts.section,
    }  # fmt: skip
    for label, fact in named.items():
        if fact:
            yield fact.value, label, fact.found
    if facts.published:
        yield facts.published.day.isoformat(), "date", facts.published.found


def _verdict(index: int, block: Block, verdicts: Verdicts) -> tuple[str, str]:
    if index in verdicts:
        return verdicts[index]
    if block.furniture:
        return "furniture", "stands in page furniture, and no extractor takes it"
    return "other", "no extractor takes it"
