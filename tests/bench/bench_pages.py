"""``python -m tests.bench.bench_pages PAGES [SCRAPED]``: pages and scraped texts beside the peers.

``PAGES`` is a folder with ``gold.json.gz`` (by id: url, title, author, date, text) and a file
``ID.html.gz`` for each; ``SCRAPED`` one with ``en-dev.jsonl.gz`` (rows with scraped and text).
Peers are measured where they are installed; nothing is fetched.

A body is scored by its shingles of four words, counted: precision and recall are means over the
pages, F1 is theirs. A scorer that calls ``function(html, url) -> text`` is given
``tests.bench.bench_pages:page_text`` or ``tests.bench.bench_pages:scraped_text``.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from digest.errors import ReadError
from digest.model import Article, Document
from digest.read import read

Extractor = Callable[[str, str], str]
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SHINGLE = 4


class Gold(NamedTuple):
    """A page or scraped text, and what is right for it."""

    source: str
    url: str
    text: str
    facts: dict[str, str | None]


def pages(folder: Path) -> Iterator[Gold]:
    gold = json.loads(gzip.decompress((folder / "gold.json.gz").read_bytes()))
    for name, row in gold.items():
        html = gzip.decompress((folder / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        facts = {key: row.get(key) for key in ("title", "author", "date")}
        yield Gold(html, row.get("url") or "", row["text"], facts)


def scraped(folder: Path) -> Iterator[Gold]:
    for line in gzip.decompress((folder / "en-dev.jsonl.gz").read_bytes()).splitlines():
        row = json.loads(line)
        yield Gold(row["scraped"], "", row["text"], {})


# --- ours


def article(source: str, url: str, media_type: str = "text/html") -> Article | None:
    data = source.encode("utf-8", "replace")
    try:
        return read(
            Document(
                origin="gold",
                data=data,
                media_type=media_type,
                charset="utf-8",
                fetched=NOW,
                url=url or None,
            )
        )
    except ReadError:
        return None


def page_text(html: str, url: str) -> str:
    found = article(html, url)
    return found.text if found else ""


def scraped_text(text: str, _url: str) -> str:
    found = article(text, "", "text/plain")
    return found.text if found else ""


# --- peers on pages


def trafilatura(**options: bool) -> Extractor:
    extract = import_module("trafilatura").extract
    return lambda html, url: extract(html, url=url, include_comments=False, **options) or ""


def readability() -> Extractor:
    document = import_module("readability").Document
    tree = import_module("lxml.html").fromstring
    return lambda html, _url: "\n".join(tree(document(html).summary()).itertext())


def resiliparse() -> Extractor:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda html, _url: str(extract(html, main_content=True))


def newspaper4k() -> Extractor:
    module = import_module("newspaper")

    def extract(html: str, url: str) -> str:
        found = module.Article(url or "https://host.invalid/", fetch_images=False)
        found.download(input_html=html)
        found.parse()
        return str(found.text)

    return extract


def goose3() -> Extractor:
    goose = import_module("goose3").Goose({"enable_image_fetching": False})
    return lambda html, _url: str(goose.extract(raw_html=html).cleaned_text)


def boilerpy3() -> Extractor:
    extractor = import_module("boilerpy3.extractors").ArticleExtractor(raise_on_failure=False)
    return lambda html, _url: str(extractor.get_content(html))


def justext() -> Extractor:
    module = import_module("justext")
    stops = module.get_stoplist("English")

    def extract(html: str, _url: str) -> str:
        found = module.justext(html.encode(), stops)
        return "\n".join(each.text for each in found if not each.is_boilerplate)

    return extract


PEERS: dict[str, tuple[str, Callable[[], Extractor]]] = {
    "trafilatura, default": ("trafilatura", trafilatura),
    "trafilatura, with metadata": ("trafilatura", lambda: trafilatura(with_metadata=True)),
    "trafilatura, fast": ("trafilatura", lambda: trafilatura(fast=True)),
    "trafilatura, precision": ("trafilatura", lambda: trafilatura(favor_precision=True)),
    "trafilatura, recall": ("trafilatura", lambda: trafilatura(favor_recall=True)),
    "readability-lxml": ("readability", readability),
    "resiliparse": ("resiliparse", resiliparse),
    "newspaper4k": ("newspaper", newspaper4k),
    "goose3": ("goose3", goose3),
    "boilerpy3": ("boilerpy3", boilerpy3),
    "jusText": ("justext", justext),
}

# --- peers on scraped text

_STOP = re.compile(r"[.!?…]['\"”’»)\]]{0,2}$")
_POLICY = ("cookie", "terms of use", "privacy policy", "javascript", "lorem ipsum")


def c4(text: str, _url: str) -> str:
    """The line rules of C4 (Raffel et al., JMLR 2020, section 2.2)."""
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(
        line
        for line in lines
        if line.endswith((".", "!", "?", '"', "”"))
        and not line.endswith("...")
        and len(line.split()) >= 5
        and not any(word in line.lower() for word in _POLICY)
    )


def run_of_lines(text: str, _url: str) -> str:
    """The run of lines with the greatest sum: words less 18, and 20 for or against its end."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    best, run, start, total = 0, (0, 0), 0, 0
    for index, line in enumerate(lines):
        cut = line.endswith(("...", "…"))
        if total <= 0:
            start, total = index, 0
        total += (
            min(len(line.split()), 60) - 18 - 20 * cut + 20 * bool(_STOP.search(line)) * (not cut)
        )
        if total > best:
            best, run = total, (start, index + 1)
    return "\n".join(lines[slice(*run)])


