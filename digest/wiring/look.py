"""Looks: what a run would do now, made again and again without consuming anything.

Each look is a whole rehearsal on a fresh copy of the ledger, so that what it holds is what the
run that follows would send. What costs time or troubles others is done once: a document is read
when it is new, and the web is asked when somebody wants that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

from digest.config import FILE, source_name
from digest.errors import ConfigError, DigestError
from digest.intake import Reading
from digest.issue.record import issue_record
from digest.mail import FormLetter, compose, parse_mailbox, sections_key
from digest.mail.letter import TOKEN
from digest.model import Document, Envelope, Issue, Receipt, Recipient, State
from digest.pipeline import Pipeline, Run
from digest.ports import Source
from digest.shipped import shipped
from digest.sources.folder import Folder
from digest.visits import Visit
from digest.wiring.mail import tester
from digest.wiring.project import Project, projects
from digest.wiring.run import pipeline
from digest.wiring.state import key_of, open_recipients

#: Recipients that a look holds; any other is asked for by its address.
SHOWN = 200

Item = Document | DigestError | Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """An issue and its letters by their sections' keys, as a sender was given them."""

    issue: Issue
    letters: Mapping[str, FormLetter]

    def whole(self) -> Envelope:
        """What the outbox receives: the whole issue, as the newsletter's own sender gets it."""
        return compose(self.letters[""], self.issue, record=issue_record(self.issue))

    def copy(self, reader: Recipient) -> Envelope | None:
        """What one reader receives; None if no section is theirs."""
        key = sections_key(self.issue, reader.topics)
        if key is None:
            return None
        letter = self.letters.get(key, self.letters[""])
        html, text = letter.shown(reader)
        return Envelope(
            issue=self.issue.id,
            message=letter.fill(reader),
            html=html.encode(),
            text=text.encode(),
            record=b"",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a run would do at one moment."""

    project: Project
    run: Run
    #: What would go out: issues that were cut short first, then the one that is pending.
    mailed: tuple[Mailed, ...]
    #: The first `SHOWN` of those who are written to.
    readers: tuple[Recipient, ...]
    #: How many recipients there are, and how many of them are suppressed.
    counts: tuple[int, int]

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
        """The recipient with this address, if it is one."""
        wanted = address.casefold()
        known = next((reader for reader in self.readers if reader.key == wanted), None)
        if known or self.counts[0] <= len(self.readers):
            return known
        with open_recipients(self.project, rehearse=True) as recipients:
            return recipients.get(address)


class Looks:
    """Makes looks at one project."""

    def __init__(self, config: Path | None, *, folder: Path) -> None:
        self._config = config
        self._folder = folder
        self._heard: dict[object, Sequence[Item]] = {}
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
        self._heard.clear()

    def look(
        self, now: datetime, *, newsletter: str = "", theme: str = "", language: str = ""
    ) -> Look:
        """What a run at ``now`` would do; as a trial with another theme or language.

        Raises `DigestError` for what would stop the run.
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

        with pipeline(here, rehearse=True, senders=(send,)) as work:
            done = self._once(work, here).run(now)
        readers, counts = _recipients(here)
        return Look(project=here, run=done, mailed=tuple(mailed), readers=readers, counts=counts)

    def document(self, origin: str) -> Document | None:
        """A document of the last look, if it is at hand still."""
        heard = (item for items in self._heard.values() for item in items)
        here = self.projects()
        folders = (item for one in here for folder in one.folders for item in folder)
        for item in chain(heard, folders):
            if isinstance(item, Document) and item.origin == origin:
                return item
        return None

    def _once(self, work: Pipeline, here: Project) -> Pipeline:
        """``work``, reading each document and asking the web only once."""
        *folders, web = work.sources
        heard = self._hear(web, key=(here.newsletter.id, here.follows, here.settings.fetch))
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

    def _hear(self, web: Source, *, key: object) -> Sequence[Item]:
        if key not in self._heard:
            self._heard[key] = tuple(web)
        return self._heard[key]


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


def send_test(look: Look, mailed: Mailed, address: str) -> Receipt:
    """Send the letters of a look to one address; nothing is consumed. Raises `DigestError`."""
    here = look.project
    if here.settings.smtp is None:
        raise ConfigError("smtp", "no server is configured", "Write [smtp] into digest.toml.")
    sender = here.newsletter.sender
    send = tester(here.settings.smtp, address=address, sender=sender, base=here.base, trace=None)
    return send(mailed.issue, mailed.letters)


def _theme(here: Project, name: str) -> Path:
    known = themes(here)
    if name not in known:
        raise ConfigError("theme", f"there is no theme {name!r}", f"Here: {', '.join(known)}.")
    return known[name]


def _recipients(here: Project) -> tuple[tuple[Recipient, ...], tuple[int, int]]:
    with open_recipients(here, rehearse=True) as recipients:
        shown = islice((reader for reader, why in recipients if why is None), SHOWN)
        return tuple(shown), recipients.count()


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


def _key(document: Document) -> Document:
    """The same for a document that is drawn again on the same day, and small."""
    midnight = document.fetched.replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(document, data=sha256(document.data).digest(), fetched=midnight)
