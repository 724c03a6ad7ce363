"""The trip of an issue through a theme.

Issue -> Page -> MJML -> HTML -> styles inlined -> checked -> Edition
              -> text ----------------------------^
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import RenderError
from digest.model import Edition, Issue
from digest.render.markup import MarkupError, compile_mjml
from digest.render.page import Page, make_page
from digest.text import shorten, squeeze

if TYPE_CHECKING:
    from digest.render.theme import Theme

#: What mailboxes show of a subject and of the line below it, generously.
_SUBJECT, _HEADLINE, _PREHEADER = 150, 110, 140

_KNOWN = "Known are {title}, {date} and {headline}."
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def render(issue: Issue, *, theme: Path) -> Edition:
    """``issue`` as HTML and text, by the templates in the folder ``theme``.

    Unsubscribe and view-in-browser links are the tokens of `digest.tokens`. The HTML may be
    longer than mail clients show: see `fit`. Raises `RenderError` for a fault of the theme, with
    file, line and column, and for an unknown placeholder in the newsletter's subject.
    """
    from digest.render import faults
    from digest.render.check import complaints
    from digest.render.theme import load

    templates = load(theme)
    page = make_page(issue)
    page = replace(page, subject=subject(issue.newsletter.subject, page), preheader=preheader(page))
    html, text = _html(templates, page), templates.text(page)
    if wrong := tuple(complaints(html, text, page)):
        raise faults.of_edition(wrong, theme=templates.folder)
    return Edition(
        issue=issue.id, subject=page.subject, preheader=page.preheader, html=html, text=text
    )


def subject(pattern: str, page: Page) -> str:
    """``pattern`` with its placeholders filled in, on one line; raises `RenderError`."""
    first = next(iter(page.headlines), None)
    values = {
        "title": page.title,
        "date": page.date,
        "headline": shorten(first.title, _HEADLINE) if first else "",
    }

    def value(placeholder: re.Match[str]) -> str:
        if placeholder[1] in values:
            return values[placeholder[1]]
        raise RenderError("subject", f"unknown placeholder {placeholder[0]}", _KNOWN)

    filled = squeeze(_PLACEHOLDER.sub(value, pattern)).strip(" :|·–—-")
    return shorten(filled or page.title, _SUBJECT)


def preheader(page: Page) -> str:
    """The line that a mailbox shows below the subject: what comes after the first headline."""
    first, *others = page.headlines or (None,)
    if others:
        return shorten(" · ".join(line.title for line in others[:10] if line), _PREHEADER)
    leads = (story.lead for section in page.sections for story in section.stories)
    return shorten(next(leads, page.tagline or (first.title if first else "")), _PREHEADER)


def _html(theme: Theme, page: Page) -> str:
    from digest.render import faults
    from digest.render.inline import add_to_head, inline
    from digest.render.theme import MARKUP

    try:
        compiled = compile_mjml(theme.markup(page))
        return inline(add_to_head(compiled.html, compiled.head), compiled.inline)
    except MarkupError as error:
        raise faults.of_markup(
            error.why, error.source, error.offset, theme=theme.folder, template=MARKUP
        ) from error
    except ValueError as error:
        raise RenderError(str(theme.folder / MARKUP), str(error)) from error
