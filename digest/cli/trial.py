"""A look at a source, followed or not, of which nothing is kept."""

from __future__ import annotations

import msgspec

from digest.cli import offered
from digest.cli.finding import Offer
from digest.cli.lines import error
from digest.cli.shared import show
from digest.config import SourceTable
from digest.errors import ConfigError, DigestError
from digest.model import Document
from digest.pipeline import read_best
from digest.visits import Visit
from digest.wiring import Project
from digest.wiring import trial as look


def trial(project: Project, source: SourceTable) -> bool:
    """Show what would come of ``source``; whether nothing failed."""
    if source.kind == "folder":
        remedy = "`digest run --dry-run` shows what would come of it."
        raise ConfigError(source.place, "is a folder", remedy)
    shown, failures = 0, 0
    for item in look(project, source):
        if isinstance(item, Visit):
            show(offered.visit(item, shown=shown + failures))
            continue
        story = read_best(item).story if isinstance(item, Document) else item
        if isinstance(story, DigestError):
            show([error(story)], err=True)
            failures += 1
        else:
            show(offered.story(story))
            shown += 1
    return not failures


def as_source(offer: Offer, *, private: bool) -> SourceTable:
    """What was found at an address, as if it were followed."""
    return msgspec.convert({offer.kind: offer.address, "private": private}, SourceTable)
