"""What is wrong with the account or its server, as opposed to one message.

DigestError
└── ServerError             the server cannot be used: wrong host, certificate, password, size
    └── BusyError           the server cannot be used now; a later try may go well
"""

from __future__ import annotations

from digest.errors import DigestError


class ServerError(DigestError):
    """The mail server cannot be used as it is configured; no recipient is to blame."""


class BusyError(ServerError):
    """The mail server cannot be used now; nothing says that it will stay so."""
