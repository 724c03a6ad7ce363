"""What the lines around the headline say: who wrote it, when, for which paper, in which section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from digest.read.dates import find_date
from digest.read.scraped.credits import byline, name_alone
from digest.read.scraped.layout import Layout, signature
from digest.read.scraped.lines import DATE_HEAD
from digest.read.scraped.words import vocabulary

# How far above the headline, and under the text, a by-line is looked for, in blocks.
_ABOVE, _BELOW = 3, 4
_SITE_WORDS = 6
_BARS, _DASHES = frozenset("|•·»"), frozenset("-–—")
_DATED = frozenset({"date", "byline", "boilerplate"})
# A name in title case: capitals, or the small words that stand inside names.
_CAPITAL = r"[^\W\d_a-z][\w'’.&-]{0,30}"
_SMALL = "&|of|the|and|for|de|del|du|des|di|della|do|da|van|von|y|e|et|und|la|le|el|los|der|die|das"
_TITLED = (
    r"(?P<site>(?!(?i:our|us|my|this|your|independent|copyright|all)\b)"
    rf"(?:{_CAPITAL}|the)(?:\s(?:{_CAPITAL}|{_SMALL})){{0,6}})"
)
_APPEALS = tuple(
    re.compile(rf"^{opening}\s[«„“\"]?{_TITLED}[»“”\"]?\s?[!.！]?$")
    for opening in (
        "(?:[Ss]upport|[Ss]ubscribe to|[Dd]onate to|[Cc]ontribute to)",
        "(?:[Uu]nterstützen Sie|[Aa]bonnieren Sie)(?: den| die| das)?",
        "(?:[Ss]outenez|[Aa]bonnez-vous (?:à|au))",
        "(?:[Aa]poy[ae]|[Aa]poy[ae] a|[Ss]uscr[íi]b[ea](?:te|se) a)",
        "(?:[Ss]ostieni|[Aa]bbonati a)",
    )
)
_COPYRIGHT = re.compile(
    r"(?:(?:©|\([cC]\)|[Cc]opyright)\s?){1,2}(?:\d{4}(?:\s?[–-]\s?\d{4})?,?\s)?(?:by\s)?[«„“\"]?"
    + _TITLED
)
_LEGAL_FORM = re.compile(
    r",?\s(?:Inc|LLC|Ltd|GmbH|AG|Corp|Co|SA|S\.A|All|Alle|Tous|Todos|"
    r"Powered|Privacy|Terms|Home|About|Designed)\b.*$"
)


def find_byline(layout: Layout) -> str | None:
    """The names of the by-line under the headline, else above it, else under the text.

    A single word after "By" may open a menu ("By region"); it is a name only right under the
    headline.
    """
    for i in _near(layout):
        found = _names(layout, i)
        if found and (i == layout.headline + 1 or " " in found or not found.isascii()):
            return found
    return None


def _names(layout: Layout, i: int) -> str | None:
    block = layout.blocks[i]
    if signature(layout, i):
        return block.text
    if layout.label(i) != "byline":
        return None
    # "By" may stand on a line of its own, above the name.
    alone = layout.open(i + 1) and name_alone(layout.blocks[i + 1])
    return byline(block) or (layout.blocks[i + 1].text if alone else None)


def _near(layout: Layout) -> Iterator[int]:
    """Where by-line and date may stand, the likeliest first: under the headline, above it, at
    the end of the text.
    """
    title, run = layout.headline, layout.run
    yield from range(title + 1, run.start)
    yield from range(max(0, title - _ABOVE), title)
    yield from range(run.end, min(run.end + _BELOW, len(layout.blocks)))


def find_published(layout: Layout) -> date | None:
    """The date of the file's head, else the first one beside the headline or under the text."""
    if layout.blocks and (head := DATE_HEAD.fullmatch(layout.blocks[0].text)):
        return _iso(head[1])
    for i in _near(layout):
        if layout.label(i) in _DATED and (found := find_date(layout.blocks[i].text[:200])):
            return found[0]
    return None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def find_site(layout: Layout) -> str | None:
    """The paper's name: what the page's title has beside the headline, else the name that an
    appeal asks to support, else the owner of the copyright.
    """
    return (
        _beside(layout.page, layout.title.text if layout.title else "")
        or _named(layout, "appeal", _APPEALS)
        or _named(layout, "copyright", (_COPYRIGHT,))
    )


def _beside(page: str, title: str) -> str | None:
    """What follows the headline and a bar in the page's title, if it may be a name."""
    if not title or not page.casefold().startswith(title.casefold()):
        return None
    bar, _, name = page[len(title) :].strip().partition(" ")
    lettered = any(map(str.isalpha, name)) and _BARS.isdisjoint(name)
    return (
        name if bar in _BARS | _DASHES and lettered and len(name.split()) <= _SITE_WORDS else None
    )


def _named(layout: Layout, label: str, patterns: Sequence[re.Pattern[str]]) -> str | None:
    """The first name that one of the patterns finds in a line of this label."""
    lines = (block.text[:120] for i, block in enumerate(layout.blocks) if layout.label(i) == label)
    found = (match["site"] for line in lines for p in patterns if (match := p.search(line)))
    names = (_LEGAL_FORM.sub("", name).strip(" .,") for name in found)
    return next(filter(None, names), None)


def find_section(layout: Layout) -> str | None:
    """The section that the line above the headline names; None for any other kicker."""
    if layout.headline < 1:
        return None
    above = layout.blocks[layout.headline - 1]
    return above.text if vocabulary("section").whole.whole(above.words) else None
