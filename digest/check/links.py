"""Whether the links lead somewhere, and say where."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from digest.check.finding import Finding, Level
from digest.check.proof import Element, Proof, places, words_of
from digest.tokens import HOST

#: Texts that name nothing, as they stand in newsletters.
_EMPTY_WORDS = frozenset(
    {
        "aquí", "cliquez ici", "clicca qui", "clique aqui", "click here", "continue reading",
        "details", "en savoir plus", "haz clic aquí", "here", "hier", "hier klicken", "ici",
        "kliknij tutaj", "klik hier", "learn more", "leer más", "leggi tutto", "leia mais",
        "lees meer", "link", "lire la suite", "mehr", "mehr erfahren", "mehr lesen", "more", "más",
        "plus", "qui", "read more", "read on", "saber más", "see more", "tap here", "this link",
        "tutaj", "weiterlesen", "więcej", "здесь", "подробнее", "читать далее",
    }
)  # fmt: skip
_SAFE = frozenset({"http", "https", "mailto", "tel", "sms"})
_WORDS = re.compile(r"\w+")
# A host has a dot, or is an address in brackets.
_HOST = re.compile(r"[^\s.]+(\.[^\s.]+)+\.?|\[[0-9a-f:.]+\]", re.IGNORECASE)


def check_links(proof: Proof) -> Iterator[Finding]:
    links = [it for it in proof.root.iter("a") if it.get("href") is not None]
    judged: dict[str, list[Element]] = defaultdict(list)
    for link in links:
        for rule in address_faults(link.get("href", "").strip()):
            judged[rule].append(link)
    judged["link-anchor"] = _nowhere(links, proof)
    judged["link-empty"] = [it for it in links if it not in proof.hidden and not link_name(it)]
    judged["link-text"] = [it for it in links if _plain(link_name(it)) in _EMPTY_WORDS]
    judged["link-same-text"] = list(_ambiguous(links))
    for rule, found in judged.items():
        if found:
            yield _finding(rule, found)


def web_links(proof: Proof) -> tuple[str, ...]:
    """The http(s) addresses that the message leads to, each once, in its order.

    They are without what names a place in the document: no server is told that.
    """
    links = (it.get("href", "").strip().partition("#")[0] for it in proof.root.iter("a"))
    return tuple(dict.fromkeys(it for it in links if it.startswith(("http://", "https://"))))


def address_faults(link: str) -> Iterator[str]:
    """The rules that an address breaks on its own."""
    if not link or link == "#":
        yield "link-nowhere"
        return
    if link.startswith("#"):
        return
    if link.startswith(HOST):
        yield "link-token"
        return
    try:
        parts = urlsplit(link)
    except ValueError:
        yield "link-broken"
        return
    if not parts.scheme:
        yield "link-relative"
    elif parts.scheme not in _SAFE:
        yield "link-scheme"
    elif parts.scheme in ("http", "https") and not _HOST.fullmatch(parts.hostname or ""):
        yield "link-broken"
    elif parts.scheme == "http":
        yield "link-http"


def _nowhere(links: Sequence[Element], proof: Proof) -> list[Element]:
    """The links to places in the message that it does not have."""
    places = {it.get("id") or it.get("name") for it in proof.elements}
    hrefs = ((it, it.get("href", "").strip()) for it in links)
    return [it for it, href in hrefs if href[:1] == "#" and href[1:] and href[1:] not in places]


def _ambiguous(links: Sequence[Element]) -> Iterator[Element]:
    """Links of one text to several places, unless a place has a link that names it besides."""
    places: Mapping[str, dict[str, Element]] = defaultdict(dict)
    for link in links:
        href = link.get("href", "").strip()
        if (name := _plain(link_name(link))) and not href.startswith("#"):
            places[name].setdefault(href, link)
    named = Counter(href for found in places.values() if len(found) == 1 for href in found)
    for found in places.values():
        unnamed = [link for href, link in found.items() if not named[href]]
        if len(found) > 1 and len(unnamed) > 1:
            yield from unnamed


def link_name(link: Element) -> str:
    """What a screen reader calls a link: its label, its words, or those of its images."""
    told = (link.get("aria-label"), words_of(link), *link.xpath(".//img/@alt"), link.get("title"))
    return next((it.strip() for it in told if it and it.strip()), "")


def _plain(name: str) -> str:
    return " ".join(_WORDS.findall(name)).casefold()


LINK_RULES = {
    "link-nowhere": (
        Level.ERROR,
        "a link without an address",
        "Nothing happens when it is pressed",
        "Give it its address, or leave the link out",
    ),
    "link-token": (
        Level.ERROR,
        "a link that still holds a merge token",
        "It leads nowhere",
        "Use page.unsubscribe or page.view in the theme, and set both in [newsletter]",
    ),
    "link-broken": (
        Level.ERROR,
        "a link whose address has no host",
        "It leads nowhere",
        "Write the whole address",
    ),
    "link-relative": (
        Level.ERROR,
        "a link that is relative",
        "A message has no address of its own, so it leads nowhere",
        "Write the whole address, from https:// on",
    ),
    "link-scheme": (
        Level.ERROR,
        "a link that mail programs do not open",
        "They remove it, or hold the message for an attack",
        "Link to https:, mailto: or tel: only",
    ),
    "link-http": (
        Level.WARNING,
        "a link that is not encrypted",
        "Anybody on the way can read and change what it leads to, and browsers warn of it",
        "Write https: if the site has it",
    ),
    "link-anchor": (
        Level.WARNING,
        "a link to a place that the message does not have",
        "Nothing happens when it is pressed",
        "Give the place that id",
    ),
    "link-empty": (
        Level.ERROR,
        "a link without words",
        "Screen readers read out its address instead, and others may not see it",
        "Put words into it, or an image with alt",
    ),
    "link-text": (
        Level.WARNING,
        "a link whose words do not say where it leads",
        "Screen readers list the links without what stands around them (WCAG 2.4.4)",
        "Link the name of what it leads to",
    ),
    "link-same-text": (
        Level.WARNING,
        "links of the same words to different places",
        "In a list of the links they cannot be told apart (WCAG 2.4.4)",
        "Give each its own words, or an aria-label that begins with those that are seen",
    ),
}


def _finding(rule: str, found: Sequence[Element]) -> Finding:
    level, what, why, remedy = LINK_RULES[rule]
    where = places(found)
    return Finding(rule=rule, level=level, what=what, where=where, why=why, remedy=remedy)
