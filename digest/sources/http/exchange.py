"""One request and its answer on one connection. Imported late: httpcore costs start-up time."""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from socket import EAI_NONAME, gaierror
from typing import cast

import httpcore

from digest.sources.http.address import PORTS, Address
from digest.sources.http.answer import read_fields
from digest.sources.http.body import PackingError, TooLargeError, unpack
from digest.sources.http.faults import Fault, FetchError
from digest.sources.http.hosts import Host, Limits
from digest.sources.http.lines import ForbiddenError, Lines
from digest.text import squeeze

#: Statuses whose body is the document.
WITH_DOCUMENT = (200, 203)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, of whatever status."""

    status: int
    fields: Mapping[str, str]
    #: The document, unpacked.
    data: bytes = b""


class Exchange:
    """Asks, each time on a connection of its own choice."""

    def __init__(self, lines: Lines, limits: Limits) -> None:
        self._lines = lines
        self._limits = limits

    async def ask(
        self,
        host: Host,
        address: Address,
        headers: Sequence[tuple[str, str]],
        *,
        private: bool,
        max_size: int,
    ) -> Answer:
        """The answer for ``address``. Raises `FetchError` if it is unusable or there is none."""
        times = {
            "connect": self._limits.connect,
            "read": self._limits.read,
            "write": self._limits.read,
        }
        with _explained(address, self._limits):
            async with (
                self._lines.line(host, address, private=private) as line,
                line.stream(
                    "GET",
                    _url(address),
                    headers=[(name.encode(), value.encode()) for name, value in headers],
                    extensions={"timeout": times},
                ) as response,
            ):
                return await _answer(response, address, max_size)


async def _answer(response: httpcore.Response, address: Address, max_size: int) -> Answer:
    fields = read_fields(response.headers)
    if response.status not in WITH_DOCUMENT:
        return Answer(status=response.status, fields=fields)
    return Answer(status=200, fields=fields, data=await _body(response, address, fields, max_size))


def _url(address: Address) -> httpcore.URL:
    port = None if address.port == PORTS[address.scheme] else address.port
    return httpcore.URL(scheme=address.scheme, host=address.host, port=port, target=address.target)


async def _body(
    response: httpcore.Response, address: Address, fields: Mapping[str, str], max_size: int
) -> bytes:
    length = fields.get("content-length", "")
    if re.fullmatch("[0-9]+", length) and (len(length) > 18 or int(length) > max_size):
        raise _too_large(address, max_size)
    packed = bytearray()
    try:
        stream = cast("AsyncGenerator[bytes, None]", response.aiter_stream())
        async with aclosing(stream) as pieces:
            async for piece in pieces:
                packed += piece
                if len(packed) > max_size:
                    raise TooLargeError
        return unpack(bytes(packed), fields.get("content-encoding", ""), max_size)
    except TooLargeError:
        raise _too_large(address, max_size) from None
    except httpcore.RemoteProtocolError as error:
        raise FetchError(str(address), "breaks off in the middle of its body") from error
    except PackingError as error:
        why = "has a body that is cut short or not packed as its header says"
        raise FetchError(str(address), why, status=response.status) from error


def _too_large(address: Address, max_size: int) -> FetchError:
    why = f"is larger than the {max_size / 1e6:g} MB that are allowed"
    return FetchError(str(address), why, "", Fault.TOO_LARGE)


@contextmanager
def _explained(address: Address, limits: Limits) -> Iterator[None]:
    """Failures of the network in plain words."""
    try:
        yield
    except (
        ForbiddenError,
        OSError,
        httpcore.ConnectionNotAvailable,
        httpcore.TimeoutException,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
    ) as error:
        raise _explain(address, error, limits) from error


def _explain(address: Address, error: Exception, limits: Limits) -> FetchError:
    where = str(address)
    if isinstance(error, ForbiddenError):
        return FetchError(where, error.why, error.remedy, Fault.BLOCKED)
    if isinstance(error, httpcore.ConnectTimeout):
        why = f"takes no connection within {limits.connect:g} seconds"
        return FetchError(where, why, "", Fault.TIMEOUT)
    if isinstance(error, httpcore.TimeoutException):
        return FetchError(where, f"sends nothing for {limits.read:g} seconds", "", Fault.TIMEOUT)
    if isinstance(error, httpcore.ProxyError):
        why = f"cannot be reached through the proxy: {squeeze(str(error))}"
        return FetchError(where, why, "Check the proxy.", Fault.NETWORK)
    if isinstance(error, httpcore.ProtocolError):
        return _misspoken(where, str(error))
    return _unreachable(where, address.host, _causes(error))


def _misspoken(where: str, words: str) -> FetchError:
    if "disconnected" in words:
        return FetchError(where, "hangs up without an answer", "", Fault.NETWORK)
    return FetchError(where, f"does not speak HTTP as it should: {squeeze(words)[:200]}")


def _unreachable(where: str, host: str, causes: Sequence[BaseException]) -> FetchError:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = f"has a certificate that is not valid: {cause.verify_message}"
            return FetchError(where, why, "", Fault.TLS)
        if isinstance(cause, ssl.SSLError):
            why = f"cannot be reached safely: {cause.reason or 'TLS failed'}"
            return FetchError(where, why, "", Fault.TLS)
        if isinstance(cause, gaierror):
            known = cause.errno != EAI_NONAME
            why = f"is at {host}, which {'has no address now' if known else 'nobody knows'}"
            return FetchError(where, why, "", Fault.NETWORK)
    numbers = [cause.errno for cause in causes if isinstance(cause, OSError) and cause.errno]
    why = os.strerror(numbers[0]).lower() if numbers else "the connection broke"
    return FetchError(where, f"cannot be reached: {why}", "", Fault.NETWORK)


def _causes(error: BaseException) -> Sequence[BaseException]:
    """The error and all that led to it; httpcore drops some causes but not their context."""
    causes: list[BaseException] = []
    link: BaseException | None = error
    while link and link not in causes:
        causes.append(link)
        link = link.__cause__ or link.__context__
    return causes
