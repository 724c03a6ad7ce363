"""What is drawn on a terminal while a run is under way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass

from digest.cli.sending import Log


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a run tells how far it is."""

    #: Called as each item of the sources is drawn.
    observe: Callable[[], None] = lambda: None
    #: Told how many recipients an issue is through with, and how many it has.
    watch: Callable[[int, int], None]


@contextmanager
def progress(sources: Sequence[Sized] = (), *, log_json: bool = False) -> Iterator[Progress]:
    """Bars on stderr; without a terminal, or for a log, a line for each minute of sending."""
    if log_json or not sys.stderr.isatty():
        yield Progress(watch=Log(as_json=log_json))
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars

    counts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    speed = (TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Bars(*counts, *speed, console=Console(stderr=True), transient=True) as bars:
        total = sum(len(source) for source in sources)
        reading = bars.add_task("reading", total=total, visible=bool(sources), rate="")
        sending = bars.add_task("sending", total=None, visible=False, rate="")

        def watch(through: int, everybody: int) -> None:
            rate = f"{bars.tasks[1].speed or 0:,.0f}/s"
            bars.update(sending, completed=through, total=everybody, visible=True, rate=rate)

        yield Progress(observe=lambda: bars.advance(reading), watch=watch)
