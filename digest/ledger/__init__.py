"""Doors to where the program's memory is kept."""
