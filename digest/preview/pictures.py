"""Pictures of a mail, by a Chromium that is installed: light, dark, and on a phone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path

from digest.errors import ConfigError, DigestError
from digest.preview.message import in_mode

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: Says how high the mail is; the only script that may run.
_MEASURE = (
    b"addEventListener('load', () => { document.documentElement.dataset.height = "
    b"frames[0].document.documentElement.scrollHeight })"
)
_HEIGHT = re.compile(r'<html[^>]*\sdata-height="(\d{1,9})"')
# The mail is outside input: nothing in it may run, and nothing may be fetched.
_SEALED = (
    b'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    b"style-src 'unsafe-inline'; img-src data:; "
    b"script-src 'sha256-%s'\">" % b64encode(sha256(_MEASURE).digest())
)
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-device-scale-factor=2",
)
_SECONDS = 60
#: CSS pixels: a window for any frame, and the most that Chromium can paint.
_WINDOW, _HIGHEST = (1000, 100), 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """One picture: its name, the mode of the client, and the window's width in CSS pixels."""

    name: str
    mode: str
    width: int


POSES = (
    Pose(name="light", mode="light", width=700),
    Pose(name="dark", mode="dark", width=700),
    Pose(name="phone", mode="light", width=375),
)


def pictures(html: bytes, folder: Path) -> tuple[Path, ...]:
    """Write a PNG file for each of `POSES` into ``folder``, and name them.

    Each is as high as the mail, at two points for a CSS pixel. Nothing of the mail runs, and none
    of its images is fetched.

    Raises `ConfigError` if no browser is installed or a file cannot be written, `DigestError` if
    the browser fails.
    """
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise ConfigError("--png", "no Chromium is installed", "Install the package chromium.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(str(folder), f"cannot be made: {error.strerror or error}") from error
    with tempfile.TemporaryDirectory() as scratch:
        camera = _Camera(browser=browser, scratch=Path(scratch))
        return tuple(_picture(camera, html, pose, folder / f"{pose.name}.png") for pose in POSES)


def _picture(camera: _Camera, html: bytes, pose: Pose, file: Path) -> Path:
    content = camera.take(in_mode(html, pose.mode), pose.width)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise ConfigError(str(file), f"cannot be written: {error.strerror or error}") from error
    return file


@dataclass(frozen=True, slots=True, kw_only=True)
class _Camera:
    """A browser that is started for each look at a page."""

    browser: str
    #: For the page, the picture and the browser's own files.
    scratch: Path

    def take(self, html: bytes, width: int) -> bytes:
        """The picture of a mail, as high as it is."""
        sealed = html.replace(b"<head>", b"<head>" + _SEALED, 1)
        size = width, min(self._height(html, width), _HIGHEST)
        shot = self.scratch / "shot.png"
        self._run(sealed, size, f"--screenshot={shot}")
        try:
            return shot.read_bytes()
        except OSError as error:
            raise DigestError(self.browser, f"took no picture: {error.strerror}") from error

    def _height(self, html: bytes, width: int) -> int:
        """How high a mail is in a frame: a window without a picture is never that narrow."""
        frame = (
            '<iframe sandbox="allow-same-origin" scrolling="no" height="1" width="{}" srcdoc="{}">'
        )
        held = frame.format(width, escape(html.decode("utf-8", "replace"))).encode()
        page = b"<!doctype html><meta charset='utf-8'>%s%s</iframe><script>%s</script>"
        told = _HEIGHT.search(self._run(page % (_SEALED, held, _MEASURE), _WINDOW, "--dump-dom"))
        if told is None:
            raise DigestError(self.browser, "took no picture: the mail has no height")
        return int(told[1])

    def _run(self, html: bytes, size: tuple[int, int], *flags: str) -> str:
        page = self.scratch / "mail.html"
        page.write_bytes(html)
        command = (
            self.browser,
            *_FLAGS,
            # As root, as in most containers, Chromium cannot make its own sandbox.
            *(("--no-sandbox",) if _is_root() else ()),
            f"--user-data-dir={self.scratch}/profile",
            f"--window-size={size[0]},{size[1]}",
            *flags,
            page.as_uri(),
        )
        try:
            # The command is ours but for the paths, and no shell reads it.
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603  see above
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DigestError(self.browser, f"took no picture: {error}") from error
        if done.returncode:
            raise DigestError(self.browser, f"took no picture: it ended with {done.returncode}")
        return done.stdout.decode("utf-8", "replace")


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
