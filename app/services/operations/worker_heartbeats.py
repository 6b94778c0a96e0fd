"""Heartbeats: each worker updates a row, from which health checks and cockpit know that it is
alive.

Waiting times are estimated from the pace in these rows.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable

from django.db import DatabaseError
from django.utils import timezone

from app.models import Worker
from app.models.ids import new_id

logger = logging.getLogger(__name__)

WEIGHT = 0.2  # weight of the newest job in the running mean


class Pace:
    """Seconds that a job occupies a slot, by priority. A long document counts each time it
    continues."""

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


class WorkerHeartbeat:
    """Call it every HEARTBEAT_SECONDS; `end` when the worker stops."""

    __name__ = "heartbeat"  # name of the periodic task's thread

    def __init__(self, *, slots: int, pace: Callable[[], dict[str, float]] = dict) -> None:
        """pace: returns the value of Worker.pace."""
        self.id = new_id()
        self.slots = slots
        self.pace = pace
        self.ended = False

    def __call__(self) -> None:
        """Writes the row and removes those of workers that were killed."""
        if self.ended:
            return
        values = {
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "slots": self.slots,
            "pace": self.pace(),
            "seen_at": timezone.now(),
        }
        Worker.objects.update_or_create(id=self.id, defaults=values)
        Worker.objects.gone().delete()

    def end(self) -> None:
        """Removes the row; if the database is unreachable, other workers remove it later."""
        self.ended = True
        try:
            Worker.objects.filter(id=self.id).delete()
        except DatabaseError as error:
            logger.warning("the worker's row is removed later: %s", error)
