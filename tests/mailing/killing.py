"""A mailing in a process of its own, killed at random moments and taken up again.

What the server accepted is compared with what the ledger says: nobody is left out, and nobody
is written to twice whom the ledger had not named as in doubt before.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Self

from digest.delivery.smtp import Server, send_all
from digest.ledger.articles import Articles
from digest.ledger.issues import Issues
from digest.ledger.recipients import Recipients
from digest.ledger.sends import Sends
from digest.ledger.store import FILE, Store
from digest.mail import form_letter
from digest.mailing import Mailing, Policy
from digest.model import Edition, Issue, Recipient, SendState
from tests.builders import issue as an_issue
from tests.smtpserver import Manners, SmtpServer

CONNECTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was seen of one issue."""

    kills: int
    #: Recipients whom the server never accepted anything for.
    lost: frozenset[str]
    #: Those it accepted more than one message for.
    doubled: frozenset[str]
    #: Those the ledger named as in doubt after a kill, before anything was sent again.
    doubted: frozenset[str]
    #: Most in doubt after any one kill.
    most_at_once: int
    counts: dict[SendState, int]


def survive(folder: Path, *, recipients: int, seed: int, longest: float = 0.1) -> Outcome:
    """Send one issue to so many recipients, killed until it is through.

    ``longest`` is the most seconds that a process lives after its first message.
    """
    chance = random.Random(seed)  # noqa: S311  no secret
    _prepare(folder, recipients)
    doubts: list[frozenset[str]] = []
    with SmtpServer(Manners()) as server:
        while not _is_over(folder):
            told = len(server.accepted)
            with _Child(folder, server.port) as child:
                child.wait_for(partial(_has_more, server, told))
                child.live(chance.uniform(0, longest))
            doubts.append(_in_doubt(folder))
        accepted = Counter(message.recipient for message in server.accepted)
    addresses = {f"reader{number}@elsby.example" for number in range(recipients)}
    return Outcome(
        kills=len(doubts),
        lost=frozenset(addresses - accepted.keys()),
        doubled=frozenset(address for address, times in accepted.items() if times > 1),
        doubted=frozenset().union(*doubts),
        most_at_once=max(map(len, doubts), default=0),
        counts=_counts(folder),
    )


class _Child:
    """A process that delivers, and dies at the end of the block."""

    def __init__(self, folder: Path, port: int) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload([__name__])
        self._process = context.Process(target=deliver, args=(folder, port), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def wait_for(self, condition: Callable[[], bool]) -> None:
        while self._process.is_alive() and not condition():
            time.sleep(0.001)

    def live(self, seconds: float) -> None:
        self._process.join(seconds)

    def __exit__(self, *_: object) -> None:
        pid = self._process.pid
        if pid and self._process.is_alive():
            os.kill(pid, signal.SIGKILL)
        self._process.join()
        self._process.close()


def _has_more(server: SmtpServer, told: int) -> bool:
    return len(server.accepted) > told


def deliver(folder: Path, port: int) -> None:
    """The process that is killed."""
    server = Server(host="127.0.0.1", port=port, security="none", connections=CONNECTIONS)
    issue = _issue()
    edition = Edition(issue=issue.id, subject="News", preheader="", html="<p>It.</p>", text="It.")
    with closing(Store.open(folder)) as store:
        Mailing(
            recipients=Recipients(store, newsletter=issue.newsletter.id),
            sends=Sends(store),
            send=partial(send_all, server=server),
            bounces="bounces@courier.example",
            policy=Policy(retries=(timedelta(0),), patience=timedelta(minutes=1)),
            boot="one",
            clock=lambda: issue.slot + timedelta(minutes=1),
        )(issue, {"": form_letter(edition, issue, key=b"secret")})


def _issue() -> Issue:
    return an_issue(slot=datetime(2026, 11, 22, 7, 30, tzinfo=UTC))


def _prepare(folder: Path, recipients: int) -> None:
    issue = _issue()
    with closing(Store.open(folder)) as store:
        Issues(store, Articles(store, sources=())).claim(issue, ())
        Recipients(store, newsletter=issue.newsletter.id).put(
            Recipient(address=f"reader{number}@elsby.example") for number in range(recipients)
        )


def _is_over(folder: Path) -> bool:
    counts = _counts(folder)
    return bool(counts) and counts.keys() <= {SendState.SENT, SendState.REFUSED}


def _counts(folder: Path) -> dict[SendState, int]:
    rows = _read(folder, "SELECT state, count(*) FROM send GROUP BY state")
    return {SendState(state): number for state, number in rows}


def _in_doubt(folder: Path) -> frozenset[str]:
    query = "SELECT address FROM send JOIN recipient ON id = recipient WHERE state = 'sending'"
    return frozenset(address for (address,) in _read(folder, query))


def _read(folder: Path, query: str) -> Sequence[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / FILE)) as db:
        return db.execute(query).fetchall()
