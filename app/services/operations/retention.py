"""Retention: deletion of rows and files that are older than the settings allow.

Workers call it every hour. Ids sort by time, so old rows are at the start of their index and are
found without reading other rows.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone
from rest_framework_simplejwt.token_blacklist.models import OutstandingToken

from app.models import ENDED, Batch, Job, Share, Upload
from app.models.ids import first_id
from app.models.job import JobQuerySet
from app.services.accounts import audit
from app.services.history import entries, trash
from app.services.limits import idempotency, quotas, rates
from app.services.stored_files import names_in

CHUNK = 200
# A younger upload may not have its job yet.
ORPHANED_AFTER = timedelta(hours=1)
# The folders of so many days are searched for files without a row, which a power cut may leave.
SEARCHED_DAYS = 3


def prune() -> dict[str, int]:
    """Deletes old data. Returns the numbers of deleted `jobs`, `uploads` without a job and `files`
    without an upload."""
    now = timezone.now()
    anonymous = _before(now - timedelta(hours=settings.ANONYMOUS_HOURS)).filter(owner=None)
    deleted = _delete_jobs(anonymous) + _delete_jobs(trash.overdue(now=now))
    if settings.RETENTION_DAYS:
        old = _before(now - timedelta(days=settings.RETENTION_DAYS))
        deleted += _delete_jobs(old.filter(status__in=ENDED))
    _delete_bookkeeping(now)
    return {
        "jobs": deleted,
        "uploads": _delete_orphaned_uploads(now),
        "files": _delete_orphaned_files(now),
    }


def _before(moment: datetime) -> JobQuerySet:
    found: JobQuerySet = Job.objects.filter(pk__lt=first_id(moment))
    return found


def _delete_jobs(jobs: JobQuerySet) -> int:
    deleted = 0
    while chunk := list(jobs.select_related("upload").order_by()[:CHUNK]):
        deleted += entries.delete(jobs=chunk)
    return deleted


def _delete_orphaned_uploads(now: datetime) -> int:
    orphaned = Upload.objects.filter(jobs=None, pk__lt=first_id(now - ORPHANED_AFTER)).order_by()
    deleted = 0
    while ids := list(orphaned.values_list("pk", flat=True)[:CHUNK]):
        entries.delete_uploads(uploads=list(Upload.objects.filter(pk__in=ids)))
        deleted += len(ids)
    return deleted


def _delete_orphaned_files(now: datetime) -> int:
    """Deletes files whose process died after storing them and before writing their row."""
    deleted = 0
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for day in (today - timedelta(days=number) for number in range(SEARCHED_DAYS)):
        folder = f"uploads/{day:%Y/%m/%d}"
        uploads = Upload.objects.filter(
            pk__gte=first_id(day), pk__lt=first_id(day + timedelta(days=1))
        )
        names = iter(names_in(folder))
        while chunk := {f"{folder}/{name}" for name in islice(names, CHUNK)}:
            known = uploads.filter(file__in=chunk).values_list("file", flat=True)
            orphaned = [name for name in chunk.difference(known) if _is_old_enough(name, now)]
            for name in orphaned:
                default_storage.delete(name)
            deleted += len(orphaned)
    return deleted


def _is_old_enough(name: str, now: datetime) -> bool:
    return default_storage.get_modified_time(name) < now - ORPHANED_AFTER


def _delete_bookkeeping(now: datetime) -> None:
    idempotency.delete_old()
    audit.prune()
    quotas.delete_old()
    rates.delete_old()
    _delete_batches(now - timedelta(hours=settings.ANONYMOUS_HOURS))
    Share.objects.filter(expires_at__lt=now).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    OutstandingToken.objects.filter(expires_at__lt=now).delete()


def _delete_batches(before: datetime) -> None:
    """Deletes a visitor's batch with its files, and an account's batch once none of its files is
    left."""
    old = Batch.objects.filter(created_at__lt=before)
    old.filter(Q(owner=None) | ~Q(items__job__isnull=False)).delete()
