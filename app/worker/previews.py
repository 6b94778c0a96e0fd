"""Previews: pictures of recognized pages, drawn while no recognition waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from app.logs import log_context
from app.models import Job, Page, Status, Upload
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.services.history import exports
from app.services.history.previews import SIDES, folder, stored_name
from app.services.jobs.queue import runnable
from app.services.stored_files import local_path

from .process import RecognizerProcess

# Every idle slot looks for leftover previews; one at a time is enough.
_leftovers = threading.Lock()


def make_leftover_previews(process: RecognizerProcess) -> None:
    """Draws the previews of the newest finished job that lacks them."""
    if not _leftovers.acquire(blocking=False):
        return
    try:
        unfinished = Job.objects.filter(status=Status.DONE, previewed=False)
        job = unfinished.select_related("upload").order_by("-id").first()
        if job:
            with log_context(job_id=str(job.pk)):
                make_previews(job, job.recognition_options, process)
    finally:
        _leftovers.release()


def make_previews(job: Job, options: Options, process: RecognizerProcess) -> None:
    """Draws all pictures that the job lacks; stops between pages when a recognition waits.

    Pictures that cannot be drawn are not tried again. options: with the password, which the job's
    row has no more.
    """
    try:
        with local_path(job.upload.file) as path:
            file = SourceFile(path, job.upload.media_type, options.password)
            for page in _pages(job):
                if not options.password and runnable().exists():
                    return
                _make(job, page, file, process)
    except (OcrError, EngineCrashed):
        pass  # the viewer shows the text without a picture
    if not Job.objects.filter(pk=job.pk).update(previewed=True):
        _discard_if_deleted(job)


def _discard_if_deleted(job: Job) -> None:
    """An upload that was deleted while its pictures were drawn must not leave them behind."""
    if not Upload.objects.filter(pk=job.upload_id).exists():
        exports.delete_rendered(folders=[folder(job.upload_id)])


def _pages(job: Job) -> Iterator[Page]:
    return Page.objects.filter(job=job).order_by("number").iterator(chunk_size=20)


def _make(job: Job, page: Page, file: SourceFile, process: RecognizerProcess) -> None:
    rotation = page.tree["rotation"]
    names = [stored_name(job.upload_id, page.number, rotation, size) for size in SIDES]
    if all(default_storage.exists(name) for name in names):
        return
    sides = tuple(SIDES.values())
    pictures = process.previews(file, page.number, rotation=rotation, max_sides=sides)
    for name, picture in zip(names, pictures, strict=True):
        default_storage.delete(name)  # left by a worker that was killed here
        default_storage.save(name, ContentFile(picture))
