"""Title, byline, date and the rest of a page's facts, each with the place it was found in.

JSON-LD comes first, then OpenGraph and other ``<meta>`` tags, then the page itself. Dates that
merely stand somewhere on the page are not printed: they are as often today's or another story's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from digest.read import jsonld
from digest.read.blocks import blocks, key
from digest.read.dates import parse_date
from digest.text import squeeze, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and where it was found, in words that a user understands."""

    value: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its article; None where it says nothing."""

    title: Fact | None
    byline: Fact | None
    published: tuple[date, str] | None
    language: Fact | None
    site: Fact | None
    url: Fact | None
    image: Fact | None
    section: Fact | None


_Metas = dict[str, list[str]]

_AUTHOR_METAS = (
    "author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator",
    "dcterms.creator", "citation_author",
)  # fmt: skip
_DATE_METAS = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date",
    "sailthru.date", "publishdate", "publish-date", "publication_date", "pubdate", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "citation_publication_date", "date",
)  # fmt: skip

# Headlines: how many are looked at, and how alike words must be (Jaccard) to mean the same; a
# page's only one needs less.
_HEADS, _ALIKE, _ALIKE_ALONE = 5, 0.6, 0.25
_SHORT = 3  # words of a site's name
_SURE = 12  # letters that do not stand in a title by chance
_SEPARATOR = re.compile(r"\s+[|–—·•»:-]+\s+|\s*[|»]\s*")
_BY = re.compile(
    r"^(?:(?:written|posted|published|words|story|text|review) by|by|von|par|por|di|av|od|door|"
    r"autor(?:in)?|author|автор|文)(?:[:\s]\s*|$)",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\s*[|·⋅•]\s*")
_AND = re.compile(r"\s*(?:[,;&/]|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<!\S)\S{0,80}(?:://|@|www\.)\S{0,300}")
_NO_NAME = re.compile(r"[@<>{}?!\d]|^(?:M\.?D|MS|Ph\.?D|R[DN]|MBA|CPA|CFP|DVM|Jr|Sr|Esq)\b")
_NOBODY = frozenset(
    ("admin", "administrator", "author", "editor", "editorial", "guest", "staff", "unknown", "user",
     "webmaster", "anonymous", "team", "none", "null", "undefined")
)  # fmt: skip
_LONGEST_NAME, _WORDS_OF_A_NAME = 80, 6
_DAY_IN_PATH = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=/|-|\Z)")


def metadata(tree: HtmlElement, url: str | None = None) -> Metadata:
    """The facts of a page that was fetched from ``url``."""
    graph = jsonld.nodes(tree)
    metas = _metas(tree)
    site = _first(_sites(graph, metas))
    address = _first(_addresses(tree, metas))
    title = _title(tree, graph, metas, site)
    article = _article(graph, title)
    return Metadata(
        title=title,
        byline=_byline(_authors(tree, graph, article, metas), site.value if site else ""),
        published=next(
            _dates(tree, graph, article, metas, (address and address.value) or url), None
        ),
        language=_first(_languages(tree, article, metas)),
        site=site,
        url=address,
        image=_first(_images(article, metas)),
        section=_first(_sections(article, metas)),
    )


def _first(facts: Iterable[Fact]) -> Fact | None:
    return next((fact for fact in facts if fact.value), None)


def _metas(tree: HtmlElement) -> _Metas:
    """The contents of ``<meta>`` tags by name, property or itemprop, in lower case."""
    found: _Metas = defaultdict(list)
    for meta in tree.iter("meta"):
        content = squeeze(meta.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := meta.get(attribute)):
                found[name.strip().lower()].append(content)
    return found


def _from_metas(metas: _Metas, *names: str) -> Iterator[Fact]:
    for name in names:
        for content in metas.get(name, ()):
            yield Fact(content, f"meta {name}")


def _article(graph: Sequence[jsonld.Node], title: Fact | None) -> jsonld.Node:
    """The node that is about this page's article: pages list other articles too."""
    articles = [node for node in graph if jsonld.is_article(node)]
    wanted = key(title.value) if title else ""
    same = (node for node in articles if _headline(node) and key(_headline(node)) == wanted)
    return next(same, articles[0] if articles else {})


