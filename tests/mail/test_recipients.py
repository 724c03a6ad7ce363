"""Recipients' lists: as people and programs write them, a bad row at a time."""

from __future__ import annotations

import io
import re
import tracemalloc
from collections.abc import Iterator
from itertools import chain, repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ReadError
from digest.mail import parse_address, read_recipients, write_recipients
from digest.model import Recipient


def read(content: str) -> list[Recipient | ReadError]:
    return list(read_recipients(io.StringIO(content, newline=""), where="list.csv"))


def good(content: str) -> list[Recipient]:
    found = read(content)
    assert not [str(item) for item in found if isinstance(item, ReadError)]
    return [item for item in found if isinstance(item, Recipient)]


def faults(content: str) -> list[str]:
    return [str(item) for item in read(content) if isinstance(item, ReadError)]


NORA = Recipient(address="nora@post.example", name="Nora Quill")

TABLES = {
    "comma": "email,name\nnora@post.example,Nora Quill\n",
    "semicolon": "name;email\nNora Quill;nora@post.example\n",
    "tab": "Name\tE-Mail\nNora Quill\tnora@post.example\n",
    "marks": '"EMAIL","Name"\r\n"nora@post.example","Nora Quill"\r\n',
    "byte order mark": "\ufeffaddress,name\nnora@post.example,Nora Quill",
    "marked byte order mark": '\ufeff"Email Address","name"\nnora@post.example,Nora Quill',
    "blanks": "\n email , name \n\n  nora@Post.Example  ,  Nora Quill  \n , \n",
    "columns without a name": "email,,name,\nnora@post.example,,Nora Quill,\n",
    "short row": "email,name,topics\nnora@post.example,Nora Quill\n",
    "list": "Nora Quill <nora@post.example>\n",
    "list, comma in the name": '"Nora Quill" <nora@post.example>\n',
    "list with comments": "# readers\n\nNora Quill <nora@post.example> # since 2026\n",
}


@pytest.mark.parametrize("content", TABLES.values(), ids=TABLES)
def test_a_list_is_read_whatever_wrote_it(content: str) -> None:
    assert good(content) == [NORA]


def test_every_column() -> None:
    content = (
        "Volume No.;topics;email;timezone;name;status;note\n"
        '7;"Science; World|science";a@b.example;Europe/Berlin;Ada;Suppressed;"two\nlines"\n'
    )
    assert good(content) == [
        Recipient(
            address="a@b.example",
            name="Ada",
            fields=(("volume_no", "7"), ("note", "two\nlines")),
            topics=("Science", "World", "science"),
            timezone="Europe/Berlin",
            suppressed=True,
        )
    ]


def test_beside_an_email_the_address_is_where_one_lives() -> None:
    [found] = good('address,email\n"1 Quay, Elsby",a@b.example\n')
    assert found.address == "a@b.example"
    assert found.fields == (("address", "1 Quay, Elsby"),)


def test_a_plain_list() -> None:
    content = "a@b.example\n\n#c@d.example\nQuill, Nora <e#1@Bücher.example>\n"
    assert good(content) == [
        Recipient(address="a@b.example"),
        Recipient(address="e#1@xn--bcher-kva.example", name="Quill, Nora"),
    ]


def test_an_empty_list() -> None:
    assert read("") == read("\n# nobody\n\n") == read("email,name\n") == []


ROWS = {
    "no address": ("email,name\n,Ada\n", "list.csv:2: '' has no @"),
    "bad address": ("email\na@b@c.example\n", "list.csv:2: 'a@b@c.example' has something"),
    "injection": (
        'email\n"a@b.example\r\nBcc: c@d.example"\n',
        "list.csv:2: the address has a line break",
    ),
    "injection by name": ('email,name\na@b.example,"A\nB"\n', "list.csv:2: the name has a line"),
    "NUL in a field": (
        "email,note\na@b.example,\0\n",
        "list.csv:2: the field note has an unreadable",
    ),
    "not UTF-8": (
        "email,name\na@b.example,J\ufffdrg\n",
        "list.csv:2: the name has a line break or",
    ),
    "long name": (f"email,name\na@b.example,{'x' * 1_001}\n", "the name has more than 1,000"),
    "long name in a list": (f"b@b.example\n{'x' * 1_001} <a@b.example>\n", "more than 1,000"),
    "time zone": ("email,timezone\na@b.example,Mars/Dune\n", "'Mars/Dune' is not a time zone"),
    "status": (
        "email,status\na@b.example,bounced\n",
        "the status 'bounced' is neither active nor suppressed",
    ),
    "too many values": ("email,name\na@b.example,Quill,Ada\n", "3 values for 2 columns"),
    "stray mark": ('email,name\na@b.example,"A" B\n', "list.csv:2: a quotation mark"),
    "bad line": ("x@y.example\n\nnobody\n", "list.csv:3: 'nobody' has no @"),
    "bad first line": ("a@@b.example\n", "list.csv:1: 'a@@b.example' has"),
}


