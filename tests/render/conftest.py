"""The browser, for the tests that look at an edition."""

from __future__ import annotations

from tests.browser import browser

__all__ = ["browser"]
