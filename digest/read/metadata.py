"""The facts of a page, each with the place it was found in.

JSON-LD comes first, then OpenGraph and other ``<meta>`` tags, then the page itself; what the feed
says that led to the page has its vote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.model import Entry
from digest.read import jsonld
from digest.read.blocks import key
from digest.read.dating import Dated, published
from digest.read.facts import Fact, Said, first, gather
from digest.read.headline import title
from digest.read.people import byline
from digest.text import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_TAGS, _LONGEST_TAG = 12, 60
# More keywords than these are there for search engines.
_MOST_KEYWORDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is said of an article; None where nothing is."""

    title: Fact | None = None
    byline: Fact | None = None
    published: Dated | None = None
    language: Fact | None = None
    site: Fact | None = None
    url: Fact | None = None
    section: Fact | None = None
    tags: tuple[str, ...] = ()
    #: Subjects that count only if the text speaks of them.
    keywords: tuple[str, ...] = ()


def study(tree: HtmlElement, url: str | None = None, entry: Entry | None = None) -> Said:
    """All that is said by a page that was fetched from ``url``, and by the feed that named it."""
    said = gather(tree, url, entry)
    site = first(_sites(said))
    headline = title(said, site.value if site else "")
    return replace(said, site=site, title=headline, article=_article(said.graph, headline))


def metadata(said: Said) -> Metadata:
    """The facts of a page."""
    return Metadata(
        title=said.title,
        byline=byline(said, said.site.value if said.site else ""),
        published=published(said),
        language=first(_languages(said)),
        site=said.site,
        url=first(_urls(said)),
        section=first(_sections(said)),
        tags=_distinct(_tags(said)),
        keywords=_distinct(_keywords(said)),
    )


def _article(graph: Sequence[jsonld.Node], title: Fact | None) -> jsonld.Node:
    """The node that is about this page's article: pages list other articles too."""
    articles = [node for node in graph if jsonld.is_article(node)]
    wanted = key(title.value) if title else ""
    same = (node for node in articles if wanted and key(jsonld.headline(node)) == wanted)
    return next(same, articles[0] if articles else {})


def _sites(said: Said) -> Iterator[Fact]:
    yield from said.meta("og:site_name")
    for node in said.graph:
        if jsonld.is_article(node):
            for name in jsonld.names(node.get("publisher"), said.graph):
                yield Fact(name, "JSON-LD publisher")
    for node in said.graph:
        if "WebSite" in jsonld.kinds(node):
            for name in jsonld.strings(node.get("name")):
                yield Fact(name, "JSON-LD site")
    yield from said.meta("application-name", "dc.publisher")
    if said.entry and said.entry.site:
        yield Fact(said.entry.site, "feed")


def _urls(said: Said) -> Iterator[Fact]:
    """The page's own address; that of a site's front page is a template's mistake."""
    links = said.tree.xpath("//link[@rel='canonical'][@href]")[:1]
    claims = [Fact(link.get("href").strip(), "canonical link") for link in links]
    for claim in (*claims, *said.meta("og:url")):
        if not said.url or _path(claim.value) or not _path(said.url):
            yield claim


def _path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.path.strip("/") + parts.query


def _sections(said: Said) -> Iterator[Fact]:
    for section in jsonld.strings(said.article.get("articleSection")):
        yield Fact(section, "JSON-LD articleSection")
    yield from said.meta("article:section", "parsely-section", "section")


def _languages(said: Said) -> Iterator[Fact]:
    root = said.tree
    xml = root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    yield Fact((root.get("lang") or xml or "").strip(), "html lang")
    for tag in jsonld.strings(said.article.get("inLanguage")):
        yield Fact(tag, "JSON-LD inLanguage")
    yield from said.meta("content-language", "dc.language", "og:locale")
    if said.entry and said.entry.language:
        yield Fact(said.entry.language, "feed")


# --- tags


def _tags(said: Said) -> Iterator[str]:
    """What the site's editors and the feed file the article under."""
    yield from said.entry.tags if said.entry else ()
    yield from (fact.value for fact in said.meta("article:tag", "og:article:tag"))
    for link in said.tree.xpath("//a[contains(concat(' ', @rel, ' '), ' tag ')]")[:_MOST_TAGS]:
        yield link.text_content()


def _keywords(said: Said) -> Iterator[str]:
    """What may be subjects, or bait for search engines."""
    listed = [*jsonld.strings(said.article.get("keywords"))]
    listed += [fact.value for fact in said.meta("news_keywords", "parsely-tags", "keywords")]
    for line in listed:
        words = line.split(",") if "," in line else line.split(";")
        yield from words if len(words) <= _MOST_KEYWORDS else ()


def _distinct(tags: Iterator[str]) -> tuple[str, ...]:
    """Short tags, each once in whatever case; the first spelling stays."""
    clean = (squeeze(tag).removeprefix("#").strip() for tag in tags)
    known = {tag.casefold(): tag for tag in reversed([*filter(None, clean)])}
    return tuple(
        islice((tag for tag in reversed(known.values()) if len(tag) <= _LONGEST_TAG), _MOST_TAGS)
    )
