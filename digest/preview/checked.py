"""What is said of the mail that is shown: by the checks at once, by others when they are asked.

SpamAssassin takes seconds, and links need the network, which the page asks for nothing unless
somebody presses the button. What they said is kept until the message changes.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from hashlib import sha256

from digest.check import (
    Finding,
    Inspection,
    Level,
    by_weight,
    gate,
    inspect_proof,
    of_editions,
    open_proof,
)
from digest.preview.lazy import cached_property
from digest.wiring import Project, check_outside
from digest.wiring.pressed import links_of

#: Seconds between two signs of life of those who are asked.
_TICK = 0.5
_DATE = re.compile(rb"^Date: *([^\r\n]*)", re.MULTILINE | re.IGNORECASE)
#: Messages whose findings and answers are kept.
_MOST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What others were asked about an issue, and what they have said at one moment."""

    #: Answers that are expected, and those that came.
    total: int
    done: int = 0
    #: None as long as they are asked.
    findings: tuple[Finding, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What is said of an issue's editions, or of one copy."""

    #: By the names of the editions; the first is what is shown.
    messages: Mapping[str, bytes]
    #: None if nobody was asked.
    asked: Asked | None

    @property
    def inspection(self) -> Inspection:
        """What the checks say of what is shown."""
        return _opened(next(iter(self.messages.values()))).inspection

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The worst first."""
        told = self.asked.findings if self.asked else None
        return by_weight((*found(self.messages), *(told or ())))

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is to be mended."""
        return gate(self.findings, Level.WARNING)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is good to know."""
        return tuple(it for it in self.findings if it.level is Level.INFO)


class Outside:
    """Asks others about issues, in the event loop that serves the page."""

    def __init__(self) -> None:
        #: Counts what there is to tell.
        self.news = 0
        self._asked: dict[bytes, Asked] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._told = asyncio.Event()

    def asked(self, messages: Mapping[str, bytes]) -> Asked | None:
        """What was asked about ``messages``; None if nothing was."""
        return self._asked.get(_fingerprint(messages))

    def ask(self, project: Project, messages: Mapping[str, bytes], *, now: datetime) -> None:
        """Begin to ask, unless that is under way, about messages that would arrive ``now``."""
        key = _fingerprint(messages)
        known = self._asked.get(key)
        if known and known.findings is None:
            return
        self._asked[key] = Asked(total=len(messages))
        for old in list(self._asked)[:-_MOST]:
            del self._asked[old]
        arrived = {name: arriving(it, now) for name, it in messages.items()}
        task = asyncio.create_task(self._ask(project, arrived, key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def wait(self) -> None:
        """Until there is something to tell."""
        await self._told.wait()

    async def close(self) -> None:
        """Leave off."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _ask(self, project: Project, messages: Mapping[str, bytes], key: bytes) -> None:
        done, asking = 0, None

        def observe() -> None:
            nonlocal done
            done += 1

        try:
            links = await asyncio.to_thread(links_of, project, messages)
            asked = Asked(total=len(messages) + len(links.pressed))
            asking = asyncio.create_task(
                check_outside(project, messages, links=links, observe=observe)
            )
            while not asking.done():
                await asyncio.wait([asking], timeout=_TICK)
                self._tell(key, replace(asked, done=done))
            self._tell(key, replace(asked, findings=await asking))
        except BaseException:
            if asking:
                asking.cancel()
            self._asked.pop(key, None)  # so that it can be tried again
            raise

    def _tell(self, key: bytes, asked: Asked) -> None:
        """Put ``asked`` in the place of what was told; a page that is being made keeps that."""
        if self._asked.get(key) == asked:
            return
        self._asked[key] = asked
        self.news += 1
        told, self._told = self._told, asyncio.Event()
        told.set()


def arriving(message: bytes, now: datetime) -> bytes:
    """``message`` with ``now`` for its date if that is to come, as it will have come by then.

    SpamAssassin takes a date ahead of the clock for a sign of spam.
    """
    head, blank, body = message.partition(b"\r\n\r\n")
    date = _DATE.search(head)
    try:
        if date is None or parsedate_to_datetime(date[1].decode("ascii")) <= now:
            return message
    except (ValueError, TypeError):  # no date, or one without a zone
        return message
    return _DATE.sub(f"Date: {format_datetime(now)}".encode(), head, count=1) + blank + body


def found(messages: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """What the checks find in the editions of an issue, by their names."""
    return of_editions({name: _opened(it).inspection.findings for name, it in messages.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A message as far as it is told here."""

    inspection: Inspection
    #: Of what readers see: the date and the Message-ID are others at each look.
    fingerprint: bytes


@lru_cache(maxsize=_MOST)
def _opened(message: bytes) -> _Opened:
    proof = open_proof(message)
    seen = (proof.header("Subject"), proof.header("From"), proof.html or "", proof.text or "")
    return _Opened(
        inspection=inspect_proof(proof),
        fingerprint=sha256("\0".join(seen).encode("utf-8", "replace")).digest(),
    )


def _fingerprint(messages: Mapping[str, bytes]) -> bytes:
    return b"".join(_opened(it).fingerprint for it in messages.values())
