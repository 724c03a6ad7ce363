"""What the types of ``digest.toml`` cannot say: each mistake with its key and the way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from email.utils import parseaddr
from string import Formatter
from zoneinfo import available_timezones

from digest.config.tables import NewsletterTable, Settings, source_name

_LEAST_BUDGET = 15_000


def mistakes(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """What the types cannot say: key, what is wrong, what is accepted."""
    yield from _newsletter_mistakes(settings.newsletter)
    for key, number in _counts(settings):
        if number is not None and number < 1:
            yield key, f"{number} is too small", "Write 1 or more."
    if settings.edition.budget < _LEAST_BUDGET:
        remedy = (
            f"Write at least {_LEAST_BUDGET // 1000} KB: the frame alone takes about that much."
        )
        yield "edition.budget", "is too small for any issue", remedy
    names = [source_name(source) for source in settings.sources]
    if not names:
        yield "sources", "is empty", "Name at least one folder."
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield "sources", f"two of them are named {name!r}", "Give each its own name."


def _newsletter_mistakes(table: NewsletterTable) -> Iterator[tuple[str, str, str]]:
    if not table.title.strip():
        yield "newsletter.title", "is empty", "Write what stands in the masthead."
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", table.id):
        remedy = "Use lower-case letters, digits and hyphens."
        yield "newsletter.id", f"{table.id!r} cannot name a folder", remedy
    if table.timezone != "local" and table.timezone not in available_timezones():
        remedy = _nearest(table.timezone, available_timezones(), 'Write an IANA name or "local".')
        yield "newsletter.timezone", f"{table.timezone!r} is not a time zone", remedy
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", table.language):
        remedy = 'Write it like "en" or "pt-BR".'
        yield "newsletter.language", f"{table.language!r} is not a language tag", remedy
    if not re.fullmatch(r"[\w-]+", table.theme):
        remedy = "A theme is a folder in the templates folder."
        yield "newsletter.theme", f"{table.theme!r} cannot name a theme", remedy
    if not _is_mailbox(table.sender):
        remedy = 'Write it like "The Courier <news@courier.example>".'
        yield "newsletter.from", f"{table.sender!r} is not a mailbox", remedy
    if not _placeholders(table.subject) <= {"title", "date", "headline"}:
        remedy = "Accepted: {title}, {date} and {headline}."
        yield "newsletter.subject", f"{table.subject!r} has an unknown placeholder", remedy
    for key, url in (("unsubscribe", table.unsubscribe), ("view", table.view)):
        if url is not None and not re.fullmatch(r"(https?://|mailto:)[!-~]+", url):
            remedy = "Write an https: or mailto: address in ASCII."
            yield f"newsletter.{key}", f"{url!r} is not a link", remedy


def _counts(settings: Settings) -> list[tuple[str, int | None]]:
    return [
        ("select.max_stories", settings.select.max_stories),
        ("select.quota", settings.select.quota),
        *(("sources.quota", source.quota) for source in settings.sources),
    ]


def _nearest(word: str, known: set[str], otherwise: str) -> str:
    near = get_close_matches(word, sorted(known), n=1)
    return f"Did you mean {near[0]}?" if near else otherwise


def _is_mailbox(value: str) -> bool:
    """Whether ``value`` holds one address that a message can carry: an ASCII name at a domain."""
    name, address = parseaddr(value)
    local, _, domain = address.rpartition("@")
    try:
        domain.encode("idna")
    except UnicodeError:  # an empty label, or one of more than 63 characters
        return False
    readable = name.isprintable() and domain.isprintable() and value.isprintable()
    return readable and re.fullmatch(r"[!#$%&'*+/=?^_`{|}~.\w-]+", local, re.ASCII) is not None


def _placeholders(pattern: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    except ValueError:  # an unpaired brace
        return {pattern}
