"""A mistake of ours: the page says what to do, the terminal has the trace, once."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from traceback import extract_tb

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SORRY = (
    "This is a mistake of digest, not of yours. The terminal in which `digest preview` runs says "
    "more: please report that. Reload the page to try again."
)


def sorry() -> Response:
    """What a visitor is told."""
    return PlainTextResponse(_SORRY, 500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mishaps:
    """Tells the terminal of errors that nobody expected, each once however often it happens."""

    _told: set[object] = field(default_factory=set)

    def tell(self, error: BaseException) -> None:
        places = extract_tb(error.__traceback__)
        last = (places[-1].filename, places[-1].lineno) if places else None
        if (key := (type(error), last)) not in self._told:
            self._told.add(key)
            logging.getLogger("digest.preview").error("A mistake of digest:", exc_info=error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The application, with no error that gets out of it."""

    app: ASGIApp
    mishaps: Mishaps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_begun = False

        async def noting(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:  # noqa: BLE001  of any kind: it is a bug
            self.mishaps.tell(error)
            if not is_begun:
                await sorry()(scope, receive, send)
