"""What is followed, as OPML: out to a file, and in from one."""

from __future__ import annotations

from pathlib import Path

from digest.cli.finding import Offer
from digest.cli.following import Following, unused
from digest.config import source_name
from digest.config.edit import Table
from digest.errors import ConfigError
from digest.read.feed import Outline, read_opml, write_opml

_TITLE = "What digest follows"
_KINDS = ("feed", "page", "sitemap", "article")


def give(following: Following) -> tuple[bytes, int]:
    """The sources on the web as OPML, and how many others were left out."""
    web = [it for it in following.sources if it.kind in _KINDS and "://" in it.place]
    outlines = [
        Outline(title=source_name(it), feed_url=it.place, section=it.section, kind=it.kind)
        for it in web
    ]
    return write_opml(outlines, _TITLE), len(following.sources) - len(web)


def take(following: Following, file: Path, *, private: bool) -> tuple[int, int]:
    """Add the sources of a file; how many were added, and how many were known."""
    try:
        data = file.read_bytes()
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}"
        raise ConfigError(str(file), why, "Name an OPML file.") from error
    outlines: dict[str, Outline] = {}
    for it in read_opml(data, str(file)):
        outlines.setdefault(it.feed_url, it)
    new = [it for url, it in outlines.items() if not following.find(url)]
    names = {source_name(table) for table in following.sources}
    tables: list[Table] = []
    for it in new:
        name = unused(it.title, names) if it.title != it.feed_url else None
        names.add(name or it.feed_url)
        offer = Offer(kind=it.kind, address=it.feed_url, what="OPML")
        tables.append(following.table(offer, name=name, section=it.section, private=private))
    if tables:
        following.add(tables)
    return len(new), len(outlines) - len(new)
