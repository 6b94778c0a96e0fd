from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_context: ContextVar[dict[str, str]] = ContextVar("log_context", default={})  # noqa: B039  never changed


@contextmanager
def log_context(**ids: str) -> Iterator[None]:
    """Adds ids, such as request_id or job_id, to every line that is logged inside the block."""
    token = _context.set({**_context.get(), **ids})
    try:
        yield
    finally:
        _context.reset(token)


def current_context() -> dict[str, str]:
    return _context.get()
