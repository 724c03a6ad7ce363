"""What is drawn on a terminal while a run is under way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import contextmanager


@contextmanager
def progress(sources: Sequence[Sized]) -> Iterator[Callable[[], None]]:
    """A bar on stderr that each call of the function moves on; nothing without a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=sum(len(source) for source in sources))
        yield lambda: bar.advance(task)
