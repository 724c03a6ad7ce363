"""Turns the latest articles of many sources into one trustworthy email newsletter."""

__version__ = "0.1.0"
