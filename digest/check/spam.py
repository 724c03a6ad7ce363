"""What a local SpamAssassin says of a message, as findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.check.finding import Finding, Level

#: Points: what most servers take for spam, and what is worth a look.
SPAM, _SUSPECT = 5.0, 2.0
_BEGIN = "Content analysis details:"
#: A line of its report: points, the rule, and what it is about.
_LINE = re.compile(r"\s*(-?\d+\.\d+)\s+([A-Z][A-Z0-9_]+)\s+(.*)")
#: A rule of a single message proves nothing below this.
_COUNTS = 0.5


def check_spam(report: str) -> Iterator[Finding]:
    """The finding of a report that ``spamassassin -L -t`` wrote below the message."""
    found = [
        (float(match[1]), match[2], match[3].strip())
        # What stands before may be the message's own.
        for line in report.rpartition(_BEGIN)[2].splitlines()
        if (match := _LINE.match(line))
    ]
    score = sum(points for points, _, _ in found)
    if not found:
        return
    is_good = score < _SUSPECT
    yield Finding(
        rule="spam",
        level=Level.INFO if is_good else Level.ERROR if score >= SPAM else Level.WARNING,
        what=f"SpamAssassin gives it {score:.1f} points; {SPAM:g} are spam",
        where=tuple(
            f"{points:.1f} {name}: {about}"
            for points, name, about in sorted(found, reverse=True)
            if points >= _COUNTS
        ),
        why="Servers put a message of many points into the folder for spam",
        remedy="Nothing need be done" if is_good else "Mend what the rules name, the dearest first",
    )
