"""Who may talk to the page, and what the page itself may do.

A browser sends requests to a server on its own machine for any page that it shows. So the Host
must be ours (DNS rebinding), no other site may ask for anything but a plain visit (Fetch
Metadata, Origin), and where others on the network can reach us a token is asked for.
"""

from __future__ import annotations

import hmac
import ipaddress
import platform
import re
import socket
from dataclasses import dataclass, field
from functools import cache
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: A Host header: a name or an address, and a port unless that is 80.
_HOST = re.compile(r"(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})

#: What every answer says unless it says something else.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def frame_policy(*, images: bool) -> str:
    """The policy of a mail in its frame: it has its styles and nothing else.

    With ``images`` it may load those from the network.
    """
    sources = "data: https: http:" if images else "data:"
    return (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src {sources}; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Stands before the application and turns away what does not belong here."""

    app: ASGIApp
    #: The address that is listened on, and the port.
    host: str
    port: int
    #: What a visitor must know; empty where only this machine can reach us.
    token: str = field(default="", repr=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._turned_away(scope, Headers(scope=scope)) or self.app
        await answer(scope, receive, sealed)

    def _turned_away(self, scope: Scope, headers: Headers) -> Response | None:
        if not self._is_ours(headers.get("host", "")):
            return PlainTextResponse("There is no such host here.", 421)
        if not _is_from_here(headers, is_get=scope["method"] in {"GET", "HEAD"}):
            return PlainTextResponse("Other sites may not ask for this.", 403)
        return self._admitted(scope, headers) if self.token else None

    def _is_ours(self, host: str) -> bool:
        """Whether a Host header names us: by a name that no other site can make its own."""
        match = _HOST.fullmatch(host.lower())
        if match is None or (match[2] or "80") != str(self.port):
            return False
        name = match[1].removesuffix(".")
        if name in _LOOPBACK | {bracketed(self.host.lower()).removesuffix(".")}:
            return True
        return bool(self.token) and (_is_ip(name.strip("[]")) or name in _own_names())

    def _is_known(self, headers: Headers) -> bool:
        try:
            morsel = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return False
        return _same(morsel.value if morsel else "", self.token)

    @property
    def _cookie(self) -> str:
        """Cookies are one for all ports of a host; each preview needs its own."""
        return f"digest_preview_{self.port}"

    def _admitted(self, scope: Scope, headers: Headers) -> Response | None:
        """A visitor whose link holds the token gets a cookie in its place."""
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        told = query.pop("token", [])
        is_told = any(_same(it, self.token) for it in told)
        if not is_told and not self._is_known(headers):
            return PlainTextResponse("The link that was printed at the start is needed.", 401)
        if not told or scope["method"] not in {"GET", "HEAD"}:
            return None
        # Not where others may read it: in the address bar, the history, a picture of the screen.
        rest = urlencode(query, doseq=True)
        path = "/" + scope["path"].lstrip("/")  # two of them would lead to another host
        answer = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(self._cookie, self.token, httponly=True, samesite="strict")
        return answer


def _is_from_here(headers: Headers, *, is_get: bool) -> bool:
    """Whether our own page asks, or somebody who typed the address or followed a link to it."""
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{headers.get('host')}":
        return False
    if not is_get:
        return origin is not None
    if headers.get("sec-fetch-site", "none") in {"same-origin", "none"}:
        return True
    return (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == (
        "navigate",
        "document",
    )


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@cache
def _own_names() -> frozenset[str]:
    """What this machine is called: by itself, by its network, and by multicast DNS."""
    name = platform.node().lower()
    return frozenset({name, socket.getfqdn().lower(), f"{name.partition('.')[0]}.local"}) - {""}


def bracketed(host: str) -> str:
    """A name or an address as it stands in a URL."""
    return f"[{host}]" if ":" in host else host


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens on ``host``."""
    if host.lower() == "localhost":
        return True
    return _is_ip(host) and ipaddress.ip_address(host).is_loopback
