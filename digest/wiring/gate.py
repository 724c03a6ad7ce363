"""The gate: an issue that a check finds fault with does not go out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from digest.errors import RenderError
from digest.mail import FormLetter, compose
from digest.model import Issue


def keeper(level: Literal["off", "error", "warning"]) -> Callable[[FormLetter, Issue], None]:
    """What raises `RenderError` for an issue with a finding of ``level`` or worse."""

    def keep(letter: FormLetter, issue: Issue) -> None:
        if level == "off":
            return
        from digest.check import Level, gate, inspect

        found = gate(inspect(own_copy(letter, issue)).findings, Level(level))
        if found:
            told = "; ".join(f"{it.rule}: {it.what}" for it in found)
            remedy = "See `digest check`; the issue stays pending."
            raise RenderError(f"edition.gate: {issue.id}", f"is kept back: {told}", remedy)

    return keep


def own_copy(letter: FormLetter, issue: Issue) -> bytes:
    """The message as the newsletter's own sender would receive it."""
    return compose(letter, issue, record={}).message
