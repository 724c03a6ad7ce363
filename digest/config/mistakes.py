"""What the types of ``digest.toml`` cannot say: each mistake with its key and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from string import Formatter
from zoneinfo import available_timezones

from digest.addresses import parse_mailbox
from digest.config.delivery import smtp_mistakes
from digest.config.filters import filter_mistakes
from digest.config.schedule import alert_mistakes, schedule_mistakes
from digest.config.several import each, several_mistakes
from digest.config.tables import KINDS, NewsletterTable, Settings, SourceTable, source_name

_LEAST_BUDGET = 15_000


def mistakes(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """What the types cannot say: key, what is wrong, what is accepted."""
    yield from _each_mistakes(settings)
    for key, number in _counts(settings):
        if number is not None and number < 1:
            yield key, f"{number} is too small", "Write 1 or more."
    if settings.smtp:
        yield from smtp_mistakes(settings.smtp)
    yield from alert_mistakes(settings.alerts, has_server=settings.smtp is not None)
    if not settings.sources:
        yield "sources", "is empty", "Name at least one."
    for number, source in enumerate(settings.sources):
        yield from _source_mistakes(source, f"sources.[{number}]")
        yield from filter_mistakes(source, f"sources.[{number}]")
    names = [source_name(source) for source in settings.sources]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield "sources", f"two of them are named {name!r}", "Give each its own name."


def _each_mistakes(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Of what each newsletter has for itself."""
    yield from several_mistakes(settings)
    for number, one in enumerate(each(settings)):
        own = settings.newsletters[number] if settings.newsletters else None
        where = f"newsletters.[{number}]." if own else ""
        for key, why, remedy in _newsletter_mistakes(one.newsletter):
            yield f"{where or 'newsletter.'}{key}", why, remedy
        yield from _edition_mistakes(one, where if own and own.edition else "")
        select = where if own and own.select else ""
        yield from filter_mistakes(one.select, f"{select}select")
        if one.select.max_stories < 1:
            why = f"{one.select.max_stories} is too small"
            yield f"{select}select.max_stories", why, "Write 1 or more."
        if one.schedule:
            yield from schedule_mistakes(
                one.schedule,
                f"{where if own and own.schedule else ''}schedule",
                timezone=one.newsletter.timezone,
                expiry=one.smtp.expiry if one.smtp else None,
            )


def _edition_mistakes(settings: Settings, where: str) -> Iterator[tuple[str, str, str]]:
    if settings.edition.budget < _LEAST_BUDGET:
        remedy = (
            f"Write at least {_LEAST_BUDGET // 1000} KB: the frame alone takes about that much."
        )
        yield f"{where}edition.budget", "is too small for any issue", remedy


def _newsletter_mistakes(table: NewsletterTable) -> Iterator[tuple[str, str, str]]:
    if not table.title.strip():
        yield "title", "is empty", "Write what stands in the masthead."
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", table.id):
        remedy = "Use lower-case letters, digits and hyphens."
        yield "id", f"{table.id!r} cannot name a folder", remedy
    if table.timezone != "local" and table.timezone not in available_timezones():
        remedy = _nearest(table.timezone, available_timezones(), 'Write an IANA name or "local".')
        yield "timezone", f"{table.timezone!r} is not a time zone", remedy
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", table.language):
        remedy = 'Write it like "en" or "pt-BR".'
        yield "language", f"{table.language!r} is not a language tag", remedy
    if not re.fullmatch(r"[\w-]+", table.theme):
        remedy = "A theme is a folder in the templates folder."
        yield "theme", f"{table.theme!r} cannot name a theme", remedy
    if not _is_mailbox(table.sender):
        remedy = 'Write it like "The Courier <news@courier.example>".'
        yield "from", f"{table.sender!r} is not a mailbox", remedy
    if not _placeholders(table.subject) <= {"title", "date", "headline"}:
        remedy = "Accepted: {title}, {date} and {headline}."
        yield "subject", f"{table.subject!r} has an unknown placeholder", remedy
    for key, url in (("unsubscribe", table.unsubscribe), ("view", table.view)):
        if url is not None and not re.fullmatch(r"(https?://|mailto:)[!-~]+", url):
            remedy = "Write an https: or mailto: address in ASCII."
            yield key, f"{url!r} is not a link", remedy


def _source_mistakes(source: SourceTable, where: str) -> Iterator[tuple[str, str, str]]:
    named = [kind for kind in KINDS if getattr(source, kind) is not None]
    if len(named) != 1:
        why = f"names {' and '.join(named)}" if named else "names no place"
        yield where, why, f"Write one of {', '.join(KINDS)}."
        return
    if not source.place.strip():
        yield f"{where}.{source.kind}", "is empty", "Write where it is."
    is_address = re.match(r"https?://[^/\s]", source.place, re.IGNORECASE) is not None
    is_file = source.kind == "feed" and not re.match(r"[a-z][a-z0-9+.-]+:", source.place.lower())
    if not (is_address or is_file or source.kind == "folder"):
        remedy = "Write an http: or https: address" + (
            " or a file." * (source.kind == "feed") or "."
        )
        yield f"{where}.{source.kind}", f"{source.place!r} is no address", remedy
    if is_address and re.match(r"[^/]*//[^/?#]*@", source.place):
        remedy = "Leave them out; none is ever sent."
        yield f"{where}.{source.kind}", "holds a user name or password", remedy
    if source.links is not None and source.kind != "page":
        yield (
            f"{where}.links",
            f"is of no use to a {source.kind}",
            "It selects the links of a page.",
        )


def _counts(settings: Settings) -> list[tuple[str, int | None]]:
    return [
        ("fetch.connections", settings.fetch.connections),
        ("fetch.per_host", settings.fetch.per_host),
    ]


def _nearest(word: str, known: set[str], otherwise: str) -> str:
    near = get_close_matches(word, sorted(known), n=1)
    return f"Did you mean {near[0]}?" if near else otherwise


def _is_mailbox(value: str) -> bool:
    """Whether ``value`` holds one address that every server takes: an ASCII name at a domain."""
    try:
        return parse_mailbox(value).address.local.isascii()
    except ValueError:
        return False


def _placeholders(pattern: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    except ValueError:  # an unpaired brace
        return {pattern}
