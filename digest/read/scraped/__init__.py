"""Articles out of scraped plain text, line by line."""

from digest.read.scraped.reading import TEXT, read_scraped

__all__ = ["TEXT", "read_scraped"]
