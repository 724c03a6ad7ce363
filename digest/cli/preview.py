"""The command that shows in a browser what would go out, or takes pictures of it."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import click
from click.core import ParameterSource

from digest.addresses import parse_address
from digest.cli.shared import CHOSEN, CONFIG, NEWSLETTER, moment, show
from digest.errors import ConfigError, DigestError

if TYPE_CHECKING:
    from digest.wiring.look import Looks

PORT = 8420


@click.command(short_help="Show in a browser what would go out.")
@click.option(
    "--png",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Only take pictures: light, dark, phone.",
)
@click.option("--now", metavar="TIME", help="Take this for the present, e.g. 2026-11-22T07:30.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The port; 0 for any free one.",
)
@click.option("--test-to", multiple=True, metavar="ADDRESS", help="Tests may be sent there too.")
@click.option("--no-browser", is_flag=True, help="Print the page's address, and open nothing.")
@NEWSLETTER
@CONFIG
def preview(
    png: Path | None,
    *,
    now: str | None,
    host: str,
    port: int,
    test_to: tuple[str, ...],
    no_browser: bool,
    config: Path | None,
) -> None:
    """Show in a browser what the next run would send, to the byte; nothing is consumed.

    Where there is a schedule, that is the issue of its coming slot, unless --now names a moment.
    The page follows every change of the templates, the settings and the sources. Only this
    machine can open it, unless --host names another address: then its link holds a token.
    """
    from digest.wiring.look import Looks

    looks = Looks(config, folder=Path(), scheduled=now is None)
    clock = _clock(looks, now)
    if png:
        _take_pictures(looks, clock(), png)
    else:
        is_shown = not no_browser and sys.stdout.isatty()
        tests = tuple(map(_address, test_to))
        _serve(looks, clock, host=host, port=port, test_to=tests, is_shown=is_shown)


def _clock(looks: Looks, now: str | None) -> Callable[[], datetime]:
    """Tells the moment that the issue is made for; settings that are broken now may be mended."""
    try:
        zone = looks.project().newsletter.timezone
    except ConfigError:
        zone = "UTC"
    moment(now, zone)  # what is no time is told before anything is served
    return lambda: moment(now, zone)


def _address(text: str) -> str:
    """An address as it can stand in a header; raises `ConfigError`."""
    try:
        return str(parse_address(text))
    except ValueError as error:
        raise ConfigError("--test-to", str(error), "Write it like me@courier.example.") from error


def _take_pictures(looks: Looks, now: datetime, folder: Path) -> None:
    from digest.preview import pictures

    chosen = click.get_current_context().meta.get(CHOSEN)
    look = looks.look(now, newsletter=chosen or "")
    if not look.run.receipts:
        raise DigestError("preview", "nothing is pending: there is nothing to show")
    show(str(file) for file in pictures(look.mailed[-1].whole().html, folder))


def _serve(
    looks: Looks,
    clock: Callable[[], datetime],
    *,
    host: str,
    port: int,
    test_to: tuple[str, ...],
    is_shown: bool,
) -> None:
    from digest.preview import Address, serve

    chosen = click.get_current_context().meta.get(CHOSEN)

    def ready(url: str) -> None:
        if chosen:
            url += f"{'&' if '?' in url else '?'}{urlencode({'newsletter': chosen})}"
        show([f"The preview is at {url}"])
        if port and urlsplit(url).port != port:
            show([f"Port {port} is taken, so this is another."])
        show(["Ctrl-C ends it."])
        sys.stdout.flush()
        if is_shown:
            click.launch(url)

    source = click.get_current_context().get_parameter_source("port")
    address = Address(
        host=host,
        port=port,
        is_fixed=source is not ParameterSource.DEFAULT,
        token=secrets.token_urlsafe(24),
        csrf=secrets.token_urlsafe(24),
    )
    try:
        serve(looks, address, now=clock, addresses=test_to, ready=ready)
    except KeyboardInterrupt:
        show(["The preview is closed."])
    _leave()


def _leave() -> None:
    """End without waiting for threads: one may be with the web, one in a theme without an end."""
    from multiprocessing import active_children

    for process in active_children():
        process.terminate()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
