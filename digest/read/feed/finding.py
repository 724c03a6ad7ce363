"""The feeds of a page: those it names, and where a site that names none keeps its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from digest.model import Document
from digest.read.encoding import decode
from digest.read.feed import words
from digest.read.feed.links import address
from digest.read.markup import parse

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
     "application/x-rss+xml", "application/rss", "application/atom", "text/rss+xml", "text/rss")
)  # fmt: skip
# These may hold anything; the address must say that it is a feed.
_VAGUE = frozenset(("application/xml", "text/xml", "application/json", ""))
_FEED_ADDRESS = re.compile(
    r"(?:^|[/._=?&-])(?:rss2?|atom|rdf|feeds?|jsonfeed)(?:\.(?:xml|json|php|aspx?|rdf))?/?(?:$|[?&#])"
    r"|\.(?:rss|atom|rdf)(?:$|\?)|(?:^|/)index\.xml$|[?&](?:feed|format|type|output)=(?:rss|atom)"
    r"|/(?:rss|feeds?)/[^/?]{1,99}\.(?:xml|json)$",
    re.IGNORECASE,
)
_FEED_LABEL = re.compile(r"(?:rss|atom|json)(?:[\s-]?feeds?)?|(?:news[\s-]?)?feeds?", re.IGNORECASE)
_OF_COMMENTS = re.compile(
    r"comment|replies|réponses|kommentar|reactie|comentario|comentário|commento|commenti|коммент",
    re.IGNORECASE,
)
_MOST = 50

#: Where sites keep their feed, likeliest first.
_PLACES = (
    "feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed/", "feed.json", "feeds",
    "rss/", "index.rss", "?feed=rss2", "feeds/posts/default", "blog/feed", "news/rss",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str = ""
    #: Of the link tag; empty where it gives none.
    media_type: str = ""
    #: ``link`` for a link tag, which is the site's own word; ``anchor`` for a link in the text.
    how: str


def find_feeds(document: Document) -> tuple[FeedLink, ...]:
    """The feeds that a page names, the likeliest first; those of comments come last.

    Raises `ReadError` for a document that is empty or binary.
    """
    tree = parse(decode(document.data, document.charset, where=document.origin))
    if tree is None:
        return ()
    base = address(tree.xpath("string(//base/@href)"), document.url) or document.url
    found: dict[str, FeedLink] = {}
    for link in (*_from_tags(tree, base), *_from_anchors(tree, base)):
        found.setdefault(link.url, link)
    return tuple(sorted(found.values(), key=_is_of_comments)[:_MOST])


def guess_feeds(url: str) -> tuple[str, ...]:
    """Where the site of ``url`` may keep a feed, likeliest first; below its own path, then on top.

    Empty for what is no address of the web.
    """
    page = address(url)
    if not page:
        return ()
    folder = urljoin(page, urlsplit(page).path.rstrip("/") + "/") if _is_folder(page) else page
    bases = dict.fromkeys((urljoin(folder, "."), urljoin(page, "/")))
    guesses = dict.fromkeys(urljoin(base, place) for base in bases for place in _PLACES)
    return tuple(guesses)


def _is_folder(url: str) -> bool:
    """Whether the last part of a path has no file's ending."""
    return "." not in urlsplit(url).path.rpartition("/")[2]


def _is_of_comments(link: FeedLink) -> bool:
    return bool(_OF_COMMENTS.search(link.title) or _OF_COMMENTS.search(urlsplit(link.url).path))


def _from_tags(tree: HtmlElement, base: str | None) -> Iterator[FeedLink]:
    for tag in tree.iter("link"):
        media_type = tag.get("type", "").partition(";")[0].strip().lower()
        relations = tag.get("rel", "").lower().split()
        href = tag.get("href", "")
        is_feed = media_type in _TYPES or (
            media_type in _VAGUE and ("feed" in relations or _FEED_ADDRESS.search(href))
        )
        url = address(href, base)
        if url and is_feed and {"alternate", "feed"} & set(relations):
            title = words.title(tag.get("title", ""))
            yield FeedLink(url=url, title=title, media_type=media_type, how="link")


def _from_anchors(tree: HtmlElement, base: str | None) -> Iterator[FeedLink]:
    for anchor in tree.iter("a"):
        href = anchor.get("href", "")
        label = words.title(anchor.text_content()[:200])
        if _FEED_ADDRESS.search(href) or (_FEED_LABEL.fullmatch(label) and href):
            url = address(href, base)
            if url:
                yield FeedLink(url=url, title=label or anchor.get("title", ""), how="anchor")
