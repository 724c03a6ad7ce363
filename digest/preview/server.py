"""Serves the page on an address of this machine, until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import logging
import platform
import socket
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from types import FrameType

import uvicorn

from digest.errors import ConfigError
from digest.preview.app import Preview
from digest.preview.desk import Desk
from digest.preview.guard import bracketed, is_loopback
from digest.wiring.look import Looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where to listen, and the secrets of one session."""

    host: str
    #: 0 for any free one.
    port: int
    #: Whether no other port will do.
    is_fixed: bool
    #: Needed by visitors where others than this machine can reach us.
    token: str = field(repr=False)
    #: Stands in our own forms.
    csrf: str = field(repr=False)

    @property
    def needs_token(self) -> bool:
        return not is_loopback(self.host)


class _Server(uvicorn.Server):
    """Says when it is ready; closes the desk first, so that no open line keeps it from stopping."""

    def __init__(self, config: uvicorn.Config, desk: Desk, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._desk = desk
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._desk.close()
        super().handle_exit(sig, frame)

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Until a signal; unlike `asyncio.run` it waits for no thread that is at work then."""
        asyncio.new_event_loop().run_until_complete(self.serve(sockets))


def serve(
    looks: Looks,
    address: Address,
    *,
    now: Callable[[], datetime],
    addresses: Sequence[str],
    ready: Callable[[str], None],
) -> None:
    """Serve the page until a signal asks to stop.

    Args:
        looks: What is shown.
        address: Where to listen; a port that is taken is replaced by a free one unless it is fixed.
        now: The moment that the pending issue is made for.
        addresses: Where tests may be sent to, beside the newsletter's own sender.
        ready: Told the address of the page once visitors are answered.

    Afterwards threads may still be at work for the page; nothing hangs on what they do. Raises
    `ConfigError` for a host or a port that cannot be listened on.
    """
    desk = Desk(looks, now=now)
    preview = Preview(desk, csrf=address.csrf, addresses=addresses)
    with closing(_listening(address)) as listener:
        port = listener.getsockname()[1]
        token = address.token if address.needs_token else ""
        app = preview.guarded(host=address.host, port=port, token=token)
        config = uvicorn.Config(
            app,
            # Said, so that it does not load whatever else is installed.
            loop="asyncio",
            http="h11",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        url = _url(address.host, port, token)
        _Server(config, desk, lambda: ready(url)).run(sockets=[listener])


def _listening(address: Address) -> socket.socket:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _no_host(address, error) from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        _bind(listener, place, is_fixed=address.is_fixed)
        listener.listen()
    except OSError as error:
        listener.close()
        is_port = error.errno in {errno.EADDRINUSE, errno.EACCES}
        raise (_no_port if is_port else _no_host)(address, error) from error
    return listener


def _bind(listener: socket.socket, place: tuple[object, ...], *, is_fixed: bool) -> None:
    """The wanted port, or if it is taken and not fixed any that is free."""
    try:
        listener.bind(place)
    except OSError as error:
        if is_fixed or error.errno != errno.EADDRINUSE:
            raise
        listener.bind((place[0], 0, *place[2:]))


def _no_host(address: Address, error: OSError) -> ConfigError:
    why = f"{address.host} cannot be listened on: {error.strerror or error}"
    return ConfigError("--host", why, "Name an address of this machine.")


def _no_port(address: Address, error: OSError) -> ConfigError:
    why = f"{address.port} cannot be listened on: {error.strerror or error}"
    return ConfigError("--port", why, "Name another, or 0 for any free one.")


def _url(host: str, port: int, token: str) -> str:
    name = bracketed(_seen_as(host))
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")


def _seen_as(host: str) -> str:
    """What others call this machine if it listens on ``host``, which may be all its addresses."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104  told apart, not bound
        return host
    places = [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")]
    for family, elsewhere in places[:1] if host == "0.0.0.0" else reversed(places):  # noqa: S104  as above
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, 9))  # sends nothing, but chooses the address to send from
            return str(probe.getsockname()[0])
    return platform.node() or host
