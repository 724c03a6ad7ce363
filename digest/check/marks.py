"""The features of HTML and CSS that a message uses, each with the first place of its use.

A feature is named by a mark: ``property:gap``, ``unit:rem``, ``element:video``. The table of
`digest.check.clients` says which mail programs know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from digest.check.css import Declaration, Rule, declarations, rules
from digest.check.proof import Element, Proof

_FUNCTION = re.compile(r"([a-z][a-z-]*+)\(", re.IGNORECASE)
_UNIT = re.compile(r"(?<![\w#.-])[+-]?(?:\d+\.?\d*|\.\d+)([a-z]{1,4}|%)(?![\w-])", re.IGNORECASE)
_FEATURE = re.compile(r"\(\s*([a-z-]+)", re.IGNORECASE)
_PSEUDO = re.compile(r"::?[a-z-]+", re.IGNORECASE)
_COMBINATOR = re.compile(r"(?<![>+~\s])\s*([>+~])\s*")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'|url\([^)]*+\)", re.IGNORECASE)
_COMBINATORS = {">": "child", "+": "adjacent", "~": "sibling"}


class Use(NamedTuple):
    """Where a feature is used first."""

    #: An element, or the selector of a rule with what stands around it.
    at: Element | str
    #: In a style sheet only, so that whoever does not know it sees the message without it.
    in_head: bool


def uses(proof: Proof) -> dict[str, Use]:
    """The marks of a message; one that stands in an element outweighs one in a sheet."""
    found: dict[str, Use] = {}
    styles: dict[str, Element] = {}
    for element in proof.elements:
        if style := element.get("style"):
            styles.setdefault(style, element)
        for mark in _of_element(element):
            if mark not in found:
                found[mark] = Use(element, in_head=False)
    for style, element in styles.items():
        for mark in _of_declarations(declarations(style)):
            if mark not in found:
                found[mark] = Use(element, in_head=False)
    for rule in _sheets(proof):
        for mark in _of_rule(rule):
            found.setdefault(mark, Use(" ".join((*rule.around, rule.selector)), in_head=True))
    return found


def _sheets(proof: Proof) -> Iterator[Rule]:
    for sheet in proof.root.iter("style"):
        yield from rules(sheet.text or "")


def _of_element(element: Element) -> Iterator[str]:
    tag = str(element.tag)
    yield f"element:{tag}"
    for name, value in element.attrib.items():
        if name != "style":
            yield f"attribute:{name}"
        if name == "href" and tag == "a":
            yield "link:#" if value.startswith("#") else f"link:{value.partition(':')[0].lower()}"
        if name in ("type", "name") and tag in ("input", "button", "meta"):
            yield f"{tag}:{value.lower()}"


@lru_cache(maxsize=512)
def _of_declarations(block: tuple[Declaration, ...]) -> frozenset[str]:
    return frozenset(mark for declaration in block for mark in _of_declaration(declaration))


def _of_declaration(declaration: Declaration) -> Iterator[str]:
    name, value = declaration.name, _QUOTED.sub("", declaration.value)
    if name.startswith("--"):
        yield "custom-property"
        return
    yield f"property:{name}"
    yield from (f"value:{name}:{word}" for word in value.lower().split())
    yield from (f"keyword:{word}" for word in value.lower().split())
    yield from (f"function:{word.lower()}" for word in _FUNCTION.findall(value))
    yield from (f"unit:{word.lower()}" for word in _UNIT.findall(value))
    if declaration.important:
        yield "important"


def _of_rule(rule: Rule) -> Iterator[str]:
    yield from _of_declarations(rule.declarations)
    yield from _of_at_rules((*rule.around, rule.selector))
    if rule.selector.startswith("@"):
        return
    if any(not head.startswith("@") for head in rule.around):
        yield "nesting"
    selector = _QUOTED.sub("", rule.selector)
    yield from (f"pseudo:{name.lower()}" for name in _PSEUDO.findall(selector))
    yield from (f"selector:{_COMBINATORS[it]}" for it in _COMBINATOR.findall(selector))
    if "[" in selector:
        yield "selector:attribute"


def _of_at_rules(heads: Iterable[str]) -> Iterator[str]:
    for head in heads:
        if head.startswith("@"):
            name = head.split("(")[0].split()[0].lower()
            yield f"at:{name}"
            yield from (f"at:{name} {it.lower()}" for it in _FEATURE.findall(head))
