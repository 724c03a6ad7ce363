"""What is chosen: candidates, what becomes of them, and the issue they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digest.model.articles import Headline, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What selecting sees of a pending article: light enough to hold every one of them."""

    headline: Headline
    #: When the ledger first saw it.
    seen: datetime
    section: str | None = None
    byline: str | None = None
    tags: tuple[str, ...] = ()
    source: str = ""
    origin: str = ""
    #: Length of the text in characters, and its first words.
    length: int = 0
    opening: str = ""
    #: Addresses elsewhere that the text links to.
    links: tuple[str, ...] = ()
    #: Bottom-k sketch of the text's shingles, see `digest.text.sketch`.
    sketch: bytes = b""
    #: When the words of an article on the web are last known to have changed.
    changed: datetime | None = None

    @property
    def id(self) -> str:
        return self.headline.article


class Outcome(StrEnum):
    """What became of a candidate when an issue was made."""

    #: Printed with its lead and quote.
    PRINTED = "printed"
    #: Printed as a headline only.
    LISTED = "listed"
    #: Folded into another story as "also in".
    FOLDED = "folded"
    #: Left out: it, or the story it tells, was in an earlier issue.
    REPEATED = "repeated"
    #: Left out: a corrected version of an article that an earlier issue printed.
    UPDATED = "updated"
    #: Left out: a newer version of the same article is pending.
    REPLACED = "replaced"
    #: Left out: older than the newsletter allows.
    STALE = "stale"
    #: Left out by a rule of the newsletter or of its source.
    FILTERED = "filtered"
    #: No room left: it stays pending for the next issue.
    HELD = "held"
    #: Its words have only just changed: it stays pending for a later issue.
    CHANGING = "changing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one candidate, and why."""

    article: str
    outcome: Outcome
    why: str
    #: The article it was folded into, repeats, updates or follows.
    other: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """What readers see of a newsletter, apart from its stories."""

    #: Key in the ledger and folder in the outbox: lower-case letters, digits and hyphens.
    id: str = "digest"
    title: str = "The Digest"
    tagline: str = ""
    language: str = "en"
    #: IANA name of the zone that slots and dates are in.
    timezone: str = "UTC"
    #: RFC 5322 mailbox of the sender.
    sender: str = "The Digest <digest@localhost>"
    #: Pattern of the subject; ``{title}``, ``{date}`` and ``{headline}`` are filled in.
    subject: str = "{title}: {headline}"
    #: Postal address in the footer.
    address: str = ""
    #: Where a reader unsubscribes (``mailto:`` or ``https:``); None leaves the link out.
    unsubscribe: str | None = None
    #: Where the issue stands on the web; None leaves the link out.
    view: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Stories under one heading; ``name`` is None for those without a section."""

    name: str | None
    stories: tuple[Story, ...] = ()
    #: Articles of the section that are printed by their title only.
    headlines: tuple[Headline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One number of a newsletter."""

    #: ``<newsletter>/<slot>``, e.g. ``morning/2026-11-22T073000+0100``.
    id: str
    newsletter: Newsletter
    #: The moment it was due, in the newsletter's zone.
    slot: datetime
    sections: tuple[Section, ...]
    #: How many candidates wait for the next issue because this one is full.
    held: int = 0

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories, in the order of print."""
        return tuple(story for section in self.sections for story in section.stories)

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """All title-only lines, in the order of print."""
        return tuple(line for section in self.sections for line in section.headlines)
