"""What a theme sees: an issue in the words that are printed, plain text throughout.

Both templates get the same `Page`, so that the HTML and the text part say the same.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import count

from digest.model import Article, Headline, Issue, Newsletter, Quote, Section, Story
from digest.render.fragment import to_words
from digest.render.links import host, printable
from digest.render.words import Words, day, held, language_tag, marks, words
from digest.text import direction, shorten, squeeze
from digest.tokens import UNSUBSCRIBE, VIEW, defused

#: A table of contents stands above more stories than these.
_SHORT_ISSUE = 8
#: Characters of a headline; what is longer is none.
_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineView:
    """A title as a line of a list."""

    title: str
    #: Names the story within the page; empty for a line that is only listed.
    id: str = ""
    url: str | None = None
    #: The paper, or the host of its address.
    site: str = ""
    date: str = ""
    #: The language where it is known and not the newsletter's, else empty.
    lang: str = ""
    #: ``ltr`` or ``rtl``.
    dir: str = "ltr"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """A pull quote with the marks of its language."""

    words: str
    open: str
    close: str
    #: The source, opened at these words.
    url: str | None = None
    #: Name and role, or either, or empty.
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story as it is printed."""

    headline: HeadlineView
    lead: str
    kicker: str = ""
    byline: str = ""
    quote: QuoteView | None = None
    also: tuple[HeadlineView, ...] = ()
    #: The story of an earlier issue that this one goes on with.
    follows: HeadlineView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """Stories and lines under a name; the name may be empty."""

    name: str
    stories: tuple[StoryView, ...]
    lines: tuple[HeadlineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole issue as it is printed."""

    language: str
    dir: str
    title: str
    tagline: str
    date: str
    sections: tuple[SectionView, ...]
    #: The headlines of a long issue; empty for a short one.
    contents: tuple[HeadlineView, ...]
    #: How many more stories wait for the next issue, as a sentence; may be empty.
    held: str
    #: Why the reader receives it, as a sentence.
    why: str
    #: Lines of the postal address.
    address: tuple[str, ...]
    #: Merge tokens; None where the newsletter has no such page.
    unsubscribe: str | None
    view: str | None
    words: Words
    #: What the mailbox shows; filled in last, since it is made of the rest.
    subject: str = ""
    preheader: str = ""

    @property
    def headlines(self) -> tuple[HeadlineView, ...]:
        """Everything that is printed, stories before the lines of their section."""
        return tuple(
            headline
            for section in self.sections
            for headline in (*(story.headline for story in section.stories), *section.lines)
        )


def make_page(issue: Issue) -> Page:
    """``issue`` in the words of its newsletter's language."""
    newsletter = issue.newsletter
    language = language_tag(newsletter.language) or "en"
    newsletter = replace(newsletter, language=language)
    numbers = count(1)
    sections = tuple(
        _section(section, newsletter, numbers)
        for section in issue.sections
        if section.stories or section.headlines
    )
    stories = tuple(story.headline for section in sections for story in section.stories)
    fixed = words(language)
    title = shorten(_line(newsletter.title), _TITLE)
    return Page(
        language=language,
        dir=direction(language),
        title=title,
        tagline=_line(newsletter.tagline),
        date=day(issue.slot, language=language, zone=newsletter.timezone, style="full"),
        sections=sections,
        contents=stories if len(stories) > _SHORT_ISSUE else (),
        held=held(issue.held, language),
        why=fixed.why.replace("{title}", title),
        address=tuple(filter(None, map(_line, newsletter.address.splitlines()))),
        unsubscribe=UNSUBSCRIBE if newsletter.unsubscribe else None,
        view=VIEW if newsletter.view else None,
        words=fixed,
    )


def _section(section: Section, newsletter: Newsletter, numbers: count[int]) -> SectionView:
    name = _line(section.name or "")
    return SectionView(
        name=name,
        stories=tuple(
            _story(story, newsletter, section=name, name=f"story-{next(numbers)}")
            for story in section.stories
        ),
        lines=tuple(_headline(line, newsletter) for line in section.headlines),
    )


def _story(story: Story, newsletter: Newsletter, *, section: str, name: str) -> StoryView:
    article, summary = story.article, story.summary
    headline = replace(_headline(article.headline, newsletter), id=name)
    kicker = _line(article.section or "")
    return StoryView(
        headline=headline,
        lead=_line(article[summary.lead]),
        kicker=headline.site if kicker in {"", section} else kicker,
        byline=_line(article.byline or ""),
        quote=_quote(article, summary.quote, headline.url) if summary.quote else None,
        also=tuple(_headline(other, newsletter) for other in story.also),
        follows=_headline(story.follows, newsletter) if story.follows else None,
    )


def _headline(headline: Headline, newsletter: Newsletter) -> HeadlineView:
    title = shorten(_line(headline.title), _TITLE)
    url = printable(headline.url)
    published, tag = headline.published, language_tag(headline.language)
    return HeadlineView(
        title=title,
        url=url,
        site=_line(headline.site or host(url) or ""),
        date=day(published, language=newsletter.language, zone=newsletter.timezone)
        if published
        else "",
        lang=tag if tag and tag.lower() != newsletter.language.lower() else "",
        dir=direction(tag) if tag else _written(title),
    )


def _quote(article: Article, quote: Quote, url: str | None) -> QuoteView:
    style = marks(article.language)
    pieces = tuple(piece for span in quote.words for piece in article[span].split("\n\n"))
    pieces = tuple(filter(None, map(_line, pieces)))
    who = (_line(article[span]) for span in (quote.speaker, quote.role) if span)
    return QuoteView(
        words=style.blank.join(pieces),
        open=style.open,
        close=style.close,
        url=to_words(url, pieces) if url else None,
        speaker=style.comma.join(filter(None, who)),
    )


def _line(text: str) -> str:
    """``text`` on one line, with nothing in it that would be filled in later."""
    return defused(squeeze(text))


def _written(text: str) -> str:
    """The direction of the first letter that has one (Unicode TR 9, P2)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"L", "R", "AL"}:
            return "ltr" if kind == "L" else "rtl"
    return "ltr"
