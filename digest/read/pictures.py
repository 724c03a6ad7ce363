"""The lead image of a page: large, absolute in the end, and in a format that mail programs show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from digest.read import jsonld
from digest.read.facts import Fact, Said

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Pixels below which a picture is an icon, and how many of a text's pictures are looked at.
_LEAST, _MOST = 120, 10
_LONGEST_SET = 20_000
# What Outlook and older programs do not show (caniemail.com, "Image formats").
_UNSHOWN = re.compile(
    r"\.(?:webp|avif|jxl|heic|bmp|tiff?)(?:\?|$)|[?&](?:format|fm|f)=(?:webp|avif)", re.IGNORECASE
)
_NEVER = re.compile(r"\.svgz?(?:\?|$)|^data:", re.IGNORECASE)
# Names of files that are no picture of the story.
_ORNAMENT = re.compile(
    r"(?:^|[^a-z])(?:logos?|icons?|favicon|sprites?|avatars?|gravatar|placeholders?|blank|spacer"
    r"|pixel|1x1|transparent|default[-_](?:image|og|share|social))(?:[^a-z]|$)",
    re.IGNORECASE,
)
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-image", "src")
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_CANDIDATES = re.compile(r",\s+|(?<=\d[wx]),")
_NUMBER = re.compile(r"\d{1,5}")


class _Picture(NamedTuple):
    url: str
    found: str
    #: In pixels, where the page says.
    width: int | None = None
    height: int | None = None


def lead_image(said: Said, text: HtmlElement | None = None) -> Fact | None:
    """The page's own choice, else the feed's, else the first in the ``text`` itself."""
    return _best([*_declared(said), *(_inside(text) if text is not None else ())])


def picture_in(text: HtmlElement) -> Fact | None:
    """The first picture of a text."""
    return _best(list(_inside(text)))


def _best(pictures: Sequence[_Picture]) -> Fact | None:
    """The first picture; one that mail programs cannot show only where there is no other."""
    fitting = [each for each in pictures if _is_picture(each)]
    shown = (each for each in fitting if not _UNSHOWN.search(_file(each.url)))
    best = next(shown, None) or next(iter(fitting), None)
    return Fact(best.url, best.found) if best else None


def _declared(said: Said) -> Iterator[_Picture]:
    sizes = (
        _pixels(said.metas.get("og:image:width", [])[:1]),
        _pixels(said.metas.get("og:image:height", [])[:1]),
    )
    for fact in said.meta("og:image:secure_url", "og:image", "og:image:url"):
        yield _Picture(fact.value, fact.found, *sizes)
    for fact in said.meta("twitter:image", "twitter:image:src"):
        yield _Picture(fact.value, fact.found)
    for url, width, height in jsonld.images(said.article.get("image")):
        yield _Picture(url, "JSON-LD image", _pixels([width]), _pixels([height]))
    if said.entry and said.entry.image:
        yield _Picture(said.entry.image, "feed")


def _inside(text: HtmlElement) -> Iterator[_Picture]:
    """The pictures that stand in an element, whichever attribute hides their address."""
    for image in islice(text.iter("img", "amp-img"), _MOST):
        width, height = _pixels([image.get("width")]), _pixels([image.get("height")])
        for url in _addresses(image):
            yield _Picture(url, "picture in the text", width, height)


def _addresses(image: HtmlElement) -> Iterator[str]:
    sets = (image.get(name) for name in _SETS)
    for candidates in filter(None, sets):
        yield from largest(candidates)
    yield from filter(None, (image.get(name) for name in _LAZY))


def largest(srcset: str) -> Iterator[str]:
    """The address of the largest picture in a ``srcset`` (HTML, 4.8.4.2.1)."""
    listed = _CANDIDATES.split(srcset[:_LONGEST_SET])
    candidates = (each.strip(" ,").split() for each in listed)
    sized = [(_size(parts[1:]), parts[0]) for parts in candidates if parts]
    if sized:
        yield max(sized, key=lambda pair: pair[0])[1]


def _size(descriptor: list[str]) -> float:
    """The width, or the number of pixels for one, that a candidate is meant for."""
    try:
        return float(descriptor[0].rstrip("wx")) if descriptor else 1.0
    except ValueError:
        return 0.0


def _pixels(values: Sequence[str | None]) -> int | None:
    for value in values:
        if number := _NUMBER.match((value or "").strip()):
            return int(number[0])
    return None


def _is_picture(picture: _Picture) -> bool:
    small = any(size is not None and size < _LEAST for size in (picture.width, picture.height))
    file = _file(picture.url)
    return not (
        small or _NEVER.search(file) or _NEVER.search(picture.url) or _ORNAMENT.search(file)
    )


def _file(url: str) -> str:
    """The name of the file and how it is asked for."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    name = parts.path.rsplit("/", 1)[-1]
    return f"{name}?{parts.query}" if parts.query else name
