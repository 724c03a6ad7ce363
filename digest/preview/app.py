"""The application: a page for every state, the mail in its frame, changes as they come."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route
from starlette.types import ASGIApp

from digest.errors import DigestError
from digest.preview.checked import Outside
from digest.preview.desk import Desk
from digest.preview.guard import Guard, frame_policy
from digest.preview.live import watch
from digest.preview.message import in_mode
from digest.preview.mishap import Mishaps, Watched, sorry
from digest.preview.pages import Screen, Tested, asset, page, readers, version
from digest.preview.view import View
from digest.wiring.look import send_test

_ASSETS = {
    "app.css": "text/css",
    "app.js": "text/javascript",
    "live.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_LARGEST_FORM = 10_000
#: Seconds after which a silent line says that it is still there.
_BREATH = 15
#: Seconds that others who are asked get to leave off.
_LEAVE = 2


class Preview:
    """Answers requests."""

    def __init__(self, desk: Desk, *, csrf: str, addresses: Sequence[str]) -> None:
        self._desk = desk
        self._csrf = csrf
        #: Where tests may be sent to, beside the newsletter's own sender.
        self._addresses = addresses
        self._outside = Outside()
        self._mishaps = Mishaps()

    def guarded(self, *, host: str, port: int, token: str) -> ASGIApp:
        """The application behind its guard."""
        routes = [
            Route("/", self.page),
            Route("/frame", self.frame),
            Route("/message.eml", self.message),
            Route("/readers", self.readers),
            Route("/live", self.live),
            Route("/again", self.again, methods=["POST"]),
            Route("/ask", self.ask, methods=["POST"]),
            Route("/test", self.test, methods=["POST"]),
            *(Route(f"/{name}", self.asset) for name in _ASSETS),
        ]
        apology = {Exception: lambda _request, _error: sorry()}
        app = Starlette(routes=routes, lifespan=self._lifespan, exception_handlers=apology)
        watched = Watched(app=app, mishaps=self._mishaps)
        return Guard(app=watched, host=host, port=port, token=token)

    def page(self, request: Request) -> Response:
        return HTMLResponse(page(self._screen(View.parse(request.query_params))))

    def frame(self, request: Request) -> Response:
        """The mail alone: in mode ``auto`` the very bytes that readers get."""
        view = View.parse(request.query_params)
        policy = {
            "Content-Security-Policy": frame_policy(images=view.images),
            # A picture's server need not know that somebody previews a mail, nor where.
            "Referrer-Policy": "no-referrer",
        }
        shown = self._screen(view).shown
        html = in_mode(shown.html, view.mode) if shown else b""
        return HTMLResponse(html, headers=policy, status_code=200 if shown else 404)

    def message(self, request: Request) -> Response:
        shown = self._screen(View.parse(request.query_params)).shown
        if shown is None:
            return PlainTextResponse("There is no such message.", 404)
        disposition = {"Content-Disposition": 'attachment; filename="message.eml"'}
        return Response(shown.message, media_type="message/rfc822", headers=disposition)

    def readers(self, request: Request) -> Response:
        """The list of readers alone, for one that is looked for."""
        return HTMLResponse(readers(self._screen(View.parse(request.query_params))))

    def asset(self, request: Request) -> Response:
        name = request.url.path.lstrip("/")
        return Response(asset(name), media_type=_ASSETS[name])

    async def live(self, _: Request) -> Response:
        """The version now and after each change, as server-sent events."""
        return StreamingResponse(self._versions(), media_type="text/event-stream")

    async def again(self, request: Request) -> Response:
        """Ask the web again, and look."""
        form = await self._form(request)
        if form is None:
            return _refused()
        self._desk.looks.ask_anew()
        self._desk.changed()
        return RedirectResponse("/" + View.parse(form).query(), 303)

    async def ask(self, request: Request) -> Response:
        """Ask the web whether the links open, and SpamAssassin what it thinks of the message."""
        form = await self._form(request)
        if form is None:
            return _refused()
        view = replace(View.parse(form), pane="checks")
        screen = await asyncio.to_thread(self._screen, view)
        if screen.look and screen.checked:
            now = datetime.now(UTC)
            self._outside.ask(screen.look.project, screen.checked.messages, now=now)
        return RedirectResponse("/" + view.query(), 303)

    async def test(self, request: Request) -> Response:
        """Send the copy that is shown to an address of the user's."""
        form = await self._form(request)
        if form is None:
            return _refused()
        return await asyncio.to_thread(self._tested, View.parse(form), form.get("address", ""))

    def _tested(self, view: View, address: str) -> Response:
        screen = self._screen(view)
        mailed = screen.letter
        if screen.look is None or mailed is None or address not in screen.addresses:
            return PlainTextResponse("No test can be sent there.", 422)
        try:
            receipt = send_test(screen.look, mailed, address, now=datetime.now(UTC))
        except DigestError as fault:
            tested = Tested(address=address, fault=fault)
        else:
            tested = Tested(address=address, receipt=receipt)
        return HTMLResponse(page(self._screen(replace(view, pane="test"), tested)))

    def _screen(self, view: View, tested: Tested | None = None) -> Screen:
        stand = self._desk.stand(view.newsletter, theme=view.theme, language=view.language)
        own = (stand.look.sender.address,) if stand.look else ()
        return Screen(
            desk=self._desk,
            view=view,
            stand=stand,
            csrf=self._csrf,
            addresses=tuple(dict.fromkeys((*self._addresses, *own))),
            outside=self._outside,
            tested=tested,
        )

    async def _form(self, request: Request) -> dict[str, str] | None:
        """The fields of a form of ours; None for one that is not."""
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _LARGEST_FORM:
                return None
        fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
        form = {name: values[-1] for name, values in fields.items()}
        told = form.get("csrf", "")
        return form if hmac.compare_digest(told.encode(), self._csrf.encode()) else None

    async def _versions(self) -> AsyncIterator[str]:
        told = ""
        while not self._desk.is_closed:
            # What was heard from outside makes no new look, only a page that tells it.
            now = version(self._csrf, self._desk.version, self._outside)
            if now == told:
                await self._news()
                # A line that begins with a colon is a comment: it keeps the connection open.
                yield ":\n\n"
            else:
                yield f"data: {now}\n\n"
            told = now

    async def _news(self) -> None:
        """Until something changes or is heard from outside, or for a while."""
        waits = (self._desk.wait(seconds=_BREATH), self._outside.wait())
        tasks = [asyncio.create_task(it) for it in waits]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(self._watch())
        self._desk.begin()
        yield
        self._desk.close()
        watching.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LEAVE):
                await self._outside.close()

    async def _watch(self) -> None:
        """Follow the changes, whatever goes wrong with that."""
        while not self._desk.is_closed:
            try:
                await watch(self._desk)
            except Exception as error:  # noqa: BLE001  of any kind: it is a bug
                self._mishaps.tell(error)
                await self._desk.wait(seconds=_BREATH)


def _refused() -> Response:
    return PlainTextResponse("This form is not from this page. Reload it.", 403)
