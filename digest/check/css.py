"""CSS as far as checks need it: rules with what stands around them, and declarations.

A reader for style sheets that a theme's author wrote by hand: whatever is no rule is passed over,
as a browser does, and every expression here is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_STRING = r""""(?:[^"\\\n]|\\.)*+(?:"|(?=\n)|\Z)|'(?:[^'\\\n]|\\.)*+(?:'|(?=\n)|\Z)"""
_TOKEN = re.compile(
    rf"(?P<comment>/\*.*?(?:\*/|\Z))|{_STRING}|\([^(){{}}\"']*+\)?|[{{}};]|[^{{}};\"'/(]++|.",
    re.DOTALL,
)
_DECLARATION = re.compile(rf"(?:{_STRING}|\([^()\"']*+\)?|[^;\"'(])++")
_IMPORTANT = re.compile(r"\s*!\s*important\s*\Z", re.IGNORECASE)


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
    """The rules of ``sheet``, in the order in which they end."""
    heads: list[str] = []
    blocks = [""]
    pending = ""
    for token in _tokens(sheet):
        if token == "{":
            heads.append(pending.strip())
            blocks.append("")
            pending = ""
        elif token == "}" and heads:
            head, block = heads.pop(), blocks.pop() + pending
            if block.strip() or not head.startswith("@"):
                yield Rule(head, declarations(block), tuple(heads))
            pending = ""
        elif token == ";":
            if not heads and pending.strip().startswith("@"):
                yield Rule(pending.strip(), ())
            blocks[-1] += pending + ";"
            pending = ""
        else:
            pending += token


@lru_cache(maxsize=1024)
def declarations(block: str) -> tuple[Declaration, ...]:
    """The declarations of a block or of a style attribute, in order."""
    found = []
    for piece in _DECLARATION.findall(block):
        name, colon, value = piece.partition(":")
        if colon and (plain := value.strip()):
            kept = _IMPORTANT.sub("", plain)
            found.append(Declaration(name.strip().lower(), kept, kept != plain))
    return tuple(found)


def _tokens(sheet: str) -> Iterator[str]:
    for match in _TOKEN.finditer(sheet):
        if not match["comment"]:
            yield match[0]
