"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from digest.errors import ReadError
from digest.read.feed.items import Channel, Item
from digest.read.feed.words import from_plain

_VERSION = re.compile(r"jsonfeed\.org/version/([\d.]{1,5})")


def read_json(text: str, where: str) -> Channel:
    """The channel of a JSON Feed. Raises `ReadError` for JSON that is something else."""
    try:
        # Lax: a raw line break inside a string is the commonest fault.
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise ReadError(where, "is neither XML nor JSON that can be read") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise ReadError(where, "is JSON but no JSON Feed: it has no list of items")
    version = _VERSION.search(_text(found, "version"))
    return Channel(
        dialect=f"JSON Feed {version[1].strip('.')}" if version else "JSON Feed",
        title=_text(found, "title"),
        site=_text(found, "home_page_url") or None,
        language=_text(found, "language"),
        authors=tuple(_authors(found)),
        items=(_item(item) for item in items if isinstance(item, dict)),
    )


def _item(item: dict[str, Any]) -> Item:
    plain = _text(item, "content_text")
    return Item(
        id=_text(item, "id"),
        links=tuple(filter(None, (_text(item, key) for key in ("url", "external_url", "id")))),
        title=_text(item, "title"),
        teaser=from_plain(_text(item, "summary")),
        body=_text(item, "content_html") or from_plain(plain),
        authors=tuple(_authors(item)),
        published=(_text(item, "date_published"),),
        updated=(_text(item, "date_modified"),),
        language=_text(item, "language"),
        images=(_text(item, "image"), _text(item, "banner_image"), *_attached(item)),
        tags=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
    )


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    # Half of a character outside of the basic plane, which JSON can write, is none.
    return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else ""


def _list(item: dict[str, Any], key: str) -> list[Any]:
    value = item.get(key)
    return value if isinstance(value, list) else []


def _authors(item: dict[str, Any]) -> Iterator[str]:
    """``authors`` of version 1.1, ``author`` of 1.0; some write the bare name."""
    for author in [*_list(item, "authors"), item.get("author")]:
        if isinstance(author, dict):
            yield _text(author, "name")
        elif isinstance(author, str):
            yield author


def _attached(item: dict[str, Any]) -> Iterator[str]:
    for attachment in _list(item, "attachments"):
        if isinstance(attachment, dict) and _text(attachment, "mime_type").startswith("image/"):
            yield _text(attachment, "url")
