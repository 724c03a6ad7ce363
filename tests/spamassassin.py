"""What SpamAssassin's own rules say of a message, without the network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

#: Looks at the message alone: no DNS, no learning, no user's own rules.
_OFFLINE = ("--local", "--test-mode", "--nocreate-prefs", "--cf", "use_bayes 0")


def score(message: bytes) -> tuple[float, dict[str, float]]:
    """The sum, and each rule that spoke with its points; skips where it is missing."""
    program = shutil.which("spamassassin", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        reason = "spamassassin is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    done = subprocess.run([program, *_OFFLINE], input=message, capture_output=True, check=True)
    told = done.stdout.decode("utf-8", "replace")
    points, *_ = re.findall(r"^Content analysis details:\s+\((-?[\d.]+) points", told, re.MULTILINE)
    rules = re.findall(r"^ *(-?\d+\.\d+) ([A-Z][A-Z0-9_]+) ", told, re.MULTILINE)
    return float(points), {name: float(number) for number, name in rules}
