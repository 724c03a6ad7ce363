"""What of the page is shown, as the query of its address: every state has one, and is a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

PANES = {
    "mail": "Mail",
    "text": "Text",
    "source": "Source",
    "headers": "Headers",
    "raw": "Raw",
    "checks": "Checks",
    "stories": "Stories",
    "test": "Send a test",
}
WIDTHS = {"phone": 375, "tablet": 768, "desktop": 1024, "full": 0}
MODES = ("auto", "light", "dark")
_NARROWEST, _WIDEST = 240, 2400
_LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One state of the page. What a query says wrongly is as if it were not said."""

    #: One of `PANES`.
    pane: str = "mail"
    #: Id of a newsletter; empty for the first.
    newsletter: str = ""
    #: Id of an issue; empty for the pending one.
    issue: str = ""
    #: Address of a reader, or ``topics:`` and the key of their sections; empty for the outbox's.
    to: str = ""
    #: Name of a theme; empty for the configured one.
    theme: str = ""
    #: Language of a trial; empty for the newsletter's own.
    language: str = ""
    #: Of the frame, in CSS pixels; 0 for all there is.
    width: int = 0
    #: ``light`` or ``dark``; ``auto`` is the browser's.
    mode: str = "auto"
    #: Whether the mail may load its pictures from the network.
    images: bool = False
    #: Number of the story that is explained, from 1; 0 for the list.
    story: int = 0
    #: Id of the article that is explained, where it is not printed.
    article: str = ""
    #: Part of the address or name of a reader who is looked for.
    find: str = ""

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> Self:
        given = {name: value[:_LONGEST] for name, value in query.items()}
        pane, mode, language = (given.get(key, "") for key in ("pane", "mode", "language"))
        width = _number(given.get("width", ""))
        return cls(
            pane=pane if pane in PANES else "mail",
            newsletter=given.get("newsletter", ""),
            issue=given.get("issue", ""),
            to=given.get("to", ""),
            theme=given.get("theme", ""),
            language=language if language in {"ar", "en"} else "",
            width=width and min(max(width, _NARROWEST), _WIDEST),
            mode=mode if mode in MODES else "auto",
            images=given.get("images") == "on",
            story=_number(given.get("story", "")),
            article=given.get("article", ""),
            find=given.get("find", "").strip(),
        )

    def query(self, **changes: object) -> str:
        """The query of this state with ``changes``; what is as always is left out.

        A reader is looked for only until something else is done.
        """
        changes = {"find": "", **changes} if changes else {}
        return "?" + urlencode(replace(self, **changes).pairs)  # type: ignore[arg-type]  # fields

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What the query says: names and values."""
        return tuple(
            (field.name, "on" if value is True else str(value))
            for field in fields(self)
            if (value := getattr(self, field.name)) != field.default
        )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(_WIDEST)) else 0
