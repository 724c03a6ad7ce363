"""Pictures of a mail, by a Chromium that is installed: light, dark, and on a phone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from digest.errors import ConfigError, DigestError
from digest.preview.message import in_mode

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# The mail is outside input: nothing in it may run, and nothing may be fetched.
_SEALED = (
    b'<meta http-equiv="Content-Security-Policy" '
    b"content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """One picture: its name, the mode of the client, and the window in CSS pixels."""

    name: str
    mode: str
    width: int
    height: int


POSES = (
    Pose(name="light", mode="light", width=700, height=1240),
    Pose(name="dark", mode="dark", width=700, height=1240),
    Pose(name="phone", mode="light", width=375, height=812),
)


def pictures(html: bytes, folder: Path) -> tuple[Path, ...]:
    """Write a PNG file for each of `POSES` into ``folder``, and name them.

    Nothing of the mail runs, and none of its images is fetched.

    Raises `ConfigError` if no browser is installed or the folder cannot be written, `DigestError`
    if the browser fails.
    """
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise ConfigError("--png", "no Chromium is installed", "Install the package chromium.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(str(folder), f"cannot be made: {error.strerror or error}") from error
    return tuple(_picture(html, pose, folder / f"{pose.name}.png", browser) for pose in POSES)


def _picture(html: bytes, pose: Pose, file: Path, browser: str) -> Path:
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch, "mail.html")
        page.write_bytes(in_mode(html, pose.mode).replace(b"<head>", b"<head>" + _SEALED, 1))
        command = (
            browser,
            *_FLAGS,
            # As root, as in most containers, Chromium cannot make its own sandbox.
            *(("--no-sandbox",) if _is_root() else ()),
            f"--user-data-dir={scratch}/profile",
            f"--window-size={pose.width},{pose.height}",
            f"--screenshot={file.absolute()}",
            page.as_uri(),
        )
        try:
            # The command is ours but for the paths, and no shell reads it.
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603  see above
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DigestError(browser, f"took no picture: {error}") from error
    if done.returncode or not file.is_file():
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise DigestError(browser, f"took no picture: {''.join(said)[:300]}")
    return file


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
