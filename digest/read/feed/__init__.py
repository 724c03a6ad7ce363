"""Lists of articles in every shape the web has: feeds, sitemaps, front pages, OPML."""

from digest.read.feed.finding import FeedLink, find_feeds, guess_feeds
from digest.read.feed.links import canonical
from digest.read.feed.listing import read_listing
from digest.read.feed.opml import Outline, read_opml, write_opml
from digest.read.feed.reading import read_feed
from digest.read.feed.sitemap import read_sitemap
from digest.read.feed.teaser import is_teaser

__all__ = [
    "FeedLink",
    "Outline",
    "canonical",
    "find_feeds",
    "guess_feeds",
    "is_teaser",
    "read_feed",
    "read_listing",
    "read_opml",
    "read_sitemap",
    "write_opml",
]
