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


#: A line that opens what is no longer the article.
RELATED = _whole(
    r"related(?: (?:articles?|stories|posts?|reading|content|coverage|topics|links|news|videos?))?",
    r"(?:more|read more|see more) (?:from|stories|news|posts|articles|like this|to explore).{0,50}",
    r"read (?:more|next|also)|keep reading|further reading|(?:up next|next article)",
    r"(?:you|readers)(?:['’]ll| may| might| will)?(?: also)? (?:like|love|enjoy).{0,40}",
    r"(?:recommended|suggested)(?: (?:for you|articles|reading|stories|posts))?",
    r"(?:latest|recent|popular) (?:news|posts?|articles|stories|comments)|top stories",
    r"most (?:read|popular|viewed)|trending(?: now)?",
    r"about the authors?|(?:leave|post|write) a (?:reply|comment)|\d{0,4} ?comments?(?: \(\d+\))?",
    r"share this(?: .{1,20})?|tags?|filed under.{0,60}|topics|disclaimer",
    r"(?:sign up|subscribe) (?:for|to) .{1,60}newsletter.{0,30}|join (?:our|the) .{0,30}newsletter",
    r"references|sources|citations|footnotes",
    r"mehr zum thema|lesen sie (?:auch|mehr)|weitere artikel|das könnte sie auch interessieren",
    r"[àa]? ?lire aussi|sur le même (?:sujet|thème)|dans la même rubrique",
    r"lea también|lee también|te puede interesar|noticias relacionadas",
    r"leggi anche|articoli correlati|leia (?:também|mais)|lees (?:ook|meer)",
    r"(?:czytaj|zobacz) (?:też|także|również)|читайте также|по теме|читайте також",
    r"関連記事|あわせて読みたい|相关阅读|相关新闻|延伸閱讀|相關新聞|관련 ?기사",
    r"اقرأ أيض(?:ا|ًا|اً)|مواضيع ذات صلة|קראו (?:עוד|גם)|עוד בנושא|ayrıca oku|ilgili haberler",
)

#: A line that is no part of an article wherever it stands.
NOISE = _whole(
    r"advertisements?|advertising|sponsored(?: content)?|anzeige|werbung|publicité|publicidad",
    r"pubblicità|reclame|reklama|реклама|広告|广告|إعلان|פרסומת|reklam",
    r"table of contents|in this article|jump to.{0,40}|skip to.{0,30}|inhaltsverzeichnis|sommaire",
    r"share|tweet|pin(?: it)?|print|email|copy link|facebook|twitter|linkedin|whatsapp|loading",
    r"teilen|drucken|partager|imprimer|compartir|condividi|поделиться|シェア",
    r"image source.{0,80}|click here.{0,60}|view in browser",
    r"(?:read more|related|see also|mehr dazu|lire aussi|lea también|leggi anche): .{1,120}",
    r"\d{1,3}[ -]?min(?:ute)?s?(?: read)?|listen to this article.{0,30}",
    r"download now|learn more|get started|sign up|subscribe(?: now)?|contact us",
)

#: A line between headline and text that says who wrote it and when.
BYLINE = re.compile(
    r"(?:(?:written|reviewed|edited|posted|published|updated) by|by|von|par|por|di|av|od|автор|文"
    r"|published|updated|last updated|posted|reviewed)[: ].{1,100}",
    re.IGNORECASE,
)
