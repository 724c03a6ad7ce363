"""Looks: what a run would do now, made again and again without consuming anything.

Each look is a whole rehearsal on a fresh copy of the ledger, so that what it holds is what the
run that follows would send: where there is a schedule, the scheduler's at its coming slot. What
costs time or troubles others is done once: a document is read when it is new, and the web is asked
when somebody wants that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path
from threading import Lock

from digest.config import FILE, source_name
from digest.errors import ConfigError, DigestError
from digest.intake import Reading
from digest.issue.minimum import lacking
from digest.mail import FormLetter, parse_mailbox
from digest.mail.letter import TOKEN
from digest.model import Article, Document, Issue, Receipt, Recipient, State, Story
from digest.pipeline import Pipeline, Run, read_best
from digest.ports import Source
from digest.shipped import shipped
from digest.sources.folder import Folder
from digest.visits import Visit
from digest.wiring.coming import Coming, coming, minimum
from digest.wiring.mail import tester
from digest.wiring.mailed import Mailed
from digest.wiring.project import Project, projects
from digest.wiring.run import pipeline
from digest.wiring.sent import Sent, sent
from digest.wiring.state import key_of, open_ledger, read_ledger

Item = Document | DigestError | Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a run would do at one moment."""

    project: Project
    run: Run
    #: What would go out: issues that were cut short first, then the one that is pending.
    mailed: tuple[Mailed, ...]
    #: The slot that it is made for; None if that is the present.
    coming: Coming | None
    #: Why the scheduler lets what is pending wait for the slot after it; empty if it does not.
    lacks: str
    #: The last issues, the newest first.
    sent: tuple[Sent, ...]
    #: How many recipients there are, and how many of them are suppressed.
    counts: tuple[int, int]
    #: Whether the web is still to be asked.
    is_partial: bool

    @property
    def wants_key(self) -> bool:
        """Whether the first run has to make the key that Message-IDs and links depend on."""
        given = self.project.settings.newsletter
        links = (given.unsubscribe or "", given.unsubscribe_by_mail or "")
        is_needed = self.project.settings.smtp or any(TOKEN in link for link in links)
        return bool(is_needed) and not key_of(self.project, make=False)

    @property
    def sender(self) -> Recipient:
        """The newsletter's own sender as a reader."""
        mailbox = parse_mailbox(self.project.newsletter.sender)
        return Recipient(address=str(mailbox.address), name=mailbox.name)

    def find(self, address: str) -> Recipient | None:
        """The recipient with this address, if it is one that is written to."""
        with read_ledger(self.project) as ledger:
            found = ledger.recipients(self.project.newsletter.id).get(address)
        return found if found and not found.suppressed else None

    def titles(self, articles: Iterable[str]) -> Mapping[str, str]:
        """The titles of articles that the ledger keeps, by their ids."""
        with read_ledger(self.project) as ledger:
            return ledger.titles(articles)

    def search(self, part: str, *, limit: int) -> Sequence[Recipient]:
        """The first recipients whose address or name holds ``part``."""
        with read_ledger(self.project) as ledger:
            return ledger.recipients(self.project.newsletter.id).find(part, limit=limit)


