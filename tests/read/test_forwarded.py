"""Mails inside mails and texts: their heads give the facts and never the words."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from digest.read.forwarded import unwrap_text
from digest.read.message import read_message

TEXT = (
    "The windmill of Korsby will grind again from June on, the parish council said on Friday.",
    "“The stones were never the trouble, the birds were,” said Tove Brandt, who carries the key.",
)
BODY = "\n\n".join(TEXT)
HEADS = {
    "gmail": """\
---------- Forwarded message ---------
From: Ivo Maur <ivo.maur@private.example>
Date: Fri, 20 Nov 2026 at 10:02
Subject: The mill grinds again
To: Lena Oss <lena.oss@private.example>
""",
    "outlook": """\
-----Ursprüngliche Nachricht-----
Von: Ivo Maur [mailto:ivo.maur@private.example]
Gesendet: Freitag, 20. November 2026 10:02
An: Lena Oss <lena.oss@private.example>;
 Paul Oss <paul.oss@private.example>;
Runa Holm;
Tove Brandt
Betreff: WG: The mill grinds again
""",
    "french": """\
Début du message réexpédié :

De : Ivo Maur <ivo.maur@private.example>
Objet : TR: The mill grinds again
Date : 20 novembre 2026 à 10:02
À : lena.oss@private.example
""",
    "spanish": """\
De: Ivo Maur <ivo.maur@private.example>
Enviado: viernes, 20 de noviembre de 2026 10:02
Para: lena.oss@private.example
Asunto: RV: The mill grinds again
""",
    "bold": """\
*From:* Ivo Maur <ivo.maur@private.example>
*Sent:* Friday, November 20, 2026 10:02 AM
*To:* lena.oss@private.example
*Subject:* Fwd: The mill grinds again
""",
}


@pytest.fixture(params=HEADS.values(), ids=list(HEADS))
def head(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def outer() -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Lena Oss <lena.oss@private.example>"
    message["Subject"] = "Fwd: something for the issue"
    message["Date"] = "Sat, 21 Nov 2026 08:00:00 +0100"
    return message


def check(data: bytes) -> None:
    draft = read_message(data)
    assert draft.paragraphs == TEXT
    assert (draft.title, draft.byline, draft.site) == ("The mill grinds again", "Ivo Maur", None)
    assert draft.published
    assert (draft.published.year, draft.published.month, draft.published.day) == (2026, 11, 20)


def test_a_forwarded_text(head: str) -> None:
    message = outer()
    message.set_content(f"Please print this, Paul (paul.oss@private.example)!\n\n{head}\n{BODY}\n")
    check(message.as_bytes())


def test_a_forwarded_text_that_is_quoted(head: str) -> None:
    message = outer()
    quoted = "\n".join(f"> {line}" for line in f"{head}\n{BODY}".split("\n"))
    message.set_content(f"For you.\n\n{quoted}\n")
    check(message.as_bytes())


def test_a_forwarded_page(head: str) -> None:
    message = outer()
    lines = head.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>\n")
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    message.set_content(f"<div>For you.</div><div>{lines}</div>{paragraphs}", subtype="html")
    check(message.as_bytes())


def test_of_two_heads_the_inner_one_counts() -> None:
    first = HEADS["bold"].replace("Ivo Maur", "Paul Oss").replace("mill", "mill, says Paul,")
    message = outer()
    message.set_content(f"See below.\n\n{first}\nAnd below.\n\n{HEADS['gmail']}\n{BODY}\n")
    check(message.as_bytes())


def test_a_text_file_that_starts_with_the_head_of_a_mail(head: str) -> None:
    text = f"{head}\n{BODY}\n"
    draft = unwrap_text(text)
    assert draft
    assert (draft.title, draft.byline, draft.paragraphs) == (
        "The mill grinds again",
        "Ivo Maur",
        TEXT,
    )
    numbers = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert [line.number for line in draft.lines] == numbers


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"A note\n\nFrom: the sea.\n\n{BODY}",
        f"Tickets\n\nDate: 3 June\nFrom: Oslo\nTo: the mill\n\n{BODY}",
        f"{BODY}\n\nA: What grinds?\nDa: The stones do.",
    ],
    ids=["prose", "one label", "journey", "letters"],
)
def test_what_is_no_head_of_a_mail(text: str) -> None:
    assert unwrap_text(text) is None


def test_a_mail_that_is_attached_is_read_in_place_of_the_note() -> None:
    inner = EmailMessage(policy=SMTP)
    inner["From"] = "Korsby Post <post@korsby.example>"
    inner["Subject"] = "The mill grinds again"
    inner["Date"] = "Fri, 20 Nov 2026 10:02:00 +0100"
    inner.set_content(BODY)
    message = outer()
    message.set_content("Please print this.")
    message.add_attachment(inner)
    draft = read_message(message.as_bytes())
    assert (draft.title, draft.site, draft.paragraphs) == (
        "The mill grinds again",
        "Korsby Post",
        TEXT,
    )


def test_two_text_parts_around_a_picture_are_both_read() -> None:
    parts = [
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
        for text in TEXT
    ]
    picture = "Content-Type: image/png\nContent-Disposition: inline\n\nx\n"
    body = "\n--b\n".join([parts[0], picture, parts[1]])
    data = f"Subject: Mill\nContent-Type: multipart/mixed; boundary=b\n\n--b\n{body}\n--b--\n"
    assert read_message(data.encode()).paragraphs == TEXT


@pytest.mark.parametrize(
    ("below", "byline", "site"),
    [
        ("-- \nKorsby Post, 12 Mill Lane\ncall 555 0199\n", None, "Lena Oss"),
        ("-- \nLena Oss\nMill Lane\n", "Lena Oss", None),
        ("Lena Oss\n", "Lena Oss", None),
        (f"{'_' * 47}\nmill mailing list\nmill@lists.example\n", None, "Lena Oss"),
    ],
    ids=["address", "signature", "name", "list"],
)
def test_what_stands_under_a_mail(below: str, byline: str | None, site: str | None) -> None:
    message = outer()
    message.set_content(f"{BODY}\n\n{below}")
    draft = read_message(message.as_bytes())
    assert draft.paragraphs[:2] == TEXT
    assert draft.paragraphs[2:] in {(), ("Lena Oss",)}
    assert (draft.byline, draft.site) == (byline, site)


def test_what_stands_under_a_mail_that_is_a_page() -> None:
    message = outer()
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    signature = "<div>-- <br>Lena Oss, 12 Mill Lane, who may be called on any day but Sunday</div>"
    message.set_content(paragraphs + signature, subtype="html")
    draft = read_message(message.as_bytes())
    assert draft.paragraphs == TEXT
    assert draft.lines[-1].label == "signature"


def test_a_short_mail_under_a_rule_is_no_footer(head: str) -> None:
    message = outer()
    message.set_content(f"For you.\n-- \nLena Oss\n\n{'_' * 32}\n{head}\n{BODY}\n")
    check(message.as_bytes())


def test_hostile_heads_are_read_in_one_pass() -> None:
    text = "From: a\n" * 50_000 + "\n" + "Da: @" * 1000 + "\n@" * 50_000
    assert unwrap_text(text) is None


def test_the_day_of_a_text_file() -> None:
    draft = unwrap_text(f"Subject: The mill\nDate: 20. November 2026\n\n{BODY}")
    assert draft
    assert (draft.title, draft.published) == ("The mill", date(2026, 11, 20))
