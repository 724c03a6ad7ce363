"""A web address, taken apart once and checked before anything is sent.

One reading of an address is used for the check, the connection, the Host field and the request,
so that no second parser can see another host in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import NoReturn
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from digest.sources.http.faults import Fault, FetchError

#: Longest address in characters; servers and proxies refuse longer ones.
MAX_LENGTH = 2_000
PORTS = {"http": 80, "https": 443}

_BREAKS = re.compile(r"[\t\r\n]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_BRACKET = re.compile(r"[\[\]]")
_BRACKETED = re.compile(r"\[[0-9A-Fa-f:.]+\](?::[0-9]*)?")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_UP_TO_AT = re.compile(r"//.*@")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# What a path and a query may hold as it is (RFC 3986), and the brackets that PHP sites ask with.
_PATH, _QUERY = "/%:@!$&'()*+,;=~", "/?%:@!$&'()*+,;=~[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address of ``http`` or ``https``, in ASCII throughout; ``str()`` gives it back."""

    scheme: str
    #: In lower case; a name as A-labels, an IPv6 address without brackets.
    host: str
    port: int
    #: Path and query.
    target: str = "/"

    @property
    def netloc(self) -> str:
        """Host and port as the Host field has them: the port only where it is not the usual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    def __str__(self) -> str:
        return self.origin + self.target


def read_address(text: str, *, private: bool = False) -> Address:
    """``text`` as an address that may be asked. Raises `FetchError` of `Fault.BLOCKED`.

    Refused are other schemes, credentials, hosts in odd spellings (``0x7f.1``, ``2130706433``,
    a dot at the end), and system ports other than 80 and 443 unless the source is ``private``.
    """
    text = _BREAKS.sub("", text.strip())
    if len(text) > MAX_LENGTH:
        _refuse(text, f"is {len(text):,} characters long", f"At most {MAX_LENGTH:,} are asked for.")
    if _CONTROLS.search(text):
        _refuse(text, "holds control characters", "Copy the address anew.")
    parts, port = _split(text)
    if parts.scheme not in PORTS:
        _refuse(text, "is no address of http: or https:", "Only those are fetched.")
    if "@" in parts.netloc:
        _refuse(text, "holds a user name or password", "Leave them out; none is ever sent.")
    port = PORTS[parts.scheme] if port is None else port
    if port == 0 or (port < 1024 and port not in PORTS.values() and not private):
        why = f"asks for port {port}, which no web site uses"
        _refuse(text, why, "Ports below 1024 other than 80 and 443 need private = true.")
    return Address(scheme=parts.scheme, host=_host(text, parts), port=port, target=_target(parts))


def follow(start: Address, location: str, *, private: bool = False) -> Address:
    """Where a redirect of ``start`` leads. Raises `FetchError` of `Fault.BLOCKED`."""
    try:
        there = urljoin(str(start), _BREAKS.sub("", location.strip()))
    except ValueError:
        _refuse(location, "is no web address", "The site has to mend its redirect.")
    return read_address(there, private=private)


def _split(text: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
        return parts, parts.port
    except ValueError:
        # Nobody knows where its parts end, so all that may be a password goes unseen.
        _refuse(_UP_TO_AT.sub("//", text), "is no web address", "Copy the address anew.")


def _host(text: str, parts: SplitResult) -> str:
    host = _ascii(text, parts.hostname or "")
    if _BRACKET.search(parts.netloc):
        try:
            return IPv6Address(host if _BRACKETED.fullmatch(parts.netloc) else "").compressed
        except AddressValueError:
            _refuse(text, "names a host that is no IPv6 address")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        _refuse(text, "names no host that can exist", "Check the part between // and the next /.")
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(host))
        except AddressValueError:
            _refuse(text, "spells a network address in an odd way", "Write it as 192.0.2.1.")
    return host


def _ascii(text: str, host: str) -> str:
    """``host`` as A-labels (IDNA 2008 with the mapping of UTS 46)."""
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        _refuse(text, "names a host that no registry allows", "Check its letters.")


def _target(parts: SplitResult) -> str:
    target = _quote(parts.path, _PATH) or "/"
    return f"{target}?{_quote(parts.query, _QUERY)}" if parts.query else target


def _quote(text: str, safe: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=safe, errors="replace")


def _refuse(text: str, why: str, remedy: str = "") -> NoReturn:
    raise FetchError(text, why, remedy, Fault.BLOCKED)
