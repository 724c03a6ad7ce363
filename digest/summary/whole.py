"""An article's quotes and its summary."""

from __future__ import annotations

from digest.model import Article, Quote, Summary
from digest.summary.attribution import Attribution
from digest.summary.interview import turns
from digest.summary.keyquote import key_quote
from digest.summary.lead import lead
from digest.summary.scene import Scene
from digest.summary.speech import utterances


def quotes(article: Article) -> tuple[Quote, ...]:
    """All direct and mixed quotes in text order, with their speakers where the text names them.

    A speaker that is no name is the text's own words ("a spokesman", "she"), with a confidence
    that says so.
    """
    scene = Scene(article)
    attribution = Attribution(scene)
    return tuple(attribution.quote(utterance) for utterance in utterances(scene))


def summarize(article: Article, *, description: str | None = None) -> Summary:
    """Lead and key quote, as spans of ``article.text``; never an error, whatever the text.

    ``description`` is what a feed says of the article: where the text has it word for word, it
    is the editor's own choice of the lead.
    """
    scene = Scene(article)
    spoken = turns(scene)
    opening = lead(scene, spoken, description).span
    quote = key_quote(scene, opening, spoken, Attribution(scene).heard)
    return Summary(lead=opening, quote=quote)
