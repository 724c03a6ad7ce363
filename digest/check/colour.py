"""Colours of CSS, and how well two of them can be told apart (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from functools import lru_cache
from math import tau
from typing import NamedTuple

from digest.check.named import NAMED

_HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-z])", re.IGNORECASE)
_FUNCTION = re.compile(r"(?<![\w-])(rgb|hsl|hwb)a?\(([^()]*+)\)", re.IGNORECASE)
_NAME = re.compile(r"([a-z][\w-]*+)\(", re.IGNORECASE)
_READ = frozenset({"rgb", "rgba", "hsl", "hsla", "hwb", "url"})
_NUMBER = r"[+-]?(?:\d{1,9}\.?\d{0,9}|\.\d{1,9})(?:e[+-]?\d{1,2})?|none"
_PART = re.compile(rf"(?<![\w.])({_NUMBER})(%|deg|grad|rad|turn)?(?![\w.])", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w-])[a-z]+(?![\w(-])", re.IGNORECASE)
#: Whole turns of each unit of an angle.
_TURNS = {"": 1 / 360, "deg": 1 / 360, "grad": 1 / 400, "rad": 1 / tau, "turn": 1.0}


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255, and how much covers what is behind, 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def __str__(self) -> str:
        return "#" + "".join(f"{round(part):02x}" for part in self[:3])

    def over(self, ground: Colour) -> Colour:
        """The colour that is seen where this one lies on an opaque one."""
        mixed = (a * self.alpha + b * (1 - self.alpha) for a, b in zip(self, ground, strict=True))
        red, green, blue, _ = mixed
        return Colour(red, green, blue)


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


@lru_cache(maxsize=1024)
def find_colour(value: str) -> Colour | None:
    """The colour in the value of ``color``, ``background`` or ``background-color``, if any.

    None too for one that is not told by red, green and blue, such as ``lab()``, or is computed
    from others: programs of mail know none of these.
    """
    if any(it.lower() not in _READ for it in _NAME.findall(value)):
        return None
    if match := _FUNCTION.search(value):
        return _from_function(match[1].lower(), _PART.findall(match[2].lower()))
    if match := _HEX.search(value):
        return _from_digits(match[1])
    for word in _WORD.findall(value.lower()):
        if word == "transparent":
            return Colour(0, 0, 0, 0.0)
        if word in NAMED:
            return _from_digits(NAMED[word])
    return None


def contrast(one: Colour, other: Colour) -> float:
    """From 1, the same, to 21, black on white; both are opaque."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _from_digits(digits: str) -> Colour:
    if len(digits) <= 4:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, *alpha = (int(digits[i : i + 2], 16) for i in range(0, len(digits), 2))
    return Colour(red, green, blue, alpha[0] / 255 if alpha else 1.0)


def _from_function(name: str, parts: list[tuple[str, str]]) -> Colour | None:
    """The colour of ``rgb()``, ``hsl()`` or ``hwb()``, given its numbers with their units."""
    if not 3 <= len(parts) <= 4:
        return None
    first, second, third, *alpha = parts
    if name == "rgb":
        red, green, blue = (_share(it, whole=255) for it in (first, second, third))
    else:
        hue = _number(first[0]) * _TURNS.get(first[1], 0.0) % 1
        red, green, blue = _MAKERS[name](hue, _share(second, whole=100), _share(third, whole=100))
    opaque = _share(alpha[0], whole=1) if alpha else 1.0
    return Colour(red * 255, green * 255, blue * 255, opaque)


def _from_hsl(hue: float, saturation: float, lightness: float) -> tuple[float, float, float]:
    return hls_to_rgb(hue, lightness, saturation)


def _from_hwb(hue: float, white: float, black: float) -> tuple[float, float, float]:
    if white + black >= 1:
        grey = white / (white + black)
        return grey, grey, grey
    red, green, blue = (part * (1 - white - black) + white for part in hls_to_rgb(hue, 0.5, 1.0))
    return red, green, blue


_MAKERS = {"hsl": _from_hsl, "hwb": _from_hwb}


def _share(part: tuple[str, str], *, whole: float) -> float:
    """A part of ``whole``, or of a hundred, from 0 to 1."""
    number, unit = part
    return min(1.0, max(0.0, _number(number) / (100 if unit == "%" else whole)))


def _number(told: str) -> float:
    return 0.0 if told == "none" else float(told)


def _luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(part / 255) for part in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
