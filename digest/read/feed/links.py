"""Addresses: absolute, of the web only, and without what tracks the reader."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

#: Outlook opens no longer one, and what is longer carries a session rather than an address.
LONGEST = 2048

_PORTS = {"http": 80, "https": 443}
# What `address` and `canonical` would give back as it is: most addresses of most feeds.
_PLAIN = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[\w/.~%+,;=@!$'()*:-]*", re.ASCII)
# Browsers take these out of an address (WHATWG URL, 4.4).
_BREAKS = str.maketrans("", "", "\t\n\r\0")
_UNSAFE = re.compile(r"[\s<>\"`{}|\\^\x00-\x20\x7f]")
# Parameters that say how a reader came, and nothing about where to.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa|at)_[^=]*|_?hsenc|_hsmi|hsctatracking|mc_[ce]id|mkt_tok"
    r"|(?:fb|g|d|y|tw|tt|msclk|igsh|li_fat_|rdt_c|sc_c|ep)(?:cl)?id|gclsrc|[gw]braid|igsh|_openstat"
    r"|ref_(?:src|url)|__twitter_impression|(?:vero|oly_anon|oly_enc|wickedid|spm|cmp|ncid)(?:_?id)?"
    r"|wt[._]mc(?:_id)?|xtor|guccounter|guce_referr\w*|ns_(?:campaign|mchannel|source|linkname|fee)"
    r"|s_cid|smid|sr_share|cmpid|_ga|_gl|ga_(?:source|medium|campaign|content|term)|trk_?\w*",
    re.IGNORECASE,
)


def absolute(href: str | None, base: str | None = None) -> str | None:
    """The canonical address that ``href`` means on a page at ``base``; None as `address` says."""
    if href and len(href) <= LONGEST and _PLAIN.fullmatch(href):
        return href
    found = address(href, base)
    return canonical(found) if found else None


def address(href: str | None, base: str | None = None) -> str | None:
    """The address that ``href`` means on a page at ``base``, with all its parameters.

    None for what is no address of the web (``javascript:``, ``data:``, a broken host), is longer
    than `LONGEST`, or is relative to nothing.
    """
    href = (href or "").strip().translate(_BREAKS)
    if not href or len(href) > LONGEST:
        return None
    try:
        found = urljoin(base, href) if base else href
        parts = urlsplit(found)
        is_web = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    found = _UNSAFE.sub(_escape, found)
    return found if is_web and len(found) <= LONGEST else None


def canonical(url: str) -> str:
    """``url`` as it is compared and printed.

    Tracking parameters, the fragment, the default port, and a user's name and password are taken
    away, and the host is in lower case. What remains keeps its order and its spelling. A string
    that is no address of the web comes back as it is.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            return url
        host = _host(parts)
    except ValueError:
        return url
    kept = "&".join(p for p in parts.query.split("&") if not _tracks(p)) if parts.query else ""
    return _UNSAFE.sub(_escape, urlunsplit((parts.scheme, host, parts.path or "/", kept, "")))


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host.rstrip(".")
    port = parts.port
    return host if port in {None, _PORTS[parts.scheme]} else f"{host}:{port}"


def _tracks(parameter: str) -> bool:
    return bool(_TRACKING.fullmatch(parameter.partition("=")[0]))


def _escape(character: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in character[0].encode("utf-8", "replace"))
