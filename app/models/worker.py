from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

from .ids import new_id

# A worker renews its row at this interval, and counts as gone after three missed heartbeats.
HEARTBEAT_SECONDS = 10
ALIVE = timedelta(seconds=3 * HEARTBEAT_SECONDS)


class WorkerQuerySet(models.QuerySet[Any]):
    def alive(self) -> Self:
        return self.filter(seen_at__gte=timezone.now() - ALIVE)

    def gone(self) -> Self:
        return self.filter(seen_at__lt=timezone.now() - ALIVE)


class Worker(models.Model):
    """The heartbeat of a worker process on any machine, for health checks and the dashboard."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField("process id")
    slots = models.PositiveSmallIntegerField("jobs at once")
    # Mean seconds per job, or per part of a long job, by priority: {"0": 1.2}
    pace: Any = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["host", "pid"]

    def __str__(self) -> str:
        return f"{self.host} {self.pid}"
