"""What a line is by its own words: one table of small rules, the first that fits decides.

Where a line stands is not asked here; `digest.read.scraped.places` does that for the lines that no
rule of this table knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from digest.read.dates import find_date, parse_date
from digest.read.scraped.credits import byline_prefix, credit
from digest.read.scraped.lines import DATE_HEAD, Block
from digest.read.scraped.words import vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a line is, and why."""

    label: str
    #: The rule that decided, in words that a user understands.
    rule: str
    #: It is a heading under which the article does not go on.
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to take a line for something."""

    label: str
    #: In words that a user understands; ``{}`` stands for what the test found.
    says: str
    #: What was found in the line, or None if the rule does not fit.
    test: Callable[[Block], str | None]
    ends: bool = False

    def judge(self, line: Block) -> Verdict | None:
        found = self.test(line)
        if found is None:
            return None
        return Verdict(label=self.label, rule=self.says.format(found), ends=self.ends)


_OWNER = re.compile(
    r"©|&copy;|^\W{0,2}(?:copyright\b|\(c\)).{0,60}\b(?:19|20)\d\d\b", re.IGNORECASE
)
_REPLIES = (
    r"comments?|replies|responses?|thoughts?|kommentare?|antworten|commentaires?|réponses?|comentarios?|"
    r"comentários?|commenti|reacties|комментари\w{0,3}|תגובות|تعليقات?|件のコメント"
)
_COUNTER = re.compile(
    rf"\d[\d.,]{{0,8}}[km]?\+?\s?(?:{_REPLIES}|shares?|likes?|views?|followers|claps|restacks|reactions?|"
    r"retweets?|aufrufe|partages?|просмотр\w{0,3})\b",
    re.IGNORECASE,
)
_REPLIES_HEAD = re.compile(
    rf"\(?\d{{1,5}}\)?\s?(?:{_REPLIES})(?:\s?:|\s(?:to|on|zu|sur|en|a|su|к)\s)", re.IGNORECASE
)
_COMMENTER = re.compile(
    r"reply to|(?!(?:s?he|they|er|sie|il|elle|él|ella)\b)[^.!?]{2,40}\b(?:says|sagt|dit|dice)\s?:$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")
_CLOCK = re.compile(r"[\s\d:.,()（）時时分秒点點시분오전후上下午前後]{0,20}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_MINUTES = re.compile(
    r"(?:^|\s)\d{1,3}[\s-]?(?:min(?:ute)?s?\.?"
    r"(?:\s(?:read|lesezeit|de lecture|de lectura|di lettura|leestijd))?|"
    r"minuten(?: lesezeit)?|мин\.?(?: чтения)?|分(?:で読めます)?|דקות|دقائق)$",
    re.IGNORECASE,
)
# "3 days ago", as it stands beside comments and teasers.
_AGO = re.compile(
    r"(?:\d{1,3}|an?|one)\s?(?:m|min(?:ute)?s?|h|hours?|d|days?|w|weeks?|months?|y|years?)\.?\sago"
    r"|(?:vor|il y a|hace)\s(?:\d{1,3}|eine[mnr]|une?|una?)\s[^\W\d_]{1,9}"
    r"|\d{1,3}\s(?:giorni|ore|minuti|mesi|dagen|uur|дней|дня|часов|часа|минут)\s(?:fa|geleden|назад)",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\[\d{1,3}\]\s")
_BAR = re.compile(r"\s[|•·⋅/»›>]\s")
_SHORT, _LONGEST_DATE, _LONGEST_NOTICE = 6, 16, 40


def _said(name: str, line: Block) -> str | None:
    return vocabulary(name).find(line)


def _head(line: Block) -> str | None:
    return line.text if DATE_HEAD.fullmatch(line.text) else None


def _wordless(line: Block) -> str | None:
    return None if line.words else line.text


def _bare_number(line: Block) -> str | None:
    return line.text if line.length <= 2 and all(word.isdigit() for word in line.words) else None


def _only_date(line: Block) -> str | None:
    """A date with a label, a weekday, a time; or between bars, beside something else."""
    if line.length > _LONGEST_DATE or not _YEAR.search(line.text[:200]):
        return None
    dates = filter(None, map(_day, _BAR.split(line.text[:200])))
    return next((f"{day:%Y-%m-%d}" for day in dates), None)


def _day(text: str) -> date | None:
    """The date that a text is, also with a time of day in East Asian characters."""
    found = find_date(text)
    if found and _CLOCK.fullmatch(text[: found[1]] + text[found[2] :]):
        return found[0]
    return parse_date(text)


def _dated(line: Block) -> str | None:
    """The word that stands before a date."""
    phrase = vocabulary("dated").starts.start(line.words)
    return phrase if phrase and line.length <= _LONGEST_DATE and find_date(line.text) else None


def _ago(line: Block) -> str | None:
    """How long ago a comment or teaser was written; it says no day that could be printed."""
    found = _AGO.fullmatch(line.text) if line.length <= _SHORT else None
    return found[0] if found else None


def _owner(line: Block) -> str | None:
    found = _OWNER.search(line.text[:120]) if line.length <= _LONGEST_NOTICE else None
    return found[0] if found else None


def _matches(pattern: re.Pattern[str], longest: int, line: Block) -> str | None:
    """What the pattern finds at the start of a short line that is no sentence."""
    found = pattern.match(line.text[:200]) if line.length <= longest and not line.ends else None
    return found[0] if found else None


def _source(line: Block) -> str | None:
    found = _SOURCE.match(line.text[:8]) if line.text.startswith("[") else None
    return found[0].strip() if found else None


def _address(line: Block) -> str | None:
    found = _ADDRESS.fullmatch(line.text) if len(line.text) <= 500 else None
    return found[0] if found else None


def _minutes(line: Block) -> str | None:
    found = _MINUTES.search(line.text[-40:]) if line.length <= _SHORT else None
    return found[0].strip() if found else None


def _crumbs(line: Block) -> str | None:
    """A path or row of links: three or more short pieces between bars."""
    if line.length > 30 or line.ends:
        return None
    pieces = _BAR.split(line.text[:300])
    short = all(len(piece.split()) <= 5 for piece in pieces)
    return str(len(pieces)) if len(pieces) >= 4 and short else None


_ENDS = "ends the article: “{}” heading"

#: In order; the first that fits decides.
FURNITURE = (
    Rule("date", "date: the head of the file", _head),
    Rule("ornament", "ornament: no words", _wordless),
    Rule("date", "date: the line is a date ({})", _only_date),
    Rule("date", "date: starts with “{}” and holds a date", _dated),
    Rule("date", "date: so long ago ({})", _ago),
    Rule("caption", "caption: {}", credit),
    Rule("copyright", "copyright: has “{}”", _owner),
    Rule("copyright", "copyright: starts with “{}”", partial(_said, "copyright")),
    Rule("advert", "advert: “{}”", partial(_said, "advert")),
    Rule("related", _ENDS, partial(_said, "end.related"), ends=True),
    Rule("comments", _ENDS, partial(_said, "end.comments"), ends=True),
    Rule("comments", _ENDS, partial(_matches, _REPLIES_HEAD, 30), ends=True),
    Rule("author", _ENDS, partial(_said, "end.about"), ends=True),
    Rule("references", _ENDS, partial(_said, "end.references"), ends=True),
    Rule("references", "source: starts with its number {}", _source),
    Rule("comments", "comment: “{}”", partial(_matches, _COMMENTER, 5)),
    Rule("comments", "comment: “{}”", partial(_said, "comment")),
    Rule("related", "link to another story: starts with “{}”", partial(_said, "link")),
    Rule("link", "link: nothing but an address ({})", _address),
    Rule("appeal", "appeal: “{}”", partial(_said, "appeal")),
    Rule("share", "share bar: “{}”", partial(_said, "share")),
    Rule("share", "share bar: counts “{}”", partial(_matches, _COUNTER, _SHORT)),
    Rule("navigation", "menu: “{}”", partial(_said, "navigation")),
    Rule("navigation", "menu: {} links in a row", _crumbs),
    Rule("tags", "tags: starts with “{}”", partial(_said, "tags")),
    Rule("boilerplate", "note: starts with “{}”", partial(_said, "boilerplate")),
    Rule("boilerplate", "note: reading time “{}”", _minutes),
    Rule("byline", "by-line: starts with “{}”", byline_prefix),
    Rule("number", "number: nothing else on the line", _bare_number),
)


def judge(line: Block) -> Verdict | None:
    """What the line is by its own words; None if they do not tell."""
    return next((v for rule in FURNITURE if (v := rule.judge(line))), None)