# --- scores


@cache
def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(
        tuple(words[i : i + SHINGLE]) for i in range(max(bool(words), len(words) - SHINGLE + 1))
    )


def score(name: str, extract: Extractor, golds: Sequence[Gold]) -> float:
    """F1 of an extractor, printed with the rest of its figures."""
    precisions, recalls, spent = [], [], 0.0
    safely(extract, golds[0])
    for gold in golds:
        began = time.process_time()
        text = safely(extract, gold)
        spent += time.process_time() - began
        wanted, found = shingles(gold.text), shingles(text)
        both = sum((wanted & found).values())
        if found:
            precisions.append(both / found.total())
        recalls.append(both / max(1, wanted.total()))
    precision, recall = fmean(precisions or [0.0]), fmean(recalls)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    rate = len(golds) / max(1e-9, spent)
    print(f"  {name:28} F1 {f1:.4f}  P {precision:.3f}  R {recall:.3f}  {rate:6.0f} /CPU-s")
    return f1


def safely(extract: Extractor, gold: Gold) -> str:
    try:
        return extract(gold.source, gold.url) or ""
    except Exception:  # noqa: BLE001 - a peer's crash is an empty text, whatever it is
        return ""


def facts(golds: Sequence[Gold]) -> None:
    """How often title, authors and day are right, and how often a day is given where none is."""
    found = [article(gold.source, gold.url) for gold in golds]
    rights: dict[str, list[bool]] = {"title": [], "author": [], "date": [], "undated": []}
    for gold, each in zip(golds, found, strict=True):
        if gold.facts["title"]:
            rights["title"].append(plain(each.title if each else "") == plain(gold.facts["title"]))
        if gold.facts["author"]:
            rights["author"].append(
                people(each.byline if each else "") == people(gold.facts["author"])
            )
        day = str(each.published)[:10] if each and each.published else ""
        if gold.facts["date"]:
            rights["date"].append(day == gold.facts["date"][:10])
        else:
            rights["undated"].append(bool(day))
    shares = "  ".join(f"{name} {fmean(right):.3f}" for name, right in rights.items() if right)
    print(f"  facts, ours: {shares} (the last: a date where there is none)")


def people(names: str | None) -> frozenset[str]:
    parts = re.split(r",|;|&|\band\b", names or "")
    return frozenset(filter(None, (plain(part).strip(" .") for part in parts)))


def plain(text: str | None) -> str:
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    return " ".join(folded.translate(str.maketrans("’‘“”–—", "''\"\"--")).split())


def two_processes(golds: Sequence[Gold]) -> None:
    """How much faster two processes are than one, by the clock."""
    walls = []
    for count in (1, 2):
        with ProcessPoolExecutor(count) as pool:
            list(pool.map(_length, golds[: 4 * count], chunksize=4))
            began = time.perf_counter()
            list(pool.map(_length, golds, chunksize=4))
            walls.append(time.perf_counter() - began)
    print(f"  two processes: {walls[0] / walls[1]:.2f} x as fast as one")


def _length(gold: Gold) -> int:
    return len(page_text(gold.source, gold.url))


def main(arguments: Sequence[Any]) -> None:
    if not arguments:
        sys.exit(__doc__)
    golds = list(pages(Path(arguments[0])))
    print(f"{len(golds)} pages, one process, CPU time")
    score("digest, with all facts", page_text, golds)
    facts(golds)
    for name, (module, make) in PEERS.items():
        if find_spec(module):
            score(name, make(), golds)
        else:
            print(f"  {name:28} not installed")
    two_processes(golds)
    if len(arguments) > 1:
        rows = list(scraped(Path(arguments[1])))
        print(f"{len(rows)} scraped texts")
        ours = score("digest", scraped_text, rows)
        best = max(score("run of lines", run_of_lines, rows), score("C4 line rules", c4, rows))
        print(f"  ours less the best line filter: {ours - best:+.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])
