"""Reuse of results: the same owner, bytes and options get a copy of the earlier result."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from app.models import Job, Page, Status, Upload
from app.ocr.options import Options

COPIED = (
    *("text", "confidence", "letter_count", "words", "lines", "pages_total", "pages_done"),
    *("engine_used", "language_used", "seconds"),
)


def find(*, upload: Upload, options: Options) -> Job | None:
    """The owner's newest finished job with the same bytes and options, at most REUSE_DAYS old."""
    if not settings.REUSE_DAYS or upload.owner_id is None or options.password:
        return None
    since = timezone.now() - timedelta(days=settings.REUSE_DAYS)
    same_bytes = Upload.objects.filter(sha256=upload.sha256, owner=upload.owner_id)
    # Filter by upload only: with a filter by owner, SQLite would scan all jobs of the owner.
    done = Job.objects.filter(
        upload__in=same_bytes.values("pk"), status=Status.DONE, finished_at__gte=since
    ).order_by("-id")
    wanted = options.to_json()
    return next((job for job in done[:10] if job.recognition_options.to_json() == wanted), None)


def adopt(*, job: Job, original: Job) -> None:
    """Saves the unsaved job as a finished copy of the original, with its pages."""
    for name in COPIED:
        setattr(job, name, getattr(original, name))
    job.cached = True
    job.status = Status.DONE
    job.started_at = job.finished_at = timezone.now()
    job.save(force_insert=True)
    Page.objects.bulk_create(
        Page(
            job=job,
            number=page.number,
            width=page.width,
            height=page.height,
            text=page.text,
            confidence=page.confidence,
            tree={name: part for name, part in page.tree.items() if name != "correction"},
        )
        for page in Page.objects.filter(job=original).iterator(chunk_size=20)
    )
