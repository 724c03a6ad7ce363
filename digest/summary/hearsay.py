"""Words at second hand, and words on things: the nearest name is not who speaks.

"Roe was told by Doe: ..." are Doe's words, "Roe quoted Doe as saying ..." too; "Roe denied having
said ..." and "Roe carried a banner that said ..." are nobody's. Each pattern reads the words that
touch the quote; where it has a group ``who``, the speaker begins there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from digest.summary.marks import Run
from digest.summary.phrases import Phrase
from digest.summary.scene import Scene

#: Characters before and behind a quote that are read.
_BEFORE, _BEHIND = 160, 140

_WORD = r"(?!(?:and|said|says)\b)[\w.’'-]+"
_WHO = rf"(?P<who>{_WORD}(?:\s{_WORD}){{0,6}})"
_NAME = r"(?P<who>[\w.’' -]{2,60}?)"
_BY = rf"(?:\sby\s{_WHO})?"
_BY_ROLE = rf"(?:\sby\s(?:(?:his|her|their|the|an?)\s[\w -]{{2,30}},\s)?{_WHO})?"
_TOLD = r"(?:told|asked|informed|reminded|warned|advised|assured)"
_DENIED = (
    r"(?:denie[sd]|denying)\s(?:\w+\s){0,2}?(?:said|saying|wrote|written|writing|told|telling|"
    r"claimed|claiming|tweeted|tweeting)"
)
# What stands before the verb behind a quote, unless somebody says something there.
_SUBJECT = r"[,.]?\s*(?:(?!(?:said|says|told|tells|when|after|before|as|who|if)\b)[\w.’'-]+\s){1,6}"
_PASSIVE = r"(?:was|were|is|are|got|(?:had|has|have|having)\sbeen)\s(?:\w+\s){0,2}?"
_THING_WORD = (
    r"\b(?:banner|sign|placard|poster|headline|billboard|sticker|plaque|badge|t-shirt|shirt|mural|"
    r"caption|flag|cap|mug|leaflet|notice|slogan|graffiti)s?\b"
)
_THING = rf"{_THING_WORD}\s"
_WITH_WORDS = r"(?:with|bearing|carrying)\s(?:\w+\s){0,3}(?:words?|message|slogan|legend|text)"
_LETTERED = (
    rf"{_THING}(?:(?:that|which)\s(?:\w+\s)?\w+|saying|reading|declaring|proclaiming|reads?|"
    rf"{_WITH_WORDS})"
)
_HELD = (
    r"\b(?:held|hold(?:s|ing)|carr(?:ied|ying)|wav(?:ed|ing)|wore|wearing|raised|raising)\s"
    rf"(?:\w+\s){{1,4}}?{_THING_WORD}"
)
_HAD_TOLD = (
    r"\b(?:said|says|added|recalled)\s(?:that\s)?(?!(?:he|she|they|it)\b)"
    r"(?P<who>[\w.’'-]+(?:\s[\w.’'-]+){0,5}?)\shad\s(?:\w+\s)?(?:told|asked|warned)\s"
    r"(?:him|her|them)"
)
_LETTER = (
    r"\bread(?:s|ing)?\s(?:out\s|aloud\s|from\s){0,2}(?:an?|the|his|her|their)\s(?:\w+\s)?"
    rf"(?:letter|statement|message|note|e-?mail|text)\s(?:from|by)\s{_WHO}"
)
_RECALLED = (
    r"\b(?:recall|remember|repeat)(?:s|ed|ing)?\swhat\s(?!(?:he|she|they)\b)"
    r"(?:(?:his|her|their|the)\s[\w -]{2,30},?\s)?"
    r"(?P<who>[\w.’'-]+(?:\s[\w.’'-]+){0,5}?),?\s(?:(?:had|used\sto|would|always)\s){0,2}"
    r"(?:told|tell|said|say)(?:\s\w+){0,2}"
)
_DASH = r"[,.]?\s*(?:[—–-]\s*)?"
_PARTICIPLE = r"(?:gesagt|gefragt|mitgeteilt|geraten|erzählt|vorgeworfen)"

_ENGLISH_TRIGGERS = (
    "never told asked informed reminded warned advised assured quoted quotes quoting cited "
    "cites citing letter statement message note email e-mail text denied denies denying what "
    "banner sign placard poster headline billboard sticker plaque badge t-shirt shirt mural "
    "caption flag cap mug leaflet notice slogan graffiti banners signs placards posters "
    "headlines billboards stickers badges t-shirts shirts flags caps"
)
_GERMAN_TRIGGERS = "wurde wurden mit was bestritt bestreitet leugnete man"
#: Words of which one stands by every such quote: the patterns are tried only there.
_TRIGGERS = {
    "en": frozenset(_ENGLISH_TRIGGERS.split()),
    "de": frozenset(_GERMAN_TRIGGERS.split()),
}
#: Tokens on either side of a quote among which it stands.
_NEAR = 18

# Each ends where the quote begins, but for a comma or a colon.
_LEADING = {
    "en": (
        rf"\b{_PASSIVE}{_TOLD}{_BY_ROLE}",
        _HAD_TOLD,
        _HELD,
        r"\bnever\s(?:said|wrote|claimed|told\s\w+)(?:\sthat)?",
        rf"\b(?:quot|cit)(?:ed|es|ing)\s{_NAME}\sas\s(?:saying|writing|having\s\w+)(?:\s\w+){{0,3}}",
        _LETTER,
        rf"\b{_DENIED}(?:\sthat)?",
        _RECALLED,
        _LETTERED,
    ),
    "de": (
        rf"\bwurden?\b[\w ,-]{{0,60}}?(?:\bvo[nm]\s{_NAME}\s)?{_PARTICIPLE}",
        r"\b(?:bestritt|bestreitet|leugnete),?\s(?:\w+\s){0,2}?(?:gesagt|geschrieben)\szu\shaben",
        r"\bmit\sde[rmn]\s(?:Aufschrift|Slogan|Schriftzug)",
        rf"\bwas\s(?:ihm|ihr|ihnen)\s{_NAME}\s(?:sagte|erzählte|geraten\shatte|gesagt\shatte)",
    ),
    "fr": (
        r"\b(?:nié|nie|nia|niait)\savoir\s(?:dit|écrit|déclaré)",
        rf"\bce\sque\s(?:lui|leur)\s(?:disait|a\sdit|avait\sdit|répétait)\s{_NAME}",
        r"\b(?:pancarte|banderole|affiche|panneau)\s\w+\s(?:l[’'])?(?:inscription|on\slit|lit)",
    ),
    "es": (
        r"\b(?:negó|niega|negaba|negado)\shaber\s(?:dicho|escrito|declarado)",
        rf"\blo\sque\s(?:le|les)\s(?:dijo|decía|contó|había\sdicho|repetía)\s{_NAME}",
        r"\b(?:pancarta|cartel|camiseta)\s(?:que\s(?:decía|dice|rezaba)|con\s\w+\s\w+)",
    ),
    "it": (
        r"\b(?:negato|nega|negò|negava)\sdi\saver\s(?:detto|scritto|dichiarato)",
        rf"\b(?:quello|ciò)\sche\s(?:gli|le)\s(?:disse|diceva|ha\sdetto|aveva\sdetto)\s{_NAME}",
        r"\b(?:cartello|striscione|maglietta)\s(?:che\s\w+|con\s(?:la\sscritta|scritto))",
    ),
    "pt": (
        r"\b(?:negou|nega|negava|negado)\ster\s(?:dito|escrito|declarado)",
        rf"\bo\sque\slhes?\s(?:disse|dizia|contou|tinha\sdito)\s{_NAME}",
        r"\b(?:cartaz|faixa|camiseta)\s(?:que\s\w+|com\s\w+\s\w+)",
    ),
    "nl": (r"\bmet\s(?:de\stekst|het\sopschrift|de\swoorden)",),
    "pl": (r"\bz\snapisem",),
    "cs": (r"\bs\snápisem",),
    "ru": (r"\bс\s(?:надписью|лозунгом)",),
    "uk": (r"\b[зі]з?\s(?:написом|гаслом)",),
}
# Each begins where the quote ends.
_TRAILING = {
    "en": (
        rf"{_SUBJECT}(?:sa(?:id|ys)\s(?:that\s)?(?:he|she|they)\s)?{_PASSIVE}{_TOLD}{_BY}",
        rf"{_SUBJECT}{_DENIED}\b",
        rf"[,.]?\s*(?:read|reads|said|says)\s(?:an?|the|one|his|her|another)\s(?:\w+\s)?{_THING_WORD}",
    ),
    "de": (
        rf",?\s*wurden?\s[\w -]{{1,60}}?(?:\bvo[nm]\s{_NAME}\s)?{_PARTICIPLE}\b",
        r",?\s*(?:bestritt|bestreitet|leugnete)\s[\w -]{1,60}?\s(?:gesagt|geschrieben)\b",
        r",?\s*(?:sagte|sagt|erzählte)\sman\b",
    ),
    "fr": (r"[,.]?\s*(?:a\s)?(?:nié|nie|nia|niait)\savoir\s",),
    "es": (r"[,.]?\s*(?:ha\s)?(?:negó|niega|negaba|negado)\shaber\s",),
    "it": (r"[,.]?\s*(?:ha\s)?(?:negato|nega|negò|negava)\sdi\saver\s",),
    "pt": (r"[,.]?\s*(?:negou|nega|negava)\ster\s",),
    "nl": (r"[,.]?\s*(?:ontkende|ontkent)\s[\w -]{1,60}?\sgezegd\b",),
    "pl": (rf"{_DASH}zaprzeczył[aioy]?\b",),
    "cs": (r"[,.]?\s*popřel[aioy]?\b",),
    "ru": (rf"{_DASH}(?:отрицал[аи]?|отрицает|отрицают)\b",),
    "uk": (rf"{_DASH}(?:заперечи(?:в|ла|ли)|заперечує),?\s+що\b",),
}


class Teller(NamedTuple):
    """Whose words a quote at second hand is; nobody's for sure without a phrase."""

    phrase: Phrase | None


