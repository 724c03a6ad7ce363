"""The page in one state, as HTML: what the desk and the ledger hold, put into the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from digest.check import CLIP, Level, gate
from digest.errors import DigestError
from digest.mail import sections_key
from digest.model import Candidate, Fate, Newsletter, Receipt
from digest.preview.checked import Checked, Outside, found
from digest.preview.desk import Desk, Stand
from digest.preview.excerpt import Line, excerpt, setting
from digest.preview.explained import Explained, Told, explained
from digest.preview.lazy import cached_property
from digest.preview.message import Shown
from digest.preview.past import Copy, Past, listed
from digest.preview.readers import TOPICS, Choice, Readers
from digest.preview.view import MODES, PANES, WIDTHS, View
from digest.text import direction
from digest.wiring.gate import own_copies
from digest.wiring.look import Look, themes
from digest.wiring.mailed import Mailed
from digest.wiring.replay import Kept, kept
from digest.wiring.sent import Sent, is_at_work

if TYPE_CHECKING:
    from jinja2 import Environment

_NOTHING = "Nothing is pending: the next run makes no issue."
_DAY, _TIME = "%d %b %Y", "%d %b %Y, %H:%M"
_NOBODY = "There is no such recipient."
_NOT_THEIRS = "No section of this issue is theirs: nothing is sent to them."


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
    outside: Outside
    tested: Tested | None = None

    @property
    def look(self) -> Look | None:
        return self.stand.look

    @property
    def version(self) -> str:
        """What the page shows: another one is out of date."""
        return version(self.csrf, self.stand.version, self.outside)

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
        taken_up = {receipt.issue for receipt in self.look.run.finished}
        return [mailed for mailed in self.look.mailed if mailed.issue.id in taken_up]

    @cached_property
    def is_at_work(self) -> bool:
        """Whether a run is sending what is not through."""
        return self.look is not None and bool(self.unfinished) and is_at_work(self.look.project)

    @cached_property
    def sent(self) -> Sequence[Sent]:
        """The last issues that went out."""
        if self.look is None:
            return ()
        waiting = {mailed.issue.id for mailed in self.unfinished}
        return [it for it in listed(self.look.project, self.look.sent) if it.id not in waiting]

    def standing(self, issue: str) -> str:
        """How an issue stands that is not through; empty if nothing is known of it."""
        found = self.look.sent if self.look else ()
        return next((it.standing for it in found if it.id == issue), "")

    @cached_property
    def past(self) -> Past | None:
        """The issue that is shown, where it went out."""
        if self.look is None or not self.view.issue or self.mailed:
            return None
        if self._kept is None and all(it.id != self.view.issue for it in self.sent):
            return None
        return Past(project=self.look.project, id=self.view.issue, kept=self._kept)

    @cached_property
    def _kept(self) -> Kept | None:
        """What the ledger keeps of the issue that is shown, if it is the newsletter's own."""
        found = kept(self.look.project, self.view.issue) if self.look and self.view.issue else None
        return found if found and found.issue.newsletter.id == self.newsletter.id else None

    @cached_property
    def mailed(self) -> Mailed | None:
        """The issue that is shown, where it is still to go out."""
        if not self.view.issue:
            return self.pending
        return next((it for it in self.unfinished if it.issue.id == self.view.issue), None)

    # --- the copy that is shown ---

    @cached_property
    def copy(self) -> Copy:
        """The copy that is shown, or why there is none."""
        if self.look is None:
            return Copy()
        if self.mailed:
            return self._mailed_copy(self.look, self.mailed)
        if self.past:
            return self._past_copy(self.look, self.past)
        return Copy(absent="There is no such issue here." if self.view.issue else _NOTHING)

    @property
    def shown(self) -> Shown | None:
        return self.copy.shown

    @property
    def absent(self) -> str:
        """Why there is no copy to show."""
        return self.copy.absent

    def _mailed_copy(self, look: Look, mailed: Mailed) -> Copy:
        if not self.view.to:
            return Copy(shown=Shown.of(mailed.whole()))
        if (key := self._topics) and key in mailed.letters:
            return Copy(shown=Shown.of(mailed.filled(key, look.sender)), letter=key)
        reader = look.find(self.view.to)
        if reader is None:
            return Copy(absent=_NOBODY)
        theirs = sections_key(mailed.issue, reader.topics)
        if theirs is None:
            return Copy(absent=_NOT_THEIRS)
        return Copy(shown=Shown.of(mailed.filled(theirs, reader)), letter=theirs)

    def _past_copy(self, look: Look, past: Past) -> Copy:
        if not self.view.to:
            return past.whole()
        if key := self._topics:
            return past.topics(key, look.sender)
        reader = look.find(self.view.to)
        return past.copy(reader) if reader else Copy(absent=_NOBODY)

    @property
    def letter(self) -> Mailed | None:
        """The issue with no letter but that of the copy that is shown; None if none is at hand."""
        mailed = self.mailed or (self.past.mailed if self.past else None)
        return mailed.only(self.copy.letter) if mailed and self.shown else None

    @property
    def _topics(self) -> str:
        """Key of the choice of topics that is asked for, if one is."""
        to = self.view.to
        return to.removeprefix(TOPICS) if to.startswith(TOPICS) else ""

    @cached_property
    def readers(self) -> Readers | None:
        """Whose copies can be shown; None if there is nothing to show."""
        if self.look is None or not (self.mailed or self.past):
            return None
        mailed = self.mailed or (self.past.mailed if self.past else None)
        return Readers(look=self.look, mailed=mailed, part=self.view.find, to=self.view.to)

    @property
    def themes(self) -> Iterator[Choice]:
        if self.look is None:
            return
        own = self.look.project.settings.newsletter.theme
        for name in themes(self.look.project):
            yield Choice(value="" if name == own else name, label=name)

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
        return self.checked.inspection.preheader if self.checked else ""

    @cached_property
    def checked(self) -> Checked | None:
        """What is said of the reader's copy that is shown, or of every edition of the issue."""
        if self.shown is None:
            return None
        messages = {"this copy": self.shown.message}
        if self.mailed and not self.view.to:
            messages = own_copies(self.mailed.issue, self.mailed.letters)
        return Checked(messages=messages, asked=self.outside.asked(messages))

    @property
    def counts(self) -> tuple[str, int] | None:
        """The gravest level of the faults, and how many there are; None if all is well."""
        faults = self.checked.faults if self.checked else ()
        return (faults[0].level, len(faults)) if faults else None

    @property
    def is_kept(self) -> bool:
        """Whether the gate keeps the issue from going out."""
        if self.look is None or self.mailed is None or self.mailed is not self.pending:
            return False
        level = self.look.project.settings.edition.gate
        copies = own_copies(self.mailed.issue, self.mailed.letters)
        return level != "off" and bool(gate(found(copies), Level(level)))

    def place(self, fault: DigestError) -> str:
        """Where a fault is, as seen from the user's folder."""
        return fault.where.removeprefix(f"{self.desk.looks.file.parent.absolute()}/")

    @property
    def excerpt(self) -> Sequence[Line]:
        """The lines of the template or of the settings that are at fault."""
        fault = self.stand.fault
        if fault is None:
            return ()
        settings = setting(fault, self.desk.looks.file)
        return settings or excerpt(fault.where, self.desk.looks.themes())

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

    # --- why it is so ---

    @cached_property
    def told(self) -> Told:
        """What became of every candidate for the issue that is shown."""
        made = self.look.run.made if self.look and not self.view.issue else None
        if made:
            fates, issue = made.fates, made.issue
        elif self._kept:
            fates, issue = self._kept.fates, self._kept.issue
        else:
            return Told(fates=(), issue=None, titles={})
        return Told(fates=fates, issue=issue, titles=self._titles(fates))

    def _titles(self, fates: Iterable[tuple[Candidate, Fate]]) -> Mapping[str, str]:
        others = {fate.other for _, fate in fates if fate.other}
        return self.look.titles(others) if self.look and others else {}

    @cached_property
    def fate(self) -> tuple[Candidate, Fate] | None:
        """Candidate and fate of what is explained."""
        story = self.explained.story.article.id if self.explained else self.view.article
        return self.told.of(story)

    @cached_property
    def explained(self) -> Explained | None:
        """The story that is explained, with its document where that is at hand."""
        story = self.told.story(self.view.story)
        if self.look and story is None and self.told.of(self.view.article):
            story = self.desk.looks.story(self.look.project, self.view.article)
        return explained(story, self.desk.looks.document(story.article)) if story else None

    @property
    def failures(self) -> Sequence[DigestError]:
        """What of the sources could not be read for the pending issue."""
        return self.look.run.gathered.failures if self.look and not self.view.issue else ()

    @property
    def warnings(self) -> Sequence[DigestError]:
        """What else the user should know of them."""
        return self.look.run.gathered.warnings if self.look and not self.view.issue else ()

    @property
    def waiting(self) -> Sequence[DigestError]:
        """Documents that are still being written."""
        return self.look.run.gathered.waiting if self.look and not self.view.issue else ()


def version(csrf: str, number: int, outside: Outside) -> str:
    """The process, how often what is shown has changed, and what was heard from outside."""
    process = sha256(csrf.encode()).hexdigest()[:8]
    return f"{process}.{number}.{outside.news}"


def page(screen: Screen) -> str:
    """The whole page."""
    known = {"panes": PANES, "widths": WIDTHS, "modes": MODES, "clipped": CLIP}
    return _templates().get_template("page.html").render(screen=screen, view=screen.view, **known)


def readers(screen: Screen) -> str:
    """The list of those whose copies can be shown."""
    return _templates().get_template("readers.html").render(screen=screen, view=screen.view)


def asset(name: str) -> bytes:
    """A file that the page loads."""
    return files("digest.preview").joinpath("page", name).read_bytes()


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
    filters: Mapping[str, Callable[..., str]] = {
        "size": lambda size: f"{size / 1024:.1f} KB",
        "slot": lambda slot: f"{slot:%a %d %b, %H:%M} {slot.isoformat()[-6:]}",
        "date": lambda day: f"{day:{_TIME if isinstance(day, datetime) else _DAY}}" if day else "",
        "day": lambda slot: f"{slot:{_TIME}}",
    }
    environment.filters.update(filters)
    return environment
