"""Addresses as they may be printed: the same characters in the HTML and in the text part."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

from digest.text import squeeze
from digest.tokens import HOST

# What RFC 3986 allows in a path, query or fragment, with ``%`` for what is already encoded.
_SAFE = "%/:?@!$&'()*+,;=-._~[]"


def printable(url: str | None) -> str | None:
    """``url`` in ASCII, safe in an attribute and on a line of its own; None unless http(s).

    An HTML serialiser percent-encodes a link on its own; done here, both parts say the same.
    """
    try:
        parts = urlsplit(squeeze(url or ""))
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        host = _ascii_host(parts.netloc)
    except ValueError:
        return None
    path, query, fragment = (quote(part, safe=_SAFE) for part in parts[2:])
    link = urlunsplit((parts.scheme, host, path, query, fragment))
    return None if HOST in link else link


def host(url: str | None) -> str | None:
    """The name that a reader would call the site by, where it gives no better one."""
    name = urlsplit(url).hostname if url else None
    return name.removeprefix("www.") if name else None


def _ascii_host(netloc: str) -> str:
    """``netloc`` with an international name in its ``xn--`` form, as browsers write it (UTS 46)."""
    if not netloc.isascii():
        import idna

        name, colon, port = netloc.partition(":")
        try:
            name = idna.encode(name, uts46=True).decode()
        except idna.IDNAError:  # older rules allow more; of "ß" they make "ss", another site
            name = name.encode("idna").decode()
        netloc = f"{name}{colon}{port}"
    return quote(netloc, safe=_SAFE)
