"""One bounded map over processes, for the work that fills a core: reading and summarizing.

Threads would not help, since the parsers hold the interpreter lock; and ``Executor.map`` draws
in its whole input at once, which a stream of many thousand documents must not.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Items done here before processes are started: a pool costs about a second, so an ordinary run
#: never pays for it.
ALONE = 200


def bounded_map(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    alone: int = ALONE,
    workers: int | None = None,
) -> Iterator[tuple[Item, Result]]:
    """Each item with ``function(item)``, in order; at most a few items per worker wait."""
    stream = iter(items)
    for item in islice(stream, alone):
        yield item, function(item)
    first = next(stream, None)
    if first is None:
        return
    count = workers or min(os.cpu_count() or 1, 8)
    # Spawned, not forked: a progress bar's thread may be running.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        waiting: deque[tuple[Item, Future[Result]]] = deque([(first, pool.submit(function, first))])
        for item in stream:
            waiting.append((item, pool.submit(function, item)))
            if len(waiting) > 4 * count:
                done, future = waiting.popleft()
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()
