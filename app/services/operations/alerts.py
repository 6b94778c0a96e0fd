"""Alerts: states of the site that require action."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from app.models import Job, Status, Worker
from app.models.ids import first_id

from . import statistics

# The disk is nearly full below either of these.
LEAST_FREE_BYTES = 2_000_000_000
LEAST_FREE_SHARE = 0.05
# Failures rise if they are this share of the last hour's jobs, and twice that of the day before.
FAILING_SHARE = 0.2
FEWEST_FAILED = 5
LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Alert:
    """code: `no_worker`, `disk_full`, `failures` or `long_wait`.

    number: free bytes, percent of jobs, or seconds.
    """

    code: str
    number: int = 0


def alerts() -> list[Alert]:
    """Current alerts, the most serious first."""
    found = (_no_worker(), _disk_full(), _failures_rise(), _long_wait())
    return [alert for alert in found if alert]


def _no_worker() -> Alert | None:
    if settings.JOB_RUNNER == "inline" or Worker.objects.alive().exists():
        return None
    return Alert("no_worker")


def _disk_full() -> Alert | None:
    """Checks the folder of uploads; a bucket never fills up."""
    if settings.MEDIA_S3_BUCKET:
        return None
    try:
        usage = shutil.disk_usage(Path(settings.MEDIA_ROOT))
    except OSError:
        return Alert("disk_full")
    full = usage.free < LEAST_FREE_BYTES or usage.free < LEAST_FREE_SHARE * usage.total
    return Alert("disk_full", usage.free) if full else None


def _failures_rise() -> Alert | None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    failed, share = _failed(hour, timedelta())
    _, before = _failed(day, hour)
    rising = failed >= FEWEST_FAILED and share >= FAILING_SHARE and share >= 2 * before
    return Alert("failures", round(100 * share)) if rising else None


def _failed(since: timedelta, until: timedelta) -> tuple[int, float]:
    """Number of failed jobs in this period, and their share of the ended ones."""
    now = timezone.now()
    jobs = Job.objects.filter(pk__gte=first_id(now - since), pk__lt=first_id(now - until))
    ended = jobs.filter(status__in=(Status.DONE, Status.FAILED)).order_by()
    counts = dict(ended.values_list("status").annotate(Count("pk")))
    failed = counts.get(Status.FAILED, 0)
    return failed, failed / sum(counts.values()) if counts else 0.0


def _long_wait() -> Alert | None:
    since = statistics.waiting_since()
    waited = timezone.now() - since if since else timedelta()
    return Alert("long_wait", int(waited.total_seconds())) if waited > LONGEST_WAIT else None
