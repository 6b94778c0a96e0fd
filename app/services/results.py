"""The history: reading, correcting and deleting what was recognized."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import transaction

from app.models import Job, Upload
from app.ocr import result

from . import exports, previews


def pages(*, job: Job) -> list[result.Page]:
    """The result trees of the job's pages, in order."""
    return [page.result for page in job.pages.order_by("number")]


@transaction.atomic
def update(*, job: Job, title: str | None = None, corrected_text: str | None = None) -> Job:
    """Stores the owner's title or correction beside the recognized text. None changes nothing."""
    if title is not None:
        job.title = title
    if corrected_text is not None:
        job.corrected_text = corrected_text
    job.search_text = job.text_to_search()
    job.version += 1
    transaction.on_commit(lambda: exports.forget(names=[exports.folder(job)]))
    job.save(update_fields=["title", "corrected_text", "search_text", "version", "updated_at"])
    return job


@transaction.atomic
def delete(*, jobs: Iterable[Job]) -> int:
    """Deletes entries with their pages, and the files that no other entry needs; how many."""
    jobs = list(jobs)
    ids = [job.pk for job in jobs]
    folders = [exports.folder(job) for job in jobs]
    upload_ids = list(Job.objects.filter(pk__in=ids).values_list("upload", flat=True))
    Job.objects.filter(pk__in=ids).delete()
    delete_uploads(uploads=Upload.objects.filter(pk__in=upload_ids, jobs=None))
    transaction.on_commit(lambda: exports.forget(names=folders))
    return len(ids)


@transaction.atomic
def delete_uploads(*, uploads: Iterable[Upload]) -> None:
    """Deletes rows now and files once that is committed: a rollback must not lose a file."""
    found = list(uploads)
    names = [upload.file.name for upload in found]
    folders = [previews.folder(upload.pk) for upload in found]
    Upload.objects.filter(pk__in=[upload.pk for upload in found]).delete()
    transaction.on_commit(lambda: _delete_files(names))
    transaction.on_commit(lambda: exports.forget(names=folders))


def _delete_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
