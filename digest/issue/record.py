"""What the program understood and chose, as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterable

from digest.model import Article, Headline, Issue, Quote, Span, Story, Summary


def article_record(
    article: Article, summary: Summary, quotes: Iterable[Quote]
) -> dict[str, object]:
    """One article as it is understood: its facts, its text, lead and all quotes with offsets."""
    return {
        **_facts(article),
        "section": article.section,
        "image": article.image,
        "text": article.text,
        **summary_record(article, summary),
        "quotes": [_quote(article, quote) for quote in quotes],
    }


def summary_record(article: Article, summary: Summary) -> dict[str, object]:
    """Lead and key quote: the words, and where in the text they stand."""
    return {
        "lead": _lead(article, summary.lead),
        "quote": _quote(article, summary.quote) if summary.quote else None,
    }


def issue_record(issue: Issue) -> dict[str, object]:
    """An issue and all that is in it, without the articles' texts."""
    return {
        "id": issue.id,
        "newsletter": issue.newsletter.id,
        "title": issue.newsletter.title,
        "slot": issue.slot.isoformat(),
        "sections": [
            {
                "name": section.name,
                "stories": [_story(story) for story in section.stories],
                "headlines": [_headline(line) for line in section.headlines],
            }
            for section in issue.sections
        ],
        "held": issue.held,
    }


def _story(story: Story) -> dict[str, object]:
    return {
        **_facts(story.article),
        "origin": story.article.origin,
        **summary_record(story.article, story.summary),
        "also": [_headline(line) for line in story.also],
        "follows": _headline(story.follows) if story.follows else None,
    }


def _facts(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "byline": article.byline,
        "published": _iso(article.headline),
        "language": article.language,
        "site": article.site,
        "url": article.url,
    }


def _headline(line: Headline) -> dict[str, object]:
    return {
        "id": line.article,
        "title": line.title,
        "site": line.site,
        "url": line.url,
        "published": _iso(line),
    }


def _iso(line: Headline) -> str | None:
    return line.published.isoformat() if line.published else None


def _quote(article: Article, quote: Quote) -> dict[str, object]:
    return {
        "text": article.words(quote),
        "start": quote.words[0].start,
        "end": quote.words[-1].end,
        "spans": quote.words,
        "speaker": article[quote.speaker] if quote.speaker else None,
        "speaker_span": quote.speaker,
        "role": article[quote.role] if quote.role else None,
        "role_span": quote.role,
        "found": quote.found,
        "confidence": round(quote.confidence, 2),
    }


def _lead(article: Article, lead: Span) -> dict[str, object]:
    return {"text": article[lead], "start": lead.start, "end": lead.end}
