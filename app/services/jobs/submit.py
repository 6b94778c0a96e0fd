from __future__ import annotations

import logging

from django.db import transaction

from app.models import Job, Priority, Upload
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
) -> Job:
    """A new job in the queue; workers hear of it when the transaction is committed.

    cache: the owner's identical earlier job may lend its result; then the job is `cached` and done.
    Raises OcrError(unavailable) where nothing could deliver it: then nothing is stored.
    """
    original = reuse.find(upload=upload, options=options) if cache else None
    if original is None:
        start.check()
    with transaction.atomic():
        job = _new_job(upload, options, priority, charged_to)
        if original:
            reuse.adopt(job=job, original=original)
        else:
            job.save(force_insert=True)
        search.index(job=job)
        if not original:
            start.deliver(job)
    logger.info("job %s submitted", job.pk, extra={"job_id": str(job.pk)})
    return job


def _new_job(upload: Upload, options: Options, priority: Priority, charged_to: str) -> Job:
    return Job(
        upload=upload,
        file_name=upload.name,
        file_size=upload.size,
        media_type=upload.media_type,
        owner=upload.owner,
        visitor=upload.visitor,
        charged_to=charged_to,
        engine=options.engine,
        language="+".join(options.languages),
        options=options.to_json(),
        priority=priority,
        turn=next_turn(owner=upload.owner, visitor=upload.visitor, priority=priority),
    )
