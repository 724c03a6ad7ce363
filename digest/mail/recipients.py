"""Recipients' lists: a table (CSV) or one address on a line, read and written row by row.

A list of any length takes the memory of one row; whoever keeps the rows tells duplicates.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from zoneinfo import available_timezones

from digest.addresses import parse_address, parse_mailbox
from digest.errors import ReadError
from digest.model import Recipient
from digest.text import shorten, squeeze
from digest.tokens import field_name

_DELIMITERS = ",;\t"
#: Headings of the address, the surest first: beside an e-mail, an address is where one lives.
_ADDRESS = ("email", "e_mail", "email_address", "e_mail_address", "address")
_KNOWN = ("name", "topics", "timezone", "status")
#: What a list calls those who are written to, and those who are not.
_STATUS = ("active", "suppressed")
# A file in another encoding than the one it was opened with gives U+FFFD.
_BREAK = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
#: Characters of a value that stands on one line.
_LONGEST = 1_000
_TOPIC_END = re.compile(r"[;|]")
_COMMENT = re.compile(r"(?:^|\s)#.*")


def read_recipients(lines: Iterable[str], *, where: str) -> Iterator[Recipient | ReadError]:
    """The recipients of a list, whose lines may have kept their ends.

    A table begins with the names of its columns: one for the address, and in any order ``name``,
    ``topics`` (parted by ``;`` or ``|``), ``timezone`` and ``status``; any other is a field of
    their own. Columns are parted by comma, semicolon or tab. A list without columns has one
    address or ``Name <address>`` on a line; a ``#`` begins a comment.

    A row that cannot be used is an error that names ``where`` and its line; the rest goes on.
    """
    numbered = enumerate(lines, 1)
    for number, line in numbered:
        first = line.removeprefix("\ufeff") if number == 1 else line
        if _without_comment(first):
            read = _list if _is_list(first) else _table
            yield from read(chain((first,), (rest for _, rest in numbered)), where, number)
            return


def write_recipients(recipients: Iterable[Recipient], fields: Sequence[str] = ()) -> Iterator[str]:
    """The lines of a table from which `read_recipients` gives the same recipients.

    Every value stands in quotation marks and is otherwise left as it is, also one that begins
    with ``=``, which a spreadsheet takes for a formula: the table is a copy, not a view.
    ``fields`` are the names of the columns for own fields.
    """
    yield _row(("email", *_KNOWN, *fields))
    for recipient in recipients:
        own = dict(recipient.fields)
        topics, zone = "|".join(recipient.topics), recipient.timezone or ""
        status = _STATUS[recipient.suppressed]
        known = (recipient.address, recipient.name, topics, zone, status)
        yield _row((*known, *(own.get(name, "") for name in fields)))


def _row(values: Iterable[str]) -> str:
    return ",".join('"' + value.replace('"', '""') + '"' for value in values) + "\r\n"


def _without_comment(line: str) -> str:
    return _COMMENT.sub("", line).strip()


def _is_list(line: str) -> bool:
    """Whether a list without columns begins with ``line``: no table has an address for a name."""
    if "@" not in line:
        return False
    try:
        parse_mailbox(_without_comment(line))
    except ValueError:
        return not any(delimiter in line for delimiter in _DELIMITERS)
    return True


def _list(lines: Iterable[str], where: str, first: int) -> Iterator[Recipient | ReadError]:
    for number, line in enumerate(lines, first):
        if text := _without_comment(line):
            try:
                found = parse_mailbox(text)
                name = _one_line(found.name, "name")
                yield Recipient(address=str(found.address), name=name)
            except ValueError as error:
                yield ReadError(f"{where}:{number}", str(error))


def _table(lines: Iterable[str], where: str, first: int) -> Iterator[Recipient | ReadError]:
    lines = iter(lines)
    heading = next(lines)
    delimiter = max(_DELIMITERS, key=lambda mark: len(_cells(heading, mark)))
    try:
        columns = _columns([field_name(cell) for cell in _cells(heading, delimiter)])
    except ValueError as error:
        named = shorten(squeeze(", ".join(_cells(heading, delimiter))), 200)
        yield ReadError(f"{where}:{first}", str(error), f"The first line names: {named}.")
        return
    for number, row in _rows(lines, delimiter, first + 1):
        try:
            yield columns.recipient(row)
        except ValueError as error:
            yield ReadError(f"{where}:{number}", str(error))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        [cells] = csv.reader([line], delimiter=delimiter)
    except csv.Error:  # one cell of too many characters, or a line end within
        return [line]
    return cells


def _rows(
    lines: Iterable[str], delimiter: str, first: int
) -> Iterator[tuple[int, list[str] | ValueError]]:
    """The rows with the lines that they begin on; one that no table may hold is an error."""
    # Strict, since a mark that is never closed would else swallow the rows behind it unseen.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = first + reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            last = first + reader.line_num - 1
            left_out = f"lines {number} to {last} are" if last > number else "the line is"
            why = f"a quotation mark is not closed, or not doubled; {left_out} left out"
            yield number, ValueError(why)
        else:
            if any(map(str.strip, row)):
                yield number, row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Where a table has what."""

    count: int
    #: Name of `_KNOWN` and number of its column.
    known: dict[str, int]
    own: tuple[tuple[str, int], ...]

    def recipient(self, row: list[str] | ValueError) -> Recipient:
        """The recipient of one row; raises `ValueError` that says what is wrong with it."""
        if isinstance(row, ValueError):
            raise row
        if any(map(str.strip, row[self.count :])):
            raise ValueError(f"{len(row)} values for {self.count} columns")
        values = {name: _one_line(_cell(row, i), name) for name, i in self.known.items()}
        zone = values.get("timezone") or None
        if zone and zone not in _zones():
            raise ValueError(f"{zone[:80]!r} is not a time zone")
        return Recipient(
            address=str(parse_address(values["address"])),
            name=values.get("name", ""),
            fields=tuple((name, _readable(_cell(row, i), name)) for name, i in self.own),
            topics=_topics(values.get("topics", "")),
            timezone=zone,
            suppressed=_suppressed(values.get("status", "")),
        )


