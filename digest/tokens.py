"""Merge tokens: what differs from reader to reader stands in an edition as one of these.

They are URLs, because an inliner percent-encodes anything else that stands in a link, and their
host can never resolve (RFC 2606), because one that slipped through must lead nowhere.
"""

from __future__ import annotations

UNSUBSCRIBE = "https://m.invalid/__UNSUBSCRIBE__"
VIEW = "https://m.invalid/__VIEW__"
