"""Pages that stand in front of an article: paywall, consent, bot check, soft 404, empty shell.

None of them is ever an article. A page is one of them only if it holds little text and says so, in
its words or in its structure: an article may write about any of these.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from digest.text import words


class Wall(StrEnum):
    """What stands in front of an article."""

    CHECK = "bot check"
    MISSING = "soft 404"
    CONSENT = "consent wall"
    PAYWALL = "paywall"
    SCRIPT = "script-only page"


#: What each is, and what the user can do about it.
TOLD = {
    Wall.CHECK: (
        "is a bot check and not the article",
        "Name a feed of the site that has full text.",
    ),
    Wall.MISSING: ("says that there is no such article", "The article may have been taken down."),
    Wall.CONSENT: ("is a consent wall and not the article", "Name a feed that has full text."),
    Wall.PAYWALL: ("is behind a paywall", "Set full_text to never to print what the feed gives."),
    Wall.SCRIPT: ("shows nothing without its script", "Name a feed that has full text."),
}

# Words of a text below which it may be a wall: what a wall itself may say, and how much of an
# article a paywall shows, also where the page declares that it is not free.
_WALL, _CONSENT, _TEASER, _DECLARED, _SHELL = 150, 400, 160, 400, 40
_LONGEST = 300  # characters of a block that says it is a wall
_FIRST = 12  # blocks in which a wall that is the whole page says so
_FEW, _MOSTLY = 60, 0.7  # words from which on a wall says so in most of a line
_CONSENTING = 3  # words of a consent wall that it has at least

# Services that check for bots, by what their pages load.
_CHECKERS = re.compile(
    r"/cdn-cgi/challenge-platform|cf-chl-|captcha-delivery\.com|px-captcha|_Incapsula_Resource"
    r"|sec/cp_challenge|awswaf\.com|geo\.captcha|hcaptcha\.com/1/api|friendlycaptcha"
)
# An empty element that a script is to fill.
_SHELL_ROOT = re.compile(
    r"<(?:div|main)[^>]{0,200}\bid=[\"']?(?:root|app|__next|__nuxt|app-root|main-app|svelte)[\"']?"
    r"[^>]{0,200}>\s{0,50}</|<app-root[^>]{0,200}>\s{0,50}</",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:error\s|fehler\s|erreur\s)?404\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What of a page tells whether it is a wall."""

    #: The source of the page.
    html: str
    title: str
    #: Its blocks, in order.
    blocks: Sequence[str]
    #: The paragraphs that were taken for its article.
    body: Sequence[str]
    #: Whether it declares that its article is not free.
    paid: bool = False

    @property
    def top(self) -> list[str]:
        """Its title and first blocks, in lower case."""
        return [text.casefold() for text in (self.title, *self.blocks[:_FIRST])]


def find_wall(seen: Seen) -> Wall | None:
    """What stands in front of the article; None if it is the article itself."""
    count = _count(seen.body)
    if count >= _DECLARED:
        return None
    if count < _WALL and _is_check(seen, count):
        return Wall.CHECK
    if count < _WALL and _is_missing(seen, count):
        return Wall.MISSING
    if count < _CONSENT and _is_consent(seen):
        return Wall.CONSENT
    if count < (_DECLARED if seen.paid else _TEASER) and _is_paid(seen):
        return Wall.PAYWALL
    return Wall.SCRIPT if count < _SHELL and _is_shell(seen) else None


def _count(body: Sequence[str]) -> int:
    """The words of a text, as far as they matter."""
    count = 0
    for text in body:
        count += len(words(text))
        if count >= _DECLARED:
            break
    return count


def _is_check(seen: Seen, count: int) -> bool:
    guarded = count < _SHELL and bool(_CHECKERS.search(seen.html))
    return guarded or _says("check", seen.top, share=_share(count))


def _is_missing(seen: Seen, count: int) -> bool:
    numbered = bool(_NUMBER.match(seen.title.casefold()))
    return numbered or _says("missing", seen.top, share=_share(count))


def _share(count: int) -> float:
    """How much of a line must be the wall's words: the more is said, the more clearly."""
    return _MOSTLY if count >= _FEW else 0.0


def _is_consent(seen: Seen) -> bool:
    text = " ".join(seen.body).casefold()
    many = sum(text.count(word) for word in _phrases("consenting")) >= _CONSENTING
    return many and _says("consent", seen.top)


def _is_paid(seen: Seen) -> bool:
    """Whether a short block from the text on says that the rest is to be paid for."""
    first = seen.body[0] if seen.body else ""
    start = seen.blocks.index(first) if first in seen.blocks else 0
    return _says("paywall", (text.casefold() for text in seen.blocks[start:]))


def _is_shell(seen: Seen) -> bool:
    text = seen.html.casefold()
    return bool(_SHELL_ROOT.search(seen.html)) or any(say in text for say in _phrases("script"))


def _says(kind: str, texts: Iterable[str], share: float = 0.0) -> bool:
    """Whether a phrase of this kind makes up such a share of one of the texts that are short."""
    short = [text for text in texts if len(text) <= _LONGEST]
    return any(
        phrase in text and len(phrase) >= share * len(text)
        for text in short
        for phrase in _phrases(kind)
    )


@cache
def _phrases(kind: str) -> tuple[str, ...]:
    table = tomllib.loads(Path(__file__).with_name("walls.toml").read_text(encoding="utf-8"))
    return tuple(table[kind])
