from __future__ import annotations

import time
from contextlib import suppress

from app.models import ENDED, Batch, Job
from app.ocr.errors import OcrError
from app.services import jobs


def wait(*, batch: Batch, seconds: float) -> None:
    """Returns when every job of the batch has ended, or else after that time.

    At once where jobs.wait() has no seat left.
    """
    deadline = time.monotonic() + seconds
    unfinished = Job.objects.filter(batch_item__batch=batch).exclude(status__in=ENDED)
    while job := unfinished.order_by("-batch_item__number").first():
        left = deadline - time.monotonic()
        if left <= 0:
            return
        with suppress(OcrError):  # deleted while it ran: nothing to wait for any more
            if not jobs.wait(job=job, seconds=left).ended:
                return