def _columns(headings: Sequence[str]) -> _Columns:
    """The columns under these names; raises `ValueError`."""
    address = next((name for name in _ADDRESS if name in headings), None)
    if address is None:
        raise ValueError("there is no column for the address, such as email")
    named = [name for name in headings if name]
    if twice := next((name for name in named if named.count(name) > 1), None):
        raise ValueError(f"two columns are named {twice}")
    places = {name: number for number, name in enumerate(headings) if name}
    known = {name: places[name] for name in _KNOWN if name in places}
    return _Columns(
        count=len(headings),
        known={"address": places[address], **known},
        own=tuple((n, i) for n, i in places.items() if n != address and n not in known),
    )


def _cell(row: Sequence[str], number: int) -> str:
    return row[number].strip() if number < len(row) else ""


def _one_line(value: str, name: str) -> str:
    """``value`` if a header can hold it; raises `ValueError`."""
    if _BREAK.search(value):
        raise ValueError(f"the {name} has a line break or an unreadable character in it")
    if len(value) > _LONGEST:
        raise ValueError(f"the {name} has more than {_LONGEST:,} characters")
    return value


def _readable(value: str, name: str) -> str:
    if _CONTROL.search(value):
        raise ValueError(f"the field {name} has an unreadable character in it")
    return value


def _topics(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(str.strip, _TOPIC_END.split(value)))))


def _suppressed(status: str) -> bool:
    if status and status.lower() not in _STATUS:
        raise ValueError(f"the status {status[:80]!r} is neither {' nor '.join(_STATUS)}")
    return status.lower() == _STATUS[True]


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
