"""What there is to check: the pending issue or the newest that was made, and its links."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from digest.check import Finding, Level, check_spam
from digest.mail import FormLetter
from digest.model import Issue, Receipt, State
from digest.sources.http import Fault, Fetcher, FetchError
from digest.wiring.gate import own_copy
from digest.wiring.project import Project
from digest.wiring.run import pipeline
from digest.wiring.web import fetcher

#: Seconds for all links together, and for SpamAssassin.
LINKS, _SPAM = 30.0, 60.0
_DEAD = frozenset({Fault.GONE, Fault.MISSING})
#: The server has the document: it only is not for us, or not now.
_ALIVE = frozenset({Fault.TOO_LARGE, Fault.THROTTLED, Fault.REFUSED})


def pending_message(
    project: Project, now: datetime, *, observe: Callable[[], None] = lambda: None
) -> bytes | None:
    """The message that the next run would send, from a rehearsal; None if nothing is pending."""
    caught: list[bytes] = []

    def catch(issue: Issue, letters: Mapping[str, FormLetter]) -> Receipt:
        caught.append(own_copy(letters[""], issue))
        return Receipt(issue=issue.id, state=State.ACCEPTED, detail="nowhere: a check")

    with pipeline(project, rehearse=True, senders=(catch,)) as work:
        work.run(now, observe=observe)
    # What is made anew comes behind what an earlier run left over.
    return caught[-1] if caught else None


def newest_message(project: Project) -> Path | None:
    """The newest message of the newsletter in the outbox."""
    found = project.outbox.glob(f"{project.newsletter.id}/*/message.eml")
    return max(found, key=lambda file: _slot(file.parent.name), default=None)


def _slot(name: str) -> float:
    try:
        return datetime.strptime(name, "%Y-%m-%dT%H%M%S%z").timestamp()
    except ValueError:
        return 0.0


def check_alive(
    project: Project, links: Sequence[str], *, seconds: float = LINKS
) -> tuple[Finding, ...]:
    """What is wrong with ``links`` on the web; those that gave no answer in time are told.

    Hosts on a private network are asked only if a source may be on one.
    """
    private = any(source.private for source in project.settings.sources)
    asking = _ask(fetcher(project.settings.fetch), links, private=private, seconds=seconds)
    answers = asyncio.run(asking)
    return tuple(_findings(links, answers))


async def _ask(
    fetcher: Fetcher, links: Sequence[str], *, private: bool, seconds: float
) -> Mapping[str, FetchError | None]:
    """What became of each link that answered in time: None if it is there."""
    answers: dict[str, FetchError | None] = {}

    async def ask(link: str) -> None:
        try:
            await fetcher.fetch(link, accept="*/*", private=private)
        except FetchError as error:
            if error.kind is not Fault.BLOCKED:
                answers[link] = None if error.kind in _ALIVE else error
        else:
            answers[link] = None

    async with fetcher:
        tasks = [asyncio.create_task(ask(link)) for link in links]
        done, late = await asyncio.wait(tasks, timeout=seconds) if tasks else (set(), set())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        for task in done:
            task.result()
    return answers


def _findings(links: Sequence[str], answers: Mapping[str, FetchError | None]) -> Iterator[Finding]:
    faults = {link: error for link in links if (error := answers.get(link))}
    if faults:
        is_dead = any(error.kind in _DEAD for error in faults.values())
        yield Finding(
            rule="link-dead",
            level=Level.ERROR if is_dead else Level.WARNING,
            what="a link that does not open",
            where=tuple(f"{link} {error.why}" for link, error in faults.items()),
            why="Readers who press it find nothing",
            remedy="Open it in a browser; leave the article out if it is gone",
        )
    if late := tuple(link for link in links if link not in answers):
        yield Finding(
            rule="link-unknown",
            level=Level.INFO,
            what="a link that was not asked, or gave no answer in time",
            where=late,
            why="Nothing is known of it",
            remedy="Check again",
        )


def check_by_spamassassin(message: bytes) -> tuple[Finding, ...] | None:
    """What a local SpamAssassin says by its own rules, without the network; None without one."""
    program = shutil.which("spamassassin")
    if program is None:
        return None
    try:
        done = subprocess.run(  # noqa: S603  a fixed command
            [program, "--local", "--test-mode", "--nocreate-prefs"],
            input=message,
            capture_output=True,
            timeout=_SPAM,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return tuple(check_spam(done.stdout.decode("utf-8", "replace")))
