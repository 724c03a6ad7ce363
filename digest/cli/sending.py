"""What is told of sending: how far it is, a line each minute, and what was said to the server."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import click

from digest.cli.lines import bold
from digest.cli.shared import show

LOG_JSON = click.option(
    "--log-json", is_flag=True, help="Tell how far sending is as JSON, a line a minute on stderr."
)
TRACE = click.option(
    "--trace", is_flag=True, help="Show the last of what was said to the server and by it."
)

#: Seconds between two lines.
_PAUSE = 60
#: Lines of a transcript that are kept.
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How far sending is, and how fast it goes."""

    through: int
    everybody: int
    #: Recipients in one second, since the beginning.
    rate: float

    @property
    def left(self) -> timedelta | None:
        """How much longer it takes; None if nothing speaks for an end."""
        if self.rate <= 0:
            return None
        return timedelta(seconds=round((self.everybody - self.through) / self.rate))

    def as_text(self) -> str:
        left = f", {self.left} to go" if self.left is not None else ""
        return f"sending: {self.through:,} of {self.everybody:,}, {self.rate:,.1f} a second{left}"

    def as_json(self, now: datetime) -> str:
        left = self.left.total_seconds() if self.left is not None else None
        record = {"time": now.isoformat(timespec="seconds"), "event": "sending"}
        figures = {"through": self.through, "recipients": self.everybody}
        return json.dumps(
            {**record, **figures, "per_second": round(self.rate, 2), "seconds_left": left}
        )


class Log:
    """Writes a line when a minute has gone by since the last."""

    def __init__(self, *, as_json: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._as_json = as_json
        self._clock = clock
        self._began = self._told = clock()
        #: Where it stood at the beginning.
        self._from: int | None = None

    def __call__(self, through: int, everybody: int) -> None:
        now = self._clock()
        if self._from is None:
            self._began = self._told = now
            self._from = through
        if now - self._told >= _PAUSE:
            self._told = now
            rate = (through - self._from) / (now - self._began)
            pace = Pace(through=through, everybody=everybody, rate=rate)
            line = pace.as_json(datetime.now(UTC)) if self._as_json else pace.as_text()
            show([line], err=True)


@contextmanager
def transcript(*, wanted: bool) -> Iterator[Callable[[str], None] | None]:
    """Keeps the last lines of the talk with a server, and shows them at the end."""
    if not wanted:
        yield None
        return
    lines: deque[str] = deque(maxlen=_MOST)
    try:
        yield lines.append
    finally:
        show([bold("What was said, > by us")] if lines else [], err=True)
        show(lines, err=True)
