"""What there is to check: the pending issue or the newest that was made; and what the web and
SpamAssassin say of it.
"""

from __future__ import annotations

import asyncio
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from digest.check import Finding, Level, check_spam, of_editions
from digest.config import SourceTable
from digest.mail import FormLetter
from digest.model import Issue, Receipt, State
from digest.sources.http import Fault, Fetcher, FetchError
from digest.sources.http.address import read_address
from digest.wiring.gate import own_copies
from digest.wiring.pressed import Links
from digest.wiring.project import Project
from digest.wiring.run import pipeline
from digest.wiring.web import fetcher

#: Seconds for all links together, and for SpamAssassin with each message.
LINKS, _SPAM = 30.0, 60.0
#: SpamAssassin's processes at a time, each of which takes a core.
_AT_ONCE = 2
_DEAD = frozenset({Fault.GONE, Fault.MISSING})
#: The server has the document: it only is not for us, or not now.
_ALIVE = frozenset({Fault.TOO_LARGE, Fault.THROTTLED, Fault.REFUSED})


def _quiet() -> None:
    """Nobody wants to know."""


def pending_messages(
    project: Project, now: datetime, *, observe: Callable[[], None] = _quiet
) -> Mapping[str, bytes]:
    """The messages that the next run would send, from a rehearsal; none if nothing is pending.

    They are a reader's copies, by the names of the editions; the first is the whole issue.
    """
    caught: list[Mapping[str, bytes]] = []

    def catch(issue: Issue, letters: Mapping[str, FormLetter]) -> Receipt:
        caught.append(own_copies(issue, letters))
        return Receipt(issue=issue.id, state=State.ACCEPTED, detail="nowhere: a check")

    with pipeline(project, rehearse=True, senders=(catch,)) as work:
        work.run(now, observe=observe)
    # What is made anew comes behind what an earlier run left over.
    return caught[-1] if caught else {}


def newest_message(project: Project) -> Path | None:
    """The newest message of the newsletter in the outbox."""
    found = project.outbox.glob(f"{project.newsletter.id}/*/message.eml")
    return max(found, key=lambda file: _slot(file.parent.name), default=None)


def _slot(name: str) -> float:
    try:
        return datetime.strptime(name, "%Y-%m-%dT%H%M%S%z").timestamp()
    except ValueError:
        return 0.0


async def check_outside(
    project: Project,
    messages: Mapping[str, bytes],
    *,
    links: Links | None,
    observe: Callable[[], None] = _quiet,
) -> tuple[Finding, ...]:
    """What SpamAssassin says of an issue's editions, and the web of their ``links``, if given.

    ``observe`` is called for each answer: there is one for each edition and each link that is
    pressed.
    """
    room = asyncio.Semaphore(_AT_ONCE)

    async def rate(message: bytes) -> tuple[Finding, ...]:
        async with room:
            found = await check_by_spamassassin(message)
        observe()
        return found

    alive = check_alive(project, links.pressed if links else (), observe=observe)
    found, *rated = await asyncio.gather(alive, *map(rate, messages.values()))
    spared = _spared(links.spared) if links else ()
    return (*found, *spared, *of_editions(dict(zip(messages, rated, strict=True))))


def _spared(links: Sequence[str]) -> Iterator[Finding]:
    if links:
        yield Finding(
            rule="link-own",
            level=Level.INFO,
            what="a link of a reader's own, which was not pressed",
            where=tuple(links),
            why="To ask for it may take the reader off the list, or be counted as theirs",
            remedy="Press it yourself in a copy that was sent to you",
        )


async def check_alive(
    project: Project,
    links: Sequence[str],
    *,
    seconds: float = LINKS,
    observe: Callable[[], None] = _quiet,
) -> tuple[Finding, ...]:
    """What is wrong with ``links`` on the web; those that gave no answer in time are told.

    A private network is asked only where a source is that may be on one, at the same port; from
    there no redirect is followed, or it would lead to all others.
    """
    inside = _private_hosts(project.settings.sources)
    table = project.settings.fetch
    answers = await _ask(
        {link: _host(link) in inside for link in links},
        (fetcher(table), fetcher(table, redirects=0)),
        seconds=seconds,
        observe=observe,
    )
    return tuple(_findings(links, answers))


def _private_hosts(sources: Iterable[SourceTable]) -> frozenset[tuple[str, int]]:
    found = (_host(source.place) for source in sources if source.private)
    return frozenset(filter(None, found))


def _host(link: str) -> tuple[str, int] | None:
    """Host and port of an address; None if it is none."""
    try:
        address = read_address(link, private=True)
    except FetchError:
        return None
    return address.host, address.port


async def _ask(
    links: Mapping[str, bool],
    fetchers: tuple[Fetcher, Fetcher],
    *,
    seconds: float,
    observe: Callable[[], None],
) -> Mapping[str, FetchError | None]:
    """What became of each link that answered in time: None if it is there.

    ``links`` say of each whether it may be on a private network; the second fetcher is for those.
    """
    answers: dict[str, FetchError | None] = {}

    async def ask(link: str) -> None:
        private = links[link]
        try:
            await fetchers[private].fetch(link, accept="*/*", private=private)
        except FetchError as error:
            leads_on = private and error.kind is Fault.TOO_MANY_REDIRECTS
            if error.kind is not Fault.BLOCKED and not leads_on:
                answers[link] = None if error.kind in _ALIVE else error
        else:
            answers[link] = None
        observe()

    async with fetchers[0], fetchers[1]:
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
    late = tuple(link for link in links if link not in answers)
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
    if late:
        yield Finding(
            rule="link-unknown",
            level=Level.INFO,
            what="a link that was not asked, or gave no answer in time",
            where=late,
            why="Nothing is known of it",
            remedy="Check again",
        )
    if links and not faults and not late:
        yield Finding(
            rule="link-alive",
            level=Level.INFO,
            what="every link opens",
            where=tuple(links),
            why="Each gave an answer when it was asked",
            remedy="Nothing need be done",
        )


async def check_by_spamassassin(message: bytes, *, seconds: float = _SPAM) -> tuple[Finding, ...]:
    """What a local SpamAssassin says by its own rules, without the network."""
    program = shutil.which("spamassassin")
    if program is None:
        return (_unasked("SpamAssassin is not installed", "Install it to know its points"),)
    try:
        report = await asyncio.wait_for(_report(program, message), seconds)
    except (OSError, TimeoutError) as error:
        why = str(error) or f"no answer within {seconds:g} seconds"
        return (_unasked(f"SpamAssassin could not be asked: {why}", "Check again"),)
    return tuple(check_spam(report)) or (_unasked("SpamAssassin gave no report", "Check again"),)


async def _report(program: str, message: bytes) -> str:
    """The report of a process that does not outlive the wait for it."""
    process = await asyncio.create_subprocess_exec(
        program,
        "--local",
        "--test-mode",
        "--nocreate-prefs",
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
    )
    try:
        out, _ = await process.communicate(message)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return out.decode("utf-8", "replace")


def _unasked(what: str, remedy: str) -> Finding:
    return Finding(
        rule="spam-unknown",
        level=Level.INFO,
        what=what,
        why="What its rules say of the message is not known",
        remedy=remedy,
    )
