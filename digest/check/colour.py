"""Colours of CSS, and how well two of them can be told apart (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-z])", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(([^()]*+)\)", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)(%?)")
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
#: Those that themes use; any other name is a colour that is not judged.
_NAMED = {
    "aqua": "#00ffff", "black": "#000000", "blue": "#0000ff", "brown": "#a52a2a",
    "crimson": "#dc143c", "cyan": "#00ffff", "darkblue": "#00008b", "darkgray": "#a9a9a9",
    "darkgreen": "#006400", "darkgrey": "#a9a9a9", "darkred": "#8b0000", "dimgray": "#696969",
    "dimgrey": "#696969", "fuchsia": "#ff00ff", "gold": "#ffd700", "gray": "#808080",
    "green": "#008000", "grey": "#808080", "ivory": "#fffff0", "lightblue": "#add8e6",
    "lightgray": "#d3d3d3", "lightgrey": "#d3d3d3", "lime": "#00ff00", "magenta": "#ff00ff",
    "maroon": "#800000", "navy": "#000080", "olive": "#808000", "orange": "#ffa500",
    "pink": "#ffc0cb", "purple": "#800080", "red": "#ff0000", "silver": "#c0c0c0",
    "teal": "#008080", "tomato": "#ff6347", "transparent": "#00000000", "white": "#ffffff",
    "whitesmoke": "#f5f5f5", "yellow": "#ffff00",
}  # fmt: skip


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
    """The colour in the value of ``color``, ``background`` or ``background-color``, if any."""
    if match := _RGB.search(value):
        return _from_numbers(_NUMBER.findall(match[1]))
    if match := _HEX.search(value):
        return _from_digits(match[1])
    names = (word.lower() for word in _WORD.findall(value))
    return next((_from_digits(_NAMED[name][1:]) for name in names if name in _NAMED), None)


def contrast(one: Colour, other: Colour) -> float:
    """From 1, the same, to 21, black on white; both are opaque."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _from_digits(digits: str) -> Colour:
    if len(digits) <= 4:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, *alpha = (int(digits[i : i + 2], 16) for i in range(0, len(digits), 2))
    return Colour(red, green, blue, alpha[0] / 255 if alpha else 1.0)


def _from_numbers(found: list[tuple[str, str]]) -> Colour | None:
    if len(found) < 3:
        return None
    red, green, blue = (min(255.0, float(it) * 255 / (100 if pc else 255)) for it, pc in found[:3])
    alpha = float(found[3][0]) / (100 if found[3][1] else 1) if len(found) > 3 else 1.0
    return Colour(red, green, blue, min(alpha, 1.0))


def _luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_linear(part / 255) for part in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
