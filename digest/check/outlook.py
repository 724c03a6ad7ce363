"""Whether what only Outlook on Windows sees is as good as what all others see."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from lxml import etree

from digest.check.finding import Finding, Level
from digest.check.images import IMAGE_RULES, image_faults, source_faults
from digest.check.links import LINK_RULES, address_faults, link_name
from digest.check.proof import Element, Proof, place

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: What paints a picture into the shape that it stands in.
_PAINTS = ("v:fill", "v:imagedata")
#: What the words of a shape stand in; they may come behind the comment.
_HOLDERS = frozenset({"center", "div", "p", "td", "v:textbox"})
_BEHIND = re.compile(r"z-index\s*:\s*-", re.IGNORECASE)


def check_outlook(proof: Proof) -> Iterator[Finding]:
    hrefs = {it.get("href", "").strip() for it in proof.root.iter("a")}
    judged: Mapping[str, list[Element]] = defaultdict(list)
    for element in proof.outlook:
        tag = str(element.tag)
        for rule in _JUDGES.get(tag, _of_shape if tag.startswith("v:") else _of_nothing)(element):
            judged[rule].append(element)
        href = element.get("href", "").strip()
        if href and href not in hrefs and not any(address_faults(href)):
            judged["link"].append(element)
    for rule, found in judged.items():
        yield _finding(rule, found)


def _of_link(link: Element) -> Iterator[str]:
    if (href := link.get("href")) is not None:
        yield from address_faults(href.strip())
        if not link_name(link):
            yield "link-empty"
    yield from _of_content(link)


def _of_content(element: Element) -> Iterator[str]:
    if any(str(it.tag).startswith("v:") for it in element.iterancestors()):
        yield "shape"


def _of_shape(shape: Element) -> Iterator[str]:
    within = {str(it.tag) for it in shape.iter(etree.Element)}
    if (href := shape.get("href")) is not None:
        yield from address_faults(href.strip())
        if not (shape.get("alt") or link_name(shape) or within & _HOLDERS):
            yield "link-empty"
    is_image = shape.tag == "v:image"
    # A picture behind words is decoration: MJML writes such ones, and gives them no alt.
    is_behind = within & _HOLDERS or _BEHIND.search(shape.get("style", ""))
    if (is_image or _is_painted(shape)) and shape.get("alt") is None and not is_behind:
        yield "image-alt"
    if is_image or (shape.tag in _PAINTS and shape.get("src") is not None):
        yield from source_faults(shape.get("src", "").strip())


def _is_painted(shape: Element) -> bool:
    return any(it.tag in _PAINTS and it.get("src") for it in shape)


def _of_nothing(_: Element) -> Iterator[str]:
    yield from ()


_JUDGES: Mapping[str, Callable[[Element], Iterator[str]]] = {
    "a": _of_link,
    "img": image_faults,
    **dict.fromkeys(_HEADINGS, _of_content),
}
_RULES = {
    "link": (
        Level.WARNING,
        "a link that nobody else has",
        "It leads elsewhere than what others see in its place",
        "Write the same address into both",
    ),
    "shape": (
        Level.WARNING,
        "a heading or a link within a shape of VML",
        "It is drawn, but it can be neither found nor pressed",
        "Put it beside the shape, or write href into the shape",
    ),
    **IMAGE_RULES,
    **LINK_RULES,
}


def _finding(rule: str, found: Sequence[Element]) -> Finding:
    level, what, why, remedy = _RULES[rule]
    return Finding(
        rule=f"outlook-{rule}",
        level=level,
        what=f"for Outlook: {what}",
        where=tuple(f"<!--[if mso]> {place(it)}" for it in found),
        why=why,
        remedy=remedy,
    )
