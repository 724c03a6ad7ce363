"""Text with its offsets: cleaning, paragraphs, sentences, and how alike two texts are.

Everything here works on code points, the unit of `digest.model.Span`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from heapq import nsmallest

import sentencex

from digest.model import Span

#: Parts the paragraphs of ``Article.text``.
PARAGRAPH_BREAK = "\n\n"

# Controls that mean nothing in prose, and the embedding and override marks with which a hostile
# title could turn around the text behind it (Unicode TR 36, 3.3). The joiners stay: Persian,
# Indic scripts and emoji need them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
# Written without spaces between words, so that one character stands for a word when texts are
# compared and lengths are counted.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)

#: Words of a shingle, and how many hashes of 8 bytes a sketch keeps.
SHINGLE, SKETCH, HASH = 4, 64, 8


def clean(text: str) -> str:
    """``text`` in NFC with Unix line ends and without control characters or lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


def squeeze(text: str) -> str:
    """``text`` on one line, cleaned, each run of white space one blank."""
    return _SPACES.sub(" ", clean(text)).strip()


def shorten(text: str, limit: int) -> str:
    """``text`` cut at a word's end, with an ellipsis, to at most ``limit`` characters."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    head, blank, _ = kept.rpartition(" ")
    return (head if blank and len(head) > limit // 2 else kept).rstrip(" ,;:–—-") + "…"


def primary(language: str) -> str:
    """The primary subtag of a BCP 47 tag: ``pt-BR`` is ``pt``."""
    return language.partition("-")[0].lower()


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, for a BCP 47 tag."""
    is_arabic_script = "-arab" in language.lower()
    return "rtl" if primary(language) in _RIGHT_TO_LEFT or is_arabic_script else "ltr"


def trim(text: str, span: Span) -> Span:
    """``span`` without the white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of an article's text, in order."""
    spans, start = [], 0
    for paragraph in text.split(PARAGRAPH_BREAK):
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + len(PARAGRAPH_BREAK)
    return tuple(span for span in spans if span.end > span.start)


def sentences(text: str, span: Span, language: str) -> Iterator[Span]:
    """The sentences of ``text[span]``, trimmed, in order, disjoint; none is empty."""
    piece = text[span.start : span.end]
    for boundary in sentencex.get_sentence_boundaries(primary(language), piece):
        sentence = trim(
            text,
            Span(span.start + boundary["start_index"], span.start + boundary["end_index"]),
        )
        if sentence.end > sentence.start:
            yield sentence


def words(text: str) -> list[str]:
    """The words of ``text`` in lower case; each character is one in a script without blanks."""
    return _WORD.findall(_UNSPACED.sub(r" \g<0> ", text.casefold()))


def sketch(text: str) -> bytes:
    """The `SKETCH` smallest hashes of the text's word shingles, in order, `HASH` bytes each.

    Bottom-k sketch: Broder, "On the resemblance and containment of documents" (1997).
    """
    tokens = words(text)
    shingles = {" ".join(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1))}
    hashes = (blake2b(shingle.encode(), digest_size=HASH).digest() for shingle in shingles)
    return b"".join(nsmallest(SKETCH, hashes))


def hashes(sketch: bytes) -> list[bytes]:
    """The single hashes of a sketch, smallest first."""
    return [sketch[i : i + HASH] for i in range(0, len(sketch), HASH)]


def resemblance(one: bytes, other: bytes) -> float:
    """Estimate of the Jaccard similarity of two texts, from their sketches; 0 to 1."""
    a, b = set(hashes(one)), set(hashes(other))
    union = nsmallest(SKETCH, a | b)
    return sum(h in a and h in b for h in union) / len(union) if union else 0.0
