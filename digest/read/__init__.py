"""Reading: a document's bytes become an article, and every line of it can be explained."""

from digest.read.article import explain, read
from digest.read.draft import Line

__all__ = ["Line", "explain", "read"]
