"""How much a scheduled issue must hold to go out now; else all of it waits for the next slot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.model import Candidate, Fate, Issue, Outcome


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
    fates: Sequence[Fate],
    minimum: Minimum,
    *,
    leftovers: Collection[str],
    now: datetime,
) -> str:
    """Why an issue is not to be made yet; empty if nothing speaks against it.

    ``fates`` are those of all ``candidates``, and ``leftovers`` the ids of articles that an earlier
    issue had no room for.
    """
    printed = [story.article.id for story in issue.stories] + [h.article for h in issue.headlines]
    if minimum.only_if_new and printed and all(article in leftovers for article in printed):
        return "nothing new: only what an earlier issue had no room for"
    if not printed:
        return _all_changing(fates)
    if len(printed) >= minimum.stories:
        return ""
    since = min(candidate.seen for candidate in candidates if candidate.id in printed)
    if minimum.max_wait is not None and now - since >= minimum.max_wait:
        return ""
    noun = "story" if len(printed) == 1 else "stories"
    return f"{len(printed)} {noun} of the {minimum.stories} that are wanted"


def _all_changing(fates: Sequence[Fate]) -> str:
    """What to say if nothing is decided, so that there is nothing to keep of an empty issue."""
    if any(fate.outcome is not Outcome.CHANGING for fate in fates):
        return ""
    noun = "1 article is" if len(fates) == 1 else f"{len(fates)} articles are"
    return f"nothing to print: {noun} still changing"
