"""``python -m tests.bench [NAME...]``: how fast and how large, against a floor of the same run.

Ratios are what to read: the machine may be busy. Nothing here is asserted. Without names, all of
them run. Quality is measured by ``tests.bench.bench_pages`` and ``tests.bench.quotes``, which take
folders of labelled data.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from digest.model import Document, Span
from digest.pipeline import read_story
from digest.sources.folder import load
from digest.text import sentences
from tests.bench import (
    bench_check,
    bench_feeds,
    bench_mail,
    bench_mailing,
    bench_poll,
    bench_preview,
    bench_render,
    bench_smtp,
    bench_summary,
)
from tests.builders import plain_text

ROOT = Path(__file__).parent.parent.parent


def cpu(work: Callable[[], object], *, times: int) -> float:
    """Median CPU seconds of ``work``, after one warm-up."""
    work()
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return median(spent)


def samples(suffix: str) -> list[Document]:
    files = sorted((ROOT / "seeds").rglob(f"*{suffix}"))
    return [load(file, now=datetime.now(UTC)) for file in files]


def reading(name: str, documents: Sequence[Document], floor: Callable[[Document], object]) -> None:
    ours = cpu(lambda: [read_story(d) for d in documents], times=15) / len(documents)
    least = cpu(lambda: [floor(d) for d in documents], times=15) / len(documents)
    print(f"{name}: {1 / ours:,.0f} articles/s, {ours / least:.1f} x the floor ({floor.__name__})")


def first_sentences(document: Document) -> object:
    text = document.data.decode("utf-8", "replace")
    return list(sentences(text, Span(0, len(text)), "en"))[:3]


def trafilatura_alone(document: Document) -> object:
    import trafilatura

    return trafilatura.extract(document.data, with_metadata=True)


def peak_memory(files: int) -> float:
    """Peak MB of a run over ``files`` articles, in a process of its own.

    Linux's own high-water mark: ``ru_maxrss`` of a child begins at the size of its parent.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "seeds").mkdir()
        for number in range(files):
            file = folder / "seeds" / f"{number}.txt"
            file.write_text(plain_text(number) + plain_text(number + files) * 8, encoding="utf-8")
            os.utime(file, (1_790_000_000, 1_790_000_000))
        code = (
            "import pathlib, re, sys; from digest.cli import main\n"
            "sys.argv = ['digest', 'run']\n"
            "try: main()\n"
            "except SystemExit as done: assert not done.code\n"
            "status = pathlib.Path('/proc/self/status').read_text()\n"
            "print(re.search(r'VmHWM:\\s+(\\d+)', status)[1], file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return int(done.stderr.split()[-1]) / 1024


def start_up() -> tuple[float, float]:
    """Median wall seconds of ``digest --help``, and of an interpreter that does nothing."""

    def wall(*command: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, check=True)
        return time.perf_counter() - start

    times = [(wall("-m", "digest", "--help"), wall("-c", "pass")) for _ in range(15)]
    return median(t[0] for t in times), median(t[1] for t in times)


def whole() -> None:
    """The main job: reading and summarizing, memory of a run, start of the program."""
    reading("text, read and summarized", samples(".txt"), first_sentences)
    reading("HTML, read and summarized", samples(".html"), trafilatura_alone)
    few, many = peak_memory(500), peak_memory(5_000)
    print(f"memory: {few:.0f} MB for 500 files, {many:.0f} MB for 5,000: {many / few:.2f} x")
    ours, least = start_up()
    print(f"digest --help: {ours * 1e3:.0f} ms, {ours / least:.1f} x an empty interpreter")


BENCHES: dict[str, Callable[[], None]] = {
    "whole": whole,
    "summary": bench_summary.main,
    "render": bench_render.main,
    "check": bench_check.main,
    "feeds": bench_feeds.main,
    "poll": bench_poll.main,
    "mail": bench_mail.main,
    "mailing": bench_mailing.main,
    "smtp": bench_smtp.main,
    "preview": bench_preview.main,
}


def main(names: Sequence[str]) -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each start would compile the program
    for name in names or BENCHES:
        if name not in BENCHES:
            sys.exit(f"There is no benchmark {name!r}; these are: {', '.join(BENCHES)}")
        print(f"\n{name}")
        BENCHES[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
