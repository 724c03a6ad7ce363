"""Article -> Summary: its lead and its key quote, all its quotes, and why they were chosen."""

from digest.summary.explanation import Explanation, LeadOption, QuoteOption, explain
from digest.summary.whole import quotes, summarize

__all__ = ["Explanation", "LeadOption", "QuoteOption", "explain", "quotes", "summarize"]
