"""Who wrote and who pictured: by-lines, and the credits by which captions are known."""

from __future__ import annotations

import re
from functools import cache

from digest.read.dates import find_date
from digest.read.scraped.lines import Block
from digest.read.scraped.words import MARKS, Phrases, after, furniture, vocabulary

# Longest by-line and longest caption with a credit, in words.
_LONGEST_BYLINE, _LONGEST_CAPTION, _LONGEST_SHOWN = 16, 80, 45
# Where the names of a by-line end: a bar, a comma, a bracket, a date, a place.
_NAMES_END = re.compile(
    r"\s?[|•·⋅,;(\[–—]|\s-\s|\s?[/／＝=]\s|\s\d|"
    r"\s(?:in|from|aus|à|desde|из|updated|published|photo\w{0,9})\s",
    re.IGNORECASE,
)
_LEAD = " :：/／|＝=・–—-"
_QUOTED = re.compile(r"[\"“„«「]")
_FULL_NAME = range(2, 5)
# Names and the words that join them: "Anna de Vries and Tom Lund" is NjNjNN.
_NAMES = re.compile(r"N{1,4}(?:j{1,3}N{1,4}){0,6}")
_NAME = r"[^\W\d_][\w.'’-]{0,24}(?:\s[^\W\d_][\w.'’-]{0,24}){0,3}"
# Several names: the commas between them do not end the by-line.
_LIST = re.compile(rf"{_NAME}(?:,\s{_NAME}){{0,6}},?\s(?:and|und|et|y|e|en|og|och|и)\s{_NAME}")
_AFTER_STOP = re.compile(
    r"[.!?。]['\"”’»)]?\s(?P<names>[^\W\d_][^.!?,:;/]{2,40}(?:/[^.!?,:;/]{2,30}){0,2})$"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]*)*")
_CASELESS = re.compile(r"[^\W\d_]{1,12}(?:[\s・･-][^\W\d_]{1,12}){0,4}")


def byline_prefix(line: Block) -> str | None:
    """What makes the line a by-line: "By" with names after it, or an agency alone."""
    if line.length > _LONGEST_BYLINE:
        return None
    found = _prefix(line)
    if found is None:
        return line.text if agency_alone(line) else None
    prefix, rest = found
    return prefix if not rest or names(rest) else None


def byline(line: Block) -> str | None:
    """The names of a by-line, without the word that opens it; None if it has none."""
    if agency_alone(line):
        return line.text.strip("()[]/ ")
    found = _prefix(line)
    return names(found[1]) if found else None


def name_alone(line: Block) -> bool:
    """Whether the line is nothing but a name of two to four words, in a script with capitals."""
    parts = line.text.split()
    lone = len(parts) in _FULL_NAME and all(part[0].isupper() for part in parts)
    return lone and names(line.text) == line.text


def agency_alone(line: Block) -> bool:
    """Whether the line is the name of a news agency."""
    return line.length <= 4 and line.text.strip("()[]/ ") in furniture()["byline"]["agencies"]


def _prefix(line: Block) -> tuple[str, str] | None:
    """The word that opens a by-line, and what follows it."""
    if phrase := vocabulary("byline").starts.start(line.words):
        return phrase, after(line.text, phrase).lstrip(_LEAD)
    phrase = _labels().start(line.words)
    rest = after(line.text, phrase) if phrase else ""
    return (phrase, rest.lstrip(_LEAD)) if phrase and rest[:1] in MARKS and rest else None


@cache
def _labels() -> Phrases:
    return Phrases(furniture()["byline"]["labels"])


def names(text: str) -> str | None:
    """The names that ``text`` starts with; None if it does not start with any."""
    text = text[:200]
    if dated := find_date(text):
        text = text[: dated[1]]
    listed = _LIST.match(text)
    end = _NAMES_END.search(text, listed.end() if listed else 0)
    found = text[: end.start() if end else len(text)].strip(" .,")
    return found if found and (_cased(found) or _caseless(found)) else None


