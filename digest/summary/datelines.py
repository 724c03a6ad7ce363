"""What stands before the first word of a report: place, date, agency and a dash; or the time of
an entry, the number of an item."""

from __future__ import annotations

import re

from digest.model import Span
from digest.text import primary

#: Longest dateline in characters and words.
_LONGEST, _WORDS = 90, 10

_DASH = re.compile(r"\s*\.?\s*(?:--?|[–—|])\s+|:\s+|(?<=\))\s+")
_AGENCY = re.compile(r"[(（/][^()（）/]{2,40}[)）/]\.?$")
# Forms that no dash ends: 【東京=共同】, 新华社北京1月1日电, МОСКВА, 27 октября. /ТАСС/.
_FIXED = re.compile(
    r"【[^】]{1,24}】\s*"
    r"|(?:新华社|中新社|中新网|中央社)[^。，]{0,30}?[电電]\s*(?:[（(][^（）()]{1,40}[）)]\s*)?"
    r"|本报[^。，]{0,12}[讯訊]\s*(?:[（(][^（）()]{1,40}[）)]\s*)?"
    r"|[（(][^（）()。]{2,30}[电電讯訊][）)]\s*"
    r"|\w[\w\s,-]{1,40}\.?\s+/[^/\s][^/\n]{1,24}/\.?(?=\s)\s*(?:[-–—]{1,2}\s+)?"
    r"|\([^()]{2,20}\)\s*(?:[-–—]{1,2}\s+|(?<=\))\s+(?=[A-ZÀ-ÞА-ЯЁІЇЄҐ]))"
    r"|[А-ЯІЇЄҐ][\w -]{1,30}\.\s+\d{1,2}\s+[а-яіїє]{3,12}\.\s+"
    r"(?:[A-ZА-ЯІЇЄҐ][\w.]{2,20}\s*[.–—-]\s+)?"
)
# "14:32 – " in a live blog, and the bullet of its summary.
_ENTRY = re.compile(
    r"\d{1,2}[:.h]\d{2}(?:\s?(?:[ap]\.?m\.?|Uhr|GMT|UTC|BST|CES?T|E[SD]?T|P[SD]?T))?"
    r"\s*[-–—|:]\s+|[•●▪‣]\s*"
    r"|(?i:breaking(?: news)?|just in|exclusive|exklusiv|eilmeldung|dernière minute|exclusif|"
    r"última hora|exclusiva|ultim['’]ora|esclusiva|urgente|pilne|срочно|терміново|son dakika|عاجل|"
    r"速報|快讯|快訊)\s*[:：|–—-]\s*"
)
_ITEM = re.compile(r"(\d{1,2})([.)])\s+(?=[^\W\d])")
# "МОСКВА, 19 ноя — РИА Новости. "
_AGENCY_BEHIND = re.compile(r"(?:РИА Новости|ТАСС|Интерфакс|УНИАН|Укринформ)[^.]{0,30}\.\s+")
_WORD = re.compile(r"[^\W\d_]+")
_UNCASED = re.compile(r"[\u0590-\u06ff\u3040-\u9fff\uac00-\ud7ff]")


# German papers end the place with a full stop: "Nordwik. Die Stadt ...".
_PLACE = re.compile(r"([^\W\d_]{3,}(?:[ /-][^\W\d_]{3,})?)\.\s+(?=[A-ZÄÖÜ])")


def without_dateline(text: str, paragraph: Span, language: str) -> Span:
    """The paragraph from the first word of its report on."""
    rest = _rest(text, paragraph)
    if rest != paragraph:
        again = _rest(text, rest)
        head = text[rest.start : again.start]
        return again if any(map(str.isdigit, head)) or _AGENCY.search(head) else rest
    place = _PLACE.match(text, *paragraph) if primary(language) == "de" else None
    if place and text.find(place[1], place.end()) >= 0:
        return Span(place.end(), paragraph.end)
    return paragraph


def _rest(text: str, paragraph: Span) -> Span:
    """The paragraph without the first of the things that may stand before its report."""
    fixed = _FIXED.match(text, *paragraph) or _ENTRY.match(text, *paragraph)
    if fixed is None and _is_listed(text, paragraph):
        fixed = _ITEM.match(text, *paragraph)
    if fixed and fixed.end() < paragraph.end:
        return Span(fixed.end(), paragraph.end)
    limit = min(paragraph.end, paragraph.start + _LONGEST)
    for dash in _DASH.finditer(text, paragraph.start, limit):
        head = text[paragraph.start : dash.start()]
        if head and _is_dateline(head, dash[0], text[dash.end() : paragraph.end]):
            behind = _AGENCY_BEHIND.match(text, dash.end(), paragraph.end)
            return Span(behind.end() if behind else dash.end(), paragraph.end)
    return paragraph


def _is_listed(text: str, paragraph: Span) -> bool:
    """Whether a paragraph is an item of a numbered list: its neighbour's number stands too."""
    item = _ITEM.match(text, *paragraph)
    if item is None:
        return False
    neighbours = (f"\n\n{int(item[1]) + step}{item[2]} " for step in (1, -1))
    return any(neighbour in text for neighbour in neighbours)


def _is_dateline(head: str, dash: str, rest: str) -> bool:
    words = _WORD.findall(head)
    if not words or len(words) > _WORDS or re.search(r"[!?;:“”\"«»]", head) or not rest.strip():
        return False
    agency = _AGENCY.search(head) is not None
    if not dash.strip() and not agency:
        return False
    first = words[0]
    if len(first) > 1 and first.isupper() and not _UNCASED.match(first):
        return _small_words(words) <= 1
    if ":" in dash or not dash.strip():
        return False
    if agency:
        return first[0].isupper() or _UNCASED.match(first) is not None
    return _is_plain_place(words, rest)


def _small_words(words: list[str]) -> int:
    return sum(word.islower() and len(word) > 3 for word in words)


def _is_plain_place(words: list[str], rest: str) -> bool:
    """A place without agency or capitals: "Berlin – Die", "القاهرة - "; no aside between dashes."""
    if len(words) > 3 or re.search(r"\s[–—-]\s", rest[:200]):
        return False
    if _UNCASED.match(words[0]):
        return True
    return all(word[0].isupper() for word in words) and rest[0].isupper()
