"""How the text of a message looks: colour, ground and size, computed from its styles.

The cascade of CSS as far as themes of mail use it: rules of the sheets by weight, order and
importance, then style attributes, then what is inherited; in light or in dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from digest.check.colour import BLACK, WHITE, Colour, find_colour
from digest.check.css import Declaration, Rule, declarations, rules
from digest.check.proof import Element, Proof
from digest.check.selectors import Matcher, selectors

Scheme = Literal["light", "dark"]

_DARK = "prefers-color-scheme:dark"
#: The properties that are looked at; a shorthand says what several others would.
_PROPERTIES = {
    name: (name,)
    for name in (
        "background-color", "background-image", "border-bottom", "color", "display", "font-size",
        "font-weight", "opacity", "text-align", "text-decoration",
    )
} | {"background": ("background-color",), "font": ("font-size", "font-weight")}  # fmt: skip
_SIZE = re.compile(r"(?<![\w.])(\d+\.?\d*|\.\d+)(px|pt|em|rem|%)", re.IGNORECASE)
_SHARE = re.compile(r"\s*(\d{1,3}\.?\d{0,9}|\.\d{1,9})(%?)\s*")
_HEAVY = re.compile(r"(?<!\S)(?:bold|bolder|[6-9]00)(?!\S)", re.IGNORECASE)
_URL = re.compile(r"url\([^)]*+\)?", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9a-f]{6}", re.IGNORECASE)
_HINTS = {"font": (("color", "color"),), "body": (("text", "color"),)}
_UNITS = {"px": 1.0, "pt": 4 / 3}
_HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67}
_BOLD = frozenset({"b", "strong", "th", *_HEADINGS})
_ROOT_SIZE = 16.0
#: What browsers give to links, and to a page that says it can be dark.
_LINK = {"light": Colour(0, 0, 238), "dark": Colour(158, 158, 255)}
_NIGHT = Colour(18, 18, 18)

_Key = tuple[bool, bool, tuple[int, int, int], int]
#: By property: what the value won by, and the value.
_Won = dict[str, tuple[_Key, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How an element's own text looks."""

    #: None if it cannot be told.
    colour: Colour | None
    #: None where a picture lies behind it, and if it cannot be told.
    ground: Colour | None
    #: Opacities of what it stands in, the outermost first, with the ground behind each.
    veils: tuple[tuple[float, Colour | None], ...] = ()
    #: In px.
    size: float = _ROOT_SIZE
    bold: bool = False
    hidden: bool = False
    align: str = ""
    #: False for a link that is told to have no line under it.
    underlined: bool = True

    @property
    def seen(self) -> tuple[Colour | None, Colour | None]:
        """Colour and ground as they are seen through the veils; None for what cannot be told."""
        colour, ground = self.colour, self.ground
        for opacity, behind in reversed(self.veils):
            colour, ground = (_veiled(it, opacity, behind) for it in (colour, ground))
        return colour, ground

    @property
    def large(self) -> bool:
        """Whether the text is large as WCAG 2.2 has it: 18 pt, or 14 pt in bold."""
        return self.size >= 24 or (self.bold and self.size >= 18.66)


def can_be_dark(proof: Proof) -> bool:
    """Whether the message has colours of its own for the dark."""
    return any(_is_for(rule.around, _DARK) for rule in _sheets(proof))


def looks(proof: Proof, scheme: Scheme, matcher: Matcher | None = None) -> dict[Element, Look]:
    """The look of every element."""
    won = _cascade(proof, scheme, matcher or Matcher(proof.elements))
    known: dict[Element, Look] = {}
    start = _canvas(proof, scheme)
    for element in proof.elements:
        parent = element.getparent()
        around = known[parent] if parent is not None else start
        known[element] = _look(element, won.get(element, {}), around, scheme)
    return known


def _canvas(proof: Proof, scheme: Scheme) -> Look:
    """What browsers show where nothing is said."""
    if scheme == "dark" and _says_it_can_be_dark(proof):
        return Look(colour=WHITE, ground=_NIGHT)
    return Look(colour=BLACK, ground=WHITE)


def _says_it_can_be_dark(proof: Proof) -> bool:
    """Whether browsers may give it the colours of their own dark."""
    told = list(proof.root.xpath("//meta[@name='color-scheme']/@content"))
    told += [
        it.value for rule in _sheets(proof) for it in rule.declarations if it.name == "color-scheme"
    ]
    return any("dark" in value for value in told)


