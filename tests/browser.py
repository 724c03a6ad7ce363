"""A real browser for the tests that look at what was made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium from the PATH; without one the test is skipped, but fails where CI is set.

    It goes with its module: while Playwright is there, the thread has an event loop that runs,
    which tests with a loop of their own cannot bear.
    """
    if executable() is None:
        _missing(f"no browser on the PATH: one of {', '.join(_NAMES)} is needed")
    with launched() as chromium:
        yield chromium


def executable() -> str | None:
    """The first browser on the PATH."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser, ready for pages."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=list(_FLAGS))
        yield chromium
        chromium.close()


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
