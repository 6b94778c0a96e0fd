"""The page that Prometheus fetches: counters of all processes, gauges from database and disk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Sum
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from app.models import Job, Priority, Status, Webhook, WebhookStatus, Worker
from app.services.operations import statistics

# Version 0.0.4 of the text format, which every Prometheus reads.
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def exposition() -> bytes:
    """All metrics of this moment in Prometheus's text format."""
    shared = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        counted = generate_latest(shared)
    else:
        counted = generate_latest(REGISTRY)
    stored = CollectorRegistry()
    stored.register(StoredNumbers())
    return counted + generate_latest(stored)


class StoredNumbers(Collector):
    """Gauges of database and disk. Each query is answered from a small partial index."""

    def collect(self) -> Iterator[Metric]:
        up = 1
        try:
            yield from _queue()
            yield from _workers()
            yield _gauge(
                "webhooks_pending",
                "Webhooks that have to be sent.",
                Webhook.objects.filter(status=WebhookStatus.PENDING).count(),
            )
        except DatabaseError:
            up = 0
        yield _gauge("database_up", "Whether the database answered.", up)
        yield from _disk()


def _queue() -> Iterator[Metric]:
    queued = Job.objects.filter(status=Status.QUEUED).order_by()
    counts = dict(queued.values_list("priority").annotate(Count("pk")))
    depth = GaugeMetricFamily("onlineocr_queue_jobs", "Jobs that wait.", labels=["priority"])
    for priority in Priority:
        depth.add_metric([priority.name.lower()], counts.get(priority, 0))
    yield depth
    oldest = statistics.waiting_since()
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    yield _gauge("queue_oldest_seconds", "Age of the job that waits longest.", age)
    yield _gauge("running_jobs", "Jobs that are being read.", statistics.running())


def _workers() -> Iterator[Metric]:
    alive = Worker.objects.alive().aggregate(workers=Count("pk"), slots=Sum("slots"))
    yield _gauge("workers", "Workers with a recent heartbeat.", alive["workers"])
    yield _gauge("worker_slots", "Jobs that they can run at once.", alive["slots"] or 0)


def _disk() -> Iterator[Metric]:
    try:
        free = shutil.disk_usage(settings.MEDIA_ROOT).free
    except OSError:
        return
    yield _gauge("media_free_bytes", "Room for uploads and results.", free)


def _gauge(name: str, help_text: str, value: float) -> Metric:
    return GaugeMetricFamily(f"onlineocr_{name}", help_text, value)
