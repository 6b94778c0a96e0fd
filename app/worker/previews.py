"""Previews: most are drawn when their page is recognized, the leftover ones later."""

from __future__ import annotations

import logging
import threading

from django.db.models import Exists, OuterRef

from app.logs import log_context
from app.models import Job, Page
from app.models.job import JobQuerySet
from app.ocr import result
from app.ocr.errors import EngineCrashed, OcrError
from app.ocr.images import SourceFile
from app.ocr.options import Options
from app.ocr.picture_sizes import strip_count
from app.services.history import previews
from app.services.jobs.queue import runnable
from app.services.operations.transient_errors import transient_errors
from app.services.stored_files import local_path

from .process import RecognizerProcess

logger = logging.getLogger(__name__)

# Every idle slot searches for leftover previews; one at a time is enough.
_leftovers = threading.Lock()


class PreviewStore:
    """Stores the pictures of a job's pages as they are drawn; used by several threads."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.numbers: set[int] = set()  # numbers of pages that have their pictures
        self.finished = False

    def __call__(self, page: result.Page, pictures: list[bytes]) -> None:
        """Stores the pictures of a page. If the disk or bucket fails, the text is not affected."""
        if not pictures:
            return
        strips = strip_count(page.width, page.height)
        names = previews.stored_names(self.job.upload_id, page.number, page.rotation, strips)
        try:
            previews.store(names=names, pictures=pictures)
            if self.finished:
                previews.discard_if_deleted(self.job.upload_id)
        except transient_errors() as error:
            logger.warning("the picture of page %d is drawn later: %s", page.number, error)
        else:
            self.numbers.add(page.number)

    def finish(self) -> None:
        """Call it when the job no longer runs. Records it if no picture is left to draw."""
        self.finished = True  # another slot may still store a picture, and then checks itself
        undrawn = Page.objects.filter(job=OuterRef("pk")).exclude(number__in=self.numbers)
        drawn = leftover_jobs().filter(~Exists(undrawn), pk=self.job.pk)
        if not drawn.update(previewed=True):
            previews.discard_if_deleted(self.job.upload_id)


def leftover_jobs() -> JobQuerySet:
    """Ended jobs whose pages may lack pictures. This query has an index of its own."""
    return Job.objects.filter(finished_at__isnull=False, previewed=False)


def has_leftover_previews() -> bool:
    return leftover_jobs().exists()


def make_leftover_previews(process: RecognizerProcess) -> bool:
    """Draws the previews of the newest ended job that lacks some; False if none does."""
    # Every idle slot asks every second, and reading columns takes four times as long.
    if not has_leftover_previews() or not _leftovers.acquire(blocking=False):
        return False
    try:
        job = leftover_jobs().select_related("upload").order_by("-id").first()
        if job is None:
            return False
        with log_context(job_id=str(job.pk)):
            make_previews(job, job.recognition_options, process)
        return True
    finally:
        _leftovers.release()


def make_previews(job: Job, options: Options, process: RecognizerProcess) -> None:
    """Draws all pictures that the job lacks; stops after a page if a recognition waits."""
    try:
        with local_path(job.upload.file) as path:
            file = SourceFile(path, job.upload.media_type, options.password)
            for page, names in previews.undrawn_pages(job):
                previews.store(names=names, pictures=_pictures(process, file, page) or [b""])
                if runnable().exists():
                    return
    except OcrError:
        pass  # the file is gone
    if not Job.objects.filter(pk=job.pk).update(previewed=True):
        previews.discard_if_deleted(job.upload_id)


def _pictures(process: RecognizerProcess, file: SourceFile, page: Page) -> list[bytes]:
    """The page's pictures; empty if it cannot be drawn, and the viewer shows only its text."""
    size = page.width, page.height
    try:
        return process.previews(file, page.number, rotation=page.tree["rotation"], size=size)
    except (OcrError, EngineCrashed):
        return []
