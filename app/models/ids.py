"""Public ids: random enough not to be guessed, and sorted by the time they were made."""

from __future__ import annotations

import os
import threading
import time
import uuid
from datetime import datetime

# A clock that was set back by less than this is waited out by counting on; past it, it is believed.
BACKWARDS = 10_000 << 12


class _Ticks:
    """The time in 1/4096 of a millisecond, never the same twice in one process."""

    def __init__(self) -> None:
        self.last = 0
        self.lock = threading.Lock()

    def next(self) -> int:
        now = (time.time_ns() << 12) // 1_000_000
        with self.lock:
            if 0 <= self.last - now < BACKWARDS:
                now = self.last + 1
            self.last = now
            return now


_ticks = _Ticks()


def new_id() -> uuid.UUID:
    """A version 7 UUID: milliseconds, 12 bits of their fraction, 62 random bits.

    RFC 9562, sections 5.7 and 6.2 (method 3): entries of one process sort in the order in which
    they were made, also within one millisecond.
    """
    milliseconds, fraction = divmod(_ticks.next(), 1 << 12)
    random = int.from_bytes(os.urandom(8)) >> 2
    value = (milliseconds << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | random
    return uuid.UUID(int=value)


def first_id(moment: datetime) -> uuid.UUID:
    """Smaller than every id that was made at that moment or later, larger than earlier ones."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80)
