"""From pending articles to an issue: what goes in, where, and why the rest does not."""