class Looks:
    """Makes looks at one project.

    Looks that are ``scheduled`` are at the coming slot of a newsletter that has a schedule; others
    are at the moment that they are asked for.
    """

    def __init__(self, config: Path | None, *, folder: Path, scheduled: bool = True) -> None:
        self._config = config
        self._folder = folder
        self._scheduled = scheduled
        #: What the web said last, and in which turn it was asked.
        self._heard: dict[object, tuple[int, Sequence[Item]]] = {}
        self._turn = 1
        #: Held while the web is asked, so that nobody asks it the same at once.
        self._asking = Lock()
        #: By the newsletter that they are for.
        self._readings: dict[str, dict[Document, Reading]] = {}

    @property
    def file(self) -> Path:
        """The settings, which need not be there."""
        return self._config or self._folder / FILE

    def projects(self) -> tuple[Project, ...]:
        """A project for each newsletter as configured now, with files taken at once.

        Raises `ConfigError`.
        """
        found = projects(self._config, folder=self._folder)
        return tuple(replace(here, folders=tuple(_at_once(here))) for here in found)

    def project(self, newsletter: str = "") -> Project:
        """The project of the newsletter with that id, or of the first. Raises `ConfigError`."""
        found = self.projects()
        for here in found:
            if newsletter in {"", here.newsletter.id}:
                return here
        ids = ", ".join(here.newsletter.id for here in found)
        raise ConfigError("newsletter", f"there is no {newsletter!r}", f"Name one of: {ids}.")

    def themes(self) -> Sequence[Path]:
        """The folders of all themes; none while the settings are broken."""
        try:
            return tuple(themes(self.project()).values())  # all newsletters have the same
        except ConfigError:
            return ()

    def ask_anew(self) -> None:
        """The next look asks the web again."""
        self._turn += 1

    def look(
        self,
        now: datetime,
        *,
        newsletter: str = "",
        theme: str = "",
        language: str = "",
        web: bool = True,
    ) -> Look:
        """What a run at ``now`` would do; as a trial with another theme or language.

        Without ``web`` that is not asked: what it said last is taken. Raises `DigestError` for
        what would stop the run.
        """
        here = self.project(newsletter)
        if theme:
            here = replace(here, theme=_theme(here, theme))
        if language:
            here = replace(here, newsletter=replace(here.newsletter, language=language))
        mailed: list[Mailed] = []

        def send(issue: Issue, letters: Mapping[str, FormLetter]) -> Receipt:
            mailed.append(Mailed(issue=issue, letters=letters))
            return Receipt(issue=issue.id, state=State.ACCEPTED, detail="nowhere: a look")

        name = here.newsletter.id
        with open_ledger(here) as ledger:
            slot = coming(here, ledger.slots, now) if self._scheduled else None
            past, counts = sent(ledger, name), ledger.recipients(name).count()
        moment = slot.moment if slot else now
        is_partial = not web and bool(here.follows) and not self._is_heard(here)
        with pipeline(here, rehearse=True, senders=(send,)) as work:
            again = self._once(work, here, run_at=moment if slot else None, web=web)
            done = again.run(moment, slot=slot.slot if slot else None)
            lacks = _lacks(work, here, done, moment) if slot else ""
        return Look(
            project=here,
            run=done,
            mailed=tuple(mailed),
            coming=slot,
            lacks=lacks,
            sent=past,
            counts=counts,
            is_partial=is_partial,
        )

    def story(self, here: Project, article: str) -> Story | None:
        """The story of an article that a look has read, or that the ledger keeps."""
        for readings in tuple(self._readings.values()):
            for reading in tuple(readings.values()):
                story = reading.story
                if not isinstance(story, DigestError) and story.article.id == article:
                    return story
        with read_ledger(here) as ledger:
            return next(iter(ledger.stories([article])), None) if ledger.titles([article]) else None

    def document(self, article: Article) -> Document | None:
        """What ``article`` was read from, if that is at hand still, and still is the same."""
        heard = (item for _, items in tuple(self._heard.values()) for item in items)
        folders = (item for one in self.projects() for folder in one.folders for item in folder)
        for item in chain(heard, folders):
            if (
                isinstance(item, Document)
                and item.origin == article.origin
                and self._reads(item, article)
            ):
                return item
        return None

    def _reads(self, document: Document, article: Article) -> bool:
        known = (readings.get(_key(document)) for readings in tuple(self._readings.values()))
        story = (next(filter(None, known), None) or read_best(document)).story
        return not isinstance(story, DigestError) and story.article.id == article.id

    def _once(
        self, work: Pipeline, here: Project, *, run_at: datetime | None, web: bool
    ) -> Pipeline:
        """``work``, reading each document and asking the web only once.

        The scheduler draws what lies in a folder when it runs, and what is on the web when it
        gathers, if it does; that tells the age of an article without a date.
        """
        *folders, followed = work.sources
        if web:
            self._hear(followed, here)
        _, heard = self._heard.get(_web(here), (0, ()))
        if run_at and (table := here.settings.schedule):
            ahead = run_at - datetime.now(UTC)
            folders = [_Drawn(source=folder, ahead=ahead) for folder in folders]
            heard = heard if table.gather else tuple(_Drawn(source=heard, ahead=ahead))
        known = self._readings.get(here.newsletter.id, {})
        used: dict[Document, Reading] = {}

        def read(
            function: Callable[[Document], Reading], documents: Iterable[Document]
        ) -> Iterator[tuple[Document, Reading]]:
            for document in documents:
                key = _key(document)
                used[key] = known.get(key) or function(document)
                yield document, used[key]
            self._readings[here.newsletter.id] = used

        return replace(work, sources=(*folders, heard), map=read)

    def _hear(self, followed: Source, here: Project) -> None:
        """Ask the web, unless that was done in this turn."""
        with self._asking:
            turn = self._turn
            if not self._is_heard(here):
                self._heard[_web(here)] = (turn, tuple(followed))

    def _is_heard(self, here: Project) -> bool:
        turn, _ = self._heard.get(_web(here), (0, ()))
        return turn == self._turn


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A source as if it were drawn so much later."""

    source: Source
    ahead: timedelta

    def __iter__(self) -> Iterator[Item]:
        for item in self.source:
            if isinstance(item, Document):
                yield replace(item, fetched=item.fetched + self.ahead)
            else:
                yield item

    def __len__(self) -> int:
        return len(self.source)


def themes(here: Project) -> dict[str, Path]:
    """The folders of all themes by name; the user's own stands in place of a shipped one."""
    places = (shipped("templates"), here.base / here.settings.folders.templates)
    return {
        theme.name: theme
        for place in places
        if place.is_dir()
        for theme in sorted(place.iterdir())
        if theme.is_dir()
    }


