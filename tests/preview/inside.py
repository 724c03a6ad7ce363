"""The preview's application without a process or a port: the same requests, answered at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import httpx
from starlette.types import ASGIApp

from digest.model import Recipient
from digest.preview.app import Preview
from digest.preview.desk import Desk
from digest.schedule.service import Service
from digest.wiring import book, open_recipients, pipeline
from digest.wiring import project as opened
from digest.wiring.look import Looks
from tests.builders import Project
from tests.preview.served import Answer

PORT = 8420
HOME = f"http://127.0.0.1:{PORT}"


@dataclass
class Inside:
    """A preview of ``project`` at a moment that may be changed."""

    project: Project
    now: datetime
    #: As if ``now`` were not told: where there is a schedule, it decides.
    scheduled: bool = False
    kind: type[Looks] = Looks
    desk: Desk = field(init=False)
    _app: ASGIApp = field(init=False)

    def __post_init__(self) -> None:
        looks = self.kind(None, folder=self.project.folder, scheduled=self.scheduled)
        self.desk = Desk(looks, now=lambda: self.now)
        preview = Preview(self.desk, csrf="known", addresses=())
        self._app = preview.guarded(host="127.0.0.1", port=PORT, token="")

    def ask(self, path: str = "/", form: Mapping[str, str] | None = None) -> Answer:
        """What our own page asks for, or sends when a form of it is submitted."""
        answer = asyncio.run(self._ask(path, form))
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answer(status=answer.status_code, headers=headers, body=answer.content)

    async def _ask(self, path: str, form: Mapping[str, str] | None) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
            if form is None:
                return await client.get(path)
            body = {"csrf": "known", **form}
            return await client.post(path, data=body, headers={"Origin": HOME})

    def again(self) -> None:
        """Something was changed: the next answer is of another look."""
        self.desk.changed()

    def note(self) -> str:
        """What the page says above the mail, without markup."""
        notes = self.ask().text.partition('<div id="notes">')[2].partition("<section")[0]
        return " ".join(re.sub(r"<[^>]+>", "", notes).split())


def scheduled(project: Project, *moments: datetime) -> None:
    """The scheduler is woken at each of these moments, and does what is due."""
    told = list(moments)
    found = book(None, folder=project.folder, clock=lambda: told[0])
    service = Service(load=lambda: found, clock=lambda: told[0])
    while told:
        for desk in found.desks:
            service.see_to(desk)
        del told[0]


def run(project: Project, now: datetime) -> None:
    """What ``digest run`` does at a moment."""
    with pipeline(opened(None, folder=project.folder), present=now) as work:
        work.run(now)


def subscribe(project: Project, *readers: Recipient) -> None:
    """They receive the newsletter from now on."""
    with open_recipients(opened(None, folder=project.folder)) as recipients:
        recipients.put(readers)
