"""How large a message is, and where Gmail would clip it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from digest.check.css import rules
from digest.check.finding import Finding, Level
from digest.check.proof import Proof, words_of

#: Bytes of HTML: Gmail shows about so many and hides the rest behind a link. It is told as 102 KB;
#: the lesser of the two meanings is taken, of 1,000 bytes each, as in ``edition.budget``.
CLIP = 102_000
#: A budget of 100 KB with the readers' own links filled in stays below the first, where nothing
#: is left; from the second on there is little room for what a service adds on the way.
_FULL, _NEARLY = 101_000, 85_000
#: Bytes of style sheets: Gmail drops what is beyond; older reports give half.
STYLES = 16 * 1024
_STYLES_OLD = 8 * 1024
_WORDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """Sizes in bytes."""

    #: The whole message.
    message: int
    html: int
    text: int
    #: All style sheets.
    styles: int
    #: The last words before the clip; None if nothing is clipped.
    clipped_after: str | None


def gauge(proof: Proof) -> Gauge:
    html = (proof.html or "").encode()
    return Gauge(
        message=len(proof.raw),
        html=len(html),
        text=len((proof.text or "").encode()),
        styles=proof.styles,
        clipped_after=_last_words(html[:CLIP]) if len(html) > CLIP else None,
    )


def check_size(proof: Proof) -> Iterator[Finding]:
    sizes = gauge(proof)
    if sizes.html > _NEARLY:
        yield _clip(sizes)
    if sizes.styles > _STYLES_OLD:
        yield Finding(
            rule="style-size",
            level=Level.ERROR if sizes.styles > STYLES else Level.WARNING,
            what=f"style sheets of {sizes.styles:,} bytes",
            why=f"Gmail drops those beyond {STYLES:,}, by older reports beyond {_STYLES_OLD:,}",
            remedy="Write less CSS into the head; what every reader needs goes into the elements",
        )
    yield from _nested(proof)


def _clip(sizes: Gauge) -> Finding:
    where = (f"behind “…{sizes.clipped_after}”",) if sizes.clipped_after is not None else ()
    return Finding(
        rule="size",
        level=_level(sizes.html),
        what=f"HTML of {sizes.html / 1000:.1f} KB, {sizes.html / CLIP:.0%} of what Gmail shows",
        where=where,
        why=f"Gmail clips at about {CLIP // 1000} KB, and without its styles the rest looks broken",
        remedy=(
            "Lower edition.budget or select.max_stories"
            if sizes.html > _FULL
            else "Nothing need be done, unless a service adds to it on the way"
        ),
    )


def _level(size: int) -> Level:
    if size > CLIP:
        return Level.ERROR
    return Level.WARNING if size > _FULL else Level.INFO


def _nested(proof: Proof) -> Iterator[Finding]:
    found = [
        " ".join((*rule.around, rule.selector))
        for sheet in proof.root.iter("style")
        for rule in rules(sheet.text or "")
        if len([it for it in (*rule.around, rule.selector) if it.startswith("@")]) > 1
    ]
    if found:
        yield Finding(
            rule="style-nested",
            level=Level.WARNING,
            what="an at-rule inside another",
            where=tuple(found),
            why="Gmail drops the whole style sheet that holds it",
            remedy="Write each at-rule on its own",
        )


def _last_words(html: bytes) -> str:
    parser = etree.HTMLParser(encoding="utf-8")
    root = etree.fromstring(html, parser)
    return words_of(root)[-_WORDS:] if root is not None else ""
