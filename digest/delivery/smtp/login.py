"""Logging in: RFC 4954, with PLAIN (RFC 4616), LOGIN and XOAUTH2."""

from __future__ import annotations

import asyncio
from base64 import b64encode

from digest.delivery.smtp.extensions import Extensions
from digest.delivery.smtp.faults import BusyError, ServerError
from digest.delivery.smtp.replies import Reply
from digest.delivery.smtp.values import Mechanism, Server
from digest.delivery.smtp.wire import Wire

#: In the order of liking.
_KNOWN: tuple[Mechanism, ...] = ("PLAIN", "LOGIN", "XOAUTH2")


def choose(server: Server, offered: Extensions) -> Mechanism:
    """The mechanism to log in by. Raises `ServerError`."""
    wanted = (server.mechanism,) if server.mechanism else _KNOWN
    for mechanism in wanted:
        if mechanism in offered.mechanisms:
            return mechanism
    if not offered.mechanisms:
        remedy = "Leave out the username if the server wants none, or use the port for submission."
        raise ServerError(server.where, "the server offers no login", remedy)
    why = f"the server offers a login by {', '.join(offered.mechanisms)} only"
    raise ServerError(server.where, why, f"Known here: {', '.join(wanted)}.")


async def log_in(wire: Wire, server: Server, mechanism: Mechanism) -> None:
    """Log in. Raises `ServerError`, `BusyError`, `LostError`, or what ``server.secret`` raises."""
    user = server.username or ""
    # A command that asks a key ring may take its time.
    secret = await asyncio.to_thread(server.secret) if server.secret else ""
    steps = _steps(mechanism, user, secret)
    wire.hide(secret, *steps)
    first = "" if mechanism == "LOGIN" else f" {steps.pop(0)}"
    reply = await _say(wire, f"AUTH {mechanism}{first}", f"AUTH {mechanism} ***", server)
    while reply.code == 334 and steps:
        reply = await _say(wire, steps.pop(0), "***", server)
    if reply.code != 235:
        raise _refused(server, reply, wire.masked(str(reply)))


def _steps(mechanism: Mechanism, user: str, secret: str) -> list[str]:
    """What we say, one answer a step; a server that ignores the first answer asks for it again."""
    match mechanism:
        case "PLAIN":
            whole = _base64(f"\0{user}\0{secret}")
            return [whole, whole]
        case "LOGIN":
            return [_base64(user), _base64(secret)]
        case "XOAUTH2":
            # After a refusal the server explains itself and wants an empty line before its reply.
            return [_base64(f"user={user}\1auth=Bearer {secret}\1\1"), ""]


async def _say(wire: Wire, line: str, shown: str, server: Server) -> Reply:
    wire.write(f"{line}\r\n".encode(), shown)
    return await wire.reply(server.limits.login)


def _refused(server: Server, reply: Reply, told: str) -> ServerError:
    why = f"the login of {server.username} failed: {told}"
    if 400 <= reply.code < 500:
        return BusyError(server.where, why, "Nothing is lost: try again later.")
    return ServerError(server.where, why, "Check the username and the password.")


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()
