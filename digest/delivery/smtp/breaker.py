"""Stops a run that goes wrong for a reason which would meet everybody.

What a recipient's own address brings about does not count. A blocked sender or a message taken
for spam does, and so does a server that leaves us in doubt again and again.
"""

from __future__ import annotations

from digest.delivery.smtp.faults import BusyError, ServerError
from digest.delivery.smtp.values import Result
from digest.model import State

#: In a row; or so many in all, once they are more than this share of the run.
ROW, SHARE = 20, 0.05


class Breaker:
    """Counts results of one run."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._settled = self._bad = self._row = 0

    def check(self, result: Result) -> ServerError | None:
        """Count one more result; why to stop, if it is one too many."""
        self._settled += 1
        if result.state is State.ACCEPTED:
            self._row = 0
        elif not result.concerns_recipient:
            self._row += 1
            # What is put off is tried again; it ends a run only if nothing else happens.
            self._bad += result.state is not State.DEFERRED
        if self._row >= ROW:
            return self._fault(result, f"{self._row} messages in a row")
        if self._bad >= ROW and self._bad > SHARE * self._settled:
            return self._fault(result, f"{self._bad} of {self._settled} messages")
        return None

    def _fault(self, result: Result, which: str) -> ServerError:
        why = f"{which} were not accepted, at last at {result.phase}: {result}"
        if result.state is State.DEFERRED:
            return BusyError(self._where, why, "Nothing is lost: try again later.")
        remedy = "See what the server objects to before you send the rest."
        return ServerError(self._where, why, remedy)
