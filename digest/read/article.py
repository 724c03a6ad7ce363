"""The verb between a document and an article.

    Document -> text -> Draft -> Article

The draft is the format's business; what an article promises is settled here: clean text, an id
that depends on the words and their paper, a language, addresses that can be printed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit, urlunsplit

from digest.errors import ReadError, WallError
from digest.model import Article, Document
from digest.read.draft import Draft, Line
from digest.read.encoding import decode
from digest.read.feed.links import absolute, canonical
from digest.read.forwarded import unwrap_text
from digest.read.fragment import read_fragment
from digest.read.html import read_html
from digest.read.language import language
from digest.read.markdown import read_markdown
from digest.read.markup import is_feed
from digest.read.repeats import Furniture, without
from digest.read.scraped import read_scraped
from digest.read.walls import TOLD, Wall
from digest.text import PARAGRAPH_BREAK, shorten, squeeze

_LARGEST = 20_000_000
_LONGEST_TITLE, _LONGEST_FIELD = 300, 200
_LONGEST_TITLE_LINE = 120
# Mail programs and servers cut or refuse longer ones.
_LONGEST_ADDRESS = 2000
_MOST_LINKS = 20
_YEARS = range(1990, 2101)
_EVIDENTLY_HTML = re.compile(
    r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?(?:<!--.{0,999}?-->\s{0,99})?"
    r"<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_LOOKED_AT = 4096


def read(document: Document, *, furniture: Furniture = ()) -> Article:
    """The article that a document holds, without the ``furniture`` that its site repeats.

    Raises `ReadError` where it is empty, too large, no text, or holds no article, and `WallError`
    where it is a page that stands in front of one.
    """
    found = draft(document)
    if found.wall:
        kind = Wall(found.wall)
        raise WallError(document.origin, *TOLD[kind], kind)
    text = PARAGRAPH_BREAK.join(without(_paragraphs(found), furniture))
    if not text:
        raise ReadError(document.origin, "no article text found")
    title, _ = _title(found, document)
    site = _field(found.site)
    url = _page(found, document)
    image = _address(found.image, document.url or url)
    published = _plausible(found.published)
    return Article(
        id=_identity(title, text, site or "", url or ""),
        title=title,
        text=text,
        byline=_field(found.byline),
        published=published,
        dated_by=found.dated_by if published else "",
        language=language(found.language, text),
        tags=found.tags,
        site=site,
        url=url,
        image=image if image != url else None,
        links=_links(found, document.url or url),
        section=_section(found, document),
        source=document.source,
        origin=document.origin,
    )


def _paragraphs(found: Draft) -> tuple[str, ...]:
    return tuple(filter(None, map(squeeze, found.paragraphs)))


def explain(document: Document) -> tuple[Line, ...]:
    """Every line or block of a document, with its class and the rule that gave it.

    The reading is the one of `read`, and so are its errors, except that a document without an
    article can be explained.
    """
    found = draft(document)
    title, rule = _title(found, document)
    if not rule:
        return found.lines
    return (*found.lines, Line(number=len(found.lines) + 1, text=title, label="title", rule=rule))


def draft(document: Document) -> Draft:
    """What the reader of the document's format makes of it."""
    if len(document.data) > _LARGEST:
        raise ReadError(
            document.origin,
            f"is too large: {len(document.data) // 1_000_000} MB",
            f"At most {_LARGEST // 1_000_000} MB are read",
        )
    reader = _READERS.get(document.media_type.lower())
    if not reader and _is_page(document):
        reader = _html
    if not reader:
        raise ReadError(
            document.origin,
            f"has a media type that cannot be read: {document.media_type}",
            f"Accepted are {', '.join(_READERS)}",
        )
    return reader(document)


def _is_page(document: Document) -> bool:
    """Whether it is a web page under a wrong name: many servers call theirs what they like."""
    top = document.data[:_LOOKED_AT].decode("utf-8", "ignore").removeprefix("\ufeff")
    return bool(_EVIDENTLY_HTML.match(top))


def _text(document: Document) -> str:
    return decode(document.data, document.charset, where=document.origin)


def _plain(document: Document) -> Draft:
    text = _text(document)
    if _EVIDENTLY_HTML.match(text):
        return read_html(text, document.url, document.entry)
    return unwrap_text(text) or read_scraped(text)


def _html(document: Document) -> Draft:
    if document.fragment:
        return read_fragment(_text(document), document.entry)
    text = _text(document)
    if is_feed(text):
        remedy = "Name it as feed =, or give the address of the article."
        raise ReadError(document.origin, "is a feed and no page", remedy)
    return read_html(text, document.url, document.entry)


def _markdown(document: Document) -> Draft:
    return read_markdown(_text(document), document.origin)


def _message(document: Document) -> Draft:
    from digest.read.message import read_message

    return read_message(document.data, document.origin)


_READERS: dict[str, Callable[[Document], Draft]] = {
    "text/plain": _plain,
    "text/markdown": _markdown,
    "text/html": _html,
    "application/xhtml+xml": _html,
    "message/rfc822": _message,
}


def _title(found: Draft, document: Document) -> tuple[str, str]:
    """The title, and the rule that gave it unless the document did."""
    if title := squeeze(found.title):
        return shorten(title, _LONGEST_TITLE), ""
    for paragraph in map(squeeze, found.paragraphs[:1]):
        if paragraph:
            return shorten(
                paragraph, _LONGEST_TITLE_LINE
            ), "no title found: the first words of the text"
    return _stem(document), "no title found: the file's name"


def _stem(document: Document) -> str:
    path = urlsplit(document.url or "").path.rstrip("/") or document.origin
    return squeeze(re.sub(r"[-_]+", " ", PurePosixPath(path).stem)) or document.origin


def _identity(*parts: str) -> str:
    """The same words of the same paper give the same id, whatever file or spacing they come in."""
    words = " ".join("\n".join(parts).casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def _section(found: Draft, document: Document) -> str | None:
    """What front matter says, else the folder's. A page's own label does not count: every paper
    has other labels, and an issue would fall into sections of one story.
    """
    own = _field(found.section) if document.media_type == "text/markdown" else None
    name = own or document.section
    return name[:1].upper() + name[1:] if name else None


def _field(value: str | None) -> str | None:
    return shorten(squeeze(value or ""), _LONGEST_FIELD) or None


def _plausible(day: date | None) -> date | None:
    return day if day and day.year in _YEARS else None


def _page(found: Draft, document: Document) -> str | None:
    """The article's own address, without what tracks its readers."""
    entry = document.entry
    url = (
        _address(found.url, document.url)
        or _address(document.url)
        or _address(entry.url if entry else None)
    )
    return canonical(url) if url else None


def _links(found: Draft, base: str | None) -> tuple[str, ...]:
    """The first addresses on other hosts that the body links to."""
    own = urlsplit(base or "").hostname
    there = filter(None, (absolute(link, base) for link in found.links))
    elsewhere = (link for link in there if urlsplit(link).hostname != own)
    return tuple(islice(dict.fromkeys(elsewhere), _MOST_LINKS))


def _address(url: str | None, base: str | None = None) -> str | None:
    """An absolute ``http(s)`` address without credentials and fragment; else None.

    White space is treated as browsers do (WHATWG URL, 4.4).
    """
    written = re.sub(r"[\t\n\r]", "", (url or "").strip())
    try:
        parts = urlsplit(urljoin(base or "", re.sub(r"\s", "%20", written)))
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or "%" in parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    address = urlunsplit((parts.scheme, host + port, parts.path, parts.query, ""))
    return address if len(address) <= _LONGEST_ADDRESS else None
