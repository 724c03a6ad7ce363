"""Speakers in scripts without capitals: patterns of the words around a quote."""

from digest.summary.uncased.found import Found
from digest.summary.uncased.speaker import goes_on, is_alone, is_said, speaker

__all__ = ["Found", "goes_on", "is_alone", "is_said", "speaker"]
