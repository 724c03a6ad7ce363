"""Why a fetch failed: one error, with a kind that the caller can act on."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

from digest.errors import SourceError
from digest.text import shorten, squeeze

_CREDENTIALS = re.compile(r"(//)[^/?#]*@")


class Fault(StrEnum):
    """What kind of failure it was."""

    #: 410: the server says that it will not come back.
    GONE = "gone"
    #: 404.
    MISSING = "missing"
    #: Never asked: the address, its scheme, its network or robots.txt forbids it.
    BLOCKED = "blocked"
    #: 429, or 503 with a time to come back at.
    THROTTLED = "throttled"
    #: 401, 403 and every other 4xx.
    REFUSED = "refused"
    TIMEOUT = "timeout"
    #: No such host, no connection, or one that broke.
    NETWORK = "network"
    TLS = "tls"
    TOO_LARGE = "too-large"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    #: An answer that is not HTTP as it should be, or a body that cannot be unpacked.
    BROKEN = "broken"
    #: 5xx.
    SERVER = "server"


_MOMENT = "%Y-%m-%d %H:%M:%S UTC"

_REMEDIES = {
    Fault.GONE: "Remove the source, or name its new address.",
    Fault.MISSING: "Check the address; the site may have moved it.",
    Fault.BLOCKED: "Check the address.",
    Fault.THROTTLED: "A later run tries again; ask less often if it stays so.",
    Fault.REFUSED: "See whether it opens in a browser; the site may want a login or keep bots out.",
    Fault.TIMEOUT: "A later run tries again.",
    Fault.NETWORK: "Check the address and the connection; a later run tries again.",
    Fault.TLS: "The site has to mend it; nothing is fetched without a valid certificate.",
    Fault.TOO_LARGE: "Raise max_size of the source if it is meant to be that large.",
    Fault.TOO_MANY_REDIRECTS: "Open it in a browser, and name the address where it ends.",
    Fault.BROKEN: "A later run tries again.",
    Fault.SERVER: "A later run tries again.",
}


class FetchError(SourceError):
    """A URL could not be fetched. ``where`` is the URL that was asked for, without credentials."""

    def __init__(
        self,
        where: str,
        why: str,
        remedy: str = "",
        kind: Fault = Fault.BROKEN,
        status: int | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(shown(where), why, remedy or _REMEDIES[kind])
        self.kind = kind
        #: The status code, where there was an answer.
        self.status = status
        #: When the server wishes to be asked again (UTC).
        self.retry_at = retry_at

    def seen_from(self, start: str) -> FetchError:
        """The same failure as it looks from the address that a redirect came from."""
        if shown(start) == self.where:
            return self
        why = f"leads to {self.where}, which {self.why}"
        error = FetchError(start, why, self.remedy, self.kind, self.status, self.retry_at)
        error.__cause__ = self.__cause__
        return error


def shown(text: str) -> str:
    """An address as a message may print it: without credentials, on one short line."""
    return shorten(squeeze(_CREDENTIALS.sub(r"\1", text)), 300)


def refusal(where: str, status: int, retry_at: datetime | None) -> FetchError:
    """What a status code that is neither a document nor a redirect means."""
    kind, why = _meaning(status, waits=retry_at is not None)
    until = f" until {retry_at:{_MOMENT}}" if retry_at and kind is Fault.THROTTLED else ""
    return FetchError(where, f"{why}{until} ({status})", "", kind, status, retry_at)


def held(where: str, until: datetime) -> FetchError:
    """Not asked, since the host said so to an earlier request."""
    why = f"is on a host that asks to be left alone until {until:{_MOMENT}}"
    return FetchError(where, why, "", Fault.THROTTLED, None, until)


def _meaning(status: int, *, waits: bool) -> tuple[Fault, str]:
    if status == 410:
        return Fault.GONE, "is gone for good"
    if status == 404:
        return Fault.MISSING, "was not found"
    if status == 429 or (status == 503 and waits):
        return Fault.THROTTLED, "asks to be left alone"
    if 400 <= status < 500:
        return Fault.REFUSED, "refuses the request"
    if status >= 500:
        return Fault.SERVER, "reports a fault of its server"
    return Fault.BROKEN, "answers with something that is no document"
