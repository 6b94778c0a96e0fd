"""Context of log lines: ids of the request and job that they belong to."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .paths import loggable_path

_context: ContextVar[dict[str, str]] = ContextVar("log_context", default={})  # noqa: B039  never changed


@contextmanager
def log_context(**ids: str) -> Iterator[None]:
    """Adds ids, such as request_id or job_id, to every line logged inside the block."""
    token = _context.set({**_context.get(), **ids})
    try:
        yield
    finally:
        _context.reset(token)


def current_context() -> dict[str, str]:
    return _context.get()


class AddContext(logging.Filter):
    """Adds the context's ids to each record, and removes secrets from its path."""

    def filter(self, record: logging.LogRecord) -> bool:
        ids = current_context()
        record.__dict__.update(ids)
        record.ids = "".join(f" {name}={value}" for name, value in ids.items())
        # Django's own lines about a request contain its path as an argument.
        request = record.__dict__.pop("request", None)
        if hasattr(request, "path") and isinstance(record.args, tuple):
            record.args = tuple(
                loggable_path(request) if argument == request.path else argument
                for argument in record.args
            )
        return True