def _headline(node: jsonld.Node) -> str:
    return next(jsonld.strings(node.get("headline") or node.get("name")), "")


# --- title


def _title(
    tree: HtmlElement, graph: Sequence[jsonld.Node], metas: _Metas, site: Fact | None
) -> Fact | None:
    """The page's headline where its meta data agree with it, else what the meta data say."""
    name = site.value if site else ""
    claims = [
        Fact(_without_site(squeeze(fact.value), name), fact.found)
        for fact in _titles(tree, graph, metas)
    ]
    heads = [_words(head) for head in islice(tree.iter("h1"), _HEADS)]
    enough = _ALIKE if len(heads) > 1 else _ALIKE_ALONE
    for head in heads:
        if claim := next((claim for claim in claims if _agree(head, claim.value, enough)), None):
            return Fact(head, f"h1, which {claim.found} agrees with")
    if claims:
        return claims[0]
    return next((Fact(head, "h1") for head in heads if head), None)


def _titles(tree: HtmlElement, graph: Sequence[jsonld.Node], metas: _Metas) -> Iterator[Fact]:
    for node in graph:
        if jsonld.is_article(node) and _headline(node):
            yield Fact(_headline(node), "JSON-LD headline")
            break
    yield from _from_metas(metas, "og:title", "twitter:title", "dc.title", "citation_title")
    for title in list(tree.iter("title"))[:1]:
        if title.text and title.text.strip():
            yield Fact(title.text, "title tag")


def _agree(head: str, claim: str, enough: float) -> bool:
    a, b = key(head), key(claim)
    if not a or not b:
        return False
    within = min(len(a), len(b)) > _SURE and (a in b or b in a)
    return a == b or within or _alike(head, claim) > enough


def _alike(one: str, other: str) -> float:
    a, b = set(words(one)), set(words(other))
    return len(a & b) / max(1, len(a | b))


def _without_site(title: str, site: str) -> str:
    """``title`` without the site's name at either end."""
    if site and title.casefold().startswith(f"{site}: ".casefold()):
        return title[len(site) + 2 :]
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    first, last = parts[0], parts[-1]
    rest = title.rstrip().removesuffix(last).rstrip()
    likely = rest[-1:] in "|»" or not site
    if key(last) == key(site) or (likely and len(last.split()) <= _SHORT < len(first.split())):
        return rest.rstrip(" |–—·•»:-")
    return title.removeprefix(first).lstrip(" |–—·•»:-") if key(first) == key(site) else title


# --- byline


def _byline(candidates: Iterable[tuple[Iterable[str], str]], site: str) -> Fact | None:
    """The first place that names somebody; the site itself only where nobody is named."""
    fallback = None
    for claims, found in candidates:
        people = {name.casefold(): name for claim in claims for name in people_in(claim)}
        if people.keys() - {site.casefold()}:
            return Fact(", ".join(people.values()), found)
        if people:
            fallback = fallback or Fact(", ".join(people.values()), found)
    return fallback


def names(line: str) -> bool:
    """Whether a line of text sets out to name who wrote it."""
    return bool(_BY.match(line))


def people_in(claim: str) -> Iterator[str]:
    """The names in a byline, without "By", roles, addresses, academic titles and nobodies."""
    claim = _ADDRESS.sub("", _BY.sub("", squeeze(claim)))
    for part in _AND.split(_ROLE.split(claim)[0]):
        name = _BY.sub("", part).strip(" .-–—")
        if (
            name.casefold() not in _NOBODY
            and not _NO_NAME.search(name)
            and any(map(str.isalpha, name))
            and len(name) <= _LONGEST_NAME
            and len(name.split()) <= _WORDS_OF_A_NAME
        ):
            yield name


def _authors(
    tree: HtmlElement, graph: list[jsonld.Node], article: jsonld.Node, metas: _Metas
) -> Iterator[tuple[list[str], str]]:
    yield list(jsonld.names(article.get("author"), graph)), "JSON-LD author"
    for name in _AUTHOR_METAS:
        # Single words are names of accounts here, and paths are addresses of profiles.
        claims = [each for each in metas.get(name, []) if " " in each or name == "author"]
        yield [each for each in claims if not each.startswith("/")], f"meta {name}"
    yield _texts(tree, "//*[@itemprop='author']//*[@itemprop='name']"), "itemprop author"
    yield _texts(tree, "//*[@itemprop='author']"), "itemprop author"
    yield _texts(tree, "//a[@rel='author']")[:3], "link rel=author"
    yield _classed(tree), "class of the element"


