"""Chinese: the speaker before the verb; the family name tells where the name begins."""

from __future__ import annotations

import re

from digest.model import Span
from digest.summary.marks import Run
from digest.summary.scene import Scene
from digest.summary.uncased.chinese_words import BODY, FOREIGN, NAME, PERSON, ROLE, SAY
from digest.summary.uncased.found import (
    DOUBTFUL,
    FAIR,
    SURE,
    Found,
    clause_before,
    clause_behind,
)

# What stands between the speaker and the verb; a family name there begins the speaker's own.
_WHEN = (
    rf"(?:(?!{NAME}{SAY})(?:在|对|對|向|于|於|就|也|则|則|还|還|又|并|並|却|卻|曾|今天|昨天|今日|昨日|周|週|"
    r"星期|随后|隨後|之后|之後|进一步|進一步|日前|近日|当天|當天|[赛賽会會事][后後]|同时|同時|因此|因而|接着|"
    r"接著|接受|通过|透過|当场|當場|[0-9一二三四五六七八九十]+[日月时點点]|上午|下午|晚间|晚間|公开|公開|明确|"
    r"明確|最后|最後|笑着|笑著|含泪|激动地|再次|一再|多次)[^，。！？；：“”「」]{0,16}?)?"
)
_WHO = r"(?P<who>[^，。！？；：“”「」、\s]{1,26}?)"
_START = r"(?<![^，。！？；：“”「」、\s])"

_BEFORE = re.compile(
    rf"{_START}{_WHO}{_WHEN}{SAY}[^，。！？；：“”「」]{{0,10}}(?:[：:，,][^，。！？；：“”「」]{{0,12}})?\s*$"
)
_LABEL = re.compile(rf"(?<![^，。！？“”「」\s]){_WHO}[：:]\s*$")
_SOURCE = re.compile(
    rf"(?<![^，。“”\s])(?:据|據|按照|按|用){_WHO}(?:的话说|的話說|的说法|的說法|所说|所說|{SAY})[，,]?[^，。“”]{{0,10}}$"
)
_BEHIND = re.compile(rf"[，,]?\s*{_WHO}{_WHEN}{SAY}(?=[，。：,]|$)[^。]{{0,30}}")
_CUE = re.compile(rf"{SAY}[^，。！？；：“”「」]{{0,10}}[：:，,]?\s*$")
_LEADS = re.compile(r"[：:]\s*$")

_PRONOUN = re.compile(
    r"(?:[他她它我][们們]?|其|本人|对方|對方|对此|對此|记者|並|并|同时|同時|此外|也|还|還|又|另外|随后|隨後)"
)
_NAMED = re.compile(rf"(?P<role>.{{0,20}}(?:{ROLE}))?(?P<name>{NAME}|{FOREIGN})(?P<title>{ROLE})?")
_TRADED = re.compile(rf"(?P<role>.{{1,14}}[{PERSON}])(?P<name>{NAME}|{FOREIGN})")
_ROLE_NAMED = re.compile(rf"(?P<role>.{{0,20}}(?:{ROLE}))(?P<name>[一-龥]{{2,3}})")
_NOMINAL = re.compile(rf".{{0,24}}(?:{ROLE}|{BODY})")
_ANY = re.compile(r"[一-龥]{2,3}")


def speaker(scene: Scene, run: Run) -> Found | None:
    """Who speaks a run, by the words around it; None if no pattern says."""
    text = scene.text
    after = clause_behind(scene, run)
    match = _BEHIND.match(text, *after)
    if match and not _LEADS.search(text, *clause_before(scene, run)):
        found = _parted(scene, Span(*match.span("who")), "cue-after")
        if found:
            return found
    clause = clause_before(scene, run)
    for pattern, how in (
        (_SOURCE, "source-before"),
        (_BEFORE, "cue-before"),
        (_LABEL, "label-before"),
    ):
        match = pattern.search(text, *clause)
        if match:
            return _parted(scene, Span(*match.span("who")), how)
    return None


def is_said(scene: Scene, run: Run) -> bool:
    """Whether a verb of saying or a colon stands beside a run."""
    text, clause = scene.text, clause_before(scene, run)
    return (
        _LEADS.search(text, *clause) is not None
        or _CUE.search(text, *clause) is not None
        or _BEHIND.match(text, *clause_behind(scene, run)) is not None
    )


def goes_on(scene: Scene, run: Run) -> bool:
    """Whether "he said" or nothing but a verb of saying leads to a run, or it stands alone."""
    text, clause = scene.text, clause_before(scene, run)
    match = _BEFORE.search(text, *clause)
    if match:
        return _PRONOUN.match(match["who"]) is not None
    if clause.start == clause.end:
        behind = _BEHIND.match(text, *clause_behind(scene, run))
        return behind is not None and _PRONOUN.match(behind["who"]) is not None
    return _CUE.search(text, *clause) is not None and clause.end - clause.start < 5


def _parted(scene: Scene, who: Span, found: str) -> Found | None:
    """Role and name of a phrase; None for a pronoun or what is no speaker."""
    text = scene.text
    words = text[who.start : who.end]
    if _PRONOUN.match(words):
        return None
    for pattern in (_NAMED, _TRADED, _ROLE_NAMED):
        match = pattern.fullmatch(text, who.start, who.end)
        if match:
            groups = match.groupdict()
            role = "role" if groups["role"] else "title" if groups.get("title") else None
            span = Span(*match.span(role)) if role else None
            return Found(Span(*match.span("name")), span, found, SURE, named=True)
    if _NOMINAL.fullmatch(words):
        return Found(who, None, found, FAIR, named=False)
    if _ANY.fullmatch(words):
        return Found(who, None, found, DOUBTFUL, named=True)
    return None
