"""CSS as far as checks need it: rules with what stands around them, and declarations.

A reader for style sheets that a theme's author wrote by hand: whatever is no rule is passed over,
as a browser does, and every expression here is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_STRING = r""""(?:[^"\\\n]|\\[\s\S]?)*+(?:"|(?=\n)|\Z)|'(?:[^'\\\n]|\\[\s\S]?)*+(?:'|(?=\n)|\Z)"""
_PIECE = re.compile(
    rf"(?P<comment>/\*.*?(?:\*/|\Z))|{_STRING}|\([^(){{}}\"']*+\)?|[{{}};]|[^{{}};\"'/(]++|.",
    re.DOTALL,
)
_DECLARATION = re.compile(rf"(?:{_STRING}|\([^()\"']*+\)?|[^;\"'(])++")
#: Rules within rules: themes need three.
_DEPTH = 32
_IMPORTANT = re.compile(r"!\s*important\s*\Z", re.IGNORECASE)


class Declaration(NamedTuple):
    """A property and its value, the name in lower case."""

    name: str
    value: str
    important: bool = False


class Rule(NamedTuple):
    """A rule of a sheet; an at-rule that holds no rules is one whose selector begins with @."""

    selector: str
    declarations: tuple[Declaration, ...]
    #: What stands around it, the outermost first: ``@media (max-width: 480px)``.
    around: tuple[str, ...] = ()


def rules(sheet: str) -> Iterator[Rule]:
    """The rules of ``sheet``, in the order in which they end; none beyond `_DEPTH` levels."""
    heads: list[str] = []
    # Of each open rule what it holds itself, and last what no rule holds.
    blocks: list[list[str]] = [[]]
    pending: list[str] = []
    for piece in _pieces(sheet):
        if piece == "{" and len(heads) < _DEPTH:
            heads.append("".join(pending).strip())
            blocks.append([])
            pending = []
        elif piece == "}" and heads:
            head, block = heads.pop(), "".join(blocks.pop() + pending)
            if block.strip() or not head.startswith("@"):
                yield Rule(head, declarations(block), tuple(heads))
            pending = []
        elif piece == ";":
            statement = "".join(pending).strip()
            if not heads and statement.startswith("@"):
                yield Rule(statement, ())
            blocks[-1] += (*pending, ";")
            pending = []
        else:
            pending.append(piece)


@lru_cache(maxsize=1024)
def declarations(block: str) -> tuple[Declaration, ...]:
    """The declarations of a block or of a style attribute, in order."""
    found = []
    for piece in _DECLARATION.findall(block):
        name, colon, value = piece.partition(":")
        if colon and (plain := value.strip()):
            kept = _IMPORTANT.sub("", plain).rstrip()
            found.append(Declaration(name.strip().lower(), kept, kept != plain))
    return tuple(found)


def _pieces(sheet: str) -> Iterator[str]:
    for match in _PIECE.finditer(sheet):
        if not match["comment"]:
            yield match[0]
