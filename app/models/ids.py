"""Public ids: too random to guess, and sorted by time of creation."""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections.abc import Iterable
from datetime import datetime

# In ticks. If the clock is set back by less, ids count on; if by more, they follow the clock.
MAX_STEP_BACK = 10_000 << 12


class _Ticks:
    """The time in 1/4096 of a millisecond, unique within the process."""

    def __init__(self) -> None:
        self.last = 0
        self.lock = threading.Lock()

    def next(self) -> int:
        now = (time.time_ns() << 12) // 1_000_000
        with self.lock:
            if 0 <= self.last - now < MAX_STEP_BACK:
                now = self.last + 1
            self.last = now
            return now


_ticks = _Ticks()


def new_id() -> uuid.UUID:
    """A version 7 UUID: milliseconds, 12 bits of their fraction, 62 random bits.

    RFC 9562, sections 5.7 and 6.2 (method 3): ids of one process sort in order of creation, even
    within a millisecond.
    """
    milliseconds, fraction = divmod(_ticks.next(), 1 << 12)
    random = int.from_bytes(os.urandom(8)) >> 2
    value = (milliseconds << 80) | (0x7 << 76) | (fraction << 64) | (0b10 << 62) | random
    return uuid.UUID(int=value)


def first_id(moment: datetime) -> uuid.UUID:
    """An id smaller than any made at that moment or later, and larger than any earlier one."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80)


def parsed_id(text: object) -> uuid.UUID | None:
    """The id, with or without hyphens; None for a text that is none."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def parsed_ids(texts: Iterable[object]) -> list[uuid.UUID]:
    """Those of the texts that are ids, since addresses and forms may hold anything."""
    return [found for text in texts if (found := parsed_id(text))]
