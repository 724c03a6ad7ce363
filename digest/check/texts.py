"""Whether text can be read: contrast in light and dark, size, setting, lines under links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from digest.check.colour import contrast
from digest.check.finding import Finding, Level
from digest.check.looks import Look, Scheme, can_be_dark, looks
from digest.check.proof import Element, Proof, place, places, words_of
from digest.check.selectors import Matcher

#: WCAG 2.2, 1.4.3: for text, and for large text. What is below the last is unreadable for many.
_TEXT, _LARGE, _UNREADABLE = 4.5, 3.0, 3.0
#: px: below this phones enlarge the text by themselves, and the layout breaks.
_SMALL = 14.0
_WORD = re.compile(r"\w")
_BLOCKS = frozenset(
    {"p", "td", "th", "div", "li", "dd", "dt", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
)


def check_texts(proof: Proof) -> Iterator[Finding]:
    matcher = Matcher(proof.elements)
    light = looks(proof, "light", matcher)
    yield from _contrast(light, "light")
    if can_be_dark(proof):
        yield from _contrast(looks(proof, "dark", matcher), "dark")
    if matcher.is_out:
        yield _too_many()
    yield from _sizes(light)
    yield from _setting(light)
    yield from _links(light)


def _too_many() -> Finding:
    return Finding(
        rule="style-unread",
        level=Level.WARNING,
        what="more rules of style than this check reads",
        why="What the last of them do to the text is not known, and mail programs drop such sheets",
        remedy="Write fewer and simpler rules",
    )


def _shown(known: dict[Element, Look]) -> Iterator[tuple[Element, Look]]:
    """The elements that hold words themselves and are seen."""
    for element, look in known.items():
        tag = element.tag
        if not look.hidden and tag not in ("style", "script", "title") and _has_words(element):
            yield element, look


def _has_words(element: Element) -> bool:
    texts = chain((element.text,), (child.tail for child in element))
    return any(text and _WORD.search(text) for text in texts)


def _contrast(known: dict[Element, Look], scheme: Scheme) -> Iterator[Finding]:
    worst, told = _TEXT, {}
    for element, look in _shown(known):
        colour, ground = look.seen
        if colour is None or ground is None or (colour, ground) in told:
            continue
        ratio = contrast(colour, ground)
        if ratio < (_LARGE if look.large else _TEXT):
            worst = min(worst, ratio)
            told[colour, ground] = f"{colour} on {ground}, {ratio:.1f} to 1: {place(element)}"
    if told:
        yield Finding(
            rule=f"contrast-{scheme}",
            level=Level.ERROR if worst < _UNREADABLE else Level.WARNING,
            what=f"text is too close to its ground in {scheme} colours",
            where=tuple(told.values()),
            why="Many readers cannot make it out, nor anybody in the sun",
            remedy=f"Give it a contrast of {_TEXT:g} to 1, large text {_LARGE:g} to 1 (WCAG 1.4.3)",
        )


def _sizes(known: dict[Element, Look]) -> Iterator[Finding]:
    small = [(e, look) for e, look in _shown(known) if look.size < _SMALL]
    if small:
        yield Finding(
            rule="text-size",
            level=Level.WARNING,
            what=f"text of less than {_SMALL:g} px",
            where=tuple(f"{look.size:g} px: {place(element)}" for element, look in small),
            why="It is hard to read, and phones enlarge it by themselves",
            remedy=f"Set it in {_SMALL:g} px or more",
        )


def _setting(known: dict[Element, Look]) -> Iterator[Finding]:
    found = [element for element, look in _shown(known) if look.align == "justify"]
    if found:
        yield Finding(
            rule="text-justified",
            level=Level.WARNING,
            what="justified text",
            where=places(found),
            why="Without hyphens it tears holes into narrow lines, which makes reading hard",
            remedy="Align it to the side where its lines begin",
        )


def _links(known: dict[Element, Look]) -> Iterator[Finding]:
    """Links in running text that only their colour tells (WCAG 1.4.1)."""
    in_text = _with_words_of_their_own(known)
    found = [
        element
        for element, look in known.items()
        if element.tag == "a"
        and not (look.underlined or look.hidden)
        and _block(element) in in_text
        and words_of(element)
    ]
    if found:
        yield Finding(
            rule="link-underline",
            level=Level.WARNING,
            what="a link in running text without a line under it",
            where=places(found),
            why="Who does not see its colour does not see that it is a link",
            remedy="Leave text-decoration as it is within text",
        )


def _block(link: Element) -> Element | None:
    return next((it for it in link.iterancestors() if it.tag in _BLOCKS), None)


def _with_words_of_their_own(elements: Iterable[Element]) -> set[Element]:
    """The elements with words in or below them that are outside of links."""
    linked: set[Element] = set()
    found: set[Element] = set()
    for element in elements:
        parent = element.getparent()
        if element.tag == "a" or parent in linked:
            linked.add(element)
        for node, text in ((element, element.text), (parent, element.tail)):
            if node not in linked and text and _WORD.search(text):
                _mark(node, found)
    return found


def _mark(node: Element | None, found: set[Element]) -> None:
    """Add an element and what is around it."""
    while node is not None and node not in found:
        found.add(node)
        node = node.getparent()
