"""Doors through which editions leave."""
