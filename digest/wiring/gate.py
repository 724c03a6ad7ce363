"""The gate: an issue that a check finds fault with does not go out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from digest.errors import RenderError
from digest.mail import FormLetter, compose
from digest.model import Issue


def keeper(
    level: Literal["off", "error", "warning"],
) -> Callable[[Issue, Mapping[str, FormLetter]], None]:
    """What raises `RenderError` for letters with a finding of ``level`` or worse."""

    def keep(issue: Issue, letters: Mapping[str, FormLetter]) -> None:
        if level == "off":
            return
        from digest.check import Level, findings_of, gate

        found = gate(findings_of(own_copies(issue, letters)), Level(level))
        if found:
            told = "; ".join(f"{it.rule}: {it.what}{it.only}" for it in found)
            remedy = "See `digest check`; the issue stays pending."
            raise RenderError(f"edition.gate: {issue.id}", f"is kept back: {told}", remedy)

    return keep


def own_copies(issue: Issue, letters: Mapping[str, FormLetter]) -> dict[str, bytes]:
    """The messages of an issue by the names of its editions, the whole issue first."""
    return {edition_name(issue, key): own_copy(letters[key], issue) for key in sorted(letters)}


def own_copy(letter: FormLetter, issue: Issue) -> bytes:
    """A reader's copy, with the reader's own links: the one of the newsletter's own sender."""
    return compose(letter, issue, record={}).message


def edition_name(issue: Issue, key: str) -> str:
    """What an edition is called: by the sections that it holds."""
    if not key:
        return "the whole issue"
    names = (issue.sections[int(number)].name for number in key.split(","))
    return ", ".join(filter(None, names)) or "sections without a name"
