"""``python -m tests.bench.bench_summary``: the summarizer's speed, beside that of its peers.

Ratios are what to read: the machine may be busy. Nothing here is asserted. Peers are measured
where they are installed (``pip install digest[bench]``):

* sumy's LexRank picks sentences and knows no quotes. It gets our sentence splitter, since its own
  wants data from the network.
* textacy's `direct_quotations` reads the parse of a spaCy model, which must be downloaded apart:
  it is not comparable.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from statistics import median

import digest
from digest.model import Article, Span
from digest.sources.folder import load
from digest.summary import quotes, summarize
from digest.text import PARAGRAPH_BREAK, sentences, words

ROOT = Path(__file__).parent.parent.parent
#: Characters of an article, and how many there are.
LENGTH, COUNT = 5_000, 60
SIZES = (250_000, 500_000, 1_000_000)
Work = Callable[[Article], object]


def main() -> None:
    """Print speeds, then how time grows with the length of hostile texts."""
    articles = list(islice(english(), COUNT))
    size = sum(len(article.text) for article in articles) / len(articles)
    print(f"{len(articles)} English articles of {size:,.0f} characters, one process, CPU time")
    ours = speed("lead and key quote", summarize, articles)
    speed("every quote with its speaker", quotes, articles)
    for count in (1, 3):
        peer = lexrank(count)
        name = f"sumy LexRank, {count} sentence{'s' * (count > 1)}"
        if peer is None:
            print(f"  {name:32} not installed")
        else:
            print(f"  {'':32} {ours / speed(name, peer, articles[:10]):.0f} x as fast")
    installed = "installed, but " if find_spec("textacy") else "not installed, and "
    print(f"  {'textacy direct_quotations':32} {installed}not comparable: needs a parser model")
    growth()


def english() -> Iterator[Article]:
    """Articles of about `LENGTH` characters, made of the paragraphs of the English reports."""
    now = datetime.now(UTC)
    files = sorted(file for file in (ROOT / "seeds").rglob("*.*") if "interview" not in file.name)
    read = [digest.read(load(file, now=now)) for file in files]
    samples = [article for article in read if article.language.startswith("en")]
    for number in range(COUNT):
        first = samples[number % len(samples)]
        parts, step = [first.text], 1 + number // len(samples)
        while len(PARAGRAPH_BREAK.join(parts)) < LENGTH:
            parts.append(samples[(number + step) % len(samples)].text)
            step += 1
        text = PARAGRAPH_BREAK.join(parts)[: LENGTH + 200]
        yield Article(id=str(number), title=first.title, text=text, language="en")


def speed(name: str, work: Work, articles: list[Article]) -> float:
    """Articles per second of CPU time, printed and returned."""
    took = median(sum(seconds(work, one) for one in articles) for _ in range(5))
    rate = len(articles) / took
    print(f"  {name:32} {rate:8,.0f} articles/s")
    return rate


def seconds(work: Work, article: Article) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work(article)
    return time.process_time() - start


class Tokenizer:
    """What sumy needs of a language."""

    def to_sentences(self, text: str) -> tuple[str, ...]:
        """The sentences of a paragraph."""
        found = sentences(text, Span(0, len(text)), "en")
        return tuple(text[span.start : span.end] for span in found)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence."""
        return tuple(words(sentence))


def lexrank(count: int) -> Work | None:
    """Sumy's LexRank for that many sentences, or None without sumy."""
    if find_spec("sumy") is None:
        return None
    parser = import_module("sumy.parsers.plaintext").PlaintextParser
    summarizer = import_module("sumy.summarizers.lex_rank").LexRankSummarizer()

    def pick(article: Article) -> object:
        return summarizer(parser.from_string(article.text, Tokenizer()).document, count)

    return pick


PROSE = "The council closed the old bridge on Monday, said Mara Holt. "
HOSTILE = {
    "paragraphs of prose": PROSE * 6 + "\n\n",
    "one line of prose": PROSE,
    "one line without a stop": "word ",
    "straight marks": '"',
    "pairs of marks": '"a" ',
    "opening marks": "“",
    "closing marks": "”",
    "quotes that nobody closes": "“We will open it again in spring\n\n",
    "quotes by a pronoun": '"We will open it again," he said.\n\n',
    "quotes by a new name each": '"We will open it again," {} said.\n\n',
}


def growth() -> None:
    """Seconds for lead and key quote, and for all quotes, at each size."""
    print("seconds at " + ", ".join(f"{size:,}" for size in SIZES) + " characters")
    for name, piece in HOSTILE.items():
        made = [hostile(piece, size) for size in SIZES]
        for work in (summarize, quotes):
            times = [seconds(work, one) for one in made]
            listed = "  ".join(f"{took:7.2f}" for took in times)
            print(f"  {name:28} {work.__name__:10} {listed}   x{times[-1] / times[0]:.1f}")


def hostile(piece: str, size: int) -> Article:
    """An article of one piece, over and over; each with another name where it has room for one."""
    count = size // len(piece) + 1
    named = "{}" in piece
    text = "".join(map(piece.format, map(name, range(count)))) if named else piece * count
    text = text[:size]
    return Article(id="x", title="A title", text=text, language="en")


def name(number: int) -> str:
    """A capitalised word of its own for each number below 26 to the fifth power."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(5)).title()


if __name__ == "__main__":
    main()
