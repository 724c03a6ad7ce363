"""Unpacking a body, never beyond its limit: a few bytes can hold gigabytes of zeros."""

from __future__ import annotations

import zlib
from collections.abc import Callable

#: What is asked for with Accept-Encoding.
ACCEPTED = "gzip, br, zstd"
#: More codings on top of each other are not taken off.
MAX_LAYERS = 3
#: Frames of zstd one after the other; each costs time even if it is empty.
MAX_FRAMES = 1_000

_SLICE = 256


class TooLargeError(Exception):
    """The body is larger than its limit."""


class PackingError(Exception):
    """The body is cut short, or not packed as its header says."""


def unpack(data: bytes, encoding: str, limit: int) -> bytes:
    """``data`` without the codings of Content-Encoding. At most about ``limit`` bytes are held.

    An unknown coding is passed over, as browsers do: some servers name a charset there. Raises
    `TooLargeError` or `PackingError`.
    """
    layers = [name.strip().lower() for name in encoding.split(",")]
    for name in reversed(layers[:MAX_LAYERS]):
        unpacker = _UNPACKERS.get(name)
        if unpacker and data:
            data = unpacker(data, limit)
        if len(data) > limit:
            raise TooLargeError
    return data


def _gzip(data: bytes, limit: int) -> bytes:
    return _inflate(data, limit, 31)


def _deflate(data: bytes, limit: int) -> bytes:
    """zlib's format as RFC 9110 says, or the bare stream that some servers send instead."""
    try:
        return _inflate(data, limit, 15)
    except PackingError:
        return _inflate(data, limit, -15)


def _inflate(data: bytes, limit: int, window: int) -> bytes:
    stream = zlib.decompressobj(window)
    try:
        out = stream.decompress(data, limit + 1)
    except zlib.error as error:
        raise PackingError from error
    return _whole(out, limit, ended=stream.eof)


def _brotli(data: bytes, limit: int) -> bytes:
    import brotli  # type: ignore[import-untyped]  # ships no types

    stream = brotli.Decompressor()
    try:
        out = bytes(stream.process(data, output_buffer_limit=limit + 1))
    except brotli.error as error:
        raise PackingError from error
    return _whole(out, limit, ended=stream.is_finished())


def _zstd(data: bytes, limit: int) -> bytes:
    """A block of 4 bytes can hold 128 KB, and the unpacker knows no limit: so in small slices."""
    import zstandard

    # A window of 8 MB is the most that a server may ask for (RFC 9659).
    unpacker = zstandard.ZstdDecompressor(max_window_size=2**23)
    stream, frames, out = unpacker.decompressobj(), 1, bytearray()
    try:
        for place in range(0, len(data), _SLICE):
            piece = data[place : place + _SLICE]
            while piece and frames <= MAX_FRAMES and len(out) <= limit:
                if stream.eof:
                    stream, frames = unpacker.decompressobj(), frames + 1
                out += stream.decompress(piece)
                piece = stream.unused_data if stream.eof else b""
    except zstandard.ZstdError as error:
        raise PackingError from error
    return _whole(bytes(out), limit, ended=stream.eof and frames <= MAX_FRAMES)


def _whole(out: bytes, limit: int, *, ended: bool) -> bytes:
    if len(out) > limit:
        raise TooLargeError
    if not ended:
        raise PackingError
    return out


_UNPACKERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
