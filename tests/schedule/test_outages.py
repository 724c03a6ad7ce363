"""Sources that are down are told of once, whoever has them, and as one if the line is down."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.ledger.sqlite import SqliteLedger
from digest.schedule.outages import MANY, down
from digest.visits import Visit, VisitState
from digest.wiring import projects
from digest.wiring.outages import outages
from digest.wiring.web import health, stands
from tests.builders import Project

NOW = datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


def whys(number: int) -> dict[str, str]:
    return {f"s{n}": "was refused" for n in range(number)}


@pytest.mark.parametrize(
    ("broken", "number", "standing", "told"),
    [
        (0, 20, [], []),
        (2, 2, [], ["s0:down", "s1:down"]),
        (3, 4, [], [MANY]),
        (18, 20, [], [MANY]),
        (10, 20, [], [f"s{n}:down" for n in range(10)]),
        (4, 5, ["s0:down"], ["s0:down", MANY]),
        (6, 20, [MANY], [MANY]),
        (5, 20, [MANY], [f"s{n}:down" for n in range(5)]),
        (2, 4, [MANY], ["s0:down", "s1:down"]),
    ],
)
def test_each_for_itself_or_all_as_one(
    broken: int, number: int, standing: list[str], told: list[str]
) -> None:
    assert [*down(whys(broken), number, standing)] == told


def test_the_one_text_says_how_many_and_which() -> None:
    assert down(whys(18), 20, [])[MANY] == (
        "digest: 18 of 20 sources are down: s0: was refused; s1: was refused; s2: was refused;"
        " and 15 more"
    )


TWO = """
[[newsletters]]
id = "a"
[[newsletters]]
id = "b"
sources = ["wire", "seeds"]
[[sources]]
feed = "wire.xml"
name = "wire"
[[sources]]
feed = "post.xml"
name = "post"
[[sources]]
folder = "seeds"
"""


def test_a_source_of_two_newsletters_is_told_once(project: Project) -> None:
    project.write("digest.toml", TWO)
    found = projects(None, folder=project.folder)
    failed = Visit(source="wire", address="wire.xml", at=NOW, state=VisitState.FAILED, detail="no")
    with closing(SqliteLedger.open(found[0].state, sources=["wire"])) as ledger:
        for hour in range(6):
            ledger.visit(replace(failed, at=NOW + timedelta(hours=hour)))
    assert outages(found, NOW + timedelta(hours=5)) == {
        "source::seeds:down": "digest: source seeds is down: there is no such folder"
    }
    assert outages(found, NOW + timedelta(hours=6)) == {
        "source::wire:down": "digest: source wire is down: no",
        "source::seeds:down": "digest: source seeds is down: there is no such folder",
    }


def test_a_source_stands_as_it_does_for_all_its_visits(project: Project) -> None:
    project.write("digest.toml", TWO)
    first, _ = projects(None, folder=project.folder)
    read = Visit(source="wire", address="wire.xml", at=NOW, state=VisitState.OK)
    with closing(SqliteLedger.open(first.state, sources=first.source_names)) as ledger:
        for hour in range(6):
            ledger.visit(replace(read, at=NOW + timedelta(hours=hour)))
            gone = VisitState.FAILED if hour < 5 else VisitState.GONE
            ledger.visit(replace(read, source="post", at=NOW + timedelta(hours=hour), state=gone))
        now = NOW + timedelta(hours=6)
        assert stands(first.source_names, ledger, now) == health(first, ledger, now)
