from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_about: ContextVar[dict[str, str]] = ContextVar("about", default={})  # noqa: B039  never changed


@contextmanager
def about(**ids: str) -> Iterator[None]:
    """Every line that is logged inside says these, such as request_id or job_id."""
    token = _about.set({**_about.get(), **ids})
    try:
        yield
    finally:
        _about.reset(token)


def current() -> dict[str, str]:
    return _about.get()
