"""The title of a page: its headline where its meta data agree with it, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from digest.read import jsonld
from digest.read.blocks import key
from digest.read.facts import Fact, Said, first, words_of
from digest.text import squeeze, words

# Headlines: how many are looked at, and how alike words must be (Jaccard) to mean the same; a
# page's only one needs less.
_HEADS, _ALIKE, _ALIKE_ALONE = 5, 0.6, 0.25
_SHORT = 3  # words of a site's name
_SURE = 12  # letters that do not stand in a title by chance
_SEPARATOR = re.compile(r"\s+[|–—·•»:-]+\s+|\s*[|»]\s*")
_CUT = re.compile(r"(?:…|\.\.\.)$")


def title(said: Said, site: str) -> Fact | None:
    """The page's headline where its meta data agree with it, else what the meta data say."""
    claims = [Fact(without_site(squeeze(fact.value), site), fact.found) for fact in _claims(said)]
    told = [claim for claim in claims if claim.found == "feed"]
    heads = [words_of(head) for head in islice(said.tree.iter("h1"), _HEADS)]
    found = _agreed(heads, told) or _agreed(heads, claims)
    if found:
        return Fact(without_site(found.value, site), found.found)
    return first(claims) or first(Fact(head, "h1") for head in heads)


def _agreed(heads: Sequence[str], claims: Sequence[Fact]) -> Fact | None:
    """The first headline that means the same as one of the claims."""
    enough = _ALIKE if len(heads) > 1 else _ALIKE_ALONE
    for head in heads:
        for claim in claims:
            if _agree(head, claim.value, enough):
                return Fact(head, f"h1, which {claim.found} agrees with")
    return None


def _claims(said: Said) -> Iterator[Fact]:
    if said.entry and said.entry.title and not _CUT.search(said.entry.title):
        yield Fact(said.entry.title, "feed")
    for node in said.graph:
        if jsonld.is_article(node) and jsonld.headline(node):
            yield Fact(jsonld.headline(node), "JSON-LD headline")
            break
    yield from said.meta("og:title", "twitter:title", "dc.title", "citation_title")
    for tag in islice(said.tree.iter("title"), 1):
        if tag.text and tag.text.strip():
            yield Fact(tag.text, "title tag")


def _agree(head: str, claim: str, enough: float) -> bool:
    a, b = key(head), key(claim)
    if not a or not b:
        return False
    within = min(len(a), len(b)) > _SURE and (a in b or b in a)
    return a == b or within or _alike(head, claim) > enough


def _alike(one: str, other: str) -> float:
    a, b = set(words(one)), set(words(other))
    return len(a & b) / max(1, len(a | b))


def without_site(title: str, site: str) -> str:
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
