"""A scraped text as blocks: single lines, and hard-wrapped paragraphs put together again.

    text -> blocks(text) -> Block, Block, ...

Everything that the rules ask of a block is measured here once: its first words, its length, and
whether it ends like a sentence. Only the first `MEASURED` characters of a block are measured, so
that one line of 50 MB costs no more than its copy.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.text import words

#: Characters of a block that are split into words.
MEASURED = 800

# Closing marks that may follow the end of a sentence, and the numbers of footnotes.
_CLOSERS = r"[\"'”’“‘»«›‹)\]」』】）〉》]"
# Also a signature in brackets, as German papers set their agencies: "... wurde. (dpa)".
_SENTENCE_END = re.compile(
    rf"[.!?…。！？؟۔।](?:\s?{_CLOSERS}|\s?\[\d{{1,3}}\]|\d{{1,2}}$){{0,4}}(?:\s[(\[][^()\[\].]{{2,20}}[)\]])?$"
)
_TAIL = 32  # characters that are looked at for it
# An item of a list, or a line of a dialogue, begins a paragraph.
_ITEM = re.compile(r"[-–—*•·]\s?|\d{1,2}[.)]\s")
_ELLIPSIS = re.compile(r"(?:\.\s?\.\s?\.|…)\s?\]?$")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uff60]")

# Widths, in characters, between which lines may have been broken by a program; scripts without
# blanks take two columns for a character.
_WIDTHS, _UNSPACED_WIDTHS = range(36, 101), range(20, 61)
# Lines broken by hand may end this part of the width too early.
_RAGGED = 12
#: The head that scrapers put above a text.
DATE_HEAD = re.compile(r"\s*date[ :]\s*(\d{4}-\d{2}-\d{2})\b[ \t]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line, or the lines of one hard-wrapped paragraph."""

    #: Number of the first line, counted from 1.
    number: int
    #: The lines as they stand in the text.
    raw: tuple[str, ...]
    #: On one line, each run of white space one blank.
    text: str
    #: The first words in lower case; a character counts as one in scripts without blanks.
    words: tuple[str, ...]
    #: Ends like a sentence: a stop, with or without closing marks.
    ends: bool
    #: Ends in an ellipsis: the text was cut.
    trails: bool

    @property
    def length(self) -> int:
        """Number of words measured."""
        return len(self.words)

    @property
    def shouts(self) -> bool:
        """Ends in an exclamation mark."""
        return self.text.endswith(("!", "！"))


def block(number: int, *raw: str) -> Block:
    """The block that the lines ``raw``, the first of them line ``number``, make together."""
    joined = _join(raw)
    text = " ".join(joined.split())
    tail = text[-_TAIL:]
    trails = bool(_ELLIPSIS.search(tail))
    return Block(
        number=number,
        raw=raw,
        # A text of a million lines is kept once, and each of its words once.
        text=joined if text == joined else text,
        words=tuple(map(sys.intern, words(text[:MEASURED]))),
        ends=bool(_SENTENCE_END.search(tail)) and not trails,
        trails=trails,
    )


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order. A ``date YYYY-MM-DD`` head is a block of its own, also
    where other words follow it on its line; the two then bear the same number.
    """
    lines = text.split("\n")
    width = _wrap_width(lines)
    found = [block(first + 1, *lines[first:end]) for first, end in _groups(lines, width)]
    return (*_split_head(found[0]), *found[1:]) if found else ()


def _split_head(first: Block) -> Iterator[Block]:
    head = DATE_HEAD.match(first.raw[0])
    if not head:
        yield first
        return
    rest = first.raw[0][head.end() :]
    yield block(first.number, first.raw[0][: head.end()].strip())
    if rest.strip():
        yield block(first.number, rest, *first.raw[1:])
    elif first.raw[1:]:
        yield block(first.number + 1, *first.raw[1:])


def _groups(lines: Sequence[str], width: int) -> Iterator[tuple[int, int]]:
    """Ranges of the lines that belong to one block each; blank lines are in none."""
    start: int | None = None
    for i, line in enumerate(lines):
        if start is not None and not (line.strip() and width and _full(lines[i - 1], line, width)):
            yield start, i
            start = None
        if start is None and line.strip():
            start = i
    if start is not None:
        yield start, len(lines)


def _wrap_width(lines: Sequence[str]) -> int:
    """The width that the text was wrapped at by a program; 0 if its lines are paragraphs.

    A wrapped line could not have held the next line's first word. Where that is so for most
    neighbours, and most breaks stand within a sentence, the breaks mean nothing.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if not pairs:
        return 0
    # A few longer lines, such as addresses of the web, do not make it another width.
    width = lengths[-1 - len(lengths) // 50]
    allowed = _UNSPACED_WIDTHS if _UNSPACED.search(pairs[0][0]) else _WIDTHS
    full = [(a, b) for a, b in pairs if _full(a, b, width)]
    inside = [b for a, b in full if not _SENTENCE_END.search(a.rstrip()[-_TAIL:])]
    wrapped = width in allowed and 2 * len(full) >= len(pairs) and 2 * len(inside) > len(full)
    # A headline may be the longest line of all; what stands under it begins with a capital.
    return width if wrapped and not all(b.lstrip()[0].isupper() for b in inside) else 0


def _full(line: str, following: str, width: int) -> bool:
    """Whether ``line`` had no room for the first word of the line that follows it."""
    line, following = line.rstrip(), following.lstrip()
    if _ITEM.match(following):
        return False
    if _UNSPACED.match(following):
        return len(line) + 2 >= width
    return len(line) + 1 + len(following[: width + 1].split(" ", 1)[0]) > width - width // _RAGGED


def _join(raw: Sequence[str]) -> str:
    if len(raw) == 1:
        return raw[0]
    return "".join(
        line.strip() + _seam(line.rstrip(), following.lstrip())
        for line, following in zip(raw, [*raw[1:], ""], strict=True)
    )


def _seam(line: str, following: str) -> str:
    """What stands for a line break that is taken out: nothing after a hyphen or in Japanese."""
    hyphen = line[-1:] == "-" and line[-2:-1].isalpha() and following[:1].islower()
    unspaced = _UNSPACED.match(line[-1:]) and _UNSPACED.match(following[:1])
    return "" if hyphen or unspaced else " "
