"""The newsletter's recipients in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from digest.ledger.recipients import PAGE, Recipients
from digest.ledger.store import Store
from digest.model import Recipient


@pytest.fixture
def recipients(tmp_path: Path) -> Iterator[Recipients]:
    with closing(Store.open(tmp_path)) as store:
        yield Recipients(store, newsletter="morning")


def named(address: str, **facts: object) -> Recipient:
    return Recipient(address=address, **facts)  # type: ignore[arg-type]  # a test's facts


def test_what_is_put_comes_back(recipients: Recipients) -> None:
    ada = named(
        "Ada@elsby.example",
        name="Ada Møller",
        fields=(("town", "Elsby"), ("since", "2019")),
        topics=("Harbour", "World"),
        timezone="Europe/Oslo",
    )
    recipients.put([ada])
    assert recipients.get("ada@ELSBY.example") == ada
    assert list(recipients) == [(ada, None)]


def test_two_spellings_are_one_recipient(recipients: Recipients) -> None:
    recipients.put([named("Ada@elsby.example", name="Ada"), named("ada@elsby.example", name="A.")])
    assert recipients.count() == (1, 0)
    assert recipients.get("ada@elsby.example") == named("ada@elsby.example", name="A.")


def test_another_newsletter_has_its_own(recipients: Recipients, tmp_path: Path) -> None:
    recipients.put([named("ada@elsby.example")])
    with closing(Store.open(tmp_path)) as store:
        assert Recipients(store, newsletter="evening").count() == (0, 0)


def test_who_left_stays_away_when_a_list_is_read_again(recipients: Recipients) -> None:
    recipients.put([named("ada@elsby.example")])
    assert recipients.suppress("ADA@elsby.example", "asked to leave")
    recipients.put([named("ada@elsby.example", name="Ada")])
    assert list(recipients) == [
        (named("ada@elsby.example", name="Ada", suppressed=True), "asked to leave")
    ]
    assert not recipients.suppress("ada@elsby.example", "again")
    assert recipients.restore("ada@elsby.example")
    assert recipients.count() == (1, 0)


def test_removing_forgets_the_address(recipients: Recipients) -> None:
    recipients.put([named("ada@elsby.example")])
    assert recipients.remove("ada@elsby.example")
    assert not recipients.remove("ada@elsby.example")
    assert recipients.get("ada@elsby.example") is None


def test_going_over_more_than_a_page_gives_each_once(recipients: Recipients) -> None:
    many = [named(f"reader{number}@elsby.example") for number in range(2 * PAGE + 1)]
    assert recipients.put(iter(many)) == len(many)
    assert [recipient for recipient, _ in recipients] == many


def test_topics_are_each_distinct_choice(recipients: Recipients) -> None:
    recipients.put(
        [
            named("a@elsby.example", topics=("World", "Harbour")),
            named("b@elsby.example", topics=("Harbour", "World")),
            named("c@elsby.example"),
            named("d@elsby.example", topics=("Sport",), suppressed=True),
        ]
    )
    assert sorted(recipients.topics()) == [(), ("Harbour", "World")]
