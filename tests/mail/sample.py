"""An edition with every kind of merge token, and who sends and receives it."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage

from digest.mail import FormLetter, form_letter
from digest.mail.dkim import Signer
from digest.model import Edition, Newsletter, Recipient
from digest.tokens import UNSUBSCRIBE, VIEW, field
from tests.builders import issue

KEY = b"a key for tests, of no use to anyone"
HTML = (
    f"<p>Dear {field('First Name', 'reader')}, ein Gruß, 日本語, {'x' * 3_000}</p>\n"
    f'<a href="{VIEW}">view</a>\n<a href="{UNSUBSCRIBE}">leave</a>\n.\nFrom here\n'
)
TEXT = (
    f"Dear {field('first_name', 'reader')}, ein Gruß, 日本語\n\n{VIEW}\n{UNSUBSCRIBE}\n\n-- \nX\n"
)
NEWSLETTER = Newsletter(
    title="Die Übersicht",
    sender="Die Übersicht <neues@bücher.example>",
    timezone="Europe/Berlin",
    language="de",
    unsubscribe="https://courier.example/leave?list=1&why=" + "x" * 160 + "&reader={token}",
    view="https://courier.example/issue?a=1&b=2",
)
NORA = Recipient(
    address="nora.quill@post.example", name="Nora Quill", fields=(("first_name", "Nora & Co"),)
)


def edition(**changes: str) -> Edition:
    values = {"subject": "Brücke gesperrt 🚧", "preheader": "", "html": HTML, "text": TEXT}
    return Edition(issue="digest/2026-11-22T073000+0100", **(values | changes))


def letter(
    newsletter: Newsletter = NEWSLETTER, *signers: Signer, key: bytes = KEY, **changes: str
) -> FormLetter:
    return form_letter(
        edition(**changes),
        issue(newsletter=newsletter),
        key=key,
        mailto="mailto:leave@courier.example?subject={token}",
        signers=signers,
    )


def bare(**changes: str | None) -> Newsletter:
    """The newsletter without links."""
    values = {"unsubscribe": None, "view": None} | changes
    return replace(NEWSLETTER, **values)  # type: ignore[arg-type]  # a test's changes


def parsed(raw: bytes) -> EmailMessage:
    """The message as the standard library reads it, which finds no fault with it."""
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    assert found.defects == []
    assert not [header for header in found.values() if header.defects]
    return found


def contents(raw: bytes) -> tuple[str, str]:
    """Text and HTML of a message."""
    text, html = parsed(raw).iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    return content(text), content(html)


def content(part: EmailMessage) -> str:
    return str(part.get_content()).replace("\r\n", "\n")
