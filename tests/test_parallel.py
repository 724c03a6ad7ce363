"""The bounded map: in order, lazy, and safe across the process wall."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from inspect import isclass

import pytest

from digest import errors
from digest.parallel import bounded_map


def half(number: int) -> float | errors.DigestError:
    if number == 7:
        return errors.ReadError("seven", "is odd", "Take eight.")
    return number / 2


@pytest.mark.parametrize("alone", [100, 3], ids=["alone", "in processes"])
def test_results_come_in_order_and_failures_as_values(alone: int) -> None:
    found = list(bounded_map(half, range(20), alone=alone, workers=2))
    assert [item for item, _ in found] == list(range(20))
    assert [r for n, r in found if n != 7] == [n / 2 for n in range(20) if n != 7]
    assert str(found[7][1]) == "seven: is odd. Take eight."


def test_the_input_is_drawn_a_little_at_a_time() -> None:
    drawn = 0

    def items() -> Iterator[int]:
        nonlocal drawn
        for number in range(10_000):
            drawn = number
            yield number

    results = bounded_map(half, items(), alone=3, workers=2)
    for _ in range(20):
        next(results)
    assert drawn < 40
    results.close()  # type: ignore[attr-defined]  # it is a generator


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind in vars(errors).values()
        if isclass(kind) and issubclass(kind, errors.DigestError)
    ],
)
def test_every_error_survives_pickling(kind: type[errors.DigestError]) -> None:
    error = kind("where", "why", "what to do")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is kind
    assert (again.where, again.why, again.remedy) == ("where", "why", "what to do")
    assert str(again) == "where: why. what to do"
