from __future__ import annotations

from django.db import transaction

from app.models import Job, Priority, Upload
from app.ocr.options import Options

from app.services import search

from . import delivery
from .queue import next_turn


def submit(
    *,
    upload: Upload,
    options: Options,
    priority: Priority = Priority.NORMAL,
    charged_to: str = "",
) -> Job:
    """A new job in the queue; workers hear of it when the transaction is committed.

    Raises OcrError(unavailable) where nothing could deliver it: then nothing is stored.
    """
    delivery.check()
    with transaction.atomic():
        job = Job(
            upload=upload,
            owner=upload.owner,
            visitor=upload.visitor,
            charged_to=charged_to,
            engine=options.engine,
            language="+".join(options.languages),
            options=options.to_json(),
            priority=priority,
            turn=next_turn(owner=upload.owner, visitor=upload.visitor, priority=priority),
        )
        job.save(force_insert=True)
        search.index(job=job)
        delivery.deliver(job)
    return job
