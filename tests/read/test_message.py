"""Mails as files: the right part, its encoding, and the headers as a fallback."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from digest.errors import ReadError
from digest.read.message import read_message

TEXT = (
    "The lighthouse of Sund Skerry will be sold to its last keeper for one crown, the coastal "
    "board decided on Monday after a long meeting.\n\n"
    "“I have paid for it in paint already,” said Runa Holm, who kept the light for thirty years "
    "and never missed a night."
)
HTML = "<html><body><article><h1>One crown for a lighthouse</h1>{}</article></body></html>".format(
    "".join(f"<p>{text}</p>" for text in TEXT.split("\n\n"))
)


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    given = {
        "From": "Sund Weekly <news@sund.example>",
        "Subject": "A lighthouse for one crown",
        "Date": "Mon, 02 Feb 2026 09:30:00 +0100",
    } | headers
    for name, value in given.items():
        message[name] = value
    return message


def test_the_html_part_is_read_as_a_page() -> None:
    message = mail()
    message.set_content("Please view this mail in a browser.")
    message.add_alternative(HTML, subtype="html")
    draft = read_message(message.as_bytes())
    assert draft.paragraphs == tuple(TEXT.split("\n\n"))
    assert draft.title == "One crown for a lighthouse"
    assert draft.site == "Sund Weekly"
    assert draft.published == datetime(2026, 2, 2, 9, 30, tzinfo=timezone(timedelta(hours=1)))


def test_the_text_part_is_read_where_there_is_no_page_with_text() -> None:
    message = mail()
    message.set_content(TEXT)
    message.add_alternative("<html><body><img src='a.png'></body></html>", subtype="html")
    assert "".join(read_message(message.as_bytes()).paragraphs).endswith("never missed a night.")


def test_the_subject_is_the_title_where_the_text_has_none() -> None:
    message = mail(Subject="Fwd: RE: A lighthouse for one crown")
    message.set_content(HTML.replace("<h1>One crown for a lighthouse</h1>", ""), subtype="html")
    assert read_message(message.as_bytes()).title == "A lighthouse for one crown"


@pytest.mark.parametrize(
    ("sender", "byline", "site"),
    [
        ("Sund Weekly <news@sund.example>", None, "Sund Weekly"),
        ("Ana Sol from Sund Weekly <ana@sund.example>", "Ana Sol", "Sund Weekly"),
        ("=?utf-8?q?J=C3=B6rg_Ede?= via Sund <j@sund.example>", "Jörg Ede", "Sund"),
        ("news@sund.example", None, None),
    ],
)
def test_the_sender_is_the_paper_or_a_person_of_it(
    sender: str, byline: str | None, site: str | None
) -> None:
    data = f"From: {sender}\nContent-Type: text/html\n\n{HTML}".encode()
    draft = read_message(data)
    assert (draft.byline, draft.site) == (byline, site)


@pytest.mark.parametrize(
    ("value", "published"),
    [
        ("Mon, 02 Feb 2026 09:30:00 GMT", datetime(2026, 2, 2, 9, 30, tzinfo=UTC)),
        ("Mon, 02 Feb 2026 09:30:00 -0000", date(2026, 2, 2)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_date_of_the_mail(value: str, published: date | None) -> None:
    data = f"Date: {value}\nContent-Type: text/html\n\n{HTML}".encode()
    assert read_message(data).published == published


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "x-unknown", "windows-1252"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_parts_are_decoded(charset: str, transfer: str) -> None:
    message = EmailMessage(policy=SMTP)
    codec = "utf-8" if charset == "x-unknown" else charset
    page = HTML.replace("“", "«").replace("”", "»")
    message.set_content(page.encode(codec), "text", "html", cte=transfer)
    message.set_param("charset", charset)
    assert (
        "«I have paid for it in paint already,» said"
        in read_message(message.as_bytes()).paragraphs[1]
    )


def test_an_attached_text_is_not_the_article() -> None:
    message = mail()
    message.set_content(HTML, subtype="html")
    message.add_attachment("Terms and conditions. " * 50, filename="terms.txt")
    assert read_message(message.as_bytes()).paragraphs == tuple(TEXT.split("\n\n"))


def test_headers_are_explained_before_the_lines() -> None:
    message = mail()
    message.set_content(HTML, subtype="html")
    lines = read_message(message.as_bytes()).lines
    assert [line.label for line in lines[:3]] == ["subject", "from", "date"]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Subject: only a head\n\n",
        b"Content-Type: application/pdf\n\n%PDF",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n--x--\n",
        b"Content-Type: text/html\n\n<p></p>",
    ],
    ids=["empty", "head", "pdf", "no parts", "no words"],
)
def test_a_mail_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="mail"):
        read_message(data, "a.eml")


def test_nested_parts_do_not_exhaust_the_stack() -> None:
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000)
    )
    with pytest.raises(ReadError, match="mail"):
        read_message(opened.encode() + b"Content-Type: text/plain\n\nDeep words.")


@pytest.mark.parametrize(
    "head",
    [b"Subject: =?zz?q?=80?=", b"Subject: \xff\xfe", b"From: <<<@@", b"Date: 99 99", b"From: ,,;"],
)
def test_malformed_headers_cost_only_themselves(head: bytes) -> None:
    draft = read_message(head + b"\nContent-Type: text/html\n\n" + HTML.encode())
    assert len(draft.paragraphs) == 2


@pytest.mark.parametrize(
    "first", ["Dear friends of the light,", "Hello!", "Good news from the rock."]
)
def test_a_greeting_is_not_the_title_of_a_plain_mail(first: str) -> None:
    body = "The lamp of the northern tower is lit again, and whoever wants may climb up on Sunday."
    draft = read_message(f"Subject: The tower opens\n\n{first}\n\n{body}\n".encode())
    assert (draft.title, draft.paragraphs) == ("The tower opens", (first, body))


def test_a_mail_is_no_wall_whatever_it_asks_for() -> None:
    page = (
        "<html><body><p>The lamps are lit again, as ever.</p><p>Subscribe to continue reading</p>"
    )
    data = f"Subject: Lamps\nContent-Type: text/html\n\n{page}</body></html>".encode()
    assert read_message(data).wall == ""
