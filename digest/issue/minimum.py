"""How much a scheduled issue must hold to go out now; else all of it waits for the next slot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.model import Candidate, Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimum:
    """What the newsletter's owner wants before readers are written to."""

    stories: int = 1
    #: Once an article has waited this long, fewer stories are enough.
    max_wait: timedelta | None = None
    #: Whether articles that an earlier issue had no room for wait for news.
    only_if_new: bool = False


#: No more is wanted than a single story.
ANYTHING = Minimum()


def lacking(
    issue: Issue,
    candidates: Sequence[Candidate],
    minimum: Minimum,
    *,
    leftovers: Collection[str],
    now: datetime,
) -> str:
    """Why an issue is not to be made yet; empty if nothing speaks against it.

    ``leftovers`` are the ids of articles that an earlier issue had no room for.
    """
    printed = [story.article.id for story in issue.stories] + [h.article for h in issue.headlines]
    if minimum.only_if_new and printed and all(article in leftovers for article in printed):
        return "nothing new: only what an earlier issue had no room for"
    if not printed or len(printed) >= minimum.stories:
        return ""
    since = min(candidate.seen for candidate in candidates if candidate.id in printed)
    if minimum.max_wait is not None and now - since >= minimum.max_wait:
        return ""
    noun = "story" if len(printed) == 1 else "stories"
    return f"{len(printed)} {noun} of the {minimum.stories} that are wanted"
