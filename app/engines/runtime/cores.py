"""Cores that the page being read may use, and work that is spread over them.

Threads of one process are enough, as ONNX Runtime and OpenCV compute outside Python's lock: limits
of time and memory, and the end of the process, then hold for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, TypeVar

import cv2

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Grant(NamedTuple):
    """helpers: threads besides the calling one, one fewer than the cores; None for one core."""

    cores: int = 1
    helpers: ThreadPoolExecutor | None = None


ONE = _Grant()
# Helpers start with the default, so work that is spread is not spread again.
_granted: ContextVar[_Grant] = ContextVar("granted", default=ONE)


def granted_cores() -> int:
    """Cores that the calling thread may use."""
    return _granted.get().cores


@contextmanager
def use_cores(count: int) -> Iterator[None]:
    """Grants the calling thread that many cores for the block, and OpenCV as many threads.

    Afterwards nothing runs in the background: work that has begun is awaited, the rest is dropped.
    """
    if count <= 1:
        with _with(ONE):
            yield
        return
    helpers = ThreadPoolExecutor(count - 1)
    try:
        with _with(_Grant(count, helpers)), _opencv_threads(count):
            yield
    finally:
        helpers.shutdown(cancel_futures=True)


def in_parallel(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    cost: Callable[[Item], float] | None = None,
) -> list[Result]:
    """The results in the order of the items. cost: items with the highest cost are begun first.

    Raises the error of one item that failed, after all work that had begun has ended.
    """
    helpers = _granted.get().helpers
    if helpers is None or len(items) <= 1:
        return [work(item) for item in items]
    order = list(range(len(items)))
    if cost:
        order.sort(key=lambda at: -cost(items[at]))
    own: dict[int, Result] = {}
    with _with(ONE), _opencv_threads(1):
        futures = {at: helpers.submit(work, items[at]) for at in order}
        try:
            for at, future in futures.items():
                if future.cancel():  # no helper has begun it
                    own[at] = work(items[at])
                elif future.done():
                    future.result()  # an error ends the work
        finally:
            wait([future for future in futures.values() if not future.cancel()])
    return [own[at] if at in own else futures[at].result() for at in range(len(items))]


def in_background(work: Callable[[], Result]) -> Callable[[], Result]:
    """Offer the work to an idle helper; returns a function that waits for its result or error.

    Call it in the same thread. If no helper has begun the work by then, or there is only one core,
    the calling thread does it.
    """
    helpers = _granted.get().helpers
    if helpers is None:
        return work
    future = helpers.submit(work)
    return lambda: work() if future.cancel() else future.result()


@contextmanager
def _with(grant: _Grant) -> Iterator[None]:
    token = _granted.set(grant)
    try:
        yield
    finally:
        _granted.reset(token)


@contextmanager
def _opencv_threads(count: int) -> Iterator[None]:
    before = cv2.getNumThreads()
    cv2.setNumThreads(count)
    try:
        yield
    finally:
        cv2.setNumThreads(before)
