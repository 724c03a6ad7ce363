"""Pages for tests: one article about an invented harbour, with whatever stands around it."""

from __future__ import annotations

import json
from typing import Any

TITLE = "Lamplighters return to the quay of Orvik"
PARAGRAPHS = tuple(
    """
The last gas lamps on the quay of Orvik will be lit by hand again from the first of November, after
the town found that nobody could repair the timer that had done it since 1968.
--
Four lamplighters, two of them retired harbour pilots, have been taught to carry the long pole up
the wet steps without slipping, which turned out to be the hardest part of the work.
--
“A timer does not notice that a boat is late,” said Runa Halvard, who will walk the western side of
the basin every evening and put the lamps out again before the bakeries open.
--
The council expects the scheme to cost less than a new timer would have, and has promised to publish
what it spends on gloves, ladders and coffee at the end of the winter.
""".strip()
    .replace("\n", " ")
    .split(" -- ")
)


def paragraphs(count: int = len(PARAGRAPHS)) -> str:
    return "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:count])


def linked(data: Any) -> str:
    """A script with JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def page(body: str | None = None, *, head: str = "", title: str = TITLE, below: str = "") -> str:
    body = paragraphs() if body is None else body
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body>"
        f"<header><a href='/'>Home</a> <a href='/sea'>Sea</a></header>"
        f"<main><article><h1>{title}</h1><div class='text'>{body}</div></article>{below}</main>"
        "<footer><p>© 2026 The Orvik Lantern</p></footer></body></html>"
    )