def _cased(found: str) -> bool:
    """Whether each word has a capital or joins two that have, at most four in a row."""
    if not found or not found[0].isupper() or found[-1] in "?!" or ":" in found:
        return False
    return bool(_NAMES.fullmatch("".join(map(_kind, _WORD.findall(found)))))


def _kind(word: str) -> str:
    """``j`` for a word that joins names, ``N`` for one with a capital, ``x`` for any other."""
    if word[0].isupper():
        return "N"
    return "j" if word in furniture()["byline"]["joints"] else "x"


def _caseless(found: str) -> bool:
    """Whether it may be a name in a script without capitals: short, and no sentence."""
    return not found[0].isupper() and not found[0].islower() and bool(_CASELESS.fullmatch(found))


def credit(line: Block) -> str | None:
    """What marks the line as a caption or a credit, in words."""
    if line.length > _LONGEST_CAPTION:
        return None
    tail = line.text[-120:]
    if found := _label_start().match(line.text[:60]):
        return f"starts with “{found[0].strip()}”"
    if phrase := vocabulary("caption").find(line):
        return f"starts with “{phrase}”"
    if found := _label_end().search(tail):
        return f"ends with a credit ({found['label']})"
    if found := _agency_end().search(tail) or _agency_first().search(tail):
        return f"ends with a picture agency ({found['agency']})"
    return None


def bracketed_agency(line: Block) -> bool:
    """Whether a line ends with an agency in brackets: a credit under the headline, but the
    signature of the text at its end.
    """
    return line.length <= _LONGEST_SHOWN and bool(_bracketed().search(line.text[-40:]))


def name_at_end(line: Block) -> bool:
    """Whether a name stands after the last full stop: whoever took the picture."""
    found = _AFTER_STOP.search(line.text[-80:]) if line.length <= _LONGEST_SHOWN else None
    parts = found["names"].split("/") if found else []
    return bool(parts) and all(_cased(part.strip()) for part in parts)


def shows_picture(line: Block) -> bool:
    """Whether a line says what a picture shows, in words that captions use."""
    start = line.text[:400]
    spoken = _QUOTED.search(start)
    return line.length <= _LONGEST_SHOWN and not spoken and bool(_picture().search(start))


def _any_of(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


@cache
def _label_start() -> re.Pattern[str]:
    labels = _any_of(furniture()["caption"]["labels"])
    return re.compile(rf"\W{{0,2}}(?:{labels})\s?[:：】]\s?(?=\S)", re.IGNORECASE)


@cache
def _label_end() -> re.Pattern[str]:
    labels = _any_of(furniture()["caption"]["labels"])
    return re.compile(
        rf"[.!?…)\]([|/–—,。」]['\"”’»]?\s{{0,2}}(?P<label>{labels})\s?"
        r"(?:[:：/]|\b(?:by|via|courtesy|de|von)\b)"
        r"[^.!?。]{2,70}[.)\]]{0,2}$",
        re.IGNORECASE,
    )


@cache
def _agency_end() -> re.Pattern[str]:
    agencies = _any_of(furniture()["caption"]["agencies"])
    person = r"[^\W\d_][^/|()]{1,40}[/|]\s?"
    return re.compile(
        rf"(?:(?<=[.!?…。])['\"”’»)]?\s?|[/|–—©]\s?|\bvia\s|\((?={person}))"
        rf"(?:{person}){{0,2}}(?P<agency>{agencies})[)\]]?$"
    )


@cache
def _agency_first() -> re.Pattern[str]:
    agencies = _any_of(furniture()["caption"]["agencies"])
    return re.compile(rf"[(\[](?P<agency>{agencies})\s?[/,:]\s?[^()\[\]]{{2,60}}[)\]]$")


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(rf"[(\[](?P<agency>{_any_of(furniture()['caption']['agencies'])})[)\]]$")


@cache
def _picture() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{_any_of(furniture()['caption']['shows'])})(?!\w)", re.IGNORECASE
    )
