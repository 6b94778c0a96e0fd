"""Requests per minute, counted in the database, or in a cache that is not the database.

All processes share the count.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from app.models import RequestCount

from .caller import Caller

WINDOW = 60  # seconds
COUNT = """
INSERT INTO app_requestcount (subject, minute, requests) VALUES (%s, %s, 1)
ON CONFLICT (subject) DO UPDATE SET
    requests = CASE WHEN app_requestcount.minute = excluded.minute
        THEN app_requestcount.requests + 1 ELSE 1 END,
    minute = excluded.minute
RETURNING requests
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """limit: requests per window; remaining: may be negative; resets_at: Unix seconds."""

    limit: int
    remaining: int
    resets_at: int

    @property
    def exceeded(self) -> bool:
        return self.remaining < 0

    @property
    def seconds_left(self) -> int:
        return max(1, self.resets_at - int(time.time()))


def count(*, caller: Caller) -> Rate | None:
    """Counts one request of the caller; None if the site sets no limit."""
    return count_for(subject=caller.subject, limit=limit_of(caller))


def count_for(*, subject: str, limit: int) -> Rate | None:
    """Counts one request under any name, such as the attempts to sign in from one address."""
    if not limit:
        return None
    window = _window()
    used = (
        _count_in_database(subject, window) if _in_database() else _count_in_cache(subject, window)
    )
    return Rate(limit, limit - used, (window + 1) * WINDOW)


def peek(*, subject: str, limit: int) -> Rate | None:
    """The rate as count_for() would return it for one more request, without counting it."""
    if not limit:
        return None
    window = _window()
    if _in_database():
        rows = RequestCount.objects.filter(subject=subject, minute=window)
        used = rows.values_list("requests", flat=True).first() or 0
    else:
        used = cache.get(_name(subject, window), 0)
    return Rate(limit, limit - used - 1, (window + 1) * WINDOW)


def delete_old() -> None:
    """Deletes counts of windows that are over."""
    RequestCount.objects.filter(minute__lt=_window()).delete()


def _window() -> int:
    return int(time.time()) // WINDOW


def _in_database() -> bool:
    """Whether the cache is a table, which takes five statements to count and may lose counts."""
    backend: str = settings.CACHES["default"]["BACKEND"]
    return backend.endswith("DatabaseCache")


def _count_in_database(subject: str, window: int) -> int:
    """Counts with one statement, so that two requests of a caller never count as one."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [subject, window])
        used: int = cursor.fetchone()[0]
    return used


def _count_in_cache(subject: str, window: int) -> int:
    """Counts with one write, except for the first request of a window."""
    name = _name(subject, window)
    try:
        return cache.incr(name)
    except ValueError:
        if cache.add(name, 1, timeout=2 * WINDOW):
            return 1
    try:
        return cache.incr(name)  # another process was first
    except ValueError:  # the cache dropped the entry just now
        return 1


def _name(subject: str, window: int) -> str:
    return f"rate:{subject}:{window}"


def limit_of(caller: Caller) -> int:
    """Requests per minute; 0 means no limit."""
    if caller.key and caller.key.requests_per_minute is not None:
        return caller.key.requests_per_minute
    limit: int = settings.RATE_ACCOUNT if caller.owner else settings.RATE_ANONYMOUS
    return limit
