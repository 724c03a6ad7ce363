"""Merge tokens: what differs from reader to reader stands in an edition as one of these.

They are URLs, because an inliner percent-encodes anything else that stands in a link, and their
host can never resolve (RFC 2606), because one that slipped through must lead nowhere.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: What every token begins with, and nothing else in an edition: see `defused`.
HOST = "https://m.invalid/"
UNSUBSCRIBE = f"{HOST}__UNSUBSCRIBE__"
VIEW = f"{HOST}__VIEW__"

_TOKEN = re.compile(
    rf"{re.escape(HOST)}__(?:(UNSUBSCRIBE|VIEW)|FIELD_((?:[0-9a-f]{{2}})+)_((?:[0-9a-f]{{2}})*))__"
)
_WORDS = re.compile(r"\w+")


class Place(NamedTuple):
    """Where in a part a token stands, and what it stands for."""

    start: int
    end: int
    #: ``UNSUBSCRIBE``, ``VIEW``, or the name of a field, which is in lower case.
    name: str
    #: What is printed for a reader who has no such field.
    default: str


def field(name: str, default: str = "") -> str:
    """The token of a recipient's field: ``name``, ``address`` or one of their own.

    Both arguments are carried in hexadecimal digits, so that any script survives the inliner.
    Raises `ValueError` if ``name`` holds neither a letter nor a digit.
    """
    key = field_name(name)
    if not key:
        raise ValueError(f"{name!r} cannot name a field")
    return f"{HOST}__FIELD_{key.encode().hex()}_{default.encode().hex()}__"


def field_name(heading: str) -> str:
    """A field's name as tokens and recipients' lists share it: ``First Name`` is ``first_name``."""
    return "_".join(_WORDS.findall(heading.casefold()))


def places(part: str) -> list[Place]:
    """The tokens in ``part``, in its order."""
    return [Place(*match.span(), *_meaning(match)) for match in _TOKEN.finditer(part)]


def defused(text: str) -> str:
    """``text`` that cannot be taken for a token: an article may hold anything."""
    return text.replace(HOST, HOST.replace("://", ":\u200b//"))


def _meaning(match: re.Match[str]) -> tuple[str, str]:
    if match[1]:
        return match[1], ""
    return _text(match[2]), _text(match[3])


def _text(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-8", "replace")
