"""What filters look for: words, or a regular expression between slashes."""

from __future__ import annotations

import re


class Pattern(str):
    """Words such as ``"harbour"``, or ``"/^Live:/"``; ``"/^live:/i"`` takes either case."""

    __slots__ = ()

    @classmethod
    def parse(cls, value: object) -> Pattern:
        """Raises `ValueError`, in words for the user."""
        pattern = cls(value.strip()) if isinstance(value, str) else cls()
        try:
            expression = pattern.expression()
        except re.error as error:
            raise ValueError(f"{value!r} is no regular expression: {error}") from error
        if expression is None and not re.search(r"\w", pattern):
            raise ValueError(f"{value!r} holds no word to look for")
        return pattern

    def expression(self) -> re.Pattern[str] | None:
        """The regular expression; None for words."""
        slashed = re.fullmatch(r"/(.+)/(i?)", self, re.DOTALL)
        if slashed is None:
            return None
        return re.compile(slashed[1], re.IGNORECASE if slashed[2] else 0)
