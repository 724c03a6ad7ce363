"""What a server answered: the fetch's result, and what its header fields mean.

Sources: RFC 9110 (HTTP semantics), RFC 9111 (caching).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

#: Longest time that an answer counts as fresh, and that a server may ask to be left alone for.
MAX_FRESH, MAX_WAIT = timedelta(days=365), timedelta(days=1)
#: A longer validator is not kept: no server has need of it.
MAX_VALIDATOR = 1_000

_LISTS = ("cache-control", "content-encoding")
_MAX_AGE = re.compile(r'\bmax-age\s*=\s*"?([0-9]+)', re.IGNORECASE)
_NOT_FRESH = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]{1,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server knows a version of a document by; sent back to ask whether it changed."""

    #: ETag, with its quotation marks.
    etag: str | None = None
    #: Last-Modified, in the server's own words.
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What a fetch brought."""

    #: Where it was found in the end.
    url: str
    #: Where the permanent redirects at the start of the way lead: the address to remember.
    moved: str | None
    #: 200, or 304 if it is what the validators stand for.
    status: int
    #: The body, unpacked; empty with 304.
    data: bytes
    #: Without parameters, in lower case.
    media_type: str
    charset: str | None
    validators: Validators
    #: How long it need not be asked for again; None if the server does not say.
    fresh_for: timedelta | None
    #: Seconds from the first byte sent to the last received, without the waiting for a turn.
    latency: float


def read_fields(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Header fields by lower-case name. Of a field that comes twice the first counts, or both as
    a list where it is one."""
    fields: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), _decode(value)
        if key in fields:
            text = f"{fields[key]}, {text}" if key in _LISTS else fields[key]
        fields[key] = text
    return fields


def media_type(fields: Mapping[str, str]) -> tuple[str, str | None]:
    """Media type and charset of Content-Type."""
    value = fields.get("content-type", "")
    charset = _CHARSET.search(value)
    name = value.partition(";")[0].strip().lower()
    return name or "application/octet-stream", charset[1].lower() if charset else None


def validators(fields: Mapping[str, str], known: Validators) -> Validators:
    """ETag and Last-Modified, where they can be sent back, else those that are ``known``."""
    etag, modified = (
        value if value and len(value) <= MAX_VALIDATOR else None
        for value in (fields.get("etag"), fields.get("last-modified"))
    )
    return Validators(etag=etag or known.etag, modified=modified or known.modified)


def fresh_for(fields: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer stays fresh by Cache-Control, else by Expires; None if neither says."""
    control = fields.get("cache-control", "")
    if _NOT_FRESH.search(control):
        return timedelta(0)
    if age := _MAX_AGE.search(control):
        return _seconds(age[1], MAX_FRESH) - min(_age(fields), _seconds(age[1], MAX_FRESH))
    if "expires" not in fields:
        return None
    # A date that cannot be read, such as "0" or "-1", means: already stale (RFC 9111, 5.3).
    expires = read_date(fields["expires"]) or now
    served = read_date(fields.get("date", "")) or now
    return min(max(expires - served, timedelta(0)), MAX_FRESH)


def retry_at(fields: Mapping[str, str], now: datetime) -> datetime | None:
    """When Retry-After wishes the next request, at most `MAX_WAIT` from now."""
    value = fields.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return now + _seconds(value, MAX_WAIT)
    date = read_date(value)
    return date and min(max(date, now), now + MAX_WAIT)


def read_date(value: str) -> datetime | None:
    """A date of HTTP in any of its three spellings, in UTC; None if it is none."""
    try:
        date = parsedate_to_datetime(value[:100])
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _age(fields: Mapping[str, str]) -> timedelta:
    """How long a cache on the way has held the answer."""
    age = fields.get("age", "").strip()
    return _seconds(age, MAX_FRESH) if age.isascii() and age.isdigit() else timedelta(0)


def _seconds(digits: str, most: timedelta) -> timedelta:
    """A count of seconds of any length, cut to ``most``."""
    return most if len(digits) > 9 else min(timedelta(seconds=int(digits)), most)


def _decode(value: bytes) -> str:
    """Fields are ASCII; a Location in UTF-8 is common enough to be understood."""
    try:
        return value.decode("utf-8").strip()
    except UnicodeDecodeError:
        return value.decode("latin-1").strip()
