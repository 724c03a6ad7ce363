"""Feeds: megabytes a second, beside feedparser as it comes and fastfeedparser where installed.

    python -m tests.bench.bench_feeds

The feeds are made here, by what ordinary ones are like: a dozen to fifty entries, with the whole
article or a teaser, as CDATA or escaped. Best of a few rounds of CPU time; the ratio between the
columns is the figure to compare between machines.
"""

from __future__ import annotations

import html
import json
import random
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO

from digest.model import Document
from digest.read.feed import read_feed

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ROUNDS = 7
WORDS = re.findall(
    r"\w+",
    "the of and a to in is that it was for on as with harbour council ferry bridge orchard library "
    "museum tramway theatre winter evening morning said would after before nobody everybody café "
    "naïve façade ships boats gulls money meters vote votes debate spring autumn",
)
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
)


def prose(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count)).capitalize() + "."


def article(chance: random.Random, paragraphs: int) -> str:
    link = '<a href="https://post.example/a?b=1&amp;c=2">elsewhere</a>'
    return "\n".join(
        f"<p>{prose(chance, chance.randint(40, 90))} {link}</p>" for _ in range(paragraphs)
    )


def rss(count: int, paragraphs: int, *, cdata: bool = True) -> bytes:
    """RSS 2.0 with a teaser, and the article where ``paragraphs`` is not 0."""
    chance = random.Random(4)  # noqa: S311  # the same feed each time
    items = []
    for n in range(count):
        body = article(chance, paragraphs)
        inside = f"<![CDATA[{body}]]>" if cdata else html.escape(body)
        content = f"<content:encoded>{inside}</content:encoded>" if body else ""
        items.append(
            f"<item><title>{html.escape(prose(chance, 8))}</title>"
            f"<link>https://post.example/2026/11/story-{n}?utm_source=rss</link>"
            f'<guid isPermaLink="false">post-{n}</guid>'
            f"<pubDate>{format_datetime(NOW.replace(minute=n % 60))}</pubDate>"
            f"<dc:creator>Nora Quill</dc:creator><category>Town</category>"
            f"<category>Harbour</category><description>{prose(chance, 30)}</description>{content}"
            f'<media:content url="https://img.example/{n}.jpg" medium="image" width="800"/></item>'
        )
    channel = "<title>The Ansel Courier</title><link>https://post.example/</link>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NAMESPACES}>'
        f"<channel>{channel}{''.join(items)}</channel></rss>"
    ).encode()


def atom(count: int, paragraphs: int) -> bytes:
    """Atom 1.0 with the article as escaped HTML."""
    chance = random.Random(5)  # noqa: S311  # the same feed each time
    entries = "".join(
        f"<entry><title>{prose(chance, 8)}</title><id>tag:post.example,2026:{n}</id>"
        f'<link href="https://post.example/{n}"/><updated>{NOW.isoformat()}</updated>'
        f"<author><name>Nora Quill</name></author>"
        f'<content type="html">{html.escape(article(chance, paragraphs))}</content></entry>'
        for n in range(count)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>The Ansel Courier</title>{entries}</feed>"
    ).encode()


def json_feed(count: int, paragraphs: int) -> bytes:
    chance = random.Random(6)  # noqa: S311  # the same feed each time
    items = [
        {
            "id": str(n),
            "url": f"https://post.example/{n}",
            "title": prose(chance, 8),
            "content_html": article(chance, paragraphs),
            "date_published": NOW.isoformat(),
        }
        for n in range(count)
    ]
    whole = {"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items}
    return json.dumps(whole).encode()


def ours(data: bytes) -> int:
    document = Document(origin="bench", data=data, media_type="text/xml", fetched=NOW)
    return len(read_feed(document).entries)


def feedparser(data: bytes) -> int:
    return len(import_module("feedparser").parse(BytesIO(data)).entries)


def fastfeedparser(data: bytes) -> int:
    return len(import_module("fastfeedparser").parse(data).entries)


def best(work: Callable[[bytes], int], data: bytes, rounds: int) -> float:
    """Seconds of CPU that ``work`` takes at its best."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        work(data)
        times.append(time.process_time() - begin)
    return min(times)


def main() -> None:
    feeds = {
        "RSS, whole articles in CDATA": (rss(30, 20), 30),
        "RSS, whole articles escaped": (rss(30, 20, cdata=False), 30),
        "Atom, whole articles escaped": (atom(30, 20), 30),
        "RSS, teasers only": (rss(50, 0), 50),
        "JSON Feed, whole articles": (json_feed(30, 20), 30),
    }
    peers = [p for p in (ours, feedparser, fastfeedparser) if p is ours or find_spec(p.__name__)]
    totals = dict.fromkeys(peers, 0.0)
    failures = 0
    print(f"{'MB/s':32}" + "".join(f"{peer.__name__:>16}" for peer in peers))
    for name, (data, entries) in feeds.items():
        failures += ours(data) != entries
        seconds = {peer: best(peer, data, 3 if peer is feedparser else ROUNDS) for peer in peers}
        for peer in peers:
            totals[peer] += seconds[peer]
        figures = "".join(f"{len(data) / 1e6 / seconds[peer]:16.1f}" for peer in peers)
        print(f"{name:32}{figures}")
    size = sum(len(data) for data, _ in feeds.values()) / 1e6
    print(f"{'all':32}" + "".join(f"{size / totals[peer]:16.1f}" for peer in peers))
    print(f"{size:.2f} MB, {failures} failures")


if __name__ == "__main__":
    main()
