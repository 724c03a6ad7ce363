"""Dates as feeds write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.read.feed.moments import instant, moment
from tests.read.feed.pairs import NOW


def at(hours: float, hour: int = 10, day: int = 20) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=timezone(timedelta(hours=hours)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fri, 20 Nov 2026 10:00:00 +0100", at(1)),
        ("Fri, 20 Nov 2026 10:00:00 GMT", at(0)),
        ("Fri, 20 Nov 2026 10:00:00 Z", at(0)),
        ("Fri, 20 Nov 2026 10:00 EST", at(-5)),
        ("20 Nov 26 10:00:00 PDT", at(-7)),
        ("Friday, 20-Nov-26 10:00:00 GMT", at(0)),
        ("Fri,  20 Nov\n 2026 10:00:00 +0000", at(0)),
        ("Fri, 20 November 2026 10:00:00 +0100 (CET)", at(1)),
        ("Fri Nov 20 10:00:00 UTC 2026", at(0)),
        ("Fri, 20 Nov 2026 10:00:00 AM AEDT", at(11)),
        ("Thu, 19 Nov 2026 24:00:00 GMT", at(0, hour=0)),
        ("2026-11-20T10:00:00Z", at(0)),
        ("2026-11-20t10:00:00z", at(0)),
        ("2026-11-20T10:00:00.123456789+01:00", at(1)),
        ("2026-11-20 10:00:00 +01", at(1)),
        ("2026-11-20T10:00-0330", at(-3.5)),
        ("2026-11-20T10:00:00+01:00[Europe/Berlin]", at(1)),
        ("1795168800", at(0)),
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11-20T10:00:00", date(2026, 11, 20)),
        ("Fri, 20 Nov 2026 10:00:00", date(2026, 11, 20)),
        ("Fri, 20 Nov 2026 10:00:00 +9999", date(2026, 11, 20)),
        ("Fri, 20 Nov 2026 10:99:00 GMT", date(2026, 11, 20)),
        ("Fri, 20 Nov 2026 10:00:00 XYZ", date(2026, 11, 20)),
        ("20261120", date(2026, 11, 20)),
        ("20. November 2026", date(2026, 11, 20)),
        ("20 novembre 2026", date(2026, 11, 20)),
        ("2026年11月20日", date(2026, 11, 20)),
    ],
)
def test_a_date_is_read_with_its_zone(text: str, expected: date) -> None:
    found = moment(text, NOW)
    assert found == expected
    assert isinstance(found, datetime) == isinstance(expected, datetime)
    if isinstance(found, datetime) and isinstance(expected, datetime):
        assert found.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "yesterday", "12", "10:30", "2026", "2026-11", "03/04/2026", "0",
        "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00",
        "Thu, 01 Jan 1970 00:00:00 +0000", "1970-01-01", "Mon, 31 Feb 2026 00:00:00 GMT",
        "2030-01-01", "Fri, 20 Nov 1826 10:00:00 GMT", "9" * 10, "1 " * 5000,
    ],
)  # fmt: skip
def test_what_cannot_be_is_none(text: str) -> None:
    assert moment(text, NOW) is None


def test_a_near_future_stays() -> None:
    assert moment("2027-02-01", NOW) == date(2027, 2, 1)


def test_a_day_sorts_as_its_first_second() -> None:
    assert instant(date(2026, 11, 20)) == datetime(2026, 11, 20, tzinfo=UTC)
    assert instant(at(1)) == at(0, hour=9)


@given(st.text(alphabet="0123456789 :-+TZJanovGM,.", max_size=40) | st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = moment(text, NOW)
    assert found is None or 1900 <= found.year < 2028
