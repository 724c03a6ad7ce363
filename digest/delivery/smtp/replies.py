"""A server's replies, cut out of the stream as they come: RFC 5321, 4.2, and RFC 2034."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.text import shorten, squeeze

#: Octets of a line, and lines of a reply; RFC 5321, 4.5.3.1.5, asks for 512.
LONGEST_LINE, MOST_LINES = 4096, 256
#: Characters that are kept of the server's words.
LONGEST_WORDS = 300

_LINE = re.compile(rb"([2-5]\d\d)(?:([ -])(.*))?", re.DOTALL)
_ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?!\S)\s*")


def printable(words: str) -> str:
    """A stranger's words on one line, short, and harmless to a terminal."""
    line = shorten(squeeze(words), LONGEST_WORDS)
    return line if line.isprintable() else "".join(c if c.isprintable() else "?" for c in line)


class MalformedError(ValueError):
    """The server sent what is no reply."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A code and the text of each line; `words` is fit for people."""

    code: int
    lines: tuple[str, ...]

    @property
    def is_positive(self) -> bool:
        return 200 <= self.code < 300

    @property
    def enhanced(self) -> str | None:
        """The code of RFC 3463 that the text begins with."""
        found = _ENHANCED.match(self.lines[0])
        return found[1] if found else None

    @property
    def words(self) -> str:
        """The text on one line, printable, shortened, without the repeated enhanced code."""
        return printable(" ".join(_ENHANCED.sub("", line, count=1) for line in self.lines))

    def __str__(self) -> str:
        return " ".join(filter(None, (str(self.code), self.enhanced, self.words)))


class ReplyReader:
    """Takes octets in any portions and gives the replies that are complete."""

    def __init__(self) -> None:
        self._rest = b""
        self._lines: list[str] = []
        self._code = 0

    @property
    def is_idle(self) -> bool:
        """Nothing is left over: no half a line, no half a reply."""
        return not self._rest and not self._lines

    def feed(self, data: bytes) -> Iterator[Reply]:
        """The replies that ``data`` completes. After a `MalformedError` it is of no more use."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if reply := self._line(line.removesuffix(b"\r")):
                yield reply
        if len(self._rest) > LONGEST_LINE:
            raise MalformedError("a line without end")

    def _line(self, line: bytes) -> Reply | None:
        found = _LINE.fullmatch(line)
        if found is None or len(line) > LONGEST_LINE:
            raise MalformedError(f"what is no SMTP reply: {repr(line[:60])[2:-1]}")
        code = int(found[1])
        if self._lines and code != self._code:
            raise MalformedError(f"one reply with two codes, {self._code} and {code}")
        self._code = code
        self._lines.append((found[3] or b"").decode("utf-8", "replace"))
        if found[2] == b"-":
            if len(self._lines) >= MOST_LINES:
                raise MalformedError("a reply without end")
            return None
        lines, self._lines = tuple(self._lines), []
        return Reply(code, lines)
