"""Who wrote an article: names only, without "By", roles, desks, addresses and accounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from digest.read import jsonld
from digest.read.facts import Fact, Said, texts, words_of
from digest.text import squeeze

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_METAS = (
    "author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator",
    "dcterms.creator", "citation_author",
)  # fmt: skip
_BY = re.compile(
    r"^(?:(?:written|posted|published|words|story|text|review|reviewed) by|by|von|par|por|di|av|od|"
    r"door|autor(?:in)?|author|автор|文)(?:[:\s]\s*|$)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:written by|verfasst von|écrit par|escrito por|scritto da|door|автор)\W*")
_ROLE = re.compile(r"\s*[|·⋅•]\s*|\s[–—-]\s")
_AND = re.compile(r"\s*(?:[,;&/]|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<!\S)\S{0,80}(?:://|@|www\.)\S{0,300}")
_NO_NAME = re.compile(
    r"[@<>{}?!\d]|^(?:M\.?D|MS|Ph\.?D|R[DN]|MBA|CPA|CFP|DVM|Jr|Sr|Esq)\b"
    # What stands beside a name: what the person does, or how the line goes on.
    r"|(?i:\b(?:published|updated|editor|reporter|writer|correspondent|contributor|columnist"
    r"|redakteur(?:in)?|redaktion|korrespondent(?:in)?|journaliste?|redacción|redazione|rédaction"
    r")\b|^(?:in|on|at|for|our|an?)\s)",
)
_NOBODY = frozenset(
    ("admin", "administrator", "author", "editor", "editorial", "guest", "staff", "unknown", "user",
     "webmaster", "anonymous", "team", "none", "null", "undefined")
)  # fmt: skip
_LONGEST_NAME, _WORDS_OF_A_NAME = 80, 6
# Names of classes, also in camelCase, for an element that holds nothing but who wrote it.
_CLASS = re.compile(
    r"(?:^|[_-])(?:author|byline|writer|contributor)s?(?:[_-]{1,2}(?:name|link|title))?(?:__link)?$"
    r"|[a-z]AuthorName$|^authorName$"
)
_PROFILE = re.compile(r"/(?:authors?|contributors?|writers?|autor(?:en)?|auteurs?)/[^/]{2,}")


def byline(said: Said, site: str) -> Fact | None:
    """The first place that names a person; an organisation, an account or the site itself only
    where nobody is named.
    """
    fallback = None
    for claims, found in _authors(said):
        people = {name.casefold(): name for claim in claims for name in people_in(claim)}
        if any(_is_person(name, site) for name in people.values()):
            return Fact(", ".join(people.values()), found)
        if people:
            fallback = fallback or Fact(", ".join(people.values()), found)
    return fallback


def _is_person(name: str, site: str) -> bool:
    """Whether it may be a person: not the site's own name, and no account of one word."""
    own = site.casefold()
    return " " in name.strip() and (not own or name.casefold() not in {own, f"the {own}"})


def names(line: str) -> bool:
    """Whether a line of text sets out to name who wrote it."""
    return bool(_BY.match(line))


def people_in(claim: str) -> Iterator[str]:
    """The names in a byline, without "By", roles, addresses, academic titles and nobodies."""
    claim = _ADDRESS.sub("", _BY.sub("", squeeze(claim)))
    parts = (part for part in _ROLE.split(claim) if _BY.sub("", part))
    for part in _AND.split(next(parts, "")):
        name = _BY.sub("", part).strip(" .-–—")
        if (
            name.casefold() not in _NOBODY
            and not _NO_NAME.search(name)
            and any(map(str.isalpha, name))
            and len(name) <= _LONGEST_NAME
            and len(name.split()) <= _WORDS_OF_A_NAME
        ):
            yield name


def _authors(said: Said) -> Iterator[tuple[Iterable[str], str]]:
    tree = said.tree
    yield jsonld.names(said.article.get("author"), said.graph), "JSON-LD author"
    for name in _METAS:
        # Single words are names of accounts here, and paths are addresses of profiles.
        claims = [each for each in said.metas.get(name, []) if " " in each or name == "author"]
        yield [each for each in claims if not each.startswith("/")], f"meta {name}"
    yield list(_labelled(said)), "meta twitter:label1"
    if said.entry and said.entry.byline:
        yield [said.entry.byline], "feed"
    yield texts(tree, "//*[@itemprop='author']//*[@itemprop='name']"), "itemprop author"
    yield texts(tree, "//*[@itemprop='author']", " | "), "itemprop author"
    yield texts(tree, "//a[@rel='author']")[:3], "link rel=author"
    yield _classed(tree), "class of the element"
    yield _linked(tree), "link to the author"


def _labelled(said: Said) -> Iterator[str]:
    """What the labels that some sites give for cards of a story call its writer."""
    for number in "12":
        label = " ".join(said.metas.get(f"twitter:label{number}", [])[:1]).casefold()
        if _LABEL.fullmatch(label):
            yield from said.metas.get(f"twitter:data{number}", [])[:1]


def _classed(tree: HtmlElement) -> list[str]:
    """The text of the first element that is classed as a byline."""
    likely = tree.xpath(
        "//*[contains(@class, 'uthor') or contains(@class, 'byline') or"
        " contains(@class, 'writer') or contains(@class, 'contributor')]"
    )
    sure = (each for each in likely if any(map(_CLASS.search, each.get("class").split())))
    claims = (words_of(element, " | ") for element in islice(sure, 5))
    return list(islice((claim for claim in claims if any(people_in(claim))), 1))


def _linked(tree: HtmlElement) -> list[str]:
    """The first link to the profile of somebody."""
    links = tree.xpath("//a[contains(@href, '/')]")
    profiles = (link for link in links if _PROFILE.search(link.get("href")[:300]))
    claims = (words_of(link) for link in islice(profiles, 3))
    return list(islice((claim for claim in claims if " " in claim), 1))
