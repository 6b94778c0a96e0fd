"""Jobs that wait in the queue, and a reader that needs no engine and no process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import override_settings
from django.utils import timezone

from app.engines.base import EngineConfig
from app.models import Job, Priority
from app.ocr.images import TIFF, SourceFile
from app.ocr.options import Options
from app.ocr.result import Page
from app.services.jobs.submit import submit
from app.tests.base import SiteTestCase
from app.tests.factories import make_upload
from app.tests.worker.hostile import HostileRecognizer


class SpyReader(HostileRecognizer):
    """Records the pages it was asked for; `before_page` may do something to the job meanwhile."""

    def __init__(self, before_page: Callable[[int], None] = lambda number: None) -> None:
        super().__init__(EngineConfig())
        self.numbers: list[int] = []
        self.before_page = before_page

    def recognize(self, file: SourceFile, number: int, options: Options) -> Page:
        self.before_page(number)
        self.numbers.append(number)
        return super().recognize(file, number, options)


class QueueTestCase(SiteTestCase):
    """Nothing runs by itself here: tests claim and run jobs."""

    def setUp(self) -> None:
        super().setUp()
        self.enterContext(override_settings(JOB_RUNNER="process"))

    def submit(
        self, owner=None, *, pages=1, fault="", priority=Priority.NORMAL, visitor="", **options
    ) -> Job:
        chosen = Options(pages=str(pages), whitelist=fault, **options)
        upload = make_upload(owner, visitor=visitor)
        if pages > 1:  # a picture of another type has one page
            upload.media_type = TIFF
            upload.save(update_fields=["media_type"])
        return submit(upload=upload, options=chosen, priority=priority)


def let_lease_run_out(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_expires=timezone.now() - timedelta(seconds=1))
