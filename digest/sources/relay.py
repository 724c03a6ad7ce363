"""From an event loop in a thread of its own to a plain iterator, and questions the other way.

What the loop puts waits in a small queue until it is drawn. What only the drawing thread may do,
such as asking the ledger, the loop asks of it: a question is answered between two items.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, Generic, NamedTuple, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

#: Items that wait to be drawn.
ROOM = 16
#: Seconds after which a drawer that got nothing is asked whether to go on.
PATIENCE = 0.5


class _Question(NamedTuple):
    ask: Callable[[], Any]
    answer: Future[Any]


class _End(NamedTuple):
    error: BaseException | None


class Relay(Generic[Item]):
    """What the work in the loop speaks to."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Item | _Question | _End] = SimpleQueue()
        self._room = asyncio.Semaphore(ROOM)

    async def put(self, item: Item) -> None:
        """Hand an item over; waits while too many are not drawn yet."""
        await self._room.acquire()
        self._queue.put(item)

    async def ask(self, question: Callable[[], Answer]) -> Answer:
        """What ``question`` gives or raises in the drawing thread."""
        answer: Future[Answer] = Future()
        self._queue.put(_Question(question, answer))
        return await asyncio.wrap_future(answer)

    def draw(
        self,
        work: Callable[[Relay[Item]], Coroutine[Any, Any, None]],
        *,
        check: Callable[[], None] = lambda: None,
    ) -> Iterator[Item]:
        """What ``work`` puts. Its failure is raised here; leaving early cancels it.

        ``check`` is called before each item and while none comes; what it raises ends the work.
        """
        loop = asyncio.new_event_loop()
        task = loop.create_task(work(self))
        thread = threading.Thread(target=self._run, args=(loop, task), name="sources")
        thread.start()
        try:
            while not isinstance(item := self._next(check), _End):
                if isinstance(item, _Question):
                    _reply(item)
                    continue
                loop.call_soon_threadsafe(self._room.release)
                yield item
        finally:
            loop.call_soon_threadsafe(task.cancel)
            thread.join()
            loop.close()
        if item.error:
            raise item.error

    def _next(self, check: Callable[[], None]) -> Item | _Question | _End:
        while True:
            check()
            with suppress(Empty):
                return self._queue.get(timeout=PATIENCE)

    def _run(self, loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_until_complete(task)
        except BaseException as error:  # noqa: BLE001 - raised again in the drawing thread
            self._queue.put(_End(_first(error)))
        else:
            self._queue.put(_End(None))
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())


def _reply(question: _Question) -> None:
    if not question.answer.set_running_or_notify_cancel():
        return
    try:
        answer = question.ask()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the asker's
        question.answer.set_exception(error)
    else:
        question.answer.set_result(answer)


def _first(error: BaseException) -> BaseException:
    """The error itself, not the group that a group of tasks wraps it in."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
