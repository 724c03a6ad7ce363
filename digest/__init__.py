"""Turns the latest articles of many sources into one trustworthy email newsletter.

>>> import digest
>>> article = digest.read(open("article.html", "rb").read())
>>> article[digest.summarize(article).lead]
"""

# `digest.read` and `digest.render` name the functions; the wings of the same name are still there
# for ``from digest.read import ...``, since they were loaded before.
from digest.errors import DigestError
from digest.face import explain, quotes, read, render, summarize
from digest.model import (
    Article,
    Document,
    Edition,
    Headline,
    Issue,
    Newsletter,
    Quote,
    Section,
    Span,
    Story,
    Summary,
)

__version__ = "0.1.0"

__all__ = [
    "Article",
    "DigestError",
    "Document",
    "Edition",
    "Headline",
    "Issue",
    "Newsletter",
    "Quote",
    "Section",
    "Span",
    "Story",
    "Summary",
    "explain",
    "quotes",
    "read",
    "render",
    "summarize",
]