def _cascade(proof: Proof, scheme: Scheme, matcher: Matcher) -> Mapping[Element, _Won]:
    """For each element the values that won, with what they won by."""
    won: dict[Element, _Won] = {}
    for order, rule in enumerate(_sheets(proof)):
        if not _holds(rule.around, scheme) or rule.selector.startswith("@"):
            continue
        if told := [it for it in rule.declarations if it.name in _PROPERTIES]:
            for selector in selectors(rule.selector):
                for element in matcher.match(selector):
                    _enter(won.setdefault(element, {}), told, selector.specificity, order)
    for element in proof.elements:
        for name, value in _hints(element):
            hint = (False, False, (0, 0, 0), -1)
            won.setdefault(element, {}).setdefault(name, (hint, value))
        if style := element.get("style"):
            own = [it for it in declarations(style) if it.name in _PROPERTIES]
            _enter(won.setdefault(element, {}), own, (0, 0, 0), 0, inline=True)
    return won


def _hints(element: Element) -> Iterator[tuple[str, str]]:
    """What attributes from before CSS say; their colours need no #."""
    for attribute, name in (("bgcolor", "background-color"), *_HINTS.get(element.tag, ())):
        if value := element.get(attribute):
            yield name, f"#{value}" if _DIGITS.fullmatch(value) else value


def _enter(
    won: _Won,
    told: Sequence[Declaration],
    specificity: tuple[int, int, int],
    order: int,
    *,
    inline: bool = False,
) -> None:
    for told_name, value, important in told:
        key = (important, inline, specificity, order)
        for name in _PROPERTIES[told_name]:
            if name not in won or won[name][0] <= key:
                won[name] = (key, value)


def _sheets(proof: Proof) -> Iterator[Rule]:
    for sheet in proof.root.iter("style"):
        media = (f"@media {sheet.get('media')}",) if sheet.get("media") else ()
        for rule in rules(sheet.text or ""):
            yield Rule(rule.selector, rule.declarations, media + rule.around)


def _holds(around: Sequence[str], scheme: Scheme) -> bool:
    """Whether what stands around a rule lets it hold on a wide screen."""
    other = "light" if scheme == "dark" else "dark"
    barred = (f"prefers-color-scheme:{other}", "max-width", "print")
    return not any(_is_for(around, word) for word in barred)


def _is_for(around: Sequence[str], word: str) -> bool:
    return any(word in head.lower().replace(" ", "") for head in around)


def _look(element: Element, won: _Won, around: Look, scheme: Scheme) -> Look:
    tag, values = element.tag, {name: value for name, (_, value) in won.items()}
    if not values and tag not in _BOLD and tag != "a":
        return around if around.underlined else replace(around, underlined=True)
    default = _LINK[scheme] if tag == "a" and element.get("href") else around.colour
    colour = _colour(values.get("color", ""), default, around)
    ground = _ground(values, colour, around)
    opacity = _opacity(values.get("opacity", ""))
    return Look(
        colour=colour.over(ground) if colour and ground else colour,
        ground=ground,
        veils=(*around.veils, (opacity, around.ground)) if opacity < 1 else around.veils,
        size=_size(values, around.size * _HEADINGS.get(tag, 1.0), around.size),
        bold=_is_bold(values, default=around.bold or tag in _BOLD),
        hidden=around.hidden or values.get("display", "").lower() == "none" or opacity == 0,
        align=values.get("text-align", around.align).lower(),
        underlined=_is_underlined(values),
    )


def _is_underlined(values: Mapping[str, str]) -> bool:
    return values.get("text-decoration", "").lower() != "none" or "border-bottom" in values


def _colour(told: str, default: Colour | None, around: Look) -> Colour | None:
    """The colour of the text; None for one that is told in a way that we cannot read."""
    if found := find_colour(told):
        return found
    if not told:
        return default
    return None if "(" in told else around.colour


def _opacity(told: str) -> float:
    match = _SHARE.fullmatch(told)
    return min(1.0, float(match[1]) / (100 if match[2] else 1)) if match else 1.0


def _veiled(colour: Colour | None, opacity: float, behind: Colour | None) -> Colour | None:
    return colour._replace(alpha=opacity).over(behind) if colour and behind else None


def _ground(values: Mapping[str, str], own: Colour | None, around: Look) -> Colour | None:
    """What lies behind the text; a colour is told beside a picture for those who see none."""
    told = values.get("background-color", "")
    if "gradient" in told.lower():
        return None
    if "currentcolor" in told.lower():
        return own
    if colour := find_colour(_URL.sub("", told)):
        return colour.over(around.ground or WHITE) if colour.alpha else around.ground
    return None if "(" in told + values.get("background-image", "") else around.ground


def _size(values: Mapping[str, str], default: float, around: float) -> float:
    match = _SIZE.search(values.get("font-size", ""))
    if match is None:
        return default
    number, unit = float(match[1]), match[2].lower()
    base = {"em": around, "rem": _ROOT_SIZE, "%": around / 100}
    return number * (_UNITS.get(unit) or base[unit])


def _is_bold(values: Mapping[str, str], *, default: bool) -> bool:
    told = values.get("font-weight")
    return default if told is None else _HEAVY.search(told) is not None
