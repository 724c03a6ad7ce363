"""The furniture of a site, learnt from its pages: paragraphs that several of them repeat.

furniture = learn(article.text for article in articles_of_one_host)
read(document, furniture=furniture)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b

from digest.text import PARAGRAPH_BREAK, words

#: Pages of one host that must share a paragraph.
LEAST = 3
# Longer ones stand on several pages because these tell the same story.
_LONGEST = 400

#: Hashes of the repeated paragraphs, in order: small, and the same for the same pages.
Furniture = tuple[str, ...]


def learn(texts: Iterable[str], *, least: int = LEAST) -> Furniture:
    """The paragraphs that stand in at least ``least`` of the articles' texts of one host."""
    pages = ({_mark(each) for each in text.split(PARAGRAPH_BREAK)} for text in texts)
    times = Counter(mark for page in pages for mark in page if mark)
    return tuple(sorted(mark for mark, count in times.items() if count >= least))


def without(paragraphs: Sequence[str], furniture: Collection[str]) -> tuple[str, ...]:
    """The paragraphs that are no furniture; all of them if nothing else would be left."""
    known = frozenset(furniture)
    if not known:
        return tuple(paragraphs)
    kept = tuple(each for each in paragraphs if _mark(each) not in known)
    return kept or tuple(paragraphs)


def _mark(paragraph: str) -> str:
    """What a paragraph is known by, whatever its figures; empty for a long one."""
    if len(paragraph) > _LONGEST:
        return ""
    said = " ".join("0" if word.isdigit() else word for word in words(paragraph))
    return blake2b(said.encode(), digest_size=8).hexdigest() if said else ""