@pytest.mark.parametrize(("content", "message"), ROWS.values(), ids=ROWS)
def test_a_bad_row_is_named_by_its_line_and_the_rest_goes_on(content: str, message: str) -> None:
    found = read(content + "z@y.example\n")
    [fault] = [item for item in found if isinstance(item, ReadError)]
    assert message in str(fault)
    assert [item.address for item in found if isinstance(item, Recipient)][-1] == "z@y.example"


def test_a_line_is_counted_where_its_row_begins() -> None:
    content = 'email,note\na@b.example,"1\n2\n3"\nnobody,\n\nnoone,"x\ny"\n'
    assert [fault.partition(" ")[0] for fault in faults(content)] == ["list.csv:5:", "list.csv:7:"]


def test_a_mark_that_is_never_closed_is_no_silent_loss() -> None:
    rows = "".join(f"{n}@b.example,x\n" for n in range(100_000))
    found = read(f'email,note\na@b.example,"open\n{rows}')
    lost = [item for item in found if isinstance(item, ReadError)]
    assert re.fullmatch(
        r"list\.csv:2: a quotation mark is not closed, .*; lines 2 to \d+ are left out",
        str(lost[0]),
    )
    assert len(found) > 90_000


HEADLESS = {
    "another table": ("first,last\nAda,Quill\n", "The first line names: first, last."),
    "no head": ("a@b.example,Ada\nc@d.example,Bo\n", "The first line names: a@b.example, Ada."),
    "one word": ("Ada\nBo\n", "The first line names: Ada."),
    "not a table": ("%PDF\x1b[2J-1.7\n\x93\x8c\0\n", "The first line names: %PDF[2J-1.7."),
    "marks": ('"Name, first";"Town"\nAda;Elsby\n', "The first line names: Name, first, Town."),
}


@pytest.mark.parametrize(("content", "named"), HEADLESS.values(), ids=HEADLESS)
def test_a_table_without_an_address_column_is_one_error(content: str, named: str) -> None:
    [fault] = faults(content)
    assert fault.startswith("list.csv:1: there is no column for the address, such as email. ")
    assert fault.endswith(named)


def test_a_first_line_without_end() -> None:
    [fault] = faults("x" * 1_000_000)
    assert len(fault) < 400


def test_two_columns_of_one_name() -> None:
    [fault] = faults("email,First Name,first_name\na@b.example,A,B\n")
    assert fault.startswith("list.csv:1: two columns are named first_name.")


def test_what_is_written_is_read_again() -> None:
    people = [
        Recipient(
            address="a@b.example",
            name='Ada "Inky", Quill',
            fields=(("note", "=1+1"), ("town", "Elsby\nQuay")),
            topics=("World", "Science"),
            timezone="Asia/Tokyo",
            suppressed=True,
        ),
        Recipient(address="jörg@xn--bcher-kva.example", fields=(("note", ""), ("town", "-2"))),
    ]
    lines = list(write_recipients(people, ["note", "town"]))
    assert lines[0] == '"email","name","topics","timezone","status","note","town"\r\n'
    assert '"=1+1"' in lines[1]
    assert good("".join(lines)) == people


one_line = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"], blacklist_characters="\ufffd")
).map(str.strip)
topics = st.lists(st.text("abc Ж", min_size=1).map(str.strip).filter(bool), unique=True)
people = st.builds(
    Recipient,
    address=st.sampled_from(["a@b.example", '"a..b"@c.example', "jörg@b.example"]),
    name=one_line,
    fields=st.tuples(st.tuples(st.just("note"), one_line), st.tuples(st.just("+1"), one_line)),
    topics=topics.map(tuple),
    suppressed=st.booleans(),
)


@settings(deadline=None)
@given(st.lists(people))
def test_anybody_is_read_again(written: list[Recipient]) -> None:
    renamed = "".join(write_recipients(written, ["note", "+1"])).replace('"+1"', '"plus"', 1)
    found = good(renamed)
    assert [(p.address, p.name, p.topics, p.suppressed) for p in found] == [
        (p.address, p.name, p.topics, p.suppressed) for p in written
    ]
    assert [[v for _, v in p.fields] for p in found] == [[v for _, v in p.fields] for p in written]


@settings(deadline=None)
@given(
    st.text(max_size=200) | st.text('email,"@.\n;a\t#', max_size=200).map("email,note\n".__add__)
)
def test_whatever_is_in_a_list_it_is_recipients_or_errors(content: str) -> None:
    for item in read(content):
        if isinstance(item, Recipient):
            assert str(parse_address(item.address)) == item.address
            assert len(f"{item.name}x".splitlines()) == 1
        else:
            assert item.where.startswith("list.csv:")


def test_a_list_of_any_length_takes_the_memory_of_a_row() -> None:
    def lines(rows: int) -> Iterator[str]:
        return chain(("email,name\n",), repeat("a@b.example,Ada\n", rows))

    def peak(rows: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in read_recipients(lines(rows), where="list.csv")) == rows
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(20_000) < peak(1_000) + 10_000
