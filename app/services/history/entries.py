"""Entries of the history: their pages, changes by the owner, and deletion for good."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import transaction

from app.models import Job, Upload
from app.ocr import result
from app.ocr.tree import page_from_tree

from . import corrections, exports, previews, search


def pages(*, job: Job) -> list[result.Page]:
    """The result trees of the job's pages, in order."""
    trees = job.pages.order_by("number").values_list("tree", flat=True)
    return [page_from_tree(tree) for tree in trees]


# Columns that the owner edits; corrected texts also have revisions.
DETAILS = frozenset({"title", "starred", "tags", "notes"})
EDITABLE = DETAILS | {"corrected_text"}


@transaction.atomic
def update(*, job: Job, author: User | None = None, **changes: Any) -> Job:
    """Stores the owner's changes to an entry, by the names in EDITABLE.

    tags: a list of names. corrected_text: None removes the correction.
    """
    if "corrected_text" in changes:
        text = changes.pop("corrected_text")
        corrections.correct_document(job=job, text=text, author=author)
    for name, value in changes.items():
        if name not in DETAILS:
            raise ValueError(name)
        setattr(job, name, value)
    job.version += 1
    job.save(update_fields=[*DETAILS, "version", "updated_at"])
    search.index(job=job)
    transaction.on_commit(lambda: exports.delete_rendered(folders=[exports.folder(job)]))
    return job


@transaction.atomic
def delete(*, jobs: Iterable[Job]) -> int:
    """Deletes entries with their pages, and the files that no other entry needs.

    Returns the number of entries.
    """
    jobs = list(jobs)
    ids = [job.pk for job in jobs]
    folders = [exports.folder(job) for job in jobs]
    upload_ids = list(Job.objects.filter(pk__in=ids).values_list("upload", flat=True))
    Job.objects.filter(pk__in=ids).delete()
    delete_uploads(uploads=Upload.objects.filter(pk__in=upload_ids, jobs=None))
    transaction.on_commit(lambda: exports.delete_rendered(folders=folders))
    return len(ids)


@transaction.atomic
def delete_uploads(*, uploads: Iterable[Upload]) -> None:
    """Deletes rows now and files after the commit: a rollback must not lose a file.

    The uploads' jobs, previews and exports are deleted too.
    """
    found = list(uploads)
    ids = [upload.pk for upload in found]
    names = [str(upload.file.name) for upload in found]
    folders = [previews.folder(pk) for pk in ids]
    folders += [exports.folder(job) for job in Job.objects.filter(upload__in=ids).only("pk")]
    Upload.objects.filter(pk__in=ids).delete()
    transaction.on_commit(lambda: _delete_files(names))
    transaction.on_commit(lambda: exports.delete_rendered(folders=folders))


def _delete_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
