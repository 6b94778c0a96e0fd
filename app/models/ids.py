"""Public ids: random enough not to be guessed, and sorted by the time they were made."""

from __future__ import annotations

import os
import time
import uuid
from datetime import datetime


def new_id() -> uuid.UUID:
    """A version 7 UUID (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return uuid.UUID(int=value)


def first_id(moment: datetime) -> uuid.UUID:
    """Smaller than every id that was made at that moment or later, larger than earlier ones."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80)
