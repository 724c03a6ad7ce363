"""From an edition to the bytes of a message."""
