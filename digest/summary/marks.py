"""Text -> quoted runs: what stands between quotation marks, paragraph by paragraph.

One pass: look for a mark that opens, look for the mark that closes it, go on behind it. What lies
between is not looked at again, so nested marks need no stack and the time is linear. A mark that
nothing closes runs to the end of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from digest.model import Span

_MARK = re.compile("[“„‟«「『\"״＂»”‹‘‚']")
# These open wherever they stand outside a quotation.
_ALWAYS = frozenset("“„‟«「『")

_CLOSE = {
    mark: re.compile(pattern)
    for mark, pattern in {
        "“": r"”|(?<=[\w.,!?…])[“\"](?!\w)",
        "„": "[“”]",
        "‟": "[”‟]",
        "«": "»",
        "»": "«",
        "‹": "›",
        "「": "」",
        "『": "』",
        '"': r'"(?!\w)|”',
        "״": r"״(?!\w)",
        "＂": "[＂”]",
        "”": "”",
        "'": r"(?<=[.,!?…;])[’'](?!\w)|(?<=\w)[’'](?=[.,;:!?])|[“”\"]",
    }.items()
}
# Typists mix the kinds: tried when the mark's own partner does not follow in the paragraph.
_SECOND = {
    mark: re.compile(pattern)
    for mark, pattern in {"“": "“", "„": r'"', "»": "»", "«": '["”]', '"': r'["“]'}.items()
}
# A closing single mark looks like an apostrophe; with a stop before or behind it, it is none.
_SINGLE_SURE = re.compile(r"(?<=[.,!?…;])[’‘'](?!\w)|(?<=\w)[’‘'](?=[.,;:!?])")
_SINGLE_WEAK = re.compile(r"(?<=\w)[’‘](?!\w)")
# No double mark stands within straight single ones: there, an apostrophe is likelier.
_NEVER = {"'": '“”"'}
_SINGLES = "‘‚'"

#: Longest text in single marks: beyond, a stray apostrophe is likelier.
_SINGLE_REACH = 600


class Run(NamedTuple):
    """One quoted run within one paragraph."""

    #: The words inside the marks, trimmed of white space.
    inner: Span
    #: With the marks.
    outer: Span
    #: Number of its paragraph.
    paragraph: int
    #: The mark that opens it; a dash for dialogue without marks.
    mark: str
    #: Whether a mark closes it, or the next paragraph takes it up.
    closed: bool = True
    #: Whether it takes up a quotation that the paragraph before left open.
    resumes: bool = False
    #: Whether an attribution without marks of its own parts it from the run before: one speaker.
    goes_on: bool = False


def runs(text: str, paragraphs: tuple[Span, ...]) -> list[Run]:
    """All quoted runs of a text, in order, disjoint."""
    found: list[Run] = []
    for number, paragraph in enumerate(paragraphs):
        for run in _of_paragraph(text, paragraph, number):
            previous = found[-1] if found else None
            if previous is not None and _resumes(run, previous, paragraph):
                found[-1] = previous._replace(closed=True)
                found.append(run._replace(resumes=True))
            else:
                found.append(run)
    return found


def _resumes(run: Run, previous: Run, paragraph: Span) -> bool:
    return (
        not previous.closed
        and previous.paragraph == run.paragraph - 1
        and run.mark == previous.mark
        and run.outer.start - paragraph.start <= 1
    )


def _of_paragraph(text: str, paragraph: Span, number: int) -> Iterator[Run]:
    position, end = paragraph
    seen: dict[str, int] = {}
    # Two single marks for a double one: there, a lone one is an apostrophe or a mark within.
    doubled = text.find("''", position, end) >= 0
    while opening := _MARK.search(text, position, end):
        mark, start = opening[0], opening.end()
        if not _opens(text, mark, start - 1) or (doubled and mark == "'"):
            position = start
            continue
        closing = _closing(text, mark, start, end, seen)
        if closing is None and mark in _SINGLES + "‹":
            position = start
            continue
        stop, position = closing or (end, end)
        inner = inside(text, start, stop)
        if inner.end > inner.start:
            outer = Span(opening.start(), position)
            yield Run(inner, outer, number, mark, closing is not None)


def _opens(text: str, mark: str, at: int) -> bool:
    """Whether a mark opens a quotation, by what stands beside it.

    The straight and the single marks double as apostrophe, inch, minute and the Hebrew gershayim;
    the guillemets and the high mark open in one language and close in the next.
    """
    if mark in _ALWAYS:
        return True
    before, behind = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if not behind.strip():
        # Typists and tokenizers set blanks on both sides: " Come in " , she said .
        is_inch = text[max(0, at - 2) : at].strip().isdigit()
        return mark == '"' and behind == " " and not before.strip() and not is_inch
    if mark in "»”'":
        if before.strip() and before not in "([—–-:":
            return False
        if mark == "'":
            return behind.isalpha()
        return behind.isalnum() if mark != "»" else behind not in "«»"
    return not (before.isalnum() or before == "_")


def _closing(
    text: str, mark: str, start: int, end: int, seen: dict[str, int]
) -> tuple[int, int] | None:
    """Where the closing mark starts and ends.

    ``seen`` remembers up to where nothing closes, so that no stretch of a paragraph is searched
    again for each of its opening marks.
    """
    if mark in "‘‚":
        return _single_closing(text, mark, start, min(end, start + _SINGLE_REACH))
    if mark in "'‹":
        end = min(end, start + _SINGLE_REACH)
    for table in (_CLOSE, _SECOND):
        if mark not in table:
            continue
        key = mark + ("?" if table is _SECOND else "")
        found = table[mark].search(text, max(start, seen.get(key, 0)), end)
        if found is None or found[0] in _NEVER.get(mark, ""):
            seen[key] = found.start() if found else end
        else:
            return found.span()
    return None


def _single_closing(text: str, mark: str, start: int, end: int) -> tuple[int, int] | None:
    following = text.find(mark, start, end)
    end = following if following >= 0 else end
    found = _SINGLE_SURE.search(text, start, end) or _SINGLE_WEAK.search(text, start, end)
    return found.span() if found else None


def inside(text: str, start: int, end: int) -> Span:
    """The words between two marks: no white space, no comma or colon before the closing mark."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",，،、"):
        end -= 1
    return Span(start, end)
