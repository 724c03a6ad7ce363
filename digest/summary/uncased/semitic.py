"""Arabic and Hebrew: the noun phrase beside a verb of saying, parted into role and name.

Arabic puts the speaker behind the verb ("wa-qala X: ..."), Hebrew before it or, behind a quote,
after it. A role owns the nouns with the article that follow it; what comes then is the name.
"""

from __future__ import annotations

import re
from dataclasses import replace

from digest.model import Span
from digest.summary.marks import Run
from digest.summary.scene import Scene
from digest.summary.uncased.arabic import ARABIC
from digest.summary.uncased.found import (
    FAIR,
    NEAR,
    SURE,
    Found,
    clause_before,
    clause_behind,
)
from digest.summary.uncased.hebrew import HEBREW
from digest.summary.uncased.tongue import (
    Token,
    Tongue,
    definite,
    is_source,
    says,
    stops,
    tokens,
)

TONGUES = {"ar": ARABIC, "he": HEBREW}
#: Words of a noun phrase, and of a name.
_PHRASE, _NAME = 9, 4
#: Words behind a quote among which its verb stands; words before it that are a label with a colon.
_VERB_WITHIN, _LABEL = 4, 8
#: Words behind a verb that may be spoken to before the speaker is named.
_LISTENER = 3
#: Words of a role without the article and a name: "mayor of Haifa Yona Levi".
_BARE_ROLE = 4


def speaker(scene: Scene, run: Run) -> Found | None:
    """Who speaks a run, by the words around it; None if none of them says."""
    tongue = TONGUES[scene.lexicon.language]
    after = tokens(scene.text, clause_behind(scene, run))
    for place, token in enumerate(after[:_VERB_WITHIN]):
        if _is_cue(tongue, token):
            found = _beside(scene, tongue, after, place, "cue-after")
            if found:
                return found
    clause = clause_before(scene, run)
    words = tokens(scene.text, clause)
    for place in range(len(words) - 1, -1, -1):
        if _is_cue(tongue, words[place]):
            found = _beside(scene, tongue, words, place, "cue-before")
            if found:
                return found
    if words and _leads(scene, run) and len(words) <= _LABEL:
        return _of_segments(scene, tongue, words, "label-before")
    return None


def is_said(scene: Scene, run: Run) -> bool:
    """Whether a colon or a verb of saying stands beside a run that is no title."""
    tongue = TONGUES[scene.lexicon.language]
    clause = clause_before(scene, run)
    last = tokens(scene.text, clause)[-1:]
    if last and last[0].plain in tongue.works:
        return False
    after = tokens(scene.text, clause_behind(scene, run))[:_VERB_WITHIN]
    cues = [*tokens(scene.text, clause), *after]
    return _leads(scene, run) or any(_is_cue(tongue, token) for token in cues)


def goes_on(scene: Scene, run: Run) -> bool:
    """Whether the words beside a run say that whoever spoke last speaks on: "and added: ..."."""
    tongue = TONGUES[scene.lexicon.language]
    words = tokens(scene.text, clause_before(scene, run))
    if len(words) <= _LISTENER and any(_is_cue(tongue, word) for word in words):
        return True
    after = tokens(scene.text, clause_behind(scene, run))[:_VERB_WITHIN]
    return not words and any(_is_cue(tongue, word) for word in after)


def _is_cue(tongue: Tongue, token: Token) -> bool:
    return (
        says(tongue, token.plain) or is_source(tongue, token.plain) or token.plain in tongue.passive
    )


def _leads(scene: Scene, run: Run) -> bool:
    return scene.text[: run.outer.start].rstrip()[-1:] == ":"


def _beside(
    scene: Scene, tongue: Tongue, words: list[Token], place: int, found: str
) -> Found | None:
    """The speaker behind the cue at ``place``, or else before it."""
    if words[place].plain in tongue.passive:
        return _passive(words[:place], found)
    rest = [*words[: place + 1], *_without_to(tongue, words[place], words[place + 1 :])]
    phrase = _phrase(tongue, rest, place + 1)
    if phrase and phrase[0].plain in tongue.pronouns:
        return None
    if phrase:
        named = _parted(scene, tongue, phrase, found)
        return _apposed(tongue, rest, phrase, named)
    if is_source(tongue, words[place].plain):
        return None
    return _of_segments(scene, tongue, words[:place], found)


def _without_to(tongue: Tongue, cue: Token, rest: list[Token]) -> list[Token]:
    """The words behind a cue; "according to" leaves its "to" on the first of them."""
    stuck = {cue.plain, cue.plain[1:]} & tongue.sources_to
    if not stuck or not rest or not rest[0].plain.startswith(tongue.to):
        return rest
    first = rest[0]
    return [replace(first, start=first.start + 1, plain=first.plain[1:]), *rest[1:]]


def _phrase(tongue: Tongue, words: list[Token], start: int) -> list[Token]:
    """The noun phrase that begins at ``start``, without what is passed over before it."""
    while start < len(words) and words[start].plain in tongue.fillers:
        start += 1
    if tongue is HEBREW:
        start = _behind_listener(tongue, words, start)
    phrase: list[Token] = []
    for token in words[start : start + _PHRASE]:
        if (token.parted and token is not words[0]) or stops(tongue, token.plain):
            break
        phrase.append(token)
    return phrase


