"""What failed lately is left alone for a while, the longer the more often it fails in a row."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from digest.errors import DigestError

#: Seconds after a first failure, which double with each further one, and the most.
REST, LONGEST = 120.0, 900.0


def said(failure: Exception) -> str:
    """What failed, in words: of a bug its kind as well."""
    return (
        str(failure) if isinstance(failure, DigestError) else f"{type(failure).__name__}: {failure}"
    )


@dataclass(slots=True, kw_only=True)
class Failures:
    """Failures by what failed; ``clock`` gives seconds and is never set."""

    clock: Callable[[], float] = time.monotonic
    #: Until when each is left alone, and how long that is.
    _rests: dict[str, tuple[float, float]] = field(default_factory=dict)

    def rests(self, what: str) -> bool:
        """Whether it is to be left alone now."""
        until, _ = self._rests.get(what, (0.0, 0.0))
        return self.clock() < until

    def failed(self, what: str) -> None:
        _, last = self._rests.get(what, (0.0, REST / 2))
        pause = min(2 * last, LONGEST)
        self._rests[what] = self.clock() + pause, pause

    def went_well(self, what: str) -> None:
        self._rests.pop(what, None)

    def forget(self) -> None:
        """Try everything again: what made it fail may be mended."""
        self._rests.clear()
