"""Pace of a worker: the mean time of its jobs, from which waiting times are estimated."""

from __future__ import annotations

import threading

WEIGHT = 0.2  # of the newest job in the running mean


class Pace:
    """Seconds that a job has a slot, by priority. A long document counts each time it goes on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seconds: dict[int, float] = {}

    def add(self, priority: int, seconds: float) -> None:
        with self._lock:
            mean = self._seconds.get(priority, seconds)
            self._seconds[priority] = mean + WEIGHT * (seconds - mean)

    def to_json(self) -> dict[str, float]:
        with self._lock:
            return {str(priority): round(mean, 3) for priority, mean in self._seconds.items()}
