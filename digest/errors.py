"""Everything that can go wrong and is expected to.

    DigestError                 where, why, what to do
    ├── ConfigError             digest.toml or a flag is wrong: stops before any work
    ├── SourceError             a source or one of its items could not be fetched
    │   └── UnsettledError      an item still being written: it waits, and nothing failed
    ├── ReadError               a document was fetched but holds no article we can read
    │   └── WallError           a page that stands in front of the article: paywall, consent, ...
    ├── RenderError             a template or its output is wrong
    ├── StoppedError            it was asked to stop, and what was under way is finished
    └── LedgerError             the state folder cannot be used
        └── BusyError           another process is at work on it: it is free when that is done

A failure that concerns one item travels as a value in the stream; one that concerns the whole
run is raised; what became of a delivery is a `digest.model.Receipt`. A bug is none of these: it
crashes.
"""

from __future__ import annotations


class DigestError(Exception):
    """An expected failure that names the thing, the reason and the way out.

    All arguments go to ``Exception.__init__``, so that the error survives pickling on its way
    out of a worker process.
    """

    def __init__(self, where: str, why: str, remedy: str = "") -> None:
        super().__init__(where, why, remedy)
        #: The file, key, address or command that is concerned.
        self.where = where
        #: What is wrong with it, without a full stop.
        self.why = why
        #: What the user can do about it; may be empty.
        self.remedy = remedy

    def __str__(self) -> str:
        message = f"{self.where}: {self.why}"
        return f"{message}. {self.remedy}" if self.remedy else message


class ConfigError(DigestError):
    """The configuration or the command line is wrong."""


class SourceError(DigestError):
    """A source, or one item of it, could not be fetched."""


class UnsettledError(SourceError):
    """An item is still being written; a later run takes it."""


class ReadError(DigestError):
    """A document holds no article that can be read."""


class WallError(ReadError):
    """A page stands in front of the article: it wants money, consent, a script, or shows nothing.

    Further argument ``kind``: one of the values of `digest.read.walls.Wall`.
    """

    def __init__(self, where: str, why: str, remedy: str = "", kind: str = "") -> None:
        super().__init__(where, why, remedy)
        self.args = (where, why, remedy, kind)
        self.kind = kind


class RenderError(DigestError):
    """A theme's template, or what it produced, is wrong."""


class StoppedError(DigestError):
    """A run was asked to stop before it was through; the next one goes on."""


class LedgerError(DigestError):
    """The ledger is locked, damaged, or cannot be written."""


class BusyError(LedgerError):
    """Another process is at work on the state folder."""
