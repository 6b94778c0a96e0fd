"""Makes the pictures of recognized pages when nothing more urgent waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from app.logs import about
from app.models import Job, Page, Status, Upload
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.options import Options
from app.services.history import exports
from app.services.history.previews import SIDES, folder, stored_name
from app.services.jobs.queue import runnable
from app.services.stored_files import local_path

from .process import RecognizerProcess

# Idle slots of a worker look for left-over work; one of them is enough.
_leftovers = threading.Lock()


def make_leftover_previews(process: RecognizerProcess) -> None:
    """The newest finished job whose previews had to wait."""
    if not _leftovers.acquire(blocking=False):
        return
    try:
        unfinished = Job.objects.filter(status=Status.DONE, previewed=False)
        job = unfinished.select_related("upload").order_by("-id").first()
        if job:
            with about(job_id=str(job.pk)):
                make_previews(job, job.recognition_options, process)
    finally:
        _leftovers.release()


def make_previews(job: Job, options: Options, process: RecognizerProcess) -> None:
    """All pictures that the job lacks; stops between pages when a recognition waits.

    What cannot be drawn is not tried again. options: with the password the job has forgotten.
    """
    try:
        with local_path(job.upload.file) as path:
            for page in _pages(job):
                if not options.password and runnable().exists():
                    return
                _make(job, page, path, options, process)
    except (OcrError, EngineCrashed):
        pass  # the viewer shows the text without a picture
    if not Job.objects.filter(pk=job.pk).update(previewed=True):
        _forget_deleted(job)


def _forget_deleted(job: Job) -> None:
    """What is deleted while its pictures are drawn must not leave them behind."""
    if not Upload.objects.filter(pk=job.upload_id).exists():
        exports.forget(names=[folder(job.upload_id)])


def _pages(job: Job) -> Iterator[Page]:
    return Page.objects.filter(job=job).order_by("number").iterator(chunk_size=20)


def _make(job: Job, page: Page, path: Path, options: Options, process: RecognizerProcess) -> None:
    rotation = page.tree["rotation"]
    names = [stored_name(job.upload_id, page.number, rotation, size) for size in SIDES]
    if all(default_storage.exists(name) for name in names):
        return
    pictures = process.previews(
        path,
        job.upload.media_type,
        page.number,
        rotation=rotation,
        max_sides=tuple(SIDES.values()),
        password=options.password,
    )
    for name, picture in zip(names, pictures, strict=True):
        default_storage.delete(name)  # what a worker that was killed here has left
        default_storage.save(name, ContentFile(picture))
