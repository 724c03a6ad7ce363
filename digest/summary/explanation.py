"""Why this lead and this key quote: every candidate, with what spoke for and against it.

Nothing is decided here: the values come from the functions that decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.model import Article, Quote, Span, Summary
from digest.summary.attribution import Attribution, Kind
from digest.summary.excerpt import excerpt
from digest.summary.interview import Turn, turns
from digest.summary.keyquote import VOICES, Attribute, Pull, Spoken, candidates, pull, spoken
from digest.summary.lead import Lead, lead, softness
from digest.summary.openings import openings
from digest.summary.scene import Scene
from digest.summary.speech import spans
from digest.summary.worth import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadOption:
    """A paragraph that might have opened the report."""

    #: Without its dateline; of the chosen one, the lead itself.
    span: Span
    chosen: bool
    #: What speaks against it; of the chosen one, for it. Empty if it only stands further down.
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteOption:
    """A quotation that might have been pulled."""

    #: The words as they would be printed, with the speaker that was found however unsure.
    quote: Quote
    #: What the speaker is: ``name``, ``unnamed``, ``pronoun`` or ``nobody``.
    kind: str
    #: Each mark with its weight, the speaker's last; empty if it is refused.
    marks: tuple[tuple[str, float], ...]
    #: Sum of the weights.
    score: float
    chosen: bool
    #: Why it is pulled, or why not.
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A summary, and all that it was chosen from, in text order."""

    summary: Summary
    leads: tuple[LeadOption, ...]
    quotes: tuple[QuoteOption, ...]


def explain(article: Article, *, description: str | None = None) -> Explanation:
    """The summary of an article with its reasons; the arguments are those of `summarize`."""
    scene = Scene(article)
    spoken = turns(scene)
    opening = lead(scene, spoken, description)
    attribute = Attribution(scene).heard
    pulled = pull(scene, opening.span, spoken, attribute)
    return Explanation(
        summary=Summary(lead=opening.span, quote=pulled.best.quote if pulled.best else None),
        leads=tuple(_leads(scene, opening, spoken)),
        quotes=tuple(_quotes(scene, opening, spoken, attribute, pulled)),
    )


def _leads(scene: Scene, chosen: Lead, spoken: list[Turn]) -> Iterator[LeadOption]:
    for option in openings(scene, {turn.paragraph for turn in spoken}):
        if option.paragraph == chosen.paragraph:
            yield LeadOption(span=chosen.span, chosen=True, reason=chosen.why)
        else:
            reason = option.refused or softness(scene, option)
            yield LeadOption(span=option.span, chosen=False, reason=reason)


def _quotes(
    scene: Scene, chosen: Lead, spoken_by: list[Turn], attribute: Attribute, pulled: Pull
) -> Iterator[QuoteOption]:
    heard = {one.candidate: one for one in pulled.heard}
    for candidate in candidates(scene, chosen.span, spoken_by):
        asked = candidate in heard
        one = heard.get(candidate) or spoken(scene, candidate, spoken_by, attribute)
        yield QuoteOption(
            quote=_as_found(scene, one, attribute),
            kind=one.kind.value,
            marks=() if candidate.refused else _marks(one),
            score=0.0 if candidate.refused else round(one.score, 3),
            chosen=one is pulled.best,
            reason=_reason(one, pulled, asked=asked),
        )


def _marks(one: Spoken) -> tuple[tuple[str, float], ...]:
    return (*one.candidate.marks, (f"speaker: {one.kind.value}", VOICES[one.kind]))


def _as_found(scene: Scene, one: Spoken, attribute: Attribute) -> Quote:
    """The quote with its speaker, also where that was too unsure to be printed."""
    source = one.candidate.source
    if one.kind is not Kind.NOBODY or source is None:
        return one.quote
    return replace(attribute(source).quote, words=excerpt(scene, spans(source)))


def _reason(one: Spoken, pulled: Pull, *, asked: bool) -> str:
    candidate: Candidate = one.candidate
    if candidate.refused:
        return candidate.refused
    if one is pulled.best:
        return "the highest score"
    if not asked:
        return "others rank before it by their words alone"
    if not one.printable:
        return "a fragment" if not candidate.whole else "not worth it"
    return "another one scores higher"
