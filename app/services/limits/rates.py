"""Requests per minute, counted in the cache so that all processes share the count."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from .senders import Sender

WINDOW = 60  # seconds


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


def count(*, sender: Sender) -> Rate | None:
    """Counts one request of the sender; None where the site sets no limit."""
    return count_for(subject=sender.subject, limit=limit_of(sender))


def count_for(*, subject: str, limit: int) -> Rate | None:
    """Counts one request under any name, such as the sign-ins from one address."""
    if not limit:
        return None
    window = _window()
    used = _incremented(_name(subject, window))
    return Rate(limit, limit - used, (window + 1) * WINDOW)


def look_at(*, subject: str, limit: int) -> Rate | None:
    """count_for() of a further request, which is not counted yet."""
    if not limit:
        return None
    window = _window()
    used = cache.get(_name(subject, window), 0)
    return Rate(limit, limit - used - 1, (window + 1) * WINDOW)


def _window() -> int:
    return int(time.time()) // WINDOW


def _name(subject: str, window: int) -> str:
    return f"rate:{subject}:{window}"


def _incremented(name: str) -> int:
    """One write for all but the first request of a window."""
    try:
        return cache.incr(name)
    except ValueError:
        if cache.add(name, 1, timeout=2 * WINDOW):
            return 1
    try:
        return cache.incr(name)  # another process was first
    except ValueError:  # the cache dropped the entry just now
        return 1


def limit_of(sender: Sender) -> int:
    """Requests per minute; 0 means no limit."""
    if sender.key and sender.key.requests_per_minute is not None:
        return sender.key.requests_per_minute
    limit: int = settings.RATE_ACCOUNT if sender.owner else settings.RATE_ANONYMOUS
    return limit
