"""How a source is doing, told from its visits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.sources.health import Health, HealthState, health
from digest.visits import Visit, VisitState

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def visits(*days_ago: int, last: VisitState = VisitState.OK) -> list[Visit]:
    """Visits on these days, of which the last one ended so."""
    at = [NOW - days * DAY for days in days_ago]
    states = [VisitState.UNCHANGED] * (len(at) - 1) + [last]
    return [
        Visit(source="wire", address="", at=moment, state=state, latency=0.1 * number, detail="why")
        for number, (moment, state) in enumerate(zip(at, states, strict=True))
    ]


def given(*days_ago: int) -> list[datetime]:
    return [NOW - days * DAY for days in days_ago]


def of(looks: list[Visit], articles: list[datetime], held: int = 0) -> Health:
    return health("wire", looks, articles, held=held, now=NOW)


STATES = {
    "never looked at": (of([], []), HealthState.NEW),
    "read": (of(visits(2, 1), []), HealthState.OK),
    "a folder": (of([], given(3, 1)), HealthState.OK),
    "failing": (of(visits(2, 1, last=VisitState.FAILED), given(2)), HealthState.FAILING),
    "gone": (of(visits(2, 1, last=VisitState.GONE), given(2)), HealthState.RETIRED),
    "held": (of(visits(2, 1), given(2), held=30), HealthState.HELD),
    "quiet": (of(visits(0), given(19, 18, 17, 16, 15)), HealthState.QUIET),
}


@pytest.mark.parametrize(("found", "state"), STATES.values(), ids=STATES)
def test_states(found: Health, state: HealthState) -> None:
    assert found.state is state


RHYTHMS = {
    "daily, silent for two days": ([7, 6, 5, 4, 3, 2], None),
    "daily, silent for three days": ([8, 7, 6, 5, 4, 3], 3),
    "weekly, silent for two weeks": ([42, 35, 28, 21, 14], None),
    "weekly, silent for over two weeks": ([43, 36, 29, 22, 15], 15),
    "no rhythm to be told": ([40, 30, 29, 28], None),
    "many in a day": ([40, 40, 40, 40, 40, 40], None),
}


@pytest.mark.parametrize(("days", "since"), RHYTHMS.values(), ids=RHYTHMS)
def test_quiet_against_its_own_rhythm(days: list[int], since: int | None) -> None:
    quiet = of(visits(0), given(*days)).quiet_since
    assert quiet == (None if since is None else NOW - since * DAY)


def test_what_was_not_looked_at_is_not_called_quiet() -> None:
    assert of(visits(14), given(19, 18, 17, 16, 15)).quiet_since is None
    failed = visits(14, 0, last=VisitState.FAILED)
    assert of(failed, given(19, 18, 17, 16, 15)).quiet_since is None


def test_the_figures() -> None:
    found = of(visits(9, 2, 1, last=VisitState.FAILED), given(55, 50, 8, 6, 0, 0))
    assert found.last_success == NOW - 2 * DAY
    assert found.last_try == NOW - DAY
    assert found.error == "why"
    assert found.latency == pytest.approx(0.1)
    assert found.weeks == (2, 0, 0, 0, 0, 0, 1, 3)


def test_what_is_older_than_the_chart_is_not_in_it() -> None:
    assert sum(of([], given(57, 56, 55)).weeks) == 1
