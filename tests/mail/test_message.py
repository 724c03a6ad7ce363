"""Messages for the outbox: the form letter as its own sender receives it."""

from __future__ import annotations

import json
from dataclasses import replace

from digest.mail import compose, form_letter
from digest.model import Envelope, Issue, Recipient
from digest.tokens import HOST
from tests.builders import issue
from tests.mail.sample import NEWSLETTER, contents, edition, parsed


def envelope() -> Envelope:
    return composed(issue(newsletter=NEWSLETTER))


def composed(it: Issue) -> Envelope:
    return compose(form_letter(edition(), it), it, record={"id": "Nº 1"})


def test_the_message_is_a_filled_letter() -> None:
    letter = form_letter(edition(), issue(newsletter=NEWSLETTER))
    sender = Recipient(address="neues@xn--bcher-kva.example", name="Die Übersicht")
    assert envelope().message == letter.fill(sender)
    assert parsed(envelope().message)["To"] == parsed(envelope().message)["From"]


def test_the_files_are_the_parts_of_the_message() -> None:
    text, html = contents(envelope().message)
    assert envelope().html.decode() == html
    assert envelope().text.decode() == text
    assert HOST not in html + text


def test_the_record_is_readable() -> None:
    assert json.loads(envelope().record) == {"id": "Nº 1"}
    assert "Nº 1" in envelope().record.decode()


def test_the_same_issue_gives_the_same_bytes_and_another_gives_another_id() -> None:
    assert envelope() == envelope()
    other = composed(issue(id="digest/other", newsletter=NEWSLETTER))
    assert parsed(other.message)["Message-ID"] != parsed(envelope().message)["Message-ID"]


def test_a_sender_without_a_name() -> None:
    newsletter = replace(NEWSLETTER, sender="news@courier.example")
    found = parsed(composed(issue(newsletter=newsletter)).message)
    assert str(found["From"]) == str(found["To"]) == "news@courier.example"
