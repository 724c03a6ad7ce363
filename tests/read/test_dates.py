"""Dates in the forms that pages, mails and people write."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from digest.read.dates import LOCALES, find_date, months, parse_date

DAY = date(2022, 10, 27)


def moment(hours: float, hour: int = 10, minute: int = 30, second: int = 0) -> datetime:
    zone = timezone(timedelta(hours=hours))
    return datetime(2022, 10, 27, hour, minute, second, tzinfo=zone)


@pytest.mark.parametrize(
    "text",
    [
        "2022-10-27",
        "2022/10/27",
        "20221027",
        "date 2022-10-27",
        "2022-10-27T10:30:00",
        "2022-10-27 10:30",
        "2022年10月27日",
        "2022年10月27日 10:30",
        "2022년 10월 27일",
        "27 October 2022",
        "27th of October 2022",
        "27 Oct. 2022",
        "27-Oct-2022",
        "October 27, 2022",
        "Oct. 27th, 2022",
        "Thursday, October 27, 2022",
        "Published on Thursday 27 October 2022",
        "Updated: October 27, 2022, 4:05 p.m.",
        "27. Oktober 2022",
        "Veröffentlicht am Donnerstag, 27. Oktober 2022, 10:30 Uhr",
        "Publié le 27 octobre 2022 à 10h30",
        "27 de octubre de 2022",
        "27 de outubro de 2022",
        "27 ottobre 2022, ore 10:30",
        "donderdag 27 oktober 2022",
        "27 października 2022",
        "27 październik 2022",
        "27 октября 2022",
        "27 октябрь 2022 г.",
        "27 жовтня 2022",
        "27 října 2022",
        "2022. október 27.",
        "27 Ekim 2022",
        "27 d’octubre del 2022",
        "27 أكتوبر 2022",
        "٢٧ أكتوبر ٢٠٢٢",
        "27 באוקטובר 2022",
        "27.10.2022",
        "27. 10. 2022",
        "27/10/2022",
        "10/27/2022",
    ],
)
def test_a_day(text: str) -> None:
    found = parse_date(text)
    assert found == DAY
    assert not isinstance(found, datetime)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-10-27T10:30:00Z", moment(0)),
        ("2022-10-27T10:30Z", moment(0)),
        ("2022-10-27T10:30:15.123456+02:00", moment(2, second=15)),
        ("2022-10-27 10:30:00 -0530", moment(-5.5)),
        ("Thu, 27 Oct 2022 10:30:00 +0200", moment(2)),
        ("27 Oct 2022 10:30:00 GMT", moment(0)),
        ("October 27, 2022 at 10:30 PM EDT", moment(-4, hour=22)),
        ("October 27, 2022 12:30 a.m. (PST)", moment(-8, hour=0)),
    ],
)
def test_a_moment_with_its_zone(text: str, expected: datetime) -> None:
    found = parse_date(text)
    assert found == expected
    assert isinstance(found, datetime)
    assert found.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no date here",
        "October 2022",
        "2022",
        "03/04/2022",
        "3-4-2022",
        "2022-13-01",
        "2022-02-30",
        "99.99.2022",
        "27 Brumaire 2022",
        "The ministers met on 27 October 2022 in Lisbon",
        "27 October 2022 to 28 October 2022",
        "Call 2022-10-27-555",
        "192.168.10.2022",
        "x" * 101 + "2022-10-27",
    ],
)
def test_no_date_or_more_than_a_date(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-10-27T10:30:00+99:00", DAY),
        ("2022-10-27 25:61", None),
        ("5/5/2022", date(2022, 5, 5)),
        ("03.04.2022", date(2022, 4, 3)),
    ],
)
def test_odd_clocks_and_twin_numbers(text: str, expected: date | None) -> None:
    assert parse_date(text) == expected


def test_found_inside_a_line_with_its_offsets() -> None:
    line = "By Ana Sol | May 12 was ruled out | 27 October 2022, 10:30 GMT | Lisbon"
    found = find_date(line)
    assert found is not None
    published, start, end = found
    assert published == moment(0)
    assert line[start:end] == "27 October 2022, 10:30 GMT"


def test_the_first_date_counts() -> None:
    found = find_date("Updated 28.10.2022, first published 2022-10-27")
    assert found is not None
    assert found[0] == date(2022, 10, 28)


@pytest.mark.parametrize("unit", ["1", "a", "27 Foo 2022 ", "2022-", "12/", "a 1 "])
def test_long_lines_without_a_date(unit: str) -> None:
    assert find_date(unit * (200_000 // len(unit))) is None


def test_no_name_is_two_months() -> None:
    """So that it does not matter which language is asked first."""
    known: dict[str, set[int]] = {}
    for locale in LOCALES:
        for name, number in months(locale).items():
            known.setdefault(name, set()).add(number)
    assert len(known) > 12 * len(LOCALES)
    assert {name for name, numbers in known.items() if len(numbers) > 1} == set()
