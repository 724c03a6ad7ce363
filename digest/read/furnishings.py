"""What stands around the body of a page: words and names that give it away.

Only whole blocks are looked at, and only short ones: an article may write about newsletters.
"""

from __future__ import annotations

import re

#: Elements and class or id names (as whole words of the name) that hold no article text.
FURNITURE_TAGS = frozenset(("aside", "button", "figcaption", "footer", "form", "nav"))
FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w{0,10}|author-bio|bio|breadcrumbs?|caption|comments?|cookie\w{0,9}"
    r"|credit|cta|footer|menu|modal|nav|newsletter|popup|promo|recirc\w{0,9}|related|shar(?:e|ing)"
    r"|sidebar|signup|social|sponsor\w{0,6}|subscri\w{1,6}|tags?|toc|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)

#: Longer blocks are sentences of their own.
LONGEST = 130


def _whole(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(alternatives)})\W{{0,5}}", re.IGNORECASE)


#: A line that ends the article, beside those of scraped text.
ENDING = _whole(
    r"\d{0,4} ?comments?(?: \(\d+\))?|share this .{1,20}|filed under.{0,60}",
    r"(?:see more|popular) (?:from|stories|news|posts|articles|like this|to explore).{0,50}",
    r"(?:sign up|subscribe) (?:for|to) .{1,60}newsletter.{0,30}|join (?:our|the) .{0,30}newsletter",
    r"#\s?#\s?#|[-–—]\s?30\s?[-–—]|notes? (?:to|for) editors|editors?['’]? notes?",
    r"(?:media|press)(?: relations)? (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies))(?:\W.{0,99})?",
    r"(?:pressekontakt|contacts? presse|contacto de prensa|contatti stampa)(?:\W.{0,99})?",
    r"you (?:are )?receiv(?:e|ed|ing) this .{1,99}",
)

#: A line that is no part of an article wherever it stands, beside those of scraped text.
NOISE = _whole(
    r"table of contents|in this article|jump to.{0,40}|skip to.{0,30}|inhaltsverzeichnis|sommaire",
    r"share|tweet|pin(?: it)?|print|email|copy link|facebook|twitter|linkedin|whatsapp|loading",
    r"teilen|drucken|partager|imprimer|compartir|condividi|поделиться|シェア",
    r"image source.{0,80}|click here.{0,60}|view in browser",
    r"\d{1,3}[ -]?min(?:ute)?s?(?: read)?|listen to this article.{0,30}",
    r"download now|learn more|get started|sign up|subscribe(?: now)?|contact us",
)

#: The line over a press release.
RELEASE = _whole(
    r"(?:for immediate|press|news|media) release|embargoed (?:until|till).{1,60}",
    r"pressemitteilung|communiqué de presse|nota de prensa|comunicado de prensa|comunicato stampa",
    r"persbericht|пресс-релиз|プレスリリース|新闻稿|بيان صحفي",
)

#: A line between headline and text that says who wrote it and when.
BYLINE = re.compile(
    r"(?:(?:written|reviewed|edited|posted|published|updated) by|by|von|par|por|di|av|od|автор|文"
    r"|published|updated|last updated|posted|reviewed)[: ].{1,100}",
    re.IGNORECASE,
)
