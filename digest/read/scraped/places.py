"""What a line is by where it stands: one table for the lines that their own words leave open.

above the headline | headline | between headline and text | text | after the text
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from digest.read.scraped.credits import bracketed_agency, name_at_end, shows_picture
from digest.read.scraped.layout import Layout, credit_above, credit_below, signature
from digest.read.scraped.rules import Verdict

# Longest kicker and longest sub-heading, in words.
_KICKER, _SUBHEAD = 5, 14
_BULLETS = frozenset("-–—•*·◦▪▸►✓✔✅")
# How far a teaser's kicker and headline stand above its text, in blocks.
_TEASER = 2


@dataclass(frozen=True, slots=True)
class Place:
    """One reason to take a line for something because of its place."""

    label: str
    says: str
    test: Callable[[Layout, int], bool]


def _repeated(layout: Layout, i: int) -> bool:
    return layout.title is not None and layout.blocks[i].text == layout.title.text


def _page_title(layout: Layout, i: int) -> bool:
    title = layout.title
    return title is not None and i < title.index and title.text in layout.blocks[i].text


def _kicker(layout: Layout, i: int) -> bool:
    block = layout.blocks[i]
    return i == layout.headline - 1 and block.length <= _KICKER and not block.ends


def _above(layout: Layout, i: int) -> bool:
    return i < layout.headline or (layout.headline < 0 and i < layout.run.start)


def _credited(layout: Layout, i: int) -> bool:
    return _between(layout, i) and bracketed_agency(layout.blocks[i])


def _above_credit(layout: Layout, i: int) -> bool:
    return _between(layout, i) and credit_below(layout, i)


def _below_credit(layout: Layout, i: int) -> bool:
    return _between(layout, i) and credit_above(layout, i)


def _named(layout: Layout, i: int) -> bool:
    return _between(layout, i) and name_at_end(layout.blocks[i])


def _shows(layout: Layout, i: int) -> bool:
    return _between(layout, i) and shows_picture(layout.blocks[i])


def _between(layout: Layout, i: int) -> bool:
    return 0 <= layout.headline < i < layout.run.start


def _author(layout: Layout, i: int) -> bool:
    named = len(layout.byline) > 1 and layout.blocks[i].words[: len(layout.byline)] == layout.byline
    return named and layout.headline < i


def _note(layout: Layout, i: int) -> bool:
    return layout.whole and i in layout.run


def _subhead(layout: Layout, i: int) -> bool:
    block = layout.blocks[i]
    heads = not block.ends and block.length <= _SUBHEAD and block.text[-1] not in ",;"
    if block.text[0] in _BULLETS:
        return False
    return i in layout.run and heads and i + 1 in layout.run


def _body(layout: Layout, i: int) -> bool:
    return i in layout.run


def _teaser(layout: Layout, i: int) -> bool:
    return layout.blocks[i].trails


def _above_teaser(layout: Layout, i: int) -> bool:
    below = range(i + 1, i + 1 + _TEASER)
    return any(layout.open(k) and layout.blocks[k].trails for k in below)


def _after(layout: Layout, i: int) -> bool:
    return i >= layout.run.end


#: In order; the first that fits decides. The last always does.
PLACES = (
    Place("author", "author: begins with the name of the by-line", _author),
    Place("body", "text: a text without furniture is read whole", _note),
    Place("subhead", "sub-heading: a short line inside the text, kept with it", _subhead),
    Place("body", "text: in the longest stretch of prose", _body),
    Place("title", "headline once more", _repeated),
    Place("title", "title of the page: holds the headline", _page_title),
    Place("kicker", "kicker: the short line above the headline", _kicker),
    Place("navigation", "above the headline", _above),
    Place("byline", "by-line: a name beside the date, under the headline", signature),
    Place("caption", "caption: under the headline, ends with an agency in brackets", _credited),
    Place("caption", "caption: under the headline, ends with a name after its full stop", _named),
    Place("caption", "caption: under the headline, says what a picture shows", _shows),
    Place("caption", "caption: under the headline, above a picture credit", _above_credit),
    Place("caption", "caption: under the headline, below a picture credit", _below_credit),
    Place("standfirst", "between headline and text", _between),
    Place("teaser", "teaser: cut by an ellipsis", _teaser),
    Place("teaser", "teaser: above a text that an ellipsis cuts", _above_teaser),
    Place("tail", "after the end of the text", _after),
)


def place(layout: Layout, i: int) -> Verdict:
    """What block ``i`` is by its own words, else by its place."""
    if i == layout.headline and layout.title:
        return Verdict(label="title", rule=layout.title.rule)
    verdict = layout.verdicts[i]
    if verdict:
        return verdict
    fitting = next(p for p in PLACES if p.test(layout, i))
    return Verdict(label=fitting.label, rule=fitting.says)
