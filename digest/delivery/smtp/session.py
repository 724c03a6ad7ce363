"""A session: connected, greeted, encrypted, logged in. One goes before any message."""

from __future__ import annotations

import os
import ssl
from contextlib import suppress
from socket import EAI_AGAIN, gaierror

from digest.delivery.smtp.extensions import Extensions, extensions
from digest.delivery.smtp.faults import BusyError, ServerError
from digest.delivery.smtp.login import choose, log_in
from digest.delivery.smtp.replies import Reply
from digest.delivery.smtp.values import Mechanism, Server, Trace
from digest.delivery.smtp.wire import LostError, Wire

_LATER = "Nothing is lost: try again later."


class Session:
    """What we know of one connection to ``server``, filled in while it opens."""

    wire: Wire

    def __init__(self, server: Server, trace: Trace | None) -> None:
        self.server = server
        self.greeting = ""
        self.extensions = Extensions()
        self.login: Mechanism | None = None
        self._trace = trace
        self._is_connected = False

    @property
    def tls(self) -> ssl.SSLObject | None:
        """What is known of the encryption; None without one."""
        return self.wire.tls if self._is_connected else None

    async def open(self) -> None:
        """Everything before the first MAIL.

        Raises `ServerError` where no later try would go better, `BusyError` where one may, and
        what ``server.secret`` raises. A session that failed must be closed all the same.
        """
        try:
            await self._open()
        except LostError as error:
            why = f"the server {error} before a message could be sent"
            raise BusyError(self.server.where, why, self._hint() or _LATER) from error

    async def quit(self) -> None:
        """Say QUIT if anybody still listens, and close."""
        try:
            if self._is_connected and self.wire.is_quiet:
                self.wire.write(b"QUIT\r\n")
                with suppress(LostError):
                    await self.wire.reply(self.server.limits.quit)
        finally:
            await self.close()

    async def close(self) -> None:
        """Close without a word."""
        if self._is_connected:
            await self.wire.close()

    async def _open(self) -> None:
        server = self.server
        if server.username is not None and server.security == "none" and not server.is_loopback:
            remedy = 'Set security to "starttls" or "tls".'
            raise ServerError(server.where, "a password is never sent in clear", remedy)
        await self._connect()
        if server.security == "tls":
            await self._encrypt()
        await self._greeted()
        await self._hello()
        if server.security == "starttls":
            await self._start_tls()
        if server.username is not None:
            await self._log_in()

    async def _connect(self) -> None:
        server = self.server
        try:
            self.wire = await Wire.connect(
                server.host, server.port, limit=server.limits.connect, trace=self._trace
            )
        except gaierror as error:
            kind = BusyError if error.errno == EAI_AGAIN else ServerError
            remedy = "Check the host's name, and that this machine is online."
            raise kind(server.where, "no such host", remedy) from error
        except TimeoutError as error:
            why = f"no connection within {server.limits.connect:g} s"
            raise BusyError(server.where, why, "Check host and port, and the firewall.") from error
        except (OSError, UnicodeError) as error:
            errno = getattr(error, "errno", None)
            why = f"no connection: {os.strerror(errno) if errno else error}"
            raise BusyError(server.where, why, "Check host and port.") from error
        self._is_connected = True

    async def _greeted(self) -> None:
        reply = await self.wire.reply(self.server.limits.greeting)
        self.greeting = reply.words
        if not reply.is_positive:
            raise _unwilling(self.server, "the server does not serve us", reply)

    async def _hello(self) -> None:
        name = self.server.hello
        reply = await self._ask(f"EHLO {name}")
        if reply.is_positive:
            self.extensions = extensions(reply)
            return
        if reply.code >= 500:
            reply = await self._ask(f"HELO {name}")
        if not reply.is_positive:
            raise _unwilling(self.server, f"our greeting as {name} was refused", reply)

    async def _start_tls(self) -> None:
        if not self.extensions.starttls:
            remedy = 'Ask for its port with encryption; 465 usually wants security = "tls".'
            raise ServerError(self.server.where, "the server offers no STARTTLS", remedy)
        reply = await self._ask("STARTTLS")
        if not reply.is_positive:
            raise _unwilling(self.server, "the server did not begin TLS", reply)
        await self._encrypt()
        # RFC 3207, 4.2: what was offered in clear may have been tampered with.
        self.extensions = Extensions()
        await self._hello()

    async def _encrypt(self) -> None:
        server = self.server
        try:
            await self.wire.upgrade(_context(server), server.host, limit=server.limits.login)
        except LostError as error:
            raise ServerError(server.where, f"the server {error}", self._hint()) from error
        except ssl.SSLCertVerificationError as error:
            why = f"the server's certificate cannot be trusted: {error.verify_message}"
            remedy = "Check the host's name; name the authority's file as ca if it is your own."
            raise ServerError(server.where, why, remedy) from error
        except ssl.SSLError as error:
            why = f"no encryption: {(error.reason or str(error)).replace('_', ' ').lower()}"
            raise ServerError(server.where, why, self._hint()) from error
        except OSError as error:
            why = f"the encryption did not come about: {error.strerror or error}"
            raise BusyError(server.where, why, self._hint() or _LATER) from error

    async def _log_in(self) -> None:
        mechanism = choose(self.server, self.extensions)
        await log_in(self.wire, self.server, mechanism)
        self.login = mechanism

    async def _ask(self, command: str) -> Reply:
        self.wire.write(f"{command}\r\n".encode())
        return await self.wire.reply(self.server.limits.command)

    def _hint(self) -> str:
        """The usual mistake about the two ways to encrypt."""
        match self.server:
            case Server(security="tls", port=port) if port != 465:
                return 'Does this port want security = "starttls"?'
            case Server(security="starttls" | "none", port=465):
                return 'Port 465 usually wants security = "tls".'
            case _:
                return ""


def _context(server: Server) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=server.ca)
    except OSError as error:
        why = f"cannot be read as certificates: {error.strerror or error}"
        raise ServerError(str(server.ca), why, "Name a file in PEM format as ca.") from error


def _unwilling(server: Server, why: str, reply: Reply) -> ServerError:
    told = f"{why}: {reply}"
    if 400 <= reply.code < 500:
        return BusyError(server.where, told, _LATER)
    return ServerError(server.where, told, "Ask the server's operator.")
