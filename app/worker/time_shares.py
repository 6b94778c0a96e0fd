"""Shares of a worker's time for less urgent work, which would otherwise never get any.

Credit scheduling, as in weighted fair queueing (Demers, Keshav, Shenker 1989): every second of a
slot credits each kind of work with its share of a second, and charges the kind that had the slot a
whole second. A kind whose credit has grown to QUANTUM goes first once. A kind with nothing to do
accumulates no credit, and work that runs because nothing more urgent waits costs none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from app.services.jobs.queue import SHARES

# Credit in seconds with which a kind goes first. A lower limit would mean a search of the queue
# before every short page.
QUANTUM = 1.0
# Limit in seconds: after a page of many minutes, a kind does not wait, or go first, for hours.
MOST = 60.0


class TimeShares:
    """The credits of one worker, shared by all of its slots. A kind is a priority, or PICTURES."""

    def __init__(self, slots: int = 1) -> None:
        self._lock = threading.Lock()
        self._credit = dict.fromkeys(SHARES, 0.0)
        self._going_first = dict.fromkeys(SHARES, 0)
        # Concurrent slots are limited to the share too, so that one long page does not bring more.
        self._most_slots = {kind: max(1, round(share * slots)) for kind, share in SHARES.items()}

    def due(self) -> list[int]:
        """Kinds that go first now, by descending credit."""
        with self._lock:
            kinds = [kind for kind in SHARES if self._is_due(kind)]
            return sorted(kinds, key=lambda kind: -self._credit[kind])

    def has_none(self, kind: int) -> None:
        """Records that no work of this kind waits."""
        with self._lock:
            self._credit[kind] = 0.0

    @contextmanager
    def timed(self, kind: int, *, first: bool = False) -> Iterator[Callable[[], None]]:
        """Charges the time of the block at its end, or earlier by calling the yielded function.

        first: whether the kind runs because it was due.
        """
        charged_until = monotonic()

        def charge() -> None:
            nonlocal charged_until
            now = monotonic()
            self.charge(kind, now - charged_until, first=first)
            charged_until = now

        self._count_first(kind, int(first))
        try:
            yield charge
        finally:
            charge()
            self._count_first(kind, -int(first))

    def charge(self, kind: int, seconds: float, *, first: bool = False) -> None:
        with self._lock:
            for each, share in SHARES.items():
                self._credit[each] = min(MOST, self._credit[each] + share * seconds)
            if first:
                self._credit[kind] = max(-MOST, self._credit[kind] - seconds)
            elif kind in SHARES:
                self._credit[kind] = min(0.0, self._credit[kind])

    def _count_first(self, kind: int, change: int) -> None:
        if change:
            with self._lock:
                self._going_first[kind] += change

    def _is_due(self, kind: int) -> bool:
        free = self._going_first[kind] < self._most_slots[kind]
        return free and self._credit[kind] >= QUANTUM
