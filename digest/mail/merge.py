"""A part cut once at its merge tokens, so that a reader's own copy is made by joining bytes.

In encoded text a soft line break may stand within a token. So the text is cut first, and each
piece is encoded on its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from digest.errors import RenderError
from digest.mail.quoted import decoded, quoted_printable, segment
from digest.tokens import HOST, UNSUBSCRIBE, VIEW, Place, places


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The HTML or the text of an edition: one more literal than places, in turns."""

    #: Quoted-printable.
    literals: tuple[bytes, ...]
    places: tuple[Place, ...]
    #: Whether it is HTML, in which values are escaped.
    markup: bool

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The part in quoted-printable, with ``values`` at the places of their names."""
        pieces = [self.literals[0]]
        for place, literal in zip(self.places, self.literals[1:], strict=True):
            value = values.get(place.name) or place.default
            pieces += (segment(escape(value) if self.markup else value), literal)
        return b"".join(pieces)

    def shown(self, values: Mapping[str, str]) -> str:
        """The part as a reader sees it: the very bytes of `fill`, decoded."""
        return decoded(self.fill(values))


def cut(content: str, links: Mapping[str, str | None], *, markup: bool) -> Part:
    """``content`` cut at its tokens.

    Args:
        content: The HTML or the text of an edition.
        links: The newsletter's links by the names of their places; None for one that differs
            from reader to reader, any other is put in for good.
        markup: Whether ``content`` is HTML.

    Raises `RenderError` for a token that means nothing here, and for a link without a token.
    """
    found = places(content)
    _check(content, found, links, part="HTML" if markup else "text")
    literals, kept = [""], []
    position = 0
    for place in found:
        literals[-1] += content[position : place.start]
        position = place.end
        if link := links.get(place.name):
            literals[-1] += escape(link) if markup else link
        else:
            kept.append(place)
            literals.append("")
    encoded = (*map(segment, literals[:-1]), quoted_printable(literals[-1] + content[position:]))
    return Part(literals=encoded, places=tuple(kept), markup=markup)


def _check(
    content: str, found: Sequence[Place], links: Mapping[str, str | None], *, part: str
) -> None:
    if content.count(HOST) != len(found):
        starts = {place.start for place in found}
        start = content.find(HOST)
        while start in starts:
            start = content.find(HOST, start + 1)
        raise RenderError(part, f"unknown merge token {content[start : start + 60]!r}")
    names = {place.name for place in found}
    for name, token in (("UNSUBSCRIBE", UNSUBSCRIBE), ("VIEW", VIEW)):
        if name in links and name not in names:
            raise RenderError(part, f"the merge token {token} is missing")
        if name in names and name not in links:
            raise RenderError(part, f"the newsletter has no link for the merge token {token}")
