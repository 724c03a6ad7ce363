"""Whether a feed gives the whole article or only its beginning."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from digest.model import Entry
from digest.read.feed.words import plain
from digest.text import words

# Fewer words are a note at most; more are an article though they repeat the description.
_FEW, _MANY = 80, 250
_ARROWS = " \t\n.…:>»›→⇒⟶➔»＞[]()（）【】«‹←"
_CUT = re.compile(r"(?:\.{3,}|…|\u22ef)[\s\])）»”\"'’.]{0,6}\Z")
_LONGEST_MORE = 40


def is_teaser(entry: Entry) -> bool:
    """Whether the entry's own words are only a part of the article behind its link.

    They are if they are few, if they end in an ellipsis or a "read more", or if they are not many
    and the description says the same.
    """
    text = plain(entry.content or "")
    count = len(words(text))
    if count < _FEW or _CUT.search(text[-20:]) or _ends_in_more(entry.content or ""):
        return True
    return count < _MANY and bool(entry.description) and plain(entry.description or "") == text


def says_more(text: str) -> bool:
    """Whether a link's text only tells to read on: "Read more", "Weiterlesen »"."""
    label = " ".join(text.split()).strip(_ARROWS).casefold()
    return len(label) <= _LONGEST_MORE and label in _labels()


def _ends_in_more(content: str) -> bool:
    """Whether the last link, with hardly a word behind it, tells to read on."""
    start = content.lower().rfind("<a")
    if start < 0:
        return says_more(plain(content).rpartition(". ")[2][-_LONGEST_MORE:])
    link, _, rest = content[start:].partition("</")
    return says_more(plain(link)) and len(plain("</" + rest)) < _LONGEST_MORE


@cache
def _labels() -> frozenset[str]:
    table = Path(__file__).with_name("more.toml").read_text("utf-8")
    return frozenset(tomllib.loads(table)["more"])
