"""State of the site for its staff: engines, queue, workers and storage."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from app.models import Job, Priority, Status, Upload, Worker
from app.models.ids import first_id

RECENT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class EngineUse:
    """Finished jobs of one engine. seconds: mean per page, None if all were cached."""

    engine: str
    jobs: int
    pages: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Storage:
    """uploads: number of files; all others are bytes. free_bytes: of the media folder's disk."""

    uploads: int
    upload_bytes: int
    database_bytes: int
    free_bytes: int


def recent_jobs() -> QuerySet[Job]:
    """Jobs of the last 24 hours. Ids sort by time, so no other row is read."""
    return Job.objects.filter(pk__gte=first_id(timezone.now() - RECENT)).order_by()


def engines() -> list[EngineUse]:
    rows = (
        recent_jobs()
        .filter(status=Status.DONE)
        .values_list("engine_used")
        .annotate(jobs=Count("pk"), read=Coalesce(Sum("pages_done"), 0), time=Sum("seconds"))
        .order_by("engine_used")
    )
    return [
        EngineUse(engine, jobs, pages, time / pages if time and pages else None)
        for engine, jobs, pages, time in rows
    ]


def queue() -> dict[str, int]:
    """Number of waiting jobs by the label of their priority."""
    waiting = Job.objects.filter(status=Status.QUEUED).order_by()
    counts = dict(waiting.values_list("priority").annotate(Count("pk")))
    return {priority.label: counts.get(priority, 0) for priority in Priority}


def waiting_since() -> datetime | None:
    """Arrival of the job that has waited longest."""
    since: datetime | None = Job.objects.filter(status=Status.QUEUED).aggregate(
        oldest=Min("created_at")
    )["oldest"]
    return since


def running() -> int:
    return Job.objects.filter(status=Status.RUNNING).count()


def workers() -> QuerySet[Worker]:
    return Worker.objects.alive()


def storage() -> Storage:
    uploads = Upload.objects.aggregate(number=Count("*"), size=Coalesce(Sum("size"), 0))
    return Storage(
        uploads=uploads["number"],
        upload_bytes=uploads["size"],
        database_bytes=_database_bytes(),
        free_bytes=_free_bytes(Path(settings.MEDIA_ROOT)),
    )


def _database_bytes() -> int:
    sqlite = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    postgresql = "SELECT pg_database_size(current_database())"
    with connection.cursor() as cursor:
        cursor.execute(sqlite if connection.vendor == "sqlite" else postgresql)
        return int(cursor.fetchone()[0])


def _free_bytes(folder: Path) -> int:
    """0 if the folder is unreachable, which the health check also reports."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
