"""How fast a thousand feeds are polled, and whether memory stays flat in their number.

    python -m tests.bench.bench_poll

A server on this machine answers each request after 20 ms. Each poll is a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from tests.builders import body
from tests.webserver import Reply, WebServer, conditional

ROOT = Path(__file__).parent.parent.parent
DELAY = 0.02
ENTRIES = 10

_SETTINGS = '[fetch]\nconnections = 64\nper_host = 64\npause = "0 seconds"\n'
_SOURCE = '[[sources]]\nfeed = "{url}"\nprivate = true\nstart = "{start}"\nfull_text = "never"\n'
_POLL = """
import pathlib, re, sys, time
from digest.wiring import pipeline, project
with pipeline(project(None, folder=pathlib.Path())) as work:
    begin = time.perf_counter()
    done = work.gather()
    took = time.perf_counter() - begin
assert not done.failures, done.failures[0]
memory = re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1]
print(took, int(memory) / 1024, done.new, sum(visit.listed for visit in done.visits))
"""


def feed(number: int, now: datetime) -> bytes:
    """A feed with whole articles: one of an hour ago, the others of last month."""
    items = "".join(
        f"<item><guid>{number}-{n}</guid><title>Story {n} of paper {number}</title>"
        f"<link>https://paper{number}.example/{n}</link>"
        f"<pubDate>{format_datetime(now - timedelta(hours=1, days=30 * bool(n)))}</pubDate>"
        f"<description><![CDATA[<p>{body(number * ENTRIES + n) * 3}</p>]]></description></item>"
        for n in range(ENTRIES)
    )
    return f"<rss version='2.0'><channel><title>{number}</title>{items}</channel></rss>".encode()


def poll(folder: Path) -> tuple[float, float, int, int]:
    """Seconds, peak MB, articles that were new, and entries that were listed."""
    done = subprocess.run(
        [sys.executable, "-c", _POLL],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seconds, memory, new, listed = done.stdout.split()
    return float(seconds), float(memory), int(new), int(listed)


def polls(web: WebServer, count: int, *, start: str, times: int) -> float:
    """Poll ``count`` feeds; what each poll took is printed. The peak MB of the first."""
    peak = 0.0
    with tempfile.TemporaryDirectory() as name:
        sources = (_SOURCE.format(url=web.url(f"/{n}"), start=start) for n in range(count))
        Path(name, "digest.toml").write_text(_SETTINGS + "".join(sources), encoding="utf-8")
        for number in range(1, times + 1):
            before = len(web.log)
            seconds, memory, new, listed = poll(Path(name))
            kept = sum("if-none-match" in asked.headers for asked in web.log[before:])
            print(
                f"{count:,} feeds, poll {number}: {seconds:.1f} s, {listed:,} entries, {new:,} new"
                f" articles read, {kept:,} asked on conditions, {memory:.0f} MB"
            )
            peak = peak or memory
    return peak


def main() -> None:
    now = datetime.now(UTC)
    with WebServer(delay=DELAY) as web:
        for number in range(1_000):
            web[f"/{number}"] = conditional(feed(number, now), etag=f'"{number}"')
        web["/robots.txt"] = Reply(status=404)
        few = polls(web, 100, start="now", times=1)
        many = polls(web, 1_000, start="now", times=2)
        print(f"memory for 1,000 feeds: {many / few:.2f} x that for 100")
        polls(web, 1_000, start="7 days", times=2)


if __name__ == "__main__":
    main()
