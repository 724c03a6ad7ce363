"""The page in one state, as HTML: what the desk and the outbox hold, put into the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from digest.check import CLIP, Finding, Inspection, Level, gate, inspect
from digest.errors import DigestError
from digest.model import (
    Candidate,
    Document,
    Envelope,
    Fate,
    Newsletter,
    Outcome,
    Receipt,
    Recipient,
)
from digest.pipeline import read_best
from digest.preview.desk import Desk, Stand
from digest.preview.excerpt import Line, excerpt
from digest.preview.explained import Explained, explained
from digest.preview.message import Shown
from digest.preview.past import Past, past
from digest.preview.view import MODES, PANES, WIDTHS, View
from digest.text import direction
from digest.wiring.look import Look, Mailed, themes

if TYPE_CHECKING:
    from jinja2 import Environment

#: Stands before the key of a choice of topics where else an address stands.
TOPICS = "topics:"

_NOTHING = "Nothing is pending: the next run makes no issue."
_NOT_THEIRS = "No section of this issue is theirs: nothing is sent to them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What came of a test."""

    address: str
    receipt: Receipt | None = None
    fault: DigestError | None = None


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What the templates see; each part is made when it is first asked for."""

    desk: Desk
    view: View
    stand: Stand
    #: Guards the forms.
    csrf: str
    #: Where tests may be sent to.
    addresses: Sequence[str]
    tested: Tested | None = None

    @property
    def look(self) -> Look | None:
        return self.stand.look

    @cached_property
    def newsletter(self) -> Newsletter:
        return self.look.project.newsletter if self.look else Newsletter()

    @property
    def newsletters(self) -> Sequence[Newsletter]:
        """All that are configured; none while the settings are broken."""
        try:
            return [here.newsletter for here in self.desk.looks.projects()]
        except DigestError:
            return ()

    # --- issues ---

    @cached_property
    def pending(self) -> Mailed | None:
        """What the next run would send."""
        run = self.look.run if self.look else None
        return self.look.mailed[-1] if self.look and run and run.receipts else None

    @cached_property
    def unfinished(self) -> Sequence[Mailed]:
        """Issues that an earlier run was cut short with; the next one sends them first."""
        if self.look is None:
            return ()
        return self.look.mailed[: len(self.look.run.finished)]

    @cached_property
    def past(self) -> Sequence[Past]:
        """Issues in the outbox."""
        if self.look is None:
            return ()
        waiting = {mailed.issue.id for mailed in self.unfinished}
        found = past(self.look.project.outbox, self.newsletter.id)
        return [it for it in found if it.id not in waiting]

    @cached_property
    def mailed(self) -> Mailed | None:
        """The issue that is shown, where it is still to go out."""
        if not self.view.issue:
            return self.pending
        return next((it for it in self.unfinished if it.issue.id == self.view.issue), None)

    # --- the copy that is shown ---

    @cached_property
    def _copy(self) -> tuple[Shown | None, str]:
        """The copy that is shown, or why there is none."""
        if self.mailed:
            return self._mailed_copy(self.mailed)
        if self.view.issue:
            found = next((it for it in self.past if it.id == self.view.issue), None)
            return (found.shown(), "") if found else (None, "There is no such issue here.")
        return None, _NOTHING if self.look else ""

    @property
    def shown(self) -> Shown | None:
        return self._copy[0]

    @property
    def absent(self) -> str:
        """Why there is no copy to show."""
        return self._copy[1]

    def _mailed_copy(self, mailed: Mailed) -> tuple[Shown | None, str]:
        reader = self._reader(mailed)
        if self.view.to and reader is None:
            return None, "There is no such recipient."
        envelope = mailed.copy(reader) if reader else mailed.whole()
        return (_shown(envelope), "") if envelope else (None, _NOT_THEIRS)

    def _reader(self, mailed: Mailed) -> Recipient | None:
        """Whose copy is shown; None is for the outbox's, or for nobody we know."""
        if self.look is None or not self.view.to:
            return None
        if not self.view.to.startswith(TOPICS):
            return self.look.find(self.view.to)
        key = self.view.to.removeprefix(TOPICS)
        sender = self.look.sender
        names = _section_names(mailed, key) if key in mailed.letters else ()
        return Recipient(address=sender.address, name=sender.name, topics=names) if names else None

    @property
    def readers(self) -> Iterator[Choice]:
        """Whose copies can be shown."""
        yield Choice(value="", label="Outbox: the whole issue")
        if self.look is None or self.mailed is None:
            return
        for key in self.mailed.letters:
            if key:
                names = ", ".join(_section_names(self.mailed, key))
                yield Choice(value=f"{TOPICS}{key}", label=f"Topics: {names}")
        for reader in self.look.readers:
            topics = f" ({', '.join(reader.topics)})" if reader.topics else ""
            label = f"{reader.name} <{reader.address}>" if reader.name else reader.address
            yield Choice(value=reader.address, label=label + topics)

    @property
    def themes(self) -> Iterator[Choice]:
        if self.look is None:
            return
        own = self.look.project.settings.newsletter.theme
        for name in themes(self.look.project):
            is_own = name == own
            yield Choice(value="" if is_own else name, label=f"{name} (yours)" if is_own else name)

    @property
    def is_listed(self) -> bool:
        """Whether the reader whose copy is shown stands in the list."""
        return any(choice.value == self.view.to for choice in self.readers)

    # --- what is said of it ---

    @property
    def sender_name(self) -> str:
        if self.look is None:
            return ""
        return self.look.sender.name or self.look.sender.address

    @property
    def pending_subject(self) -> str:
        made = self.look.run.made if self.look else None
        return made.edition.subject if made and made.edition else ""

    @property
    def preheader(self) -> str:
        return self.inspection.preheader if self.inspection else ""

    @cached_property
    def inspection(self) -> Inspection | None:
        """What the checks find in the copy that is shown."""
        return _inspection(self.shown.message) if self.shown else None

    @property
    def faults(self) -> Sequence[Finding]:
        """What is to be mended."""
        findings = self.inspection.findings if self.inspection else ()
        return [it for it in findings if it.level is not Level.INFO]

    @property
    def counts(self) -> tuple[str, int] | None:
        """The gravest level of the faults, and how many there are; None if all is well."""
        return (self.faults[0].level, len(self.faults)) if self.faults else None

    @property
    def is_kept(self) -> bool:
        """Whether the gate keeps the issue from going out."""
        if self.look is None or self.mailed is None or self.inspection is None:
            return False
        level = self.look.project.settings.edition.gate
        return level != "off" and bool(gate(self.inspection.findings, Level(level)))

    @property
    def place(self) -> str:
        """Where the fault is, as seen from the user's folder."""
        where = self.stand.fault.where if self.stand.fault else ""
        return where.removeprefix(f"{self.desk.looks.file.parent.absolute()}/")

    @property
    def excerpt(self) -> Sequence[Line]:
        """The lines of the template that is at fault."""
        if self.stand.fault is None:
            return ()
        return excerpt(self.stand.fault.where, self.desk.looks.themes())

    @property
    def is_trial(self) -> bool:
        return bool(self.view.theme or self.view.language) and self.mailed is not None

    @property
    def other_language(self) -> str:
        """The one that turns the page's direction round."""
        own = self.look.project.settings.newsletter.language if self.look else "en"
        return "ar" if direction(own) == "ltr" else "en"

    @property
    def weight(self) -> int:
        """Bytes of HTML."""
        return len(self.shown.html) if self.shown else 0

    @property
    def fates(self) -> Sequence[tuple[Outcome, Sequence[tuple[Candidate, Fate]]]]:
        """What became of every candidate, by outcome, in the order of the outcomes."""
        made = self.look.run.made if self.look and not self.view.issue else None
        pairs = sorted(made.fates, key=lambda pair: self.number(pair[1].article)) if made else ()
        groups = ((kind, [pair for pair in pairs if pair[1].outcome is kind]) for kind in Outcome)
        return [(kind, group) for kind, group in groups if group]

    def number(self, article: str) -> int:
        """The number of a story in print; 0 if it is not printed."""
        stories = self.mailed.issue.stories if self.mailed else ()
        numbers = (n for n, story in enumerate(stories, 1) if story.article.id == article)
        return next(numbers, 0)

    @cached_property
    def fate(self) -> tuple[Candidate, Fate] | None:
        """Candidate and fate of what is explained."""
        story = self.explained.story.article.id if self.explained else self.view.article
        pairs = (pair for _, group in self.fates for pair in group)
        return next((pair for pair in pairs if pair[1].article == story), None)

    def title_of(self, article: str | None) -> str:
        """The headline of another article that a fate speaks of; empty if it is not at hand."""
        pairs = (pair for _, group in self.fates for pair in group)
        return next((it.headline.title for it, _ in pairs if it.id == article), "")

    @cached_property
    def explained(self) -> Explained | None:
        """The story that is explained, read again from its document where that is at hand."""
        stories = self.mailed.issue.stories if self.mailed else ()
        if 0 < self.view.story <= len(stories):
            story = stories[self.view.story - 1]
            return explained(story, self._document(story.article.origin))
        pairs = (pair for _, group in self.fates for pair in group)
        origin = next((it.origin for it, _ in pairs if it.id == self.view.article), None)
        document = self._document(origin) if origin else None
        reading = read_best(document).story if document else None
        if reading is None or isinstance(reading, DigestError):
            return None
        return explained(reading, document)

    @property
    def failures(self) -> Sequence[DigestError]:
        """What of the sources could not be read, and what else the user should know of them."""
        if self.look is None:
            return ()
        gathered = self.look.run.gathered
        return (*gathered.failures, *gathered.warnings)

    def _document(self, origin: str) -> Document | None:
        return self.desk.looks.document(origin)


def page(screen: Screen) -> str:
    """The whole page."""
    known = {"panes": PANES, "widths": WIDTHS, "modes": MODES, "clipped": CLIP}
    return _templates().get_template("page.html").render(screen=screen, view=screen.view, **known)


def asset(name: str) -> bytes:
    """A file that the page loads."""
    return files("digest.preview").joinpath("page", name).read_bytes()


@lru_cache(maxsize=8)
def _inspection(message: bytes) -> Inspection:
    return inspect(message)


def _shown(envelope: Envelope) -> Shown:
    return Shown(
        issue=envelope.issue,
        html=envelope.html,
        text=envelope.text,
        message=envelope.message,
    )


def _section_names(mailed: Mailed, key: str) -> tuple[str, ...]:
    sections = mailed.issue.sections
    return tuple(filter(None, (sections[int(number)].name for number in key.split(","))))


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(lambda name: asset(name).decode("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: Mapping[str, Callable[..., str]] = {"size": lambda size: f"{size / 1024:.1f} KB"}
    environment.filters.update(filters)
    return environment
