"""The bridge between the network's thread and the one that draws."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from digest.sources.relay import ROOM, Relay


def draw(relay: Relay[int], numbers: int) -> Iterator[int]:
    async def work(relay: Relay[int]) -> None:
        for number in range(numbers):
            await relay.put(number)

    return relay.draw(work)


def test_items_come_out_in_order() -> None:
    assert list(draw(Relay(), 1_000)) == list(range(1_000))


def test_only_a_few_items_wait() -> None:
    put = 0

    async def work(relay: Relay[int]) -> None:
        nonlocal put
        for number in range(1_000):
            await relay.put(number)
            put = number

    items = Relay[int]().draw(work)
    for _ in range(10):
        next(items)
    assert put < 10 + ROOM
    items.close()  # type: ignore[attr-defined]  # it is a generator


def test_questions_are_answered_by_the_drawing_thread() -> None:
    async def work(relay: Relay[str]) -> None:
        here = threading.current_thread().name
        there = await relay.ask(lambda: threading.current_thread().name)
        await relay.put(f"{here != there} {there}")

    assert list(Relay[str]().draw(work)) == [f"True {threading.current_thread().name}"]


def test_a_question_that_fails_is_the_askers_affair() -> None:
    async def work(relay: Relay[str]) -> None:
        try:
            await relay.ask(lambda: 1 // 0)
        except ZeroDivisionError:
            await relay.put("asked in vain")

    assert list(Relay[str]().draw(work)) == ["asked in vain"]


def test_a_failure_of_the_work_is_raised_after_what_came_before() -> None:
    async def fail(relay: Relay[int]) -> None:
        await relay.put(1)
        raise ValueError("broken")

    async def work(relay: Relay[int]) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(fail(relay))

    drawn: list[int] = []
    with pytest.raises(ValueError, match="broken"):
        drawn.extend(Relay[int]().draw(work))
    assert drawn == [1]


def test_leaving_early_ends_the_thread() -> None:
    ended = []

    async def work(relay: Relay[int]) -> None:
        try:
            await relay.put(1)
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    items = Relay[int]().draw(work)
    assert next(items) == 1
    items.close()  # type: ignore[attr-defined]  # it is a generator
    assert ended == [True]
    assert "sources" not in {thread.name for thread in threading.enumerate()}
