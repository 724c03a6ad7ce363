"""Whether the plain text says what the HTML says: its headlines and its links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from digest.check.finding import Finding, Level
from digest.check.proof import Proof, all_words, words_of
from digest.check.reading import PART

_BLANKS = re.compile(r"\s+")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+")
#: What ends a sentence is no part of an address in it.
_TAIL = ".,;:!?'’”»)]"
#: Headlines and links of each part that are looked for in the other: each is a walk through it.
_MOST = 1_000
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def check_parity(proof: Proof) -> Iterator[Finding]:
    missing = [name for name, part in (("text", proof.text), ("HTML", proof.html)) if not part]
    if missing and not proof.is_whole:
        return
    if missing:
        yield Finding(
            rule="parts",
            level=Level.ERROR,
            what=f"the message has no {' and no '.join(missing)}",
            why="Some readers see nothing at all, and filters take it for spam",
            remedy="Write both templates, the HTML's and the text's",
        )
        return
    yield from _headlines(proof)
    yield from _links(proof)


def _headlines(proof: Proof) -> Iterator[Finding]:
    text = _dense((proof.text or "")[:PART])
    headings = (it for it in proof.root.iter(_HEADINGS) if it not in proof.hidden)
    found = (words_of(it) for it in islice(headings, _MOST))
    missing = dict.fromkeys(words for words in found if _dense(words) not in text)
    yield from _finding(
        "parity-headlines", "a headline of the HTML is not in the text", tuple(missing)
    )


def _links(proof: Proof) -> Iterator[Finding]:
    hrefs = dict.fromkeys(it.get("href", "").strip() for it in proof.root.iter("a"))
    text = (proof.text or "")[:PART]
    in_text = dict.fromkeys(_ADDRESS.findall(text))
    missing = [it for it in hrefs if _ADDRESS.fullmatch(it) and it not in in_text]
    missing = [it for it in missing[:_MOST] if it not in text]
    yield from _finding("parity-links", "a link of the HTML is not in the text", missing)
    words = _dense(all_words(proof.root))
    extra = sorted(it for it in in_text if it not in hrefs)
    extra = [it for it in extra[:_MOST] if not _is_in_html(it, hrefs, words)]
    yield from _finding("parity-extra", "an address of the text is not in the HTML", extra)


def _is_in_html(address: str, hrefs: dict[str, None], words: str) -> bool:
    """An address may be a link, or words of an article that are printed in both."""
    return any(it in hrefs or it in words for it in (address, address.rstrip(_TAIL)))


def _finding(rule: str, what: str, where: Sequence[str]) -> Iterator[Finding]:
    if where:
        yield Finding(
            rule=rule,
            level=Level.WARNING,
            what=what,
            where=tuple(where),
            why="Who reads the one part misses what stands in the other, and filters compare them",
            remedy="Print it in both templates of the theme",
        )


def _dense(text: str) -> str:
    """``text`` without blanks: lines are wrapped, and Japanese ones at any character."""
    return _BLANKS.sub("", text)
