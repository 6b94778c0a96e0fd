"""Cores that the page being read may use, and work that is spread over them.

Threads of one process are enough, as ONNX Runtime and OpenCV compute outside Python's lock: limits
of time and memory, and the end of the process, then hold for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# New threads start with the default, so work that is spread is not spread again.
_granted: ContextVar[int] = ContextVar("granted_cores", default=1)


def granted_cores() -> int:
    """Cores that the calling thread may use."""
    return _granted.get()


@contextmanager
def use_cores(count: int) -> Iterator[None]:
    """Grants the calling thread that many cores for the block."""
    token = _granted.set(max(1, count))
    try:
        yield
    finally:
        _granted.reset(token)


def in_parallel(work: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """The results in the order of the items, whichever ended first.

    Raises the error of the first item that failed, after all work that had begun has ended.
    """
    cores = min(granted_cores(), len(items))
    if cores <= 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(cores) as threads:
        return list(threads.map(work, items))
