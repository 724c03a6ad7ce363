"""What header fields mean, and bodies that unpack to more than they should."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # ships no types
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.sources.http import Validators
from digest.sources.http.answer import (
    MAX_FRESH,
    MAX_WAIT,
    fresh_for,
    media_type,
    read_date,
    read_fields,
    retry_at,
    validators,
)
from digest.sources.http.body import PackingError, TooLargeError, unpack
from tests.webserver import bomb, squeeze

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
LATER = "Sun, 22 Nov 2026 08:00:00 GMT"
TEXT = b"The harbour is open again. " * 1000


@pytest.mark.parametrize(
    ("fields", "fresh"),
    [
        ({}, None),
        ({"cache-control": "public"}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'Public, MAX-AGE = "600"'}, 600),
        ({"cache-control": "max-age=600", "age": "100"}, 500),
        ({"cache-control": "max-age=600", "age": "1000"}, 0),
        ({"cache-control": "max-age=600", "age": "²"}, 600),
        ({"cache-control": "s-maxage=600, max-age=60"}, 60),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "max-age=-5"}, None),
        ({"cache-control": "max-age=" + "9" * 5000}, MAX_FRESH.total_seconds()),
        ({"expires": LATER}, 1800),
        ({"expires": LATER, "date": "Sun, 22 Nov 2026 07:50:00 GMT"}, 600),
        ({"expires": LATER, "cache-control": "max-age=60"}, 60),
        ({"expires": "0"}, 0),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
        ({"expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, MAX_FRESH.total_seconds()),
    ],
    ids=str,
)
def test_how_long_an_answer_is_fresh(fields: dict[str, str], fresh: float | None) -> None:
    assert fresh_for(fields, NOW) == (None if fresh is None else timedelta(seconds=fresh))


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        (LATER, timedelta(minutes=30)),
        ("Sunday, 22-Nov-26 08:00:00 GMT", timedelta(minutes=30)),
        ("Sun Nov 22 08:00:00 2026", timedelta(minutes=30)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", timedelta(0)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MAX_WAIT),
        ("9" * 5000, MAX_WAIT),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_when_to_come_back(value: str, wait: timedelta | None) -> None:
    assert retry_at({"retry-after": value}, NOW) == (None if wait is None else NOW + wait)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("text/html", ("text/html", None)),
        ("Text/HTML; Charset=UTF-8", ("text/html", "utf-8")),
        ('text/xml;charset="windows-1251"; x=y', ("text/xml", "windows-1251")),
        ("text/xml; charset='utf-8'", ("text/xml", "utf-8")),
        ("text/html; charset=", ("text/html", None)),
        ("; charset=utf-8", ("application/octet-stream", "utf-8")),
        ("", ("application/octet-stream", None)),
    ],
)
def test_the_media_type(value: str, read: tuple[str, str | None]) -> None:
    assert media_type({"content-type": value}) == read


def test_fields_that_come_twice() -> None:
    fields = read_fields(
        [(b"Cache-Control", b"public"), (b"cache-control", b"max-age=5"), (b"ETag", b'"1"'),
         (b"etag", b'"2"'), (b"X", b"\xc3\xa4"), (b"Y", b"\xe4")]
    )  # fmt: skip
    assert fields == {"cache-control": "public, max-age=5", "etag": '"1"', "x": "ä", "y": "ä"}


def test_a_validator_of_any_length_is_not_kept() -> None:
    fields = {"etag": '"' + "x" * 2000 + '"', "last-modified": LATER}
    assert validators(fields, Validators()) == Validators(modified=LATER)


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.text(max_size=60), st.from_regex(r"\w{3}, \d+ \w{3} \d+ \d+:\d+:\d+ \S*")))
def test_dates_of_any_kind(value: str) -> None:
    date = read_date(value)
    assert date is None or date.tzinfo is UTC


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (TEXT, "utf-8"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), "X-GZip"),
        (gzip.compress(TEXT) + b"\x00" * 9, "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (zlib.compress(TEXT)[2:-4], "deflate"),
        (brotli.compress(TEXT), "br"),
        (squeeze(TEXT, "zstd"), "zstd"),
        (squeeze(TEXT[:500], "zstd") + squeeze(TEXT[500:], "zstd"), "zstd"),
        (brotli.compress(gzip.compress(TEXT)), "gzip, br"),
    ],
)
def test_a_body_is_unpacked(data: bytes, encoding: str) -> None:
    assert unpack(data, encoding, len(TEXT)) == TEXT
    with pytest.raises(TooLargeError):
        unpack(data, encoding, len(TEXT) - 1)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_an_empty_body_needs_no_unpacking(encoding: str) -> None:
    assert unpack(b"", encoding, 100) == b""


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_cut_short_is_none(encoding: str) -> None:
    whole = squeeze(TEXT, encoding)
    for end in (1, len(whole) // 2, len(whole) - 1):
        with pytest.raises(PackingError):
            unpack(whole[:end], encoding, 10 * len(TEXT))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_does_not_go_off(encoding: str) -> None:
    """In a process of its own, whose memory is the measure."""
    probe = (
        "import resource\n"
        "from digest.sources.http.body import TooLargeError, unpack\n"
        "import brotli, zstandard, sys\n"
        "data = sys.stdin.buffer.read()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n"
        f"    unpack(data, {encoding!r}, 1_000_000)\n"
        "except TooLargeError:\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe],
        input=bomb(encoding, 300_000_000).body,
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        check=True,
    )
    assert int(done.stdout) < 100_000  # kB


def test_a_window_larger_than_allowed_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = packer.compress(TEXT) + packer.flush()
    with pytest.raises(PackingError):
        unpack(packed, "zstd", 10 * len(TEXT))


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (gzip.compress(b"") * 200_000, "gzip"),
        (squeeze(b"", "zstd") * 200_000, "zstd"),
        (TEXT, "gzip, " * 10_000),
    ],
    ids=["members", "frames", "layers"],
)
def test_a_body_of_many_parts_ends(data: bytes, encoding: str) -> None:
    try:
        assert unpack(data, encoding, 10_000_000) in (b"", TEXT)
    except PackingError:
        assert encoding != "gzip"


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "br, gzip"]))
def test_noise_is_unpacked_or_refused(data: bytes, encoding: str) -> None:
    with suppress(PackingError, TooLargeError):
        assert len(unpack(data, encoding, 1000)) <= 1000
