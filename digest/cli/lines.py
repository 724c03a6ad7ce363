"""Pieces of reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click


def table(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Two columns."""
    kept = list(rows)
    width = max((len(name) for name, _ in kept), default=0)
    for name, value in kept:
        yield f"  {name:<{width}}  {value}".rstrip()


def bold(text: str) -> str:
    return click.style(text, bold=True)


def count(number: int, one: str, many: str = "") -> str:
    """A number and its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def error(text: object) -> str:
    return click.style("error: ", fg="red") + str(text)


def warning(text: object) -> str:
    return click.style("warning: ", fg="yellow") + str(text)
