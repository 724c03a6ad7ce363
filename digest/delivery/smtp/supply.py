"""The mails of a run, fetched a little ahead, so that one can ride on another's final dot."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from contextlib import aclosing
from dataclasses import dataclass

from digest.delivery.smtp.values import Mail


@dataclass(slots=True)
class Job:
    """A mail, and what befell it so far in this run."""

    mail: Mail
    #: Connections that it lost.
    lost: int = 0
    #: The caller was told that its body may leave, and waits for a result.
    is_intended: bool = False


class Supply:
    """Gives each mail once, unless it is given back."""

    def __init__(self, mails: Iterable[Mail] | AsyncIterable[Mail], *, ahead: int) -> None:
        self._mails = mails
        self._ahead = ahead
        self._jobs: deque[Job] = deque()
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._is_over = False
        #: All were fetched and taken, as far as none is given back.
        self.finished = asyncio.Event()

    async def fill(self) -> None:
        """Fetch until the mails are at their end; raises what fetching raises."""
        try:
            async with aclosing(_stream(self._mails)) as stream:
                async for mail in stream:
                    self._jobs.append(Job(mail))
                    self._note()
                    if len(self._jobs) >= self._ahead:
                        self._room.clear()
                        await self._room.wait()
        finally:
            self._is_over = True
            self._note()

    def at_hand(self) -> Job | None:
        """The next mail, if it is here already."""
        if not self._jobs:
            return None
        job = self._jobs.popleft()
        if len(self._jobs) <= self._ahead // 2:
            self._room.set()
        self._note()
        return job

    async def take(self) -> Job | None:
        """The next mail; None at the end."""
        while (job := self.at_hand()) is None:
            if self.finished.is_set():
                return None
            self._news.clear()
            await self._news.wait()
        return job

    def give_back(self, job: Job) -> None:
        """It could not be sent and is the next to be tried."""
        self._jobs.appendleft(job)
        self._note()

    def rest(self) -> list[Job]:
        """Everything that was fetched and not taken."""
        rest = list(self._jobs)
        self._jobs.clear()
        return rest

    def _note(self) -> None:
        if self._jobs or not self._is_over:
            self.finished.clear()
        else:
            self.finished.set()
        self._news.set()


async def _stream(mails: Iterable[Mail] | AsyncIterable[Mail]) -> AsyncGenerator[Mail, None]:
    if isinstance(mails, AsyncIterable):
        async for mail in mails:
            yield mail
    else:
        for mail in mails:
            yield mail
