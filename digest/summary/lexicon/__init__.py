"""What the rules must know of each language, as data."""

from digest.summary.lexicon.table import lexicon
from digest.summary.lexicon.words import Lexicon

__all__ = ["Lexicon", "lexicon"]
