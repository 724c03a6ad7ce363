"""Checks: all of them, and each, on an issue of twenty stories in every language.

    python -m tests.bench.bench_check

Prints medians in milliseconds of CPU once warm, beside opening and parsing the message alone,
which is the floor.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from digest.check import inspect, open_proof
from digest.check.inspection import CHECKS
from digest.mail import form_letter
from digest.render import render
from digest.wiring.gate import own_copy
from tests.render.sample import whole

THEME = Path(__file__).parent.parent.parent / "templates" / "classic"
TIMES = 15


def sample() -> bytes:
    """The message of the issue, from a public sender with one-click unsubscribing."""
    issue = whole()
    newsletter = replace(
        issue.newsletter,
        sender="The Courier <news@courier.example>",
        unsubscribe="https://courier.example/leave?reader={token}",
        view="https://courier.example/latest",
    )
    issue = replace(issue, newsletter=newsletter)
    edition = render(issue, theme=THEME)
    return own_copy(form_letter(edition, issue, key=b"k" * 32), issue)


def milliseconds(work: Callable[[], object]) -> float:
    """Median CPU time of ``work`` once it is warm."""
    spent = []
    for _ in range(TIMES):
        begin = time.process_time_ns()
        work()
        spent.append((time.process_time_ns() - begin) / 1e6)
    return median(spent[TIMES // 4 :])


def main() -> None:
    raw = sample()
    floor = milliseconds(lambda: open_proof(raw))
    every = milliseconds(lambda: inspect(raw))
    sizes = inspect(raw).gauge
    print(f"message of {sizes.message / 1000:.0f} KB, HTML {sizes.html / 1000:.0f} KB")
    print(f"all checks        {every:6.1f} ms, {every / floor:.1f} x opening it ({floor:.1f} ms)")
    proof = open_proof(raw)
    for check in CHECKS:
        took = milliseconds(lambda check=check: list(check(proof)))  # type: ignore[misc]  # bound
        print(f"{check.__name__:<20} {took:6.1f} ms")


if __name__ == "__main__":
    main()
