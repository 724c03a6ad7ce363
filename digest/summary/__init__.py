"""Article -> Summary: its lead and its key quote, and all its quotes."""

from digest.summary.whole import quotes, summarize

__all__ = ["quotes", "summarize"]
