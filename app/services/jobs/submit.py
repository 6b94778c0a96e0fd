"""Entry of a job into the queue."""

from __future__ import annotations

import logging

from django.db import transaction

from app.models import Job, Priority, Upload
from app.models.job import upload_copies
from app.ocr.options import Options
from app.services.history import search

from . import reuse, start
from .queue import next_turn

logger = logging.getLogger(__name__)


def submit(
    *,
    upload: Upload,
    options: Options,
    priority: Priority = Priority.NORMAL,
    charged_to: str = "",
    cache: bool = False,
    title: str = "",
) -> Job:
    """Queues a new job; workers are woken when the transaction is committed.

    cache: an identical earlier job of the owner may provide the result; the new job is then
    `cached` and done. Raises OcrError(unavailable) if the job could not be delivered; then nothing
    is stored.
    """
    original = reuse.find(upload=upload, options=options) if cache else None
    if original is None:
        start.check()
    with transaction.atomic(savepoint=False):
        job = _new_job(upload, options, priority, charged_to, title)
        if original:
            reuse.adopt(job=job, original=original)
        else:
            job.save(force_insert=True)
        search.index(job=job)
        if not original:
            start.deliver(job)
    logger.info("job %s submitted", job.pk, extra={"job_id": str(job.pk)})
    return job


def _new_job(
    upload: Upload, options: Options, priority: Priority, charged_to: str, title: str
) -> Job:
    return Job(
        upload=upload,
        title=title,
        **upload_copies(upload),
        owner=upload.owner,
        visitor=upload.visitor,
        charged_to=charged_to,
        engine=options.engine,
        language="+".join(options.languages),
        options=options.to_json(),
        priority=priority,
        turn=next_turn(owner=upload.owner, visitor=upload.visitor, priority=priority),
    )
