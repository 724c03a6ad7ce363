"""Which elements a selector of CSS matches, in steps that are counted.

XPath, by which `cssselect` does it, takes the square of the elements for ``* * *``. So a selector
is taken apart at its combinators, and each goes through the document once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from digest.check.proof import Element

#: Steps for all selectors of a message: an element that is looked at is one.
_STEPS = 3_000_000
#: Steps of an expression of XPath for each element, if it looks at the siblings of each or not.
_ALL, _ALONE = 50, 2


class _Compound(NamedTuple):
    """What stands between two combinators; ``path`` is for all but types, classes and ids."""

    tag: str | None
    classes: frozenset[str]
    ids: frozenset[str]
    path: etree.XPath | None = None


class Selector(NamedTuple):
    """A selector with its weight: compounds, and the combinator that stands behind each but one."""

    specificity: tuple[int, int, int]
    compounds: tuple[_Compound, ...]
    combinators: tuple[str, ...]


class Matcher:
    """Matches selectors with the elements of a document until it is out of steps."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self._elements = elements
        self._root = elements[0]
        self._parents = {it: it.getparent() for it in elements}
        self._classes = {it: frozenset(it.get("class", "").split()) for it in elements}
        self._by_name: Mapping[str, list[Element]] = defaultdict(list)
        for element in elements:
            for name in self._names(element):
                self._by_name[name].append(element)
        self._left = _STEPS

    @property
    def is_out(self) -> bool:
        """Whether it was out of steps."""
        return self._left < 0

    def match(self, selector: Selector) -> Collection[Element]:
        """The elements that it matches; none if it is out of steps."""
        found: Collection[Element] = ()
        for compound, combinator in zip(
            selector.compounds, (None, *selector.combinators), strict=True
        ):
            candidates = self._candidates(compound)
            if combinator is not None:
                candidates = list(self._related(frozenset(found), combinator, candidates))
            found = [it for it in candidates if self._fits(it, compound)]
            self._left -= len(candidates) + 1
            if not found or self.is_out:
                return ()
        return found

    def _names(self, element: Element) -> Iterator[str]:
        yield str(element.tag)
        yield from (f".{name}" for name in self._classes[element])
        yield f"#{element.get('id', '')}"

    def _candidates(self, compound: _Compound) -> Sequence[Element]:
        """The elements that have the rarest of the names that a compound tells, or more."""
        if compound.path is not None:
            steps = _ALL if "sibling::" in compound.path.path else _ALONE
            self._left -= steps * len(self._elements)
            found = [] if self.is_out else _evaluated(compound.path, self._root)
            return [it for it in found if it in self._parents]
        names = [f".{it}" for it in compound.classes] + [f"#{it}" for it in compound.ids]
        names += [compound.tag] if compound.tag else []
        return min((self._by_name.get(it, ()) for it in names), key=len, default=self._elements)

    def _fits(self, element: Element, compound: _Compound) -> bool:
        return (
            compound.tag in (None, element.tag)
            and compound.classes <= self._classes[element]
            and compound.ids <= {element.get("id")}
        )

    def _related(
        self, before: Collection[Element], combinator: str, candidates: Sequence[Element]
    ) -> Iterator[Element]:
        """The candidates that stand so to one of those that matched ``before``."""
        step = self._parents.get if combinator in " >" else etree.ElementBase.getprevious
        if combinator in ">+":
            yield from (it for it in candidates if step(it) in before)
        else:
            yield from self._beyond(before, step, candidates)

    def _beyond(
        self,
        before: Collection[Element],
        step: Callable[[Element], Element | None],
        candidates: Sequence[Element],
    ) -> Iterator[Element]:
        """The candidates from which steps lead to one of ``before``; each step is done once."""
        known: dict[Element | None, bool] = {None: False} | dict.fromkeys(before, True)
        for candidate in candidates:
            path, node = [], step(candidate)
            while node not in known:
                path.append(node)
                node = step(node) if node is not None else None
            self._left -= len(path)
            known |= dict.fromkeys(path, known[node])
            if known[node]:
                yield candidate


def _evaluated(path: etree.XPath, root: Element) -> list[Element]:
    try:
        return list(path(root))
    except etree.XPathError:  # such as an unknown prefix
        return []


@lru_cache(maxsize=512)
def selectors(written: str) -> tuple[Selector, ...]:
    """The selectors of a rule; none if one of them is none that mail programs know."""
    from cssselect import SelectorError, parse

    try:
        found = parse(written)
        return tuple(_taken_apart(it.parsed_tree, it.specificity()) for it in found)
    except (SelectorError, etree.XPathError, RecursionError):
        return ()


def _taken_apart(
    tree: Any,  # noqa: ANN401  cssselect ships no types
    specificity: tuple[int, int, int],
) -> Selector:
    from cssselect.parser import CombinedSelector

    compounds, combinators = [], []
    while isinstance(tree, CombinedSelector):
        compounds.append(_compound(tree.subselector))
        combinators.append(tree.combinator)
        tree = tree.selector
    compounds.append(_compound(tree))
    return Selector(specificity, tuple(reversed(compounds)), tuple(reversed(combinators)))


def _compound(tree: Any) -> _Compound:  # noqa: ANN401  cssselect ships no types
    from cssselect import HTMLTranslator, SelectorError
    from cssselect.parser import Class, Hash
    from cssselect.parser import Element as Type

    whole, classes, ids = tree, set(), set()
    while isinstance(tree, (Class, Hash)):
        if isinstance(tree, Class):
            classes.add(tree.class_name)
        else:
            ids.add(tree.id)
        tree = tree.selector
    if isinstance(tree, Type) and tree.namespace:
        raise SelectorError("HTML knows no namespaces")
    if isinstance(tree, Type):
        tag = tree.element.lower() if tree.element else None
        return _Compound(tag, frozenset(classes), frozenset(ids))
    expression = f"descendant-or-self::{HTMLTranslator().xpath(whole)}"
    return _Compound(None, frozenset(), frozenset(), etree.XPath(expression))
