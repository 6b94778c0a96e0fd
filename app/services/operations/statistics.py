"""Numbers about the site for its staff: what was read, what failed, what waits, what is full."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from app.models import Job, Priority, Status, Upload, Usage, Worker
from app.models.ids import first_id

DAYS = 14
RECENT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class EngineUse:
    """Of finished jobs; `seconds` is the mean per page, None where all were cached."""

    engine: str
    jobs: int
    pages: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Storage:
    """All in bytes; free is what the media folder's disk has left."""

    uploads: int
    upload_bytes: int
    database_bytes: int
    free_bytes: int


def pages_per_day() -> list[tuple[date, int]]:
    """The last days with their pages, the newest first; days without any are there too."""
    today = timezone.now().date()
    first = today - timedelta(days=DAYS - 1)
    rows = Usage.objects.filter(day__gte=first).order_by().values_list("day")
    counted = dict(rows.annotate(Sum("pages")))
    days = (today - timedelta(days=number) for number in range(DAYS))
    return [(day, counted.get(day, 0)) for day in days]


def recent_jobs() -> QuerySet[Job]:
    """Those of the last 24 hours: ids sort by time, so this reads no other row."""
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


def failures() -> list[tuple[str, int]]:
    """(error code, how many jobs) of the last 24 hours, the most frequent first."""
    failed = recent_jobs().filter(status=Status.FAILED).values_list("error_code")
    return list(failed.annotate(jobs=Count("pk")).order_by("-jobs", "error_code"))


def queue() -> dict[str, int]:
    """How many jobs wait with each priority."""
    waiting = Job.objects.filter(status=Status.QUEUED).order_by()
    counts = dict(waiting.values_list("priority").annotate(Count("pk")))
    return {priority.label: counts.get(priority, 0) for priority in Priority}


def waiting_since() -> datetime | None:
    """When the job came that waits longest."""
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
    """0 where the folder cannot be asked: the health check says so too."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
