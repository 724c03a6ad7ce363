"""Several newsletters in one file: what each has for itself, and what all have in common."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from digest.config.tables import NewsletterTable, OneTable, Settings, source_name
from digest.errors import ConfigError


def each(settings: Settings) -> tuple[Settings, ...]:
    """The settings of each newsletter, as if it stood alone in the file."""
    return tuple(_alone(settings, one) for one in settings.newsletters) or (settings,)


def one_of(settings: Settings, newsletter: str | None) -> Settings:
    """The settings of the newsletter with that id. Raises `ConfigError` that lists them.

    Without an id there must be no more than one.
    """
    found = each(settings)
    if newsletter is None and len(found) == 1:
        return found[0]
    for one in found:
        if one.newsletter.id == newsletter:
            return one
    ids = ", ".join(one.newsletter.id for one in found)
    why = "there are several" if newsletter is None else f"there is no {newsletter!r}"
    raise ConfigError("--newsletter", why, f"Name one of: {ids}.")


def several_mistakes(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the list of newsletters: key, what is wrong, what is accepted."""
    if settings.newsletters and settings.newsletter != NewsletterTable():
        why = "stands beside [[newsletters]]"
        yield "newsletter", why, "Write [[newsletters]] in its place too."
    ids = [one.id for one in settings.newsletters]
    for repeated in sorted({name for name in ids if ids.count(name) > 1}):
        yield "newsletters", f"two of them have the id {repeated!r}", "Give each its own id."
    known = {source_name(source) for source in settings.sources}
    for number, one in enumerate(settings.newsletters):
        for name in one.sources:
            if name not in known:
                remedy = f"Named here: {', '.join(sorted(known))}."
                yield f"newsletters.[{number}].sources", f"there is no source {name!r}", remedy


def _alone(settings: Settings, one: OneTable) -> Settings:
    names = [field.name for field in msgspec.structs.fields(NewsletterTable)]
    return msgspec.structs.replace(
        settings,
        newsletter=NewsletterTable(**{name: getattr(one, name) for name in names}),
        newsletters=(),
        sources=tuple(
            source
            for source in settings.sources
            if not one.sources or source_name(source) in one.sources
        ),
        select=one.select or settings.select,
        edition=one.edition or settings.edition,
        schedule=one.schedule or settings.schedule,
    )