@cache
def _compiled(language: str) -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    leading = tuple(
        re.compile(rf"(?:{pattern})\s?[,:]?\s*$", re.IGNORECASE)
        for pattern in _LEADING.get(language, ())
    )
    trailing = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _TRAILING.get(language, ()))
    return leading, trailing


def teller(scene: Scene, run: Run) -> Teller | None:
    """Whose words a run is, if the words around it tell it at second hand; else None."""
    if not _triggered(scene, run):
        return None
    leading, trailing = _compiled(scene.lexicon.language)
    paragraph = scene.paragraphs[run.paragraph]
    start = max(paragraph.start, run.outer.start - _BEFORE)
    end = min(paragraph.end, run.outer.end + _BEHIND)
    found = next(
        (match for p in leading if (match := p.search(scene.text, start, run.outer.start))), None
    ) or next((match for p in trailing if (match := p.match(scene.text, run.outer.end, end))), None)
    return Teller(_phrase(scene, run.paragraph, found)) if found else None


def _triggered(scene: Scene, run: Run) -> bool:
    frame, _ = scene.frame(run.paragraph)
    quote = scene.token_of(run)
    near = frame.words[max(0, quote - _NEAR) : quote + _NEAR]
    triggers = _TRIGGERS.get(scene.lexicon.language)
    return triggers is None or not triggers.isdisjoint(near)


def _phrase(scene: Scene, paragraph: int, found: re.Match[str]) -> Phrase | None:
    """The phrase that begins where the pattern has its speaker."""
    if not found.groupdict().get("who"):
        return None
    frame, phrases = scene.frame(paragraph)
    position = found.start("who")
    place = bisect_left(phrases, position, key=lambda phrase: frame.starts[phrase.first])
    if place == len(phrases) or frame.starts[phrases[place].first] != position:
        return None
    return phrases[place] if phrases[place].kind != "pronoun" else None