def send_test(look: Look, mailed: Mailed, address: str, *, now: datetime) -> Receipt:
    """Send the letter of an issue to one address; nothing is consumed. Raises `DigestError`.

    It is the one that is shown, but dated ``now`` if its slot is to come.
    """
    here = look.project
    if here.settings.smtp is None:
        raise ConfigError("smtp", "no server is configured", "Write [smtp] into digest.toml.")
    sender = here.newsletter.sender
    send = tester(here.settings.smtp, address=address, sender=sender, base=here.base, trace=None)
    return send(mailed.issue, mailed.sent_by(now).letters)


def _theme(here: Project, name: str) -> Path:
    known = themes(here)
    if name not in known:
        raise ConfigError("theme", f"there is no theme {name!r}", f"Here: {', '.join(known)}.")
    return known[name]


def _lacks(work: Pipeline, here: Project, done: Run, now: datetime) -> str:
    """What the scheduler would find lacking in the issue that was made."""
    made, table = done.made, here.settings.schedule
    if made is None or table is None:
        return ""
    candidates = [candidate for candidate, _ in made.fates]
    fates = [fate for _, fate in made.fates]
    leftovers = work.ledger.leftovers(here.newsletter.id)
    return lacking(made.issue, candidates, fates, minimum(table), leftovers=leftovers, now=now)


def _at_once(here: Project) -> Iterator[Folder]:
    """The project's folders, not waiting for a file to settle: who edits it wants to see it."""
    places = here.settings.folders
    for source in here.settings.sources:
        if source.kind == "folder":
            yield Folder(
                here.base / source.place,
                name=source_name(source),
                section=source.section,
                settle=timedelta(0),
                max_size=source.max_size,
                leave=(here.outbox, here.state, here.base / places.templates),
            )


def _web(here: Project) -> object:
    """The same as long as the same is asked of the web."""
    return (here.newsletter.id, here.follows, here.settings.fetch)


def _key(document: Document) -> Document:
    """The same for a document that is drawn again on the same day, and small."""
    midnight = document.fetched.replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(document, data=sha256(document.data).digest(), fetched=midnight)
