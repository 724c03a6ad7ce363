"""How fast messages may begin.

A window that slides over the last n beginnings keeps the promise that accounts are held to:
never more than n in any second or hour. A bucket that is full when the run starts would let
nearly 2 n through its first window.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

#: Seconds that the sum of a moment and a delay may be off.
_ROUNDING = 1e-6


class Pace:
    """Counts beginnings against a limit per second and one per hour."""

    def __init__(
        self, *, per_second: float | None, per_hour: float | None, clock: Callable[[], float]
    ) -> None:
        limits = ((per_second, 1.0), (per_hour, 3600.0))
        self._windows = [_Window(rate, span) for rate, span in limits if rate is not None]
        self._clock = clock

    def wait(self) -> float:
        """Seconds until one more may begin; 0 takes the turn."""
        if not self._windows:
            return 0.0
        now = self._clock()
        delay = max(window.delay(now) for window in self._windows)
        if delay > _ROUNDING:
            return delay
        for window in self._windows:
            window.begun.append(now)
        return 0.0


class _Window:
    """At most ``count`` in any ``span`` seconds: a rate below one stretches the span."""

    def __init__(self, rate: float, span: float) -> None:
        count = max(1, int(rate))
        self.span = span * count / rate
        self.begun: deque[float] = deque(maxlen=count)

    def delay(self, now: float) -> float:
        if len(self.begun) < (self.begun.maxlen or 0):
            return 0.0
        return self.begun[0] + self.span - now
