"""The words of an article as its feed gives them: a piece of HTML, and nothing around it."""

from __future__ import annotations

import re

from digest.model import Entry
from digest.read.blocks import Block, blocks, links
from digest.read.draft import Draft, Line
from digest.read.markup import cut_unseen, parse
from digest.read.pictures import picture_in
from digest.read.trimming import Verdicts, trim

# What content systems put under an entry: where it comes from, and where it goes on.
_TRAILER = re.compile(
    r"(?:the post .{1,300}|der beitrag .{1,300}|l['’]article .{1,300}|la entrada .{1,300}"
    r"|l['’]articolo .{1,300}|o post .{1,300})?"
    r"\b(?:appeared first on|first appeared on|erschien zuerst auf|est apparu en premier sur"
    r"|(?:apareció|se publicó) primero en|proviene da|apareceu primeiro em)\b.{0,200}"
    r"|(?:continue reading|read more|weiterlesen|lire la suite|seguir leyendo|leggi tutto)"
    r"\W{0,9}(?:\S.{0,200})?[→»…]?",
    re.IGNORECASE,
)
_LONGEST_TRAILER = 600
_CAPTIONS = frozenset(("figcaption", "figure"))


def read_fragment(html: str, entry: Entry | None = None) -> Draft:
    """The article that ``html`` is; its facts are those of the feed's ``entry``."""
    tree = parse(f"<div>{html}</div>")
    if tree is None:
        return Draft()
    cut_unseen(tree)
    page = blocks(tree)
    verdicts = _verdicts(page, entry.title if entry else "")
    body = [page[index] for index in sorted(verdicts) if verdicts[index][0] == "body"]
    picture = picture_in(tree)
    return Draft(
        title=entry.title if entry else "",
        paragraphs=tuple(block.text for block in body),
        byline=entry.byline if entry else None,
        published=entry.published if entry else None,
        dated_by="feed" if entry and entry.published else "",
        language=entry.language if entry else None,
        site=entry.site if entry else None,
        url=entry.url if entry else None,
        image=(entry.image if entry else None) or (picture.value if picture else None),
        links=tuple(links(body)),
        tags=entry.tags if entry else (),
        lines=tuple(
            Line(
                number=number,
                text=block.text,
                label=verdicts[number - 1][0],
                rule=verdicts[number - 1][1],
            )
            for number, block in enumerate(page, start=1)
        ),
    )


def _verdicts(page: list[Block], title: str) -> Verdicts:
    found: Verdicts = dict.fromkeys(range(len(page)), ("body", "the feed gives it"))
    found |= {i: ("caption", "caption of a picture") for i, b in enumerate(page) if _is_caption(b)}
    for index in reversed(range(len(page))):
        text = page[index].text
        if len(text) > _LONGEST_TRAILER or not _TRAILER.fullmatch(text):
            break
        found[index] = ("furniture", "says where the entry comes from or goes on")
    kept = [index for index in sorted(found) if found[index][0] == "body"]
    return found | trim(page, kept, title)


def _is_caption(block: Block) -> bool:
    return block.tag in _CAPTIONS or any(
        parent.tag == "figcaption" for parent in block.element.iterancestors()
    )
