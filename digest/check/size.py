"""How large a message is, and where Gmail would clip it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from digest.check.css import rules
from digest.check.finding import Finding, Level
from digest.check.proof import Proof, words_of

#: Bytes of HTML: Gmail shows about so many and hides the rest behind a link.
CLIP = 102 * 1024
#: Safely below the clip, and where there is little room left.
_FULL, _NEARLY = 100 * 1024, 85 * 1024
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
        level=Level.ERROR if sizes.html > _FULL else Level.WARNING,
        what=f"HTML of {sizes.html:,} bytes, {sizes.html / CLIP:.0%} of what Gmail shows",
        where=where,
        why=f"Gmail clips at about {CLIP:,} bytes, and without its styles the rest looks broken",
        remedy="Lower edition.budget or select.max_stories",
    )


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
