"""What failed lately is left alone."""

from __future__ import annotations

from dataclasses import dataclass

from digest.schedule.failures import LONGEST, REST, Failures


@dataclass
class Seconds:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def test_it_rests_longer_from_failure_to_failure() -> None:
    clock = Seconds()
    failures, pauses = Failures(clock=clock), []
    for _ in range(6):
        failures.failed("run:digest")
        start = clock.now
        while failures.rests("run:digest"):
            clock.now += 1
        pauses.append(clock.now - start)
    assert pauses == [REST, 2 * REST, 4 * REST, LONGEST, LONGEST, LONGEST]
    failures.went_well("run:digest")
    failures.failed("run:digest")
    clock.now += REST
    assert not failures.rests("run:digest")


def test_each_is_for_itself_until_all_is_forgotten() -> None:
    failures = Failures(clock=Seconds())
    failures.failed("run:digest")
    assert not failures.rests("gather:digest")
    assert failures.rests("run:digest")
    failures.forget()
    assert not failures.rests("run:digest")