_CLASSES = frozenset(
    ("author", "byline", "author-name", "article-author", "post-author", "entry-author",
     "byline__name", "p-author", "author__name", "byline-name", "article__author")
)  # fmt: skip


def _classed(tree: HtmlElement) -> list[str]:
    """The text of the first element that is classed as a byline."""
    likely = tree.xpath("//*[contains(@class, 'author') or contains(@class, 'byline')]")
    sure = (each for each in likely if not _CLASSES.isdisjoint(each.get("class").split()))
    return [_words(element) for element in islice(sure, 1)]


def _texts(tree: HtmlElement, path: str) -> list[str]:
    return [_words(element) for element in tree.xpath(path)[:10]]


def _words(element: HtmlElement) -> str:
    """The text of an element; its blocks are parted by a blank, its inline parts are not."""
    return " ".join(block.text for block in blocks(element))


# --- date


def _dates(
    tree: HtmlElement,
    graph: Sequence[jsonld.Node],
    article: jsonld.Node,
    metas: _Metas,
    url: str | None,
) -> Iterator[tuple[date, str]]:
    for value, found in _date_claims(tree, graph, article, metas):
        if day := parse_date(value):
            yield day, found
    match = _DAY_IN_PATH.search(url or "")
    if match and (day := parse_date("-".join(match.groups()))):
        yield day, "address of the page"


def _date_claims(
    tree: HtmlElement, graph: Sequence[jsonld.Node], article: jsonld.Node, metas: _Metas
) -> Iterator[tuple[str, str]]:
    for node in (article, *graph):
        for value in jsonld.strings(node.get("datePublished")):
            yield value, "JSON-LD datePublished"
    for fact in _from_metas(metas, *_DATE_METAS):
        yield fact.value, fact.found
    for time in tree.xpath("//time[@pubdate or @itemprop='datePublished']|//article//time|//time")[
        :3
    ]:
        yield time.get("datetime") or _words(time), "time element"
    for element in tree.xpath("//*[@itemprop='datePublished']")[:1]:
        yield (
            element.get("content") or _words(element),
            "itemprop datePublished",
        )


# --- the rest


def _sites(graph: list[jsonld.Node], metas: _Metas) -> Iterator[Fact]:
    yield from _from_metas(metas, "og:site_name")
    for node in graph:
        if jsonld.is_article(node):
            for name in jsonld.names(node.get("publisher"), graph):
                yield Fact(name, "JSON-LD publisher")
    for node in graph:
        if "WebSite" in jsonld.kinds(node):
            for name in jsonld.strings(node.get("name")):
                yield Fact(name, "JSON-LD site")
    yield from _from_metas(metas, "application-name", "dc.publisher")


def _addresses(tree: HtmlElement, metas: _Metas) -> Iterator[Fact]:
    for link in tree.xpath("//link[@rel='canonical'][@href]")[:1]:
        yield Fact(link.get("href").strip(), "canonical link")
    yield from _from_metas(metas, "og:url")


def _images(article: jsonld.Node, metas: _Metas) -> Iterator[Fact]:
    yield from _from_metas(metas, "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    for address in jsonld.addresses(article.get("image")):
        yield Fact(address, "JSON-LD image")


def _sections(article: jsonld.Node, metas: _Metas) -> Iterator[Fact]:
    for section in jsonld.strings(article.get("articleSection")):
        yield Fact(section, "JSON-LD articleSection")
    yield from _from_metas(metas, "article:section", "parsely-section", "section")


def _languages(tree: HtmlElement, article: jsonld.Node, metas: _Metas) -> Iterator[Fact]:
    yield Fact(
        (
            tree.get("lang")
            or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
            or tree.get("xml:lang")
            or ""
        ).strip(),
        "html lang",
    )
    for tag in jsonld.strings(article.get("inLanguage")):
        yield Fact(tag, "JSON-LD inLanguage")
    yield from _from_metas(metas, "content-language", "dc.language", "og:locale")
