"""Scheduling: when a newsletter is due, and the process that sees to it."""
