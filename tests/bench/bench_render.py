"""Rendering: twenty stories to HTML and text, beside the floor of filling in the templates alone.

    python -m tests.bench.bench_render

Prints medians in milliseconds of CPU, and their ratio, which is the figure to compare between
machines.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

from digest.model import Issue, Section
from digest.render import fit, render
from digest.render.inline import inline
from digest.render.markup import compile_mjml
from digest.render.page import make_page
from digest.render.theme import load
from tests.render.sample import CLASSIC, story, whole

ROUNDS = 60


def typical(count: int) -> Issue:
    """``count`` stories with a lead of thirty words, a quote under each second one."""
    stories = tuple(
        story(
            f"The council of town number {n} votes to keep its night ferry",
            "The council voted eleven to four on Thursday to pay for the night ferry until spring, "
            "ending months of argument over a boat that carries thirty people home every night.",
            quote="We were told that nobody would miss it, and then they stood on the quay"
            * (n % 2),
            speaker="Marisol Teague" * (n % 2),
            site="The Ansel Courier",
            byline="Owen Brandt",
            url=f"https://courier.example/2026/11/20/night-ferry-number-{n}",
        )
        for n in range(count)
    )
    sections = tuple(Section(name=f"Part {n}", stories=stories[n::4]) for n in range(min(4, count)))
    return replace(whole(), sections=sections, held=0)


def milliseconds(work: Callable[[], object]) -> float:
    """Median CPU time of ``work`` once it is warm."""
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time_ns()
        work()
        times.append((time.process_time_ns() - begin) / 1e6)
    return median(times[ROUNDS // 4 :])


def main() -> None:
    theme, told = load(CLASSIC), typical(20)
    page = replace(make_page(told), subject="Subject", preheader="Preheader")
    compiled = compile_mjml(theme.markup(page))
    floor = milliseconds(lambda: (theme.markup(page), theme.text(page)))
    rows = {
        "templates alone (floor)": floor,
        "issue to page": milliseconds(lambda: make_page(told)),
        "MJML to HTML": milliseconds(lambda: compile_mjml(theme.markup(page)))
        - milliseconds(lambda: theme.markup(page)),
        "inlining": milliseconds(lambda: inline(compiled.html, compiled.inline)),
        "render, 20 stories": milliseconds(lambda: render(told, theme=CLASSIC)),
        "render, 20 in many scripts": milliseconds(lambda: render(whole(), theme=CLASSIC)),
        "fit, 80 stories in 100 kB": milliseconds(
            lambda: fit(typical(80), theme=CLASSIC, budget=100_000)
        ),
    }
    for name, figure in rows.items():
        print(f"{name:28} {figure:7.2f} ms {figure / floor:6.1f} x floor")
    print(f"{'HTML, 20 stories':28} {len(render(told, theme=CLASSIC).html.encode()):7,} bytes")


if __name__ == "__main__":
    main()