def _behind_listener(tongue: Tongue, words: list[Token], start: int) -> int:
    """Behind "to N. N." the place of the role that follows; ``start`` without one."""
    if start >= len(words) or not words[start].plain.startswith("ל"):
        return start
    if words[start].plain in tongue.names:
        return start
    for place in range(start + 1, min(start + 1 + _LISTENER, len(words))):
        if words[place].plain in tongue.roles | tongue.titles:
            return place
    return start


def _of_segments(scene: Scene, tongue: Tongue, words: list[Token], found: str) -> Found | None:
    """The speaker before a verb: of the parts between commas the first that is a name."""
    segments: list[list[Token]] = []
    for token in words:
        if token.parted or not segments:
            segments.append([])
        segments[-1].append(token)
    said: Found | None = None
    for segment in segments[-3:]:
        phrase = _phrase(tongue, segment, 0) if len(segment) <= _PHRASE else []
        if len(phrase) != len(segment) or phrase[0].plain in tongue.pronouns:
            continue
        part = _parted(scene, tongue, phrase, found)
        if part.named:
            role = part.role or (said.speaker if said else None)
            return part._replace(role=role)
        said = said or part
    return said


def _passive(words: list[Token], found: str) -> Found | None:
    """Who is behind "from the ministry it was said": the phrase without its "from"."""
    if not words or not words[0].plain.startswith("מ"):
        return None
    who = Span(words[0].start + 1, words[-1].end)
    return Found(who, None, found, FAIR, named=False)


def _parted(scene: Scene, tongue: Tongue, phrase: list[Token], found: str) -> Found:
    """Role and name of a noun phrase; a phrase without a name is the speaker as it stands."""
    first = _name_start(tongue, phrase)
    whole = Span(phrase[0].start, phrase[-1].end)
    role = Span(phrase[0].start, phrase[first - 1].end) if first else None
    name = phrase[first:]
    if not name or len(name) > _NAME or phrase[0].plain in tongue.bodies:
        return Found(whole, None, found, FAIR, named=False)
    span = Span(name[0].start, name[-1].end)
    if len(name) > 1:
        return Found(span, role or _role_behind(scene, tongue, span), found, SURE, named=True)
    full = _full(scene, tongue, name[0])
    if full is None and (definite(tongue, name[0].plain) or name[0].plain in tongue.roles):
        return Found(whole, None, found, FAIR, named=False)
    return Found(full or span, role, found, FAIR, named=True)


def _name_start(tongue: Tongue, phrase: list[Token]) -> int:
    """Where the name begins, behind the role and what belongs to it."""
    words = [token.plain for token in phrase]
    size = len(words)
    if words[0] in tongue.titles:
        return 1
    if tongue.for_whom in words[1:2] and not any(definite(tongue, word) for word in words[2:3]):
        return size
    for place in range(size - 2, -1, -1):
        joined = place and words[place - 1] in tongue.joins
        if definite(tongue, words[place]) and not joined:
            return place + 1
    if words[0] not in tongue.roles:
        return 0
    if size >= _BARE_ROLE and not definite(tongue, words[-1]):
        return size - 2
    return size


def _apposed(tongue: Tongue, words: list[Token], phrase: list[Token], role: Found) -> Found:
    """The name that a comma parts from the role before it; else the role."""
    place = words.index(phrase[-1]) + 1
    if role.named or place >= len(words) or phrase[0].plain in tongue.bodies:
        return role
    name: list[Token] = []
    for token in words[place : place + _NAME]:
        if (token.parted and name) or stops(tongue, token.plain):
            break
        name.append(token)
    plain_words = [token.plain for token in name]
    is_name = 1 < len(name) < _NAME and not any(
        definite(tongue, word) or word in tongue.roles for word in plain_words[:1]
    )
    if not is_name:
        return role
    span = Span(name[0].start, name[-1].end)
    return Found(span, role.speaker, role.found, SURE, named=True)


def _role_behind(scene: Scene, tongue: Tongue, name: Span) -> Span | None:
    """The role that a comma sets off behind a name."""
    rest = scene.text[name.end : name.end + 2]
    if rest not in (", ", "، "):
        return None
    behind = tokens(scene.text, Span(name.end, min(len(scene.text), name.end + 40)))[:2]
    if not behind or behind[0].plain not in tongue.roles:
        return None
    owned = len(behind) > 1 and not behind[1].parted and definite(tongue, behind[1].plain)
    return Span(behind[0].start, behind[owned].end)


def _full(scene: Scene, tongue: Tongue, surname: Token) -> Span | None:
    """The earlier two words that end in a surname which stands alone here."""
    start = max(0, surname.start - NEAR)
    word = re.escape(scene.text[surname.start : surname.end])
    pattern = rf"(?<!\S)[^\s.,:;،؛\"“”«»()]+ {word}(?![\w])"
    found = scene.once(pattern, start, surname.start)
    if found is None:
        return None
    forename = tokens(scene.text, found)[0].plain
    if stops(tongue, forename) or forename in tongue.roles or definite(tongue, forename):
        return None
    return found
