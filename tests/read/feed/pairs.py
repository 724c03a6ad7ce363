"""Files beside what they are expected to hold: the tables of the tests."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from digest.errors import ReadError
from digest.model import Document, Entry, Feed

DATA = Path(__file__).parent.parent.parent / "data" / "feeds"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

Found = TypeVar("Found")


def document(data: bytes, **changes: Any) -> Document:
    """``data`` as fetched from a site that takes no part in the tests."""
    values: dict[str, Any] = {
        "origin": "https://news.example/",
        "url": "https://news.example/",
        "media_type": "text/html",
        "fetched": NOW,
    }
    return Document(data=data, **(values | changes))


def expected(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.with_suffix(".toml").read_text("utf-8"))


def differences(feed: Feed, wanted: dict[str, Any]) -> Iterator[str]:
    """Where ``feed`` is not as wanted; only what is named is compared, "" stands for None."""
    yield from _differing(feed, {k: v for k, v in wanted.items() if k != "entries"}, "feed")
    entries = wanted["entries"]
    if len(entries) != len(feed.entries):
        yield f"{len(feed.entries)} entries and not {len(entries)}: {feed.entries}"
    for entry, facts in zip(feed.entries, entries, strict=False):
        yield from _differing(entry, facts, entry.title)


def _differing(value: Entry | Feed, wanted: dict[str, Any], name: str) -> Iterator[str]:
    for key, want in wanted.items():
        got = getattr(value, key)
        got = list(got) if isinstance(got, tuple) else got
        if got != want and (got or want):
            yield f"{name}: {key} is {got!r} and not {want!r}"


def attempt(read: Callable[[], Found]) -> Found | None:
    """What ``read`` gives; None where it refuses with the one error that it may raise."""
    try:
        return read()
    except ReadError:
        return None
